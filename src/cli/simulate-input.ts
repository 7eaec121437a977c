import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import { designNames } from '#catalog/check-designs.ts'
import type { Finding } from '#catalog/finding.ts'
import { type ReadDesign, readDesign } from '#catalog/read-design.ts'
import { readPriceTables } from '#catalog/read-prices.ts'
import { buildVocabulary } from '#domain/diagram/index.ts'
import {
  type Change,
  changeDesign,
  compileDesign,
  type Design,
  type DesignProblem,
  type Model,
  type PriceTables,
  placeProblem,
  readFault,
  resolveDesign,
} from '#domain/simulator/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import { readText } from './read-input.ts'

/** A design's file is some kilobytes. */
const DESIGN_BYTES = 400_000

export interface Opened {
  /** Where in its file, or in the command's options, something is wrong. */
  readonly place: (problem: DesignProblem) => Finding
  readonly design: Design
  readonly prices: PriceTables
  readonly catalogue: Catalogue
}

/** What the command line changes of a file. */
export interface Overrides {
  readonly faults: readonly string[]
  readonly changes: readonly Change[]
}

export const findingsOf = (findings: readonly Finding[]): Problem => ({
  code: 'bad-input',
  message: findings
    .map(({ file, line, message }) => (line === 0 ? `${file}: ${message}` : `${file}:${line}: ${message}`))
    .join('\n'),
  mend: findings.map(({ mend }) => mend)[0] ?? '',
})

/** Reads a design by its file, or by its name in content/designs. */
export function openDesign(
  name: string,
  catalogue: Catalogue,
  contentFolder: string,
  overrides: Overrides,
): Result<Opened, Problem> {
  const shipped = join(contentFolder, 'designs', `${name}.yaml`)
  const file =
    name !== '-' && !existsSync(name) && /^[a-z0-9-]+$/.test(name) && existsSync(shipped) ? shipped : name
  const text = readText(file, DESIGN_BYTES)
  const near = text.ok ? null : nearest(name, designNames(contentFolder))
  if (near !== null) return bad(`There is no design "${name}".`, `Did you mean "${near}"?`)
  if (!text.ok) return text
  const { vocabulary } = buildVocabulary(catalogue.concepts.values())
  const read = readDesign(file, text.value, vocabulary)
  if (read.design === null) return err(findingsOf(read.findings))
  for (const fault of overrides.faults) {
    const parsed = readFault(fault)
    if (!parsed.ok) return bad(`--fault: ${parsed.error}`)
  }
  let changed = { ...read.design.file, faults: [...read.design.file.faults, ...overrides.faults] }
  for (const change of overrides.changes) {
    const next = changeDesign(changed, change)
    if (!next.ok) return bad(`${change.path}: ${next.error}`)
    changed = next.value
  }
  const { design, problems } = resolveDesign(changed, vocabulary)
  const own = read.design.file.faults.length
  const place = (problem: DesignProblem): Finding => placeOf(problem, read, own, overrides)
  if (design === null) return err(findingsOf(problems.map(place)))
  const prices = readPriceTables(contentFolder, design, place)
  if (!prices.ok) return err(findingsOf(prices.error))
  return ok({ place, design, prices: prices.value, catalogue })
}

/** A fault of the command line has no line in the file. */
function placeOf(problem: DesignProblem, read: ReadDesign, own: number, { faults }: Overrides): Finding {
  const [part, index] = problem.path
  const found = read.place(problem)
  if (part !== 'faults' || typeof index !== 'number' || index < own) return found
  return { ...found, file: `--fault '${faults[index - own]}'`, line: 0 }
}

const SEE = 'docs/designs.md lists what a design has and which faults there are.'

const bad = (message: string, mend = SEE) => err<Problem>({ code: 'bad-input', message, mend })

/** The engine's model of it, or what is wrong, at its line. */
export function modelOf({ design, place }: Opened, load: number): Result<Model, Problem> {
  const model = compileDesign(design, { load })
  return model.ok ? model : err(findingsOf(model.error.map(place)))
}

/** What the engine refuses, at the line of the design that says it. */
export const refused = (
  { design, place }: Opened,
  problems: readonly { where: string; field: string; message: string }[],
): Problem => findingsOf(problems.map((problem) => place(placeProblem(design, problem))))
