import {
  type FsrsModel,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from './model.ts'

/** An item that could be recalled now, in plain numbers. */
export interface Recallable {
  readonly id: string
  /** Days after which recall has fallen to 90%. */
  readonly stability: number
  /** 1 (easy) to 10. */
  readonly difficulty: number
  /** Days since the last review, 0 or more. */
  readonly elapsed: number
  /** What recalling it is expected to take; more than 0. */
  readonly minutes: number
}

/** Days over which the good of a review is counted: about as long as a month of work looks ahead. */
const AHEAD_DAYS = 30

/** What a pass is taken for when nobody knows yet how it goes. */
const GOOD = 3

/**
 * Expected days of being able to recall it over the coming thirty, that long after a review at which `R` was `recall`: the
 * integral of `R(t) = (1 + F·t/S)^d`, `S/(F·(d + 1))·(1 + F·t/S)^(d + 1)`, whose value at the beginning is `R·(1 + F·t/S)`.
 */
function recallDays(
  { decay, factor }: FsrsModel,
  stability: number,
  elapsed: number,
  recall: number,
): number {
  const rate = factor / stability
  const begin = 1 + rate * elapsed
  const until = (begin + rate * AHEAD_DAYS) ** (decay + 1)
  return (until - begin * recall) / (rate * (decay + 1))
}

/**
 * The memory that a review made now saves: days of being able to recall it over the coming thirty, expected over passing
 * and failing, against leaving it alone. By FSRS both end with the answer known; a fail forgets faster from there.
 */
export function savedDays(model: FsrsModel, item: Recallable): number {
  // Not by `after`: an object an item is a tenth of what this costs, and Today asks it of all that are overdue.
  const { stability, difficulty, elapsed } = item
  const recall = recallAfter(model, elapsed, stability)
  const passed = stabilityAfterPass(model, stability, difficulty, recall, GOOD)
  const failed = stabilityAfterFail(model, stability, difficulty, recall)
  return (
    recall * recallDays(model, passed, 0, 1) +
    (1 - recall) * recallDays(model, failed, 0, 1) -
    recallDays(model, stability, elapsed, recall)
  )
}

/** By how much a review made now raises the probability of recall on the day so many days ahead. */
export function raisedOn(model: FsrsModel, item: Recallable, days: number): number {
  const { passed, failed, recall } = after(model, item)
  return (
    recall * recallAfter(model, days, passed) +
    (1 - recall) * recallAfter(model, days, failed) -
    recallAfter(model, item.elapsed + days, item.stability)
  )
}

function after(model: FsrsModel, { stability, difficulty, elapsed }: Recallable) {
  const recall = recallAfter(model, elapsed, stability)
  return {
    recall,
    passed: stabilityAfterPass(model, stability, difficulty, recall, GOOD),
    failed: stabilityAfterFail(model, stability, difficulty, recall),
  }
}

/** What a review now leaves, passed or not, and how likely it is to be passed. */
export function reviewedNow(
  model: FsrsModel,
  item: Recallable,
): {
  readonly recall: number
  readonly passed: { readonly stability: number; readonly difficulty: number }
  readonly failed: { readonly stability: number; readonly difficulty: number }
} {
  const { passed, failed, recall } = after(model, item)
  return {
    recall,
    passed: { stability: passed, difficulty: nextDifficulty(model, item.difficulty, GOOD) },
    failed: { stability: failed, difficulty: nextDifficulty(model, item.difficulty, 1) },
  }
}
