import { type Random, seeded } from '#lib/random.ts'
import { share } from './agenda.ts'
import { LIGHT_MINUTES, lastLooks, phaseOf, type Targeted } from './agenda-target.ts'
import { reviewedNow, savedDays } from './agenda-value.ts'
import { type FsrsModel, firstDifficulty, firstStability, recallAfter } from './model.ts'

/** Whole days until the next review of an item that was just reviewed, after it had rested for so many days. */
export type NextInterval = (stability: number, difficulty: number, rested: number, passed: boolean) => number

export interface ComingItem extends Targeted {
  readonly next: NextInterval
}

/** What is to be introduced in the coming days: so many a day, each as long to study and to recall as the mean of them. */
export interface Newcomers {
  readonly perDay: number
  readonly available: number
  readonly studyMinutes: number
  readonly recallMinutes: number
  readonly wanted: number
  readonly next: NextInterval
}

export interface Conditions {
  readonly model: FsrsModel
  /** Minutes that a day may take, Infinity for no bound; and what is left of today. */
  readonly cap: number
  readonly left: number
  readonly newcomers: Newcomers | null
  /** In how many days all must be known; null for no such day. Nothing is introduced in its last `settle` days. */
  readonly target: { readonly daysLeft: number; readonly settle: number } | null
}

/** What one of the coming days holds, expected. */
export interface ComingDay {
  readonly reviews: number
  readonly minutes: number
  /** What is due and does not fit. */
  readonly waiting: number
  readonly waitingMinutes: number
  readonly introduced: number
}

export interface Coming {
  readonly days: readonly ComingDay[]
  /** Items that have been met by the end, and their mean probability of recall then; null where there are none. */
  readonly met: number
  readonly recall: number | null
}

/** About so many lives are played through, whether some items stand for all or each has several. */
const LIVES = 500

/** One item on one way through the coming days. */
interface Life {
  readonly id: string
  readonly minutes: number
  readonly wanted: number
  readonly next: NextInterval
  readonly dice: Random
  stability: number
  difficulty: number
  /** Days from today: the last review (negative: past) and the next. */
  last: number
  due: number
}

/**
 * The coming days as they are to be expected: each works off what is due by what it is worth, within its minutes; what does not
 * fit waits; new items come where there is room, and none while more than a day's work waits. Recalls pass as often as memory
 * says, by dice that fall the same way each time. Items come in an order that does not change. Deterministic.
 */
export function comingDays(items: readonly ComingItem[], conditions: Conditions, count: number): Coming {
  const lives = livesOf(items)
  // What one life stands for; a day's minutes are shared among that many fewer, or more.
  const weight = lives.length === 0 ? 1 : items.length / lives.length
  const days: ComingDay[] = []
  let credit = 0
  let met = items.length
  let paused = false
  for (let day = 0; day < count; day++) {
    const bound = minutesOf(day, conditions)
    const queue = queueOf(lives, day, conditions)
    const { today, later } = shareOf(conditions.model, queue, day, bound / weight)
    const spent = minutesIn(today)
    for (const one of today) review(conditions.model, one, day)
    const waitingMinutes = minutesIn(later) * weight
    paused = waitingMinutes > conditions.cap
    let introduced = 0
    let study = 0
    const { newcomers } = conditions
    if (newcomers && !paused && later.length === 0 && mayIntroduce(day, conditions)) {
      const free = bound - spent * weight
      const each = newcomers.studyMinutes + newcomers.recallMinutes
      const most = roomForNew(free, conditions.cap, each)
      introduced = Math.min(newcomers.perDay, most, items.length + newcomers.available - met)
      study = introduced * each
      for (credit += introduced / weight; credit > 1 - 1e-9; credit--)
        lives.push(newLife(conditions.model, newcomers, day, lives.length))
    }
    met += introduced
    days.push({
      reviews: today.length * weight,
      minutes: spent * weight + study,
      waiting: later.length * weight,
      waitingMinutes,
      introduced,
    })
  }
  return { days, met, recall: meanRecallOn(conditions.model, lives, count) }
}

function livesOf(items: readonly ComingItem[]): Life[] {
  const step = Math.max(1, Math.ceil(items.length / LIVES))
  const copies = items.length === 0 ? 0 : Math.max(1, Math.floor(LIVES / items.length))
  return items
    .filter((_, i) => i % step === 0)
    .flatMap(({ id, minutes, wanted, next, stability, difficulty, elapsed, dueIn }, i) =>
      Array.from({ length: copies }, (_, copy) => ({
        ...{ id, minutes, wanted, next, stability, difficulty },
        dice: seeded(i * copies + copy),
        last: -elapsed,
        due: Math.max(0, dueIn),
      })),
    )
}

function newLife(model: FsrsModel, newcomers: Newcomers, day: number, place: number): Life {
  const stability = firstStability(model, 3)
  const difficulty = firstDifficulty(model, 3)
  const { recallMinutes: minutes, wanted, next } = newcomers
  return {
    ...{ id: '', minutes, wanted, next, stability, difficulty },
    dice: seeded(place),
    last: day,
    due: day + next(stability, difficulty, 0, true),
  }
}

/**
 * How many new items there is room for in the minutes that are left. One that is longer than that may still come where at
 * least half of a day is free, or a short day would never meet anything new.
 */
export function roomForNew(free: number, cap: number, minutesEach: number): number {
  if (free === Number.POSITIVE_INFINITY) return free
  const fit = Math.floor(Math.max(0, free) / minutesEach)
  return fit === 0 && free >= cap / 2 && free > 0 ? 1 : fit
}

const minutesOf = (day: number, { cap, left, target }: Conditions): number => {
  const bound = day === 0 ? left : cap
  return target && target.daysLeft - day <= 1 && target.daysLeft - day >= 0
    ? Math.min(bound, LIGHT_MINUTES)
    : bound
}

const mayIntroduce = (day: number, { target }: Conditions): boolean =>
  target === null || target.daysLeft - day > target.settle || target.daysLeft < day

function queueOf(lives: readonly Life[], day: number, { model, target }: Conditions): Life[] {
  const due = lives.filter((one) => one.due <= day)
  const daysLeft = target === null ? -1 : target.daysLeft - day
  if (phaseOf(daysLeft) !== 'week' && phaseOf(daysLeft) !== 'focus') return due
  const standing = lives.map((one) => ({ ...at(one, day), wanted: one.wanted, dueIn: one.due - day, one }))
  const looked = lastLooks(
    model,
    standing.filter(({ dueIn }) => dueIn > 0),
    daysLeft,
  )
  return [...due, ...looked.map(({ one }) => one)]
}

const at = ({ id, stability, difficulty, last, minutes }: Life, day: number) => ({
  id,
  stability,
  difficulty,
  elapsed: day - last,
  minutes,
})

const minutesIn = (lives: readonly Life[]): number => lives.reduce((sum, { minutes }) => sum + minutes, 0)

function shareOf(model: FsrsModel, queue: readonly Life[], day: number, room: number) {
  if (minutesIn(queue) <= room) return { today: queue, later: [] }
  const by = { worth: (one: Life) => savedDays(model, at(one, day)), level: () => 0 }
  return share(queue, by, Math.max(0, room), true)
}

function review(model: FsrsModel, one: Life, day: number): void {
  const { recall, passed, failed } = reviewedNow(model, at(one, day))
  const passes = one.dice() < recall
  const { stability, difficulty } = passes ? passed : failed
  const rested = day - one.last
  one.stability = stability
  one.difficulty = difficulty
  one.last = day
  one.due = day + Math.max(1, one.next(stability, difficulty, rested, passes))
}

function meanRecallOn(model: FsrsModel, lives: readonly Life[], day: number): number | null {
  if (lives.length === 0) return null
  return (
    lives.reduce((sum, { stability, last }) => sum + recallAfter(model, day - last, stability), 0) /
    lives.length
  )
}
