import { type History, type Prediction, recallNow, type Trace, trace } from '#domain/memory/index.ts'
import { histories, type Remembered, targetOf } from './memories.ts'
import { parameterPeriods, parametersOf } from './parameters.ts'
import { type LearnerState, settingsOf } from './state.ts'

/** A learner's memory as it is by the model, day by day, and as it was measured at reviews. */

export interface TierRecall {
  readonly tier: number
  /** Mean probability of recall that the tier is kept at. */
  readonly target: number
  readonly introduced: number
  /** One for each day: the mean over what was introduced by its end; null before anything was. */
  readonly means: readonly (number | null)[]
}

export interface DayOfReviews {
  readonly reviews: number
  readonly passed: number
}

export interface Measures {
  readonly tiers: readonly TierRecall[]
  /** Over all tiers. */
  readonly means: readonly (number | null)[]
  /** Whole recalls of what was recalled before, a day or more after it. */
  readonly days: readonly DayOfReviews[]
  /** Each such recall of all time, with the probability that the parameters of that time gave it. */
  readonly predictions: readonly Prediction[]
}

/**
 * `ends` are the moments at which the days end, oldest first (Unix ms); the last may be now. The means are of today's
 * parameters and all that is known now of the past; the predictions were made with what was in force before each review.
 */
export function measures(
  state: LearnerState,
  items: ReadonlyMap<string, Remembered>,
  begins: number,
  ends: readonly number[],
): Measures {
  const all = histories(state, items)
  const { parameters } = parametersOf(state)
  const traced = [...all].map(([id, history]) => ({
    tier: items.get(id)?.tier ?? 1,
    introduced: history.introduced,
    traces: trace(history, parameters),
  }))
  const predictions = predictionsOf(state, [...all.values()])
  const byTier = new Map<number, Sums>()
  const total = emptySums(ends.length)
  const decay = parameters[20] ?? 0
  for (const { tier, introduced, traces } of traced) {
    const sums = byTier.get(tier) ?? emptySums(ends.length)
    byTier.set(tier, sums)
    sums.introduced++
    let next = 0
    for (const [day, end] of ends.entries()) {
      while (next < traces.length && (traces[next] as Trace).at <= end) next++
      if (introduced > end) continue
      const left = traces[next - 1] ?? { last: introduced, stability: parameters[1] ?? 1 }
      const recall = recallNow({ last: left.last, stability: left.stability, decay }, end)
      for (const one of [sums, total]) {
        one.sum[day] = (one.sum[day] ?? 0) + recall
        one.count[day] = (one.count[day] ?? 0) + 1
      }
    }
  }
  const settings = settingsOf(state)
  return {
    tiers: [...byTier]
      .sort(([a], [b]) => a - b)
      .map(([tier, sums]) => ({
        tier,
        target: targetOf(settings, tier),
        introduced: sums.introduced,
        means: meansOf(sums),
      })),
    means: meansOf(total),
    days: reviewsByDay(predictions, begins, ends),
    predictions,
  }
}

interface Sums {
  introduced: number
  readonly sum: number[]
  readonly count: number[]
}

const emptySums = (days: number): Sums => ({
  introduced: 0,
  sum: new Array(days).fill(0),
  count: new Array(days).fill(0),
})

const meansOf = ({ sum, count }: Sums): (number | null)[] =>
  sum.map((value, day) => ((count[day] ?? 0) === 0 ? null : value / (count[day] ?? 1)))

/** What the parameters in force before each recall said of it; oldest first. */
function predictionsOf(state: LearnerState, all: readonly History[]): Prediction[] {
  const periods = parameterPeriods(state)
  const made = periods.flatMap(({ from, parameters }, i) => {
    const until = periods[i + 1]?.from ?? Infinity
    return all.flatMap((history) =>
      trace(history, parameters).flatMap(({ at, rating, weight, through, days, expected }): Prediction[] =>
        at < from || at >= until || through !== undefined || weight < 1 || days < 1 || expected === null
          ? []
          : [{ at, expected, passed: rating !== 'again' }],
      ),
    )
  })
  return made.sort((a, b) => a.at - b.at)
}

function reviewsByDay(
  predictions: readonly Prediction[],
  begins: number,
  ends: readonly number[],
): DayOfReviews[] {
  const days = ends.map(() => ({ reviews: 0, passed: 0 }))
  let day = 0
  for (const { at, passed } of predictions) {
    if (at < begins) continue
    while (day < ends.length && at > (ends[day] as number)) day++
    const found = days[day]
    if (found === undefined) break
    found.reviews++
    if (passed) found.passed++
  }
  return days
}
