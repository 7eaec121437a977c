import { standingAppeals } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
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
    appeals: standingAppeals(learner.value.state).map(({ id, diagram, label, says, at }) => ({
      id,
      diagram,
      label,
      says,
      at: new Date(at).toISOString(),
    })),
    learner: world.learner,
    dataFolder: installation.dataFolder,
  })
}
