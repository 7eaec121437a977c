import { DAY_MS, type History, HOUR_MS } from './memory.ts'

/** The mission's fixed ladder: 1 h, 5 h, 1 d, 3 d, 1 w, 2 w, 1 mo, 2 mo, 6 mo; a month is 30 days. */
export const RUNGS_MS: readonly number[] = [
  HOUR_MS,
  5 * HOUR_MS,
  ...[1, 3, 7, 14, 30, 60, 180].map((days) => days * DAY_MS),
]
const DAY_ONE = 2

/** By how much the interval grows after the ladder's end. */
const GROWTH = { hard: 1.5, good: 2, easy: 2.5 } as const

/** Longer than anybody plans for, and far inside what a date can hold. */
const LONGEST_MS = 36_500 * DAY_MS

/**
 * When the ladder brings an item back (Unix ms). Each recall climbs one rung; a failed one goes to the rung of one day;
 * beyond the last rung the interval grows by the rating. A recall before half of its interval has passed does not climb,
 * else five redraws in one evening would stand for three weeks.
 */
export function ladderDue(history: History): number {
  let rung = 0
  let last = history.introduced
  let interval = RUNGS_MS[0] ?? HOUR_MS
  for (const [i, { at, rating }] of history.reviews.entries()) {
    const early = i > 0 && at - last < interval / 2
    last = at
    if (rating === 'again') {
      rung = DAY_ONE
      interval = RUNGS_MS[rung] ?? DAY_MS
    } else if (!early) {
      rung++
      interval = RUNGS_MS[rung] ?? Math.min(LONGEST_MS, interval * GROWTH[rating])
    }
  }
  return last + interval
}
