import { invariant } from '#lib/invariant.ts'

export interface Timed {
  readonly id: string
  readonly minutes: number
}

/** What a review of an item is worth, in any unit that is the same for all. */
export interface Worth<T> {
  readonly worth: (item: T) => number
  /** Items of a higher level are taken before all of a lower one; 0 for most. */
  readonly level: (item: T) => number
}

/** What fits today and what waits, both by worth per minute, highest first. */
export interface Share<T> {
  readonly today: readonly T[]
  readonly later: readonly T[]
}

/** What is past a day's hours is nobody's today, and need not stand in order. */
const DAY_MINUTES = 1440

/**
 * Takes items by what they are worth per minute until the day is full: `left` minutes of it, Infinity for no bound. It stops
 * at the first that does not fit, so a longer day never drops what a shorter one had, and what waits is worth less per
 * minute than all that was taken. The first is taken even where it alone is longer than a day that has just begun
 * (`empty`), else it would wait for ever. Without a bound all are taken, and those of the first 24 hours are in order.
 */
export function share<T extends Timed>(
  items: readonly T[],
  by: Worth<T>,
  left: number,
  empty: boolean,
): Share<T> {
  const order = byWorth(items, by, Math.min(left, DAY_MINUTES))
  if (left === Number.POSITIVE_INFINITY) return { today: order, later: [] }
  let minutes = 0
  const cut = order.findIndex((item, i) => {
    minutes += item.minutes
    return minutes > left + 1e-9 && !(i === 0 && empty && left > 0)
  })
  return cut < 0 ? { today: order, later: [] } : { today: order.slice(0, cut), later: order.slice(cut) }
}

/** Bits of a rank beside the place of an item: together they fill the 53 of a number. */
const PLACES = 2 ** 21
const RANKS = 2 ** 31

/**
 * Highest worth per minute first, equal ones by id. A sort of plain numbers, each a rank with the item's place, is ten times
 * as fast as one that compares items; what the ranks are too coarse for is compared afterwards, as far as `minutes` reach.
 */
function byWorth<T extends Timed>(items: readonly T[], by: Worth<T>, minutes: number): T[] {
  const before = comparing(by)
  if (items.length > PLACES) return [...items].sort(before)
  // Plain loops: `from` and `map` cost as much as all the rest.
  const count = items.length
  const densities = new Float64Array(count)
  const levels = new Float64Array(count)
  const known: number[] = []
  let most = 0
  let least = 0
  for (let place = 0; place < count; place++) {
    const item = items[place] as T
    const worth = by.worth(item) / item.minutes
    const level = by.level(item)
    invariant(Number.isFinite(worth), 'an item is worth something finite, in more than no time')
    if (!known.includes(level)) known.push(level)
    densities[place] = worth
    levels[place] = level
    if (worth > most) most = worth
    if (worth < least) least = worth
  }
  known.sort((a, b) => a - b)
  const width = Math.floor(RANKS / Math.max(1, known.length))
  const span = most > least ? most - least : 1
  const keys = new Float64Array(count)
  for (let place = 0; place < count; place++) {
    const level = known.length === 1 ? 0 : known.indexOf(levels[place] as number)
    const within = Math.floor((((densities[place] as number) - least) / span) * (width - 1))
    keys[place] = (RANKS - 1 - level * width - within) * PLACES + place
  }
  return inOrder(keys.sort(), items, before, minutes)
}

/** The items of sorted keys; those of one rank by comparing them, as far as `minutes` reach. */
function inOrder<T extends Timed>(
  keys: Float64Array,
  items: readonly T[],
  before: (a: T, b: T) => number,
  minutes: number,
): T[] {
  const order: T[] = []
  for (const key of keys) order.push(items[key % PLACES] as T)
  let sum = 0
  for (let i = 0; i < order.length && sum <= minutes; ) {
    const rank = Math.floor((keys[i] as number) / PLACES)
    let end = i + 1
    while (end < order.length && Math.floor((keys[end] as number) / PLACES) === rank) end++
    if (end > i + 1) {
      const equal = order.slice(i, end).sort(before)
      for (const [j, item] of equal.entries()) order[i + j] = item
    }
    for (; i < end; i++) sum += (order[i] as T).minutes
  }
  return order
}

const comparing =
  <T extends Timed>({ worth, level }: Worth<T>) =>
  (a: T, b: T): number =>
    level(b) - level(a) ||
    worth(b) / b.minutes - worth(a) / a.minutes ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
