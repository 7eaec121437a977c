import { seeded } from '#lib/random.ts'
import type { Grade } from '../../src/domain/memory/model.ts'
import type { Truth } from './truths.ts'

export const ITEMS = 1060
export const PER_DAY = 10
export const HORIZONS = [112, 364] as const
const LAST_DAY = 364

/** A full redraw with its grade read: 3 minutes at the catalogue's usual par; failed, 2 more for the correction. */
export const MINUTES = { pass: 3, fail: 5 } as const

/** What a learner paid and kept up to a horizon. Recall is taken each morning, before the day's reviews. */
export interface Outcome {
  readonly reviews: number
  readonly fails: number
  readonly sameDay: number
  readonly minutes: number
  /** Over all introduced items and all mornings. */
  readonly meanRecall: number
  /** Over all items on the last morning. */
  readonly endRecall: number
  /** The least mean over all items, of one morning in four weeks, from the fourth week on. */
  readonly leastRecall: number
  readonly peakDay: number
}

/** One learner's scheduler. Days are whole for all but the rungs of ladders that fall on the same day. */
export interface Scheduler {
  /** Days until the next review, after a first exposure (`elapsed` 0) or a later review. */
  next(item: number, elapsed: number, grade: Grade, day: number): number
  /** Before a day's reviews; true: `again` gives new intervals of all items. */
  morning?(day: number, last: Float64Array, items: number): boolean
  again?(item: number): number
}

export interface Scale {
  readonly items: number
  readonly perDay: number
}

/** Every review with its day, for fitting: `(item, days since the last, grade, probability of recall)`. */
export type Watch = (item: number, elapsed: number, grade: Grade, recall: number) => void

/** Two horizons of one learner's life: items met `perDay` a day, reviewed on the day they are due. */
export function live(
  truth: Truth,
  scheduler: Scheduler,
  seed: number,
  { items, perDay }: Scale = { items: ITEMS, perDay: PER_DAY },
  lastDay = LAST_DAY,
  watch?: Watch,
): Outcome[] {
  const minds = truth.minds(items, seeded(seed * 7919 + 17))
  const last = new Float64Array(items)
  const due = new Float64Array(items).fill(Number.POSITIVE_INFINITY)
  const total = { reviews: 0, fails: 0, sameDay: 0, recall: 0, mornings: 0, peak: 0, least: 1 }
  const outcomes: Outcome[] = []
  let met = 0

  /** Mornings after `last` up to `until`, with the memory as it was left. */
  const close = (item: number, until: number): number => {
    const from = Math.floor(last[item] as number) + 1
    const count = Math.floor(until) - from + 1
    return count <= 0 ? 0 : minds.recallSum(item, from - (last[item] as number), count)
  }
  const review = (item: number, day: number) => {
    while ((due[item] as number) < day + 1) {
      const time = Math.max(day, due[item] as number)
      const elapsed = time - (last[item] as number)
      total.recall += close(item, time)
      const recall = watch === undefined ? 0 : minds.recall(item, elapsed)
      const grade = minds.answer(item, elapsed)
      watch?.(item, elapsed, grade, recall)
      total.reviews++
      if (grade === 1) total.fails++
      if (elapsed < 0.5) total.sameDay++
      last[item] = time
      due[item] = time + scheduler.next(item, elapsed, grade, day)
    }
  }
  const mean = (day: number) => {
    let sum = 0
    for (let item = 0; item < met; item++) sum += minds.recall(item, day - (last[item] as number))
    return sum / met
  }

  for (let day = 0; day <= lastDay; day++) {
    total.mornings += met
    if (day >= 28 && day % 28 === 0) total.least = Math.min(total.least, mean(day))
    if (scheduler.morning?.(day, last, met))
      for (let item = 0; item < met; item++)
        due[item] = Math.max(day, (last[item] as number) + (scheduler.again?.(item) ?? 0))
    if (HORIZONS.some((horizon) => horizon === day)) outcomes.push(outcome(day))
    const before = total.reviews
    for (let item = 0; item < met; item++) if ((due[item] as number) < day + 1) review(item, day)
    for (let i = 0; i < perDay && met < items; i++, met++) {
      last[met] = day
      const grade = minds.meet(met)
      watch?.(met, 0, grade, 1)
      due[met] = day + scheduler.next(met, 0, grade, day)
      review(met, day)
    }
    total.peak = Math.max(total.peak, total.reviews - before)
  }
  return outcomes

  function outcome(day: number): Outcome {
    let open = 0
    for (let item = 0; item < met; item++) open += close(item, day)
    const { reviews, fails } = total
    return {
      reviews,
      fails,
      sameDay: total.sameDay,
      minutes: MINUTES.pass * (reviews - fails) + MINUTES.fail * fails,
      meanRecall: (total.recall + open) / total.mornings,
      endRecall: mean(day),
      leastRecall: total.least,
      peakDay: total.peak,
    }
  }
}
