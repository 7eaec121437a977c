import type { Result } from '#lib/result.ts'
import { findAttempt } from './attempts.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { record } from './record.ts'
import { result } from './result.ts'
import type { Problem, ResultView } from './views.ts'

/** Takes an attempt out of the schedule by an event of its own; what was drawn stays in the log. */
export async function undoAttempt(
  world: World,
  input: { readonly attempt: string },
): Promise<Result<ResultView, Problem>> {
  const event = await findAttempt(world, input.attempt)
  if (!event.ok) return event
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  if (!learner.value.state.undone[event.value.id]) {
    const undone = await record(world, { type: 'recall.undone', payload: { attempt: event.value.id } })
    if (!undone.ok) return undone
  }
  return result(world, input)
}
