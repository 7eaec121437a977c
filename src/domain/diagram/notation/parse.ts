import { type Drawing, emptyDrawing, type Form } from '../model.ts'
import { inOrder, parseLinked } from './linked.ts'
import { type NotationProblem, tooLong } from './problem.ts'
import { parseMatrix, parseTimeline } from './table.ts'

/** What could be understood is a drawing, whatever else is wrong. Notes are no faults: they say what was passed over. */
export interface ParsedDrawing {
  readonly drawing: Drawing
  readonly problems: readonly NotationProblem[]
  readonly notes: readonly NotationProblem[]
}

/** Reads a drawing's text in the notation of docs/notation.md. */
export function parseDrawing(text: string, form: Form): ParsedDrawing {
  const long = tooLong(text)
  if (long) return { drawing: emptyDrawing(form), problems: [long], notes: [] }
  if (form === 'timeline' || form === 'matrix') {
    const { drawing, problems } = form === 'timeline' ? parseTimeline(text) : parseMatrix(text)
    return { drawing, problems: inOrder(problems), notes: [] }
  }
  return parseLinked(text, form)
}

/** `line 3, column 8: unknown group \`edg\`; did you mean \`edge\`?` */
export function describeProblem(problem: NotationProblem): string {
  const hint = problem.suggestion === null ? '' : `; did you mean \`${problem.suggestion}\`?`
  return `line ${problem.line}, column ${problem.column}: ${problem.message}${hint}`
}
