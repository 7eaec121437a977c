import { DAY_MS, type History, HOUR_MS, LONGEST_DAYS, type Scheduling } from './memory.ts'

/** The mission's fixed ladder: 1 h, 5 h, 1 d, 3 d, 1 w, 2 w, 1 mo, 2 mo, 6 mo; a month is 30 days. */
export const RUNGS_MS: readonly number[] = [
  HOUR_MS,
  5 * HOUR_MS,
  ...[1, 3, 7, 14, 30, 60, 180].map((days) => days * DAY_MS),
]
const DAY_ONE = 2

/** By how much the interval grows after the ladder's end. */
const GROWTH = { hard: 1.5, good: 2, easy: 2.5 } as const

/**
 * When the ladder brings an item back (Unix ms), in one of its two readings. Each recall climbs one rung; a failed one
 * goes to the rung of one day; beyond the last rung the interval grows by the rating: after six months where it is read as
 * `rungs`, after one day already as `multipliers`.
 *
 * A recall before half of its interval has passed does not climb, else five redraws in one evening would stand for three
 * weeks; nor does one of less than half of the drawing. What was recalled through another item is none: the ladder is fixed.
 */
export function ladderDue(history: History, reading: Scheduling['ladder']): number {
  const top = reading === 'rungs' ? RUNGS_MS.length - 1 : DAY_ONE
  let rung = 0
  let last = history.introduced
  let interval = HOUR_MS
  let first = true
  for (const { at, rating, weight = 1, through } of history.reviews) {
    if (through !== undefined || weight <= 0) continue
    const climbs = weight >= 0.5 && (first || at - last >= interval / 2)
    first = false
    last = at
    if (rating === 'again') {
      rung = DAY_ONE
      interval = DAY_MS
    } else if (climbs) {
      const grown = Math.min(LONGEST_DAYS * DAY_MS, Math.round(interval * GROWTH[rating]))
      rung++
      interval = rung <= top ? (RUNGS_MS[rung] ?? grown) : grown
    }
  }
  return last + interval
}
