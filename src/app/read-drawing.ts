import {
  type Diagram,
  type Drawing,
  describeProblem,
  type NotationProblem,
  parseDrawing,
} from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { badInput } from './problem.ts'
import type { Problem } from './views.ts'

/** More than this says nothing more to a person. */
const SHOWN = 8

/** A learner's text as a drawing of the diagram's form, or every line that is wrong with it. */
export function readDrawing({ item }: Diagram, text: string): Result<Drawing, Problem> {
  const { drawing, problems } = parseDrawing(text, item.form)
  return problems.length === 0 ? ok(drawing) : badInput(...inWords(problems))
}

function inWords(problems: readonly NotationProblem[]): [message: string, mend: string] {
  const shown = problems.slice(0, SHOWN).map(describeProblem)
  const more = problems.length - shown.length
  return [
    `The drawing cannot be read:\n${shown.join('\n')}${more > 0 ? `\nand ${more} more` : ''}`,
    'Mend these lines, then try again; docs/notation.md explains the notation.',
  ]
}
