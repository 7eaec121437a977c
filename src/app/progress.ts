import { FORMS } from '#domain/diagram/index.ts'
import { calibration, logLoss, lossByMonth, type Prediction, wilson } from '#domain/memory/index.ts'
import {
  allAttempts,
  attemptsByDay,
  confidenceOf,
  dueForecast,
  type LearnerState,
  meanRecall,
  meanTotalBy,
  measures,
  parametersOf,
} from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { type Learner, loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import type { Problem, ProgressView } from './views.ts'
import type { KeptView } from './views-memory.ts'

const FORECAST_DAYS = 14
const PAST_DAYS = 28
const KEPT_DAYS = 90
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
    kept: kept(world, loaded.value),
    confidence: confidenceOf(state),
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

/** How well memory was kept, day by day, and whether what the model expected came. */
function kept({ catalogue }: World, { state, settings, days, now }: Learner): KeptView {
  const begins = days.after(now, 1 - KEPT_DAYS)
  const named = days.from(begins, KEPT_DAYS)
  // The last day is not over: it is seen as it stands now.
  const ends = named.map(({ ends: end }) => Math.min(end, now))
  const found = measures(state, catalogue.items, begins, ends)
  const reviews = found.days.reduce((sum, day) => sum + day.reviews, 0)
  const passed = found.days.reduce((sum, day) => sum + day.passed, 0)
  return {
    target: settings.meanRecall,
    scheduler: settings.scheduler,
    days: named.map(({ day }, i) => ({
      day,
      mean: found.means[i] ?? null,
      reviews: found.days[i]?.reviews ?? 0,
      passed: found.days[i]?.passed ?? 0,
    })),
    tiers: found.tiers,
    passes: {
      reviews,
      passed,
      expected: meanExpected(found.predictions, begins, now),
      ...wilson(passed, reviews),
    },
    calibration: calibration(found.predictions),
    losses: lossByMonth(found.predictions, (at) => days.nameOf(at).slice(0, 7), logLoss),
    parameters: parametersOf(state).fit === null ? 'default' : 'own',
  }
}

function meanExpected(predictions: readonly Prediction[], begins: number, until: number): number | null {
  const own = predictions.filter(({ at }) => at >= begins && at <= until)
  return own.length === 0 ? null : own.reduce((sum, { expected }) => sum + expected, 0) / own.length
}

function recent({ catalogue }: World, state: LearnerState): ProgressView['recent'] {
  return allAttempts(state, 'with undone')
    .slice(-RECENT)
    .reverse()
    .map(({ id, diagram, at, total, asked }) => ({
      attempt: id,
      id: diagram,
      title: catalogue.items.get(diagram)?.title ?? diagram,
      at: new Date(at).toISOString(),
      total,
      part: asked !== null,
      undone: state.undone[id] === true,
    }))
}
