import type { NextInterval } from './agenda-coming.ts'
import { RUNGS_MS } from './ladder.ts'
import { DAY_MS } from './memory.ts'
import { type FsrsModel, firstDifficulty, firstStability, recallAfter, stabilityAfterPass } from './model.ts'
import type { ReviewPolicy } from './policy.ts'

const RUNGS_DAYS = RUNGS_MS.map((ms) => ms / DAY_MS).filter((days) => days >= 1)

/** How FSRS goes on: as its policy says of what is left of a memory. */
export const bySchedule =
  (policy: ReviewPolicy): NextInterval =>
  (stability, difficulty) =>
    policy.intervalDays(stability, difficulty)

/** How the ladder goes on, read off how long an item has rested: the next rung above, or twice as long. */
export const byLadder =
  (reading: 'rungs' | 'multipliers'): NextInterval =>
  (_stability, _difficulty, rested, passed) => {
    if (!passed || rested < 1) return 1
    const rung = reading === 'rungs' ? RUNGS_DAYS.find((days) => days > rested * 1.01) : undefined
    return rung ?? Math.round(rested * 2)
  }

/** Days that a new item takes for three good recalls: on its first day and on two more. */
export function settleDays(model: FsrsModel, next: NextInterval): number {
  const stability = firstStability(model, 3)
  const difficulty = firstDifficulty(model, 3)
  const first = next(stability, difficulty, 0, true)
  const recall = recallAfter(model, first, stability)
  return first + next(stabilityAfterPass(model, stability, difficulty, recall, 3), difficulty, first, true)
}
