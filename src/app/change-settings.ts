import { type Settings, settings } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { lastSaid, record } from './record.ts'
import type { Problem } from './views.ts'

/** Records what differs from the settings that stand; nothing where nothing does. */
export async function changeSettings(
  world: World,
  change: { readonly [K in keyof Settings]?: Settings[K] | undefined },
): Promise<Result<Settings, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const before = learner.value.settings
  const changed = Object.entries(change).filter(
    ([key, value]) =>
      value !== undefined && JSON.stringify(before[key as keyof Settings]) !== JSON.stringify(value),
  )
  const payload = settings.partial().parse(Object.fromEntries(changed))
  if (changed.length > 0) {
    const known = Object.entries(learner.value.state.settings).filter(([field]) => field in payload)
    const after = lastSaid(Object.fromEntries(known))
    const recorded = await record(world, { type: 'settings.changed', payload }, { after })
    if (!recorded.ok) return recorded
  }
  return ok({ ...before, ...(Object.fromEntries(changed) as Partial<Settings>) })
}
