import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import {
  CASES,
  hpaResults,
  isNear,
  judge,
  judgeScenario,
  NARROW,
  SCENARIOS,
  SEEDS,
} from '../src/domain/simulator/validation/index.ts'

/**
 * `npm run validate [-- --json] [--seed N] [--only TEXT] [--jobs N] [--docs]`: what the simulator measures beside what theory
 * says, with intervals of independent replications; then metastability, as a count of seeds. Rows are worked on side by
 * side; each depends on the seed alone. `--docs` writes the tables of docs/simulator-validation.md.
 */

// Whoever reads only the first lines has what was wanted.
process.stdout.on('error', () => process.exit(0))

interface Row {
  readonly name: string
  readonly what: string
  readonly theory: string
  readonly measured: string
  readonly passed: boolean
}

const REPLICATIONS = 32
/** The autoscaler's vectors are arithmetic, and one piece of work. */
const ROWS = CASES.length + SCENARIOS.length + 1

const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(6))

/** The n-th piece of work. */
function rowsOf(n: number, seed: number): Row[] {
  const one = CASES[n]
  if (one !== undefined) {
    const options = { replications: REPLICATIONS, seed, share: 1, rows: CASES.length, narrow: NARROW }
    const { mean, halfWidth, theory, littleGap, passed } = judge(one, options)
    const percent = ((100 * halfWidth) / theory).toFixed(2)
    const what = `${one.what}; Little's gap ${littleGap.toExponential(0)}`
    return [
      { name: one.name, what, theory: number(theory), measured: `${number(mean)} ± ${percent}%`, passed },
    ]
  }
  const scenario = SCENARIOS[n - CASES.length]
  if (scenario !== undefined) {
    const { stuck, seeds, chance, passed } = judgeScenario(scenario, seed)
    const said = chance === null ? '' : `, Fisher's p ${chance.toPrecision(2)}`
    return [
      {
        name: scenario.name,
        what: `seeds that stay failed${isNear(scenario) ? `; next to a threshold${said}` : ''}`,
        theory: `${scenario.reference} of ${SEEDS}`,
        measured: `${stuck} of ${seeds}`,
        passed,
      },
    ]
  }
  return hpaResults().map(({ name, theory, measured, passed }) => ({
    name,
    what: 'replicas',
    theory: number(theory),
    measured: number(measured),
    passed,
  }))
}

const nameOf = (n: number): string => CASES[n]?.name ?? SCENARIOS[n - CASES.length]?.name ?? 'HPA'

function line({ name, what, theory, measured, passed: holds }: Row): string {
  return `${holds ? 'passed' : 'FAILED'}  ${name.padEnd(54)} ${theory.padStart(10)}  ${measured.padEnd(20)} ${what}`
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      seed: { type: 'string' },
      only: { type: 'string' },
      jobs: { type: 'string' },
      docs: { type: 'boolean' },
    },
  })
  const whole = (name: string, text: string, least: number): number => {
    const value = Number(text)
    if (Number.isSafeInteger(value) && value >= least) return value
    console.error(`validate: --${name} must be a whole number from ${least}, not ${text}`)
    process.exit(2)
  }
  const seed = whole('seed', values.seed ?? '1', 0)
  const jobs = whole('jobs', values.jobs ?? String(availableParallelism()), 1)
  const wanted = Array.from({ length: ROWS }, (_, n) => n).filter(
    (n) => values.only === undefined || nameOf(n).includes(values.only),
  )
  const done = new Map<number, Row[]>()
  let printed = 0
  const finish = (n: number, rows: Row[]): void => {
    done.set(n, rows)
    // In the table's order, whichever is ready first.
    for (
      let next = done.get(wanted[printed] ?? -1);
      next !== undefined;
      next = done.get(wanted[++printed] ?? -1)
    )
      if (!values.json) for (const row of next) console.log(line(row))
  }
  await workOff(wanted, Math.min(jobs, wanted.length), seed, finish)
  const rows = wanted.flatMap((n) => done.get(n) ?? [])
  if (values.docs) writeDocs(done, seed)
  const passed = rows.filter((row) => row.passed).length
  if (values.json) console.log(JSON.stringify({ seed, passed, failed: rows.length - passed, rows }, null, 2))
  else console.log(`\n${passed} passed, ${rows.length - passed} failed`)
  process.exitCode = passed === rows.length && rows.length > 0 ? 0 : 1
}

const DOCS = fileURLToPath(new URL('../docs/simulator-validation.md', import.meta.url))

/** The tables between `<!-- theory -->` and `<!-- end -->`, and so on; only of a whole run. */
function writeDocs(done: ReadonlyMap<number, readonly Row[]>, seed: number): void {
  if (done.size < ROWS) {
    console.error('validate: --docs needs every row; leave --only out')
    process.exit(2)
  }
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => done.get(from + i) ?? [])
      .flat()
      .map(({ name, what, theory, measured, passed }) => [
        name,
        what,
        theory,
        measured,
        passed ? '' : 'failed',
      ])
  const table = (head: readonly string[], body: readonly (readonly string[])[]) =>
    [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const parts = {
    seed: `The tables are of seed ${seed}.`,
    theory: table(
      ['case', "measured, and the largest gap in Little's law", 'theory', 'simulator', ''],
      rows(0, CASES.length),
    ),
    metastability: table(
      ['scenario', 'counted', 'reference', 'simulator', ''],
      rows(CASES.length, CASES.length + SCENARIOS.length),
    ),
  }
  let text = readFileSync(DOCS, 'utf8')
  for (const [part, said] of Object.entries(parts))
    text = text.replace(
      new RegExp(`(<!-- ${part} -->\\n)[\\s\\S]*?(<!-- end -->)`),
      (_, begin: string, end: string) => `${begin}${said}\n${end}`,
    )
  writeFileSync(DOCS, text)
}

/** Each worker takes the next piece when it has ended one. */
async function workOff(
  wanted: readonly number[],
  workers: number,
  seed: number,
  finish: (n: number, rows: Row[]) => void,
): Promise<void> {
  let next = 0
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: seed })
      const give = () => {
        const n = wanted[next++]
        if (n === undefined) void worker.terminate().then(() => resolve())
        else worker.postMessage(n)
      }
      worker.on('message', ({ n, rows }: { n: number; rows: Row[] }) => {
        finish(n, rows)
        give()
      })
      worker.on('error', reject)
      give()
    })
  await Promise.all(Array.from({ length: workers }, one))
}

if (isMainThread) await main()
else parentPort?.on('message', (n: number) => parentPort?.postMessage({ n, rows: rowsOf(n, workerData) }))
