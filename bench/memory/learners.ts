import { seeded } from '#lib/random.ts'
import type { Grade } from '../../src/domain/memory/model.ts'
import type { Minds, Truth } from './truths.ts'

export const ITEMS = 1060
export const PER_DAY = 10
export const HORIZONS = [112, 364] as const
export const LAST_DAY = 364

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

/** Every review, for fitting: item, days since the last (0 for a first exposure), grade, day. */
export type Watch = (item: number, elapsed: number, grade: Grade, day: number) => void

/** One learner's life, day by day: items met `perDay` a day, reviewed on the day they are due. */
export class Life {
  readonly outcomes: Outcome[] = []
  readonly #minds: Minds
  readonly #scheduler: Scheduler
  readonly #scale: Scale
  readonly #watch: Watch | undefined
  readonly #last: Float64Array
  readonly #due: Float64Array
  #total = { reviews: 0, fails: 0, sameDay: 0, recall: 0, mornings: 0, peak: 0, least: 1 }
  #met = 0

  constructor(truth: Truth, scheduler: Scheduler, seed: number, scale: Scale, watch?: Watch) {
    this.#minds = truth.minds(scale.items, seeded(seed * 7919 + 17))
    this.#scheduler = scheduler
    this.#scale = scale
    this.#watch = watch
    this.#last = new Float64Array(scale.items)
    this.#due = new Float64Array(scale.items).fill(Number.POSITIVE_INFINITY)
  }

  /** The next day, which must be `day`: its morning, the reviews that are due, the new items. */
  live(day: number): void {
    const total = this.#total
    const met = this.#met
    total.mornings += met
    if (day >= 28 && day % 28 === 0) total.least = Math.min(total.least, this.#meanAt(day))
    if (this.#scheduler.morning?.(day, this.#last, met))
      for (let item = 0; item < met; item++)
        this.#due[item] = Math.max(day, (this.#last[item] as number) + (this.#scheduler.again?.(item) ?? 0))
    if (HORIZONS.some((horizon) => horizon === day)) this.outcomes.push(this.#outcome(day))
    const before = total.reviews
    for (let item = 0; item < met; item++) this.#review(item, day)
    this.#meet(day)
    total.peak = Math.max(total.peak, total.reviews - before)
  }

  #meet(day: number): void {
    const { items, perDay } = this.#scale
    for (let i = 0; i < perDay && this.#met < items; i++) {
      const item = this.#met++
      this.#last[item] = day
      const grade = this.#minds.meet(item)
      this.#watch?.(item, 0, grade, day)
      this.#due[item] = day + this.#scheduler.next(item, 0, grade, day)
      this.#review(item, day)
    }
  }

  /** As often as the item is due on that day: the rungs of ladders may be hours. */
  #review(item: number, day: number): void {
    const total = this.#total
    while ((this.#due[item] as number) < day + 1) {
      const time = Math.max(day, this.#due[item] as number)
      const elapsed = time - (this.#last[item] as number)
      total.recall += this.#kept(item, time)
      const grade = this.#minds.answer(item, elapsed)
      this.#watch?.(item, elapsed, grade, day)
      total.reviews++
      if (grade === 1) total.fails++
      if (elapsed < 0.5) total.sameDay++
      this.#last[item] = time
      this.#due[item] = time + this.#scheduler.next(item, elapsed, grade, day)
    }
  }

  /** Recall on the mornings after the last review up to `until`, summed: the memory as it was left. */
  #kept(item: number, until: number): number {
    const last = this.#last[item] as number
    const from = Math.floor(last) + 1
    const count = Math.floor(until) - from + 1
    return count <= 0 ? 0 : this.#minds.recallSum(item, from - last, count)
  }

  #meanAt(day: number): number {
    let sum = 0
    for (let item = 0; item < this.#met; item++)
      sum += this.#minds.recall(item, day - (this.#last[item] as number))
    return sum / this.#met
  }

  #outcome(day: number): Outcome {
    const { reviews, fails, sameDay, recall, mornings, least, peak } = this.#total
    let open = 0
    for (let item = 0; item < this.#met; item++) open += this.#kept(item, day)
    return {
      reviews,
      fails,
      sameDay,
      minutes: MINUTES.pass * (reviews - fails) + MINUTES.fail * fails,
      meanRecall: (recall + open) / mornings,
      endRecall: this.#meanAt(day),
      leastRecall: least,
      peakDay: peak,
    }
  }
}

/** Two horizons of one learner's life. */
export function live(
  truth: Truth,
  scheduler: Scheduler,
  seed: number,
  scale: Scale = { items: ITEMS, perDay: PER_DAY },
  lastDay = LAST_DAY,
  watch?: Watch,
): readonly Outcome[] {
  const life = new Life(truth, scheduler, seed, scale, watch)
  for (let day = 0; day <= lastDay; day++) life.live(day)
  return life.outcomes
}
