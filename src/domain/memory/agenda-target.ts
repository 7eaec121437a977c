import type { Recallable } from './agenda-value.ts'
import { type FsrsModel, recallAfter } from './model.ts'

/** An item as it stands on the way to the day on which all must be known. */
export interface Targeted extends Recallable {
  /** Days until it is offered; 0 or less where it is due. */
  readonly dueIn: number
  /** The probability of recall that its tier is kept at, 0 to 1. */
  readonly wanted: number
}

/**
 * ahead: more than a week; week: the company's architectures first; focus: the last three days, incidents next; eve: light
 * review only; day: a warm-up; over: the day is past.
 */
export type Phase = 'ahead' | 'week' | 'focus' | 'eve' | 'day' | 'over'

/** The mission's protocol of T−7, T−3 and T−1 days; `daysLeft` is whole days of the learner's, 0 on the day itself. */
export function phaseOf(daysLeft: number): Phase {
  if (daysLeft > WEEK) return 'ahead'
  if (daysLeft > 3) return 'week'
  if (daysLeft > 1) return 'focus'
  if (daysLeft === 1) return 'eve'
  return daysLeft === 0 ? 'day' : 'over'
}

const WEEK = 7

/** What the day before and the day itself hold, in minutes: enough to be warm, too little to be tired. */
export const LIGHT_MINUTES = 15

/** What comes first as the day draws near: companies from a week before, incidents after them from three days before. */
export function firstOf(phase: Phase, category: string): number {
  if (phase !== 'week' && phase !== 'focus') return 0
  if (category === 'companies') return 2
  return phase === 'focus' && category === 'incidents' ? 1 : 0
}

/**
 * The last looks of today: items whose next review falls on the eve or later, which would by then be less likely to be
 * recalled than is wanted of their tier, get one review in the last week, spread over its days until the eve. The most lasting
 * memories are looked at first, so that what fades fastest is freshest. `daysLeft` as in `phaseOf`.
 */
export function lastLooks<T extends Targeted>(
  model: FsrsModel,
  items: readonly T[],
  daysLeft: number,
): readonly T[] {
  const slots = daysLeft - 1
  if (slots < 1 || daysLeft > WEEK) return []
  const open = items.filter(
    (item) =>
      item.dueIn >= slots &&
      // What was looked at within this week had its look.
      item.elapsed > WEEK - daysLeft &&
      recallAfter(model, item.elapsed + daysLeft, item.stability) < item.wanted,
  )
  open.sort((a, b) => b.stability - a.stability || (a.id < b.id ? -1 : 1))
  const share = open.reduce((sum, { minutes }) => sum + minutes, 0) / slots
  let minutes = 0
  const end = open.findIndex((item) => {
    minutes += item.minutes
    return minutes >= share - 1e-9
  })
  return open.slice(0, end + 1)
}
