import { parseArgs } from 'node:util'
import {
  CASES,
  hpaResults,
  judge,
  NARROW,
  SCENARIOS,
  shareStuck,
} from '../src/domain/simulator/validation/index.ts'

/**
 * `npm run validate [-- --json] [--seed N] [--only TEXT]`: what the simulator measures beside what theory says, with
 * 95% intervals of independent replications; then metastability, as a share of seeds.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean' }, seed: { type: 'string' }, only: { type: 'string' } },
})

const REPLICATIONS = 12
const SEEDS = 20
const seed = Number(values.seed ?? 1)
if (!Number.isSafeInteger(seed) || seed < 0) {
  console.error(`validate: --seed must be a whole number from 0, not ${values.seed}`)
  process.exit(2)
}
const wanted = (name: string) => values.only === undefined || name.includes(values.only)

interface Row {
  readonly name: string
  readonly what: string
  readonly theory: string
  readonly measured: string
  readonly passed: boolean
}

const rows: Row[] = []
const add = (row: Row) => {
  rows.push(row)
  if (!values.json) console.log(line(row))
}
const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(6))

for (const one of CASES.filter(({ name }) => wanted(name))) {
  const verdict = judge(one, { replications: REPLICATIONS, seed, share: 1, narrow: NARROW })
  const { mean, halfWidth, theory } = verdict
  const percent = ((100 * halfWidth) / theory).toFixed(2)
  add({
    name: one.name,
    what: `${one.what}; Little's gap ${verdict.littleGap.toExponential(0)}${verdict.looks > 1 ? '; second look' : ''}`,
    theory: number(theory),
    measured: `${number(mean)} ± ${percent}%`,
    passed: verdict.passed,
  })
}
for (const { name, theory, measured, passed } of hpaResults().filter((one) => wanted(one.name)))
  add({ name, what: 'replicas', theory: number(theory), measured: number(measured), passed })
for (const scenario of SCENARIOS.filter(({ name }) => wanted(name))) {
  const share = shareStuck(scenario, SEEDS)
  const { least, most } = scenario
  add({
    name: scenario.name,
    what: `share of ${SEEDS} seeds that stay failed`,
    theory: least === most ? number(least) : `${least} to ${most}`,
    measured: number(share),
    passed: share >= least && share <= most,
  })
}

const passed = rows.filter((row) => row.passed).length
if (values.json) console.log(JSON.stringify({ seed, passed, failed: rows.length - passed, rows }, null, 2))
else console.log(`\n${passed} passed, ${rows.length - passed} failed`)
process.exit(passed === rows.length && rows.length > 0 ? 0 : 1)

function line({ name, what, theory, measured, passed: holds }: Row): string {
  return `${holds ? 'passed' : 'FAILED'}  ${name.padEnd(54)} ${theory.padStart(10)}  ${measured.padEnd(20)} ${what}`
}
