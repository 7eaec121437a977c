import { readdirSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { BenchRow } from './row.ts'

/** `npm run bench [-- NAME] [--json]`: every file beside this one measures one thing. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } })

const names = readdirSync(new URL('.', import.meta.url))
  .filter(
    (file) => file.endsWith('.ts') && !['main.ts', 'row.ts'].includes(file) && !file.endsWith('.test.ts'),
  )
  .map((file) => file.slice(0, -'.ts'.length))
const chosen = positionals.length > 0 ? positionals : names
const unknown = chosen.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`bench: no ${unknown.join(', ')}; there are ${names.join(', ')}`)
  process.exit(2)
}

const rows: BenchRow[] = []
for (const name of chosen) {
  if (!values.json) console.error(`… ${name}`)
  const bench = (await import(`./${name}.ts`)) as { run(): Promise<BenchRow[]> }
  rows.push(...(await bench.run()))
}

if (values.json) console.log(JSON.stringify(rows, null, 2))
else print(rows)
process.exit(rows.some((row) => row.holds === false) ? 1 : 0)

function print(all: readonly BenchRow[]): void {
  const [cpu] = cpus()
  const gib = (totalmem() / 2 ** 30).toFixed(0)
  const machine = [cpu?.model ?? 'unknown processor', `${cpus().length} cores`, `${gib} GiB`]
  console.log(
    `${[...machine, `${process.platform} ${release()}`, `Node ${process.versions.node}`].join(', ')}\n`,
  )
  for (const row of all) {
    const mark = row.holds === null ? '     ' : row.holds ? 'holds' : 'FAILS'
    const bar = row.bar === null ? '' : `  (bar: ${row.bar})`
    const against = row.against
      ? `  ${row.against.ratio.toFixed(2)} × ${row.against.what} (${Number(row.against.value.toPrecision(4))})`
      : ''
    console.log(
      `${mark}  ${row.bench}: ${row.what}: ${Number(row.value.toPrecision(4))} ${row.unit}${bar}${against}`,
    )
  }
}
