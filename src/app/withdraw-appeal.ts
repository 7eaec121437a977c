import { ok, type Result } from '#lib/result.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { notFound } from './problem.ts'
import { record } from './record.ts'
import type { Problem } from './views.ts'

/** Takes an appeal back by an event of its own; taking it back twice is once. */
export async function withdrawAppeal(
  world: World,
  input: { readonly appeal: string },
): Promise<Result<{ readonly attempt: string }, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { appeals, withdrawn } = learner.value.state
  const made = Object.hasOwn(appeals, input.appeal) ? appeals[input.appeal] : undefined
  if (made === undefined)
    return notFound('There is no such appeal.', 'Settings lists the appeals that stand.')
  if (!withdrawn[made.id]) {
    const taken = await record(world, { type: 'appeal.withdrawn', payload: { appeal: made.id } })
    if (!taken.ok) return taken
  }
  return ok({ attempt: made.attempt })
}
