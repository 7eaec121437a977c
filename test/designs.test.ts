import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { designNames } from '#catalog/check-designs.ts'
import { readContent } from '#catalog/read-content.ts'
import { readDesign } from '#catalog/read-design.ts'
import { buildVocabulary } from '#domain/diagram/index.ts'
import {
  compileDesign,
  type Design,
  designJsonSchema,
  mendDesign,
  type Report,
  ROLE_TABLE,
  resolveDesign,
  runModel,
  startRun,
  TABLED_CONCEPTS,
} from '#domain/simulator/index.ts'

/** The reference designs keep their word: each holds at its load, breaks at the load that it names, and is mended. */

const ROOT = join(import.meta.dirname, '..')
const CONTENT = join(ROOT, 'content')
const { vocabulary } = buildVocabulary(readContent(CONTENT).concepts)

function open(name: string): Design {
  const file = join(CONTENT, 'designs', `${name}.yaml`)
  const { design, findings } = readDesign(file, readFileSync(file, 'utf8'), vocabulary)
  expect(findings).toEqual([])
  if (design === null) throw new Error(`${name} cannot be read`)
  return design
}

function mended(design: Design): Design {
  const file = mendDesign(design.file)
  if (file === null || !file.ok) throw new Error(file?.error ?? 'nothing mends it')
  const { design: better, problems } = resolveDesign(file.value, vocabulary)
  expect(problems).toEqual([])
  if (better === null) throw new Error('the mended design cannot be read')
  return better
}

async function run(design: Design, load: number): Promise<Report> {
  const model = compileDesign(design, { load })
  if (!model.ok) throw new Error(JSON.stringify(model.error))
  const { for: untilSeconds, warmup: warmupSeconds } = design.file
  const report = await runModel(startRun, model.value, { seed: 1, untilSeconds, warmupSeconds })
  if (!report.ok) throw new Error(JSON.stringify(report.error))
  return report.value
}

const missed = ({ objectives }: Report): string[] =>
  objectives.filter(({ met }) => !met).map(({ objective }) => objective.id)

const names = designNames(CONTENT)

test('there are at least twelve, and the journey has no gap', () => {
  expect(names.length).toBeGreaterThanOrEqual(12)
  expect(names.filter((name) => /^scale-\d/.test(name)).map((name) => name[6])).toEqual([...'123456'])
})

describe.each(names)('%s', (name) => {
  const design = open(name)
  const { breaks } = design.file
  if (breaks === undefined) throw new Error(`${name} names no load that breaks it`)

  test('meets its objectives at its load', async () => {
    const report = await run(design, 1)
    expect(report.objectives.length).toBeGreaterThan(0)
    expect(missed(report)).toEqual([])
  })

  test('breaks where it says, and its change mends it', async () => {
    expect(missed(await run(design, breaks.load))).toContain(breaks.objective)
    expect(missed(await run(mended(design), breaks.load))).not.toContain(breaks.objective)
  })
})

test('docs/design.schema.json is made from the schema that reads designs', () => {
  const written = JSON.parse(readFileSync(join(ROOT, 'docs', 'design.schema.json'), 'utf8'))
  expect(written).toEqual(JSON.parse(JSON.stringify(designJsonSchema())))
})

test('docs/designs.md shows the numbers that are assumed', () => {
  const docs = readFileSync(join(ROOT, 'docs', 'designs.md'), 'utf8')
  const rows = new Map(docs.split('\n').map((line) => [/^\| `(\w+)` \|/.exec(line)?.[1], line]))
  for (const [role, { takes, defaults }] of Object.entries(ROLE_TABLE)) {
    const row = rows.get(role) ?? ''
    for (const field of takes) expect(row, `${role} ${field}`).toContain(field)
    for (const [field, value] of Object.entries(defaults))
      expect(row.replaceAll(',', ''), `${role} ${field}`).toContain(`${field} ${shown(field, value)}`)
  }
})

const shown = (field: string, value: unknown): string => {
  if (field === 'service') return `${Number(value) * 1000} ms`
  if (field === 'memory' || field === 'storage') return `${Number(value) / 1e9} GB`
  return field === 'hits' ? `${Number(value) * 100}%` : String(value)
}

test('the table of roles names concepts of the vocabulary', () => {
  expect(TABLED_CONCEPTS.filter((id) => !vocabulary.concepts.has(id))).toEqual([])
})
