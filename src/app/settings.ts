import { standingAppeals } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { appealView } from './appeals.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import type { Problem, SettingsView } from './views.ts'

export async function settingsView(
  world: World,
  installation: { readonly dataFolder: string },
): Promise<Result<SettingsView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  return ok({
    settings: learner.value.settings,
    tiers: tiersOf(world),
    appeals: standingAppeals(learner.value.state).map((appeal) => appealView(world, appeal)),
    learner: world.learner,
    dataFolder: installation.dataFolder,
  })
}

const TIERS = [1, 2, 3, 4, 5, 6, 7] as const

function tiersOf({ catalogue }: World): SettingsView['tiers'] {
  const items = [...catalogue.items.values()]
  return TIERS.map((tier) => ({ tier, diagrams: items.filter((item) => item.tier === tier).length }))
}
