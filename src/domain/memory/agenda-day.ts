import { share } from './agenda.ts'
import { firstOf, lastLooks, type Phase, phaseOf, type Targeted } from './agenda-target.ts'
import { raisedOn, savedDays } from './agenda-value.ts'
import { type Alike, interleaved, type Sitting, sittingAfter } from './interleave.ts'
import { type FsrsModel, recallAfter } from './model.ts'

/** An introduced item, with what decides whether, when and beside what it is recalled. */
export interface AgendaItem extends Targeted, Omit<Alike, 'concepts'> {
  /** Learnt, but never recalled yet: it belongs to the sitting in which it was learnt. */
  readonly unproven: boolean
}

export interface DayConditions {
  readonly model: FsrsModel
  /** Minutes left of the day, Infinity for no bound, and whether none of it was used. */
  readonly left: number
  readonly untouched: boolean
  /** Days until all must be known; null for no such day. */
  readonly daysLeft: number | null
  /** The concepts of an item; asked for those of today alone. */
  readonly concepts: (id: string) => readonly string[]
  /** What the learner has just recalled; null at the beginning of a sitting. */
  readonly sitting: Sitting | null
}

export interface DayAgenda<T> {
  /** In the order in which to recall them. */
  readonly today: readonly T[]
  /** Due, and without room today: by what they are worth per minute. */
  readonly later: readonly T[]
  /** Those of today and later that are not due: their last look before the target. */
  readonly looks: ReadonlySet<string>
}

/** What a learnt item's first recall comes before: everything. */
const UNPROVEN = 3

/** Past this nobody orders a day. */
const DAY_MINUTES = 1440

/**
 * The agenda of one day: what is due, and the last looks before a target date; of these as much as fits, by the memory that
 * each saves per minute (in the target's last week by how much likelier it makes recall on that day); and that in an order
 * which interleaves what is alike. `items` are all that were introduced. Pure; the same items give the same agenda.
 */
export function agendaOf<T extends AgendaItem>(items: readonly T[], conditions: DayConditions): DayAgenda<T> {
  const { left, untouched, daysLeft, model } = conditions
  const due: T[] = []
  for (const item of items) if (item.dueIn <= 0) due.push(item)
  const resting = daysLeft === null ? [] : items.filter(({ dueIn }) => dueIn > 0)
  const looks = daysLeft === null ? [] : lastLooks(model, resting, daysLeft)
  const phase = daysLeft === null ? 'ahead' : phaseOf(daysLeft)
  const by = {
    worth: worthOf(model, phase, daysLeft ?? 0),
    level: (item: T) => (item.unproven ? UNPROVEN : firstOf(phase, item.category)),
  }
  const all = looks.length === 0 ? due : [...due, ...looks]
  const { today, later } = share(all, by, left, untouched)
  return { today: inOrder(today, by.level, conditions), later, looks: new Set(looks.map(({ id }) => id)) }
}

/** By worth per minute, most first: what to recall where nothing is due, or to choose a run from. */
export function byWorth<T extends AgendaItem>(items: readonly T[], model: FsrsModel): T[] {
  const by = { worth: (item: T) => savedDays(model, item), level: () => 0 }
  return [...share(items, by, Number.POSITIVE_INFINITY, true).today]
}

function worthOf(model: FsrsModel, phase: Phase, daysLeft: number): (item: AgendaItem) => number {
  // Before an interview one warms up with what one knows.
  if (phase === 'day') return (item) => recallAfter(model, item.elapsed, item.stability) * item.minutes
  if (phase === 'ahead' || phase === 'over') return (item) => savedDays(model, item)
  return (item) => raisedOn(model, item, daysLeft)
}

function inOrder<T extends AgendaItem>(
  chosen: readonly T[],
  level: (item: T) => number,
  { concepts, sitting }: DayConditions,
): readonly T[] {
  let minutes = 0
  const end = chosen.findIndex((item) => {
    minutes += item.minutes
    return minutes > DAY_MINUTES
  })
  const near = end < 0 ? chosen : chosen.slice(0, end)
  const levels = [...Map.groupBy(near, level).values()]
  let before = sitting
  const ordered = levels.flatMap((items) => {
    const alike = items.map((item) => ({ ...item, concepts: concepts(item.id), item }))
    const order = interleaved(alike, before)
    before = order.reduce<Sitting | null>(sittingAfter, before)
    return order.map(({ item }) => item)
  })
  return end < 0 ? ordered : ordered.concat(chosen.slice(end))
}
