import type { Result } from '#lib/result.ts'
import { findAttempt } from './attempts.ts'
import type { World } from './ports.ts'
import { record } from './record.ts'
import { result } from './result.ts'
import type { Problem, ResultView } from './views.ts'

export interface AppealInput {
  readonly attempt: string
  /** The element's kind and label as the grade showed them, and what the learner had in its place. */
  readonly kind: string
  readonly label: string
  readonly given: string
  readonly says: string
}

/** "I think I am right": recorded beside the attempt, for whoever keeps the names and answers of the content. */
export async function appeal(world: World, input: AppealInput): Promise<Result<ResultView, Problem>> {
  const event = await findAttempt(world, input.attempt)
  if (!event.ok) return event
  const { attempt, kind, label, given, says } = input
  const made = await record(world, {
    type: 'appeal.made',
    payload: { attempt, diagram: event.value.payload.diagram, kind, label, given, says },
  })
  return made.ok ? result(world, { attempt }) : made
}
