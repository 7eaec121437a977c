import { FORMS } from '#domain/diagram/index.ts'
import {
  allAttempts,
  attemptsByDay,
  dueForecast,
  type LearnerState,
  meanRecall,
  meanTotalBy,
} from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import type { Problem, ProgressView } from './views.ts'

const FORECAST_DAYS = 14
const PAST_DAYS = 28
const RECENT = 20

/** What is remembered, what falls due, what was done. */
export async function progress(world: World): Promise<Result<ProgressView, Problem>> {
  const loaded = await loadLearner(world)
  if (!loaded.ok) return loaded
  const { state, memories, now, days } = loaded.value
  const { items } = world.catalogue
  const dueTimes = [...memories.keys()].flatMap((id) => standingOf(loaded.value, id).due ?? [])
  const byForm = meanTotalBy(state, (diagram) => items.get(diagram)?.form ?? null)
  return ok({
    meanRecall: meanRecall(memories.values(), now),
    introduced: memories.size,
    total: items.size,
    forecast: dueForecast(dueTimes, days.from(now, FORECAST_DAYS)),
    attemptsByDay: attemptsByDay(state, days.until(now, PAST_DAYS), days.nameOf),
    gradeByForm: FORMS.flatMap((form) =>
      byForm
        .filter(({ key }) => key === form)
        .map(({ mean, attempts }) => ({ form, mean: Math.round(mean * 10) / 10, attempts })),
    ),
    recent: recent(world, state),
  })
}

function recent({ catalogue }: World, state: LearnerState): ProgressView['recent'] {
  return allAttempts(state, 'with undone')
    .slice(-RECENT)
    .reverse()
    .map(({ id, diagram, at, total }) => ({
      attempt: id,
      id: diagram,
      title: catalogue.items.get(diagram)?.title ?? diagram,
      at: new Date(at).toISOString(),
      total,
      undone: state.undone[id] === true,
    }))
}
