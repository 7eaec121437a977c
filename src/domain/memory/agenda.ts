import { invariant } from '#lib/invariant.ts'

/** An item with what a review of it is worth, in any unit that is the same for all; `first` stands before worth. */
export interface Valued {
  readonly id: string
  readonly worth: number
  readonly minutes: number
  /** Items of a higher one are taken before all of a lower one; 0 for most. */
  readonly first: number
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
export function share<T extends Valued>(items: readonly T[], left: number, empty: boolean): Share<T> {
  const order = byWorth(items, Math.min(left, DAY_MINUTES))
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
function byWorth<T extends Valued>(items: readonly T[], minutes: number): T[] {
  if (items.length > PLACES) return [...items].sort(compare)
  const levels = [...new Set(items.map(({ first }) => first))].sort((a, b) => a - b)
  let most = 0
  let least = 0
  for (const item of items) {
    const worth = density(item)
    invariant(Number.isFinite(worth), 'an item is worth something finite, in more than no time')
    most = Math.max(most, worth)
    least = Math.min(least, worth)
  }
  const width = Math.floor(RANKS / levels.length)
  const span = most > least ? most - least : 1
  const keys = Float64Array.from(items, (item, place) => {
    const within = Math.floor(((density(item) - least) / span) * (width - 1))
    return (RANKS - 1 - levels.indexOf(item.first) * width - within) * PLACES + place
  }).sort()
  const order: T[] = []
  let sum = 0
  for (let i = 0; i < keys.length; ) {
    const rank = Math.floor((keys[i] as number) / PLACES)
    const equal: T[] = []
    for (; i < keys.length && Math.floor((keys[i] as number) / PLACES) === rank; i++)
      equal.push(items[(keys[i] as number) % PLACES] as T)
    if (equal.length > 1 && sum <= minutes) equal.sort(compare)
    for (const item of equal) {
      sum += item.minutes
      order.push(item)
    }
  }
  return order
}

const density = ({ worth, minutes }: Valued): number => worth / minutes

const compare = (a: Valued, b: Valued): number =>
  b.first - a.first || density(b) - density(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
