import { ok, type Result } from '#lib/result.ts'
import { cardOf } from './diagrams.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import type { LibraryView, Problem } from './views.ts'

/** The whole catalogue, by tier, then by id. */
export async function library(world: World): Promise<Result<LibraryView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const diagrams = [...world.catalogue.items.values()]
    .sort((a, b) => a.tier - b.tier || (a.id < b.id ? -1 : 1))
    .map((item) => cardOf(item, learner.value))
  return ok({ diagrams })
}
