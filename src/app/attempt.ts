import { printDrawing } from '#domain/diagram/index.ts'
import { type Grade, gradeAttempt } from '#domain/grading/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { findDiagram } from './diagrams.ts'
import type { World } from './ports.ts'
import { answersById } from './question-ids.ts'
import { readDrawing } from './read-drawing.ts'
import { record } from './record.ts'
import type { AttemptInput, Problem } from './views.ts'

export interface FinishedAttempt extends Omit<AttemptInput, 'seconds'> {
  readonly id: string
  /** Null where nobody measured it. */
  readonly seconds: number | null
  /** The id that the attempt is to have, where a client may repeat its request; else null. */
  readonly event: string | null
}

/** Grades an attempt and records it; the draft is dropped only when that is safe on the disk. */
export async function attempt(
  world: World,
  input: FinishedAttempt,
): Promise<Result<{ readonly attempt: string }, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const { item } = found.value
  const drawing = readDrawing(found.value, input.drawing)
  if (!drawing.ok) return drawing
  const { seconds, hints, places } = input
  const answers = answersById(item, input.answers)
  const grade = gradeAttempt(found.value, { drawing: drawing.value, answers, seconds })
  const recorded = await record(
    world,
    {
      type: 'recall.attempted',
      payload: {
        diagram: item.id,
        revision: item.revision,
        drawing: printDrawing(drawing.value),
        places: { ...places },
        answers: { facts: { ...answers.facts }, context: { ...answers.context } },
        seconds,
        hints,
        grader: grade.grader,
        grade: scoresOf(grade),
      },
    },
    input.event ?? undefined,
  )
  if (!recorded.ok) return recorded
  await world.store.saveDraft(world.learner, item.id, null)
  return ok({ attempt: recorded.value })
}

const scoresOf = ({ total, structure, technical, context, speed, proven }: Grade) => ({
  total,
  structure: structure.score,
  technical: technical.score,
  context: context.score,
  speed: speed.score,
  proven,
})
