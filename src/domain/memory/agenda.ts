import { invariant } from '#lib/invariant.ts'
import { placesByRank } from '#lib/rank-sort.ts'

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

/** Ranks are whole numbers of so many: fine enough to part all but a few. */
const RANKS = 2 ** 31

/**
 * Highest worth per minute first, equal ones by id. Whole numbers are sorted by their digits, thirty times as fast as items
 * are by comparing them; what the ranks are too coarse for is compared afterwards, as far as `minutes` reach.
 */
function byWorth<T extends Timed>(items: readonly T[], by: Worth<T>, minutes: number): T[] {
  const values = valuesOf(items, by)
  const ranks = ranksOf(values)
  const places = placesByRank(ranks)
  partEqualRanks(places, ranks, items, minutes, comparing(values, items))
  // Plain loops here and below: `from` and `map` cost as much as all the rest.
  const order = new Array<T>(places.length)
  for (let i = 0; i < order.length; i++) order[i] = items[places[i] as number] as T
  return order
}

/** Of each item in its place: its level, and its worth per minute. */
interface Values {
  readonly levels: Float64Array
  readonly densities: Float64Array
}

function valuesOf<T extends Timed>(items: readonly T[], by: Worth<T>): Values {
  const levels = new Float64Array(items.length)
  const densities = new Float64Array(items.length)
  for (let place = 0; place < items.length; place++) {
    const item = items[place] as T
    const density = by.worth(item) / item.minutes
    invariant(Number.isFinite(density), 'an item is worth something finite, in more than no time')
    levels[place] = by.level(item)
    densities[place] = density
  }
  return { levels, densities }
}

/** 0 for the most per minute that any item of the highest level could be worth. Within a level all ranks are as wide. */
function ranksOf({ levels, densities }: Values): Uint32Array {
  const known: number[] = []
  let last = Number.NaN
  let most = 0
  let least = 0
  for (let place = 0; place < levels.length; place++) {
    const level = levels[place] as number
    const density = densities[place] as number
    if (level !== last && !known.includes(level)) known.push(level)
    last = level
    if (density > most) most = density
    if (density < least) least = density
  }
  known.sort((a, b) => a - b)
  const width = Math.floor(RANKS / Math.max(1, known.length))
  const span = most > least ? most - least : 1
  const ranks = new Uint32Array(levels.length)
  for (let place = 0; place < ranks.length; place++) {
    const level = known.length === 1 ? 0 : known.indexOf(levels[place] as number)
    const within = Math.floor((((densities[place] as number) - least) / span) * (width - 1))
    ranks[place] = RANKS - 1 - level * width - within
  }
  return ranks
}

/** Orders the places of one rank by comparing them, as far as `minutes` reach. */
function partEqualRanks(
  places: Uint32Array,
  ranks: Uint32Array,
  items: readonly Timed[],
  minutes: number,
  before: (a: number, b: number) => number,
): void {
  const rankAt = (i: number) => ranks[places[i] as number]
  let sum = 0
  for (let i = 0; i < places.length && sum <= minutes; ) {
    let end = i + 1
    while (end < places.length && rankAt(end) === rankAt(i)) end++
    if (end > i + 1) places.subarray(i, end).sort(before)
    for (; i < end; i++) sum += (items[places[i] as number] as Timed).minutes
  }
}

const comparing =
  ({ levels, densities }: Values, items: readonly Timed[]) =>
  (a: number, b: number): number =>
    (levels[b] as number) - (levels[a] as number) ||
    (densities[b] as number) - (densities[a] as number) ||
    compareIds(items[a] as Timed, items[b] as Timed)

const compareIds = (a: Timed, b: Timed): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
