import { ok, type Result } from '#lib/result.ts'
import { findDiagram } from './diagrams.ts'
import { loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import { record } from './record.ts'
import type { Problem } from './views.ts'

/** The walkthrough was finished: from now on the diagram is to be remembered. `seconds` is the time it took. */
export async function finishLearning(
  world: World,
  input: { readonly id: string; readonly seconds: number },
): Promise<Result<{ readonly due: string | null }, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const { id, revision } = found.value.item
  const recorded = await record(world, {
    type: 'diagram.learned',
    payload: { diagram: id, revision, seconds: input.seconds },
  })
  if (!recorded.ok) return recorded
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { due } = standingOf(learner.value, id)
  return ok({ due: due === null ? null : new Date(due).toISOString() })
}
