/**
 * Lays out every topology, state machine and decision of the curriculum and writes
 * content/layouts/<id>.json, so that nothing is computed at start-up. `node tools/bake.ts [--force |
 * --check] [ID …]`: unchanged diagrams are skipped; `--check` writes nothing and exits with 1 where
 * something is stale; an ID may be the beginning of several.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type Diagram,
  findDefects,
  isLinked,
  type LaidOut,
  layoutAtOnce,
  layoutDrawing,
  layoutHash,
} from '#domain/diagram/index.ts'
import { ROOT, readDiagrams } from './diagrams.ts'
import { loadElk } from './elk.ts'

const FOLDER = join(ROOT, 'content', 'layouts')
const fileOf = (id: string) => join(FOLDER, `${id}.json`)
const isBaked = ({ drawing }: Diagram) => isLinked(drawing) && drawing.form !== 'sequence'

function baked(id: string): { readonly hash: string; readonly layout: LaidOut } | null {
  try {
    return JSON.parse(readFileSync(fileOf(id), 'utf8'))
  } catch {
    return null
  }
}

async function bake(diagrams: readonly Diagram[]): Promise<void> {
  const runElk = loadElk()
  for (const { item, drawing, vocabulary } of diagrams) {
    const began = performance.now()
    const layout = await layoutDrawing(drawing, vocabulary, runElk, 'bake')
    const file = fileOf(item.id)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify({ hash: layoutHash(drawing, vocabulary), layout })}\n`)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    process.stdout.write(`${item.id}: ${layout.width} × ${layout.height}, ${seconds} s\n`)
  }
}

/** Prints a layout's defects and says whether there were any. */
function report(id: string, layout: LaidOut): boolean {
  const defects = findDefects(layout)
  for (const defect of defects) process.stdout.write(`  ${id}: ${defect.says}\n`)
  return defects.length > 0
}

function layoutFiles(): string[] {
  if (!existsSync(FOLDER)) return []
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.json'.length))
}

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const check = args.includes('--check')
  const wanted = args.filter((arg) => !arg.startsWith('--'))
  const all = readDiagrams(wanted)
  const linked = all.filter(isBaked)
  const stale = linked.filter(
    ({ item, drawing, vocabulary }) =>
      args.includes('--force') || baked(item.id)?.hash !== layoutHash(drawing, vocabulary),
  )
  const known = new Set(linked.map(({ item }) => item.id))
  const orphans = wanted.length > 0 ? [] : layoutFiles().filter((id) => !known.has(id))
  if (check) {
    for (const { item } of stale) process.stdout.write(`${item.id}: its layout is stale; run tools/bake.ts\n`)
    for (const id of orphans) process.stdout.write(`${id}: a layout without a diagram; run tools/bake.ts\n`)
  } else {
    await bake(stale)
    for (const id of orphans) rmSync(fileOf(id))
  }
  const defective = all.filter(({ item, drawing, vocabulary }) => {
    const layout = layoutAtOnce(drawing, vocabulary) ?? baked(item.id)?.layout
    return layout !== undefined && report(item.id, layout)
  })
  if (defective.length > 0 || (check && stale.length + orphans.length > 0)) process.exitCode = 1
}

await main()
