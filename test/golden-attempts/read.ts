import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadCatalogue } from '#catalog/load.ts'
import { type Diagram, type Form, parseDrawing } from '#domain/diagram/index.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'

const FOLDER = import.meta.dirname
const CONTENT = join(FOLDER, '../../content')

export const KINDS = [
  'abbreviations',
  'vendor-names',
  'missing',
  'merged',
  'reversed',
  'extra',
  'decomposition',
  'order',
  'labels',
  'sloppy',
  'blank',
  'spam',
  'good',
] as const

const File = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    kind: z.enum(KINDS),
    rating: z.number().int().min(0).max(40),
    because: z.string().min(10),
    drawing: z.string(),
  }),
)

/** A drawing from memory, with what a marker gave its structure (0 to 40, by RUBRIC.md) before any program saw it. */
export type GoldenAttempt = z.infer<typeof File>[number] & {
  /** `<category>/<slug>` of the diagram that was asked. */
  readonly diagram: string
  /** Left out of sight while the grader and the content are tuned. */
  readonly heldOut: boolean
}

export type GradedAttempt = GoldenAttempt & {
  readonly form: Form
  /** What the program gives its structure, 0 to 40. */
  readonly graded: number
}

const files = (): string[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => `${name}/${file}`))
    .sort()

export function heldOutIds(): string[] {
  const lines = readFileSync(join(FOLDER, 'HELD_OUT.txt'), 'utf8').split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}

/** All attempts, by diagram. Throws where a file is not what it should be. */
export function readAttempts(): GoldenAttempt[] {
  const heldOut = new Set(heldOutIds())
  return files().flatMap((file) =>
    File.parse(parse(readFileSync(join(FOLDER, file), 'utf8'))).map((attempt) => ({
      ...attempt,
      diagram: file.replace(/\.yaml$/, ''),
      heldOut: heldOut.has(attempt.id),
    })),
  )
}

/** The same attempts with the grade of their structure, as a learner without answers would get it. */
export function gradeAll(attempts: readonly GoldenAttempt[]): GradedAttempt[] {
  const loaded = loadCatalogue({ contentFolder: CONTENT, cacheFile: null })
  invariant(loaded.ok, 'the catalogue cannot be read')
  return attempts.map((attempt) => {
    const diagram: Diagram | undefined = loaded.value.diagrams.get(attempt.diagram)
    invariant(diagram !== undefined, `${attempt.diagram} is no diagram`)
    const { form } = diagram.drawing
    const { drawing } = parseDrawing(attempt.drawing, form)
    const { structure } = gradeAttempt(diagram, {
      drawing,
      answers: { facts: {}, context: {} },
      seconds: null,
    })
    return { ...attempt, form, graded: structure.score }
  })
}
