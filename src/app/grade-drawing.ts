import { type Answers, type Grade, gradeAttempt } from '#domain/grading/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { findDiagram } from './diagrams.ts'
import type { World } from './ports.ts'
import { readDrawing } from './read-drawing.ts'
import type { Problem } from './views.ts'

export interface GradeInput {
  readonly id: string
  /** In the notation. */
  readonly drawing: string
  readonly answers: Answers
  /** Null where nobody measured it: no speed is lost then. */
  readonly seconds: number | null
  /** The clock that it is held against; null for the diagram's own. */
  readonly par?: number | null
}

/** Grades a drawing and records nothing. */
export async function gradeDrawing(
  world: Pick<World, 'catalogue'>,
  input: GradeInput,
): Promise<Result<Grade, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const drawing = readDrawing(found.value, input.drawing)
  if (!drawing.ok) return drawing
  const { answers, seconds, par } = input
  return ok(gradeAttempt(found.value, { drawing: drawing.value, answers, seconds, par: par ?? null }))
}
