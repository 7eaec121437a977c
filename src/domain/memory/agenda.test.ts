import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { share as shareBy } from './agenda.ts'

interface Valued {
  readonly id: string
  readonly worth: number
  readonly minutes: number
  readonly first: number
}

const share = (items: readonly Valued[], left: number, empty: boolean) =>
  shareBy(items, { worth: ({ worth }) => worth, level: ({ first }) => first }, left, empty)

const valued = (most: number) =>
  fc
    .array(
      fc.record({
        worth: fc.oneof(fc.constantFrom(1, 2, 3), fc.double({ min: -1, max: 50, noNaN: true })),
        minutes: fc.integer({ min: 1, max: 20 }),
        first: fc.constantFrom(0, 0, 0, 1, 2),
      }),
      { maxLength: most },
    )
    .map((list) => list.map((one, i): Valued => ({ ...one, id: `i${i}` })))

const density = ({ worth, minutes }: Valued) => worth / minutes
const total = (items: readonly Valued[]) => items.reduce((sum, { worth }) => sum + worth, 0)
const length = (items: readonly Valued[]) => items.reduce((sum, { minutes }) => sum + minutes, 0)

describe('what fits today', () => {
  test('every item is either today or later, once, in the order of worth per minute, whatever order they came in', () => {
    fc.assert(
      fc.property(valued(60), fc.integer({ min: 0, max: 200 }), fc.boolean(), (items, left, empty) => {
        const { today, later } = share(items, left, empty)
        const all = [...today, ...later]
        expect(all.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort())
        for (const [i, item] of today.entries()) {
          const next = all[i + 1]
          if (next === undefined) continue
          expect(item.first).toBeGreaterThanOrEqual(next.first)
          if (item.first === next.first) expect(density(item)).toBeGreaterThanOrEqual(density(next) - 1e-12)
        }
        expect(share([...items].reverse(), left, empty).today).toEqual(today)
      }),
    )
  })

  test('never more than the minutes that are left, but for one item of a day that has just begun', () => {
    fc.assert(
      fc.property(valued(30), fc.integer({ min: 0, max: 100 }), fc.boolean(), (items, left, empty) => {
        const { today } = share(items, left, empty)
        if (!(empty && today.length === 1)) expect(length(today)).toBeLessThanOrEqual(left)
        if (empty && left > 0 && items.length > 0) expect(today.length).toBeGreaterThan(0)
      }),
    )
  })

  test('a longer day keeps all that a shorter one had', () => {
    fc.assert(
      fc.property(valued(30), fc.nat(100), fc.nat(100), fc.boolean(), (items, a, b, empty) => {
        const short = share(items, Math.min(a, b), empty).today
        const long = share(items, Math.max(a, b), empty).today
        expect(long.slice(0, short.length)).toEqual(short)
      }),
    )
  })

  test('with the next item it is worth at least as much as the best choice there is, of equal standing', () => {
    fc.assert(
      fc.property(valued(10), fc.integer({ min: 1, max: 60 }), (list, left) => {
        const items = list.map((item) => ({ ...item, first: 0, worth: Math.abs(item.worth) }))
        const { today, later } = share(items, left, false)
        let best = 0
        for (let set = 0; set < 2 ** items.length; set++) {
          const chosen = items.filter((_, i) => set & (2 ** i))
          if (length(chosen) <= left) best = Math.max(best, total(chosen))
        }
        expect(total([...today, ...later.slice(0, 1)])).toBeGreaterThanOrEqual(best - 1e-9)
      }),
    )
  })

  test('without a bound nothing waits; a day that is over takes nothing', () => {
    fc.assert(
      fc.property(valued(20), (items) => {
        expect(share(items, Number.POSITIVE_INFINITY, false).later).toEqual([])
        expect(share(items, 0, true).today).toEqual([])
      }),
    )
  })

  test('is what the straightforward way takes, item for item, whatever is too close for a rank to part', () => {
    const close = fc.record({
      worth: fc.oneof(
        fc.constantFrom(0, 1, 1 + 1e-12, 2, 2 + 1e-9, 1e12),
        fc.double({ min: -1, max: 50, noNaN: true }),
      ),
      minutes: fc.constantFrom(0.5, 1, 2, 3.7),
      first: fc.constantFrom(0, 0, 1, 3),
    })
    const lists = fc
      .array(close, { maxLength: 80 })
      .chain((list) => fc.shuffledSubarray(list.map((one, i): Valued => ({ ...one, id: `i${i}` }))))
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 200, noNaN: true }), fc.boolean(), (items, left, empty) => {
        const order = [...items].sort(comparing)
        const { today, later } = share(items, left, empty)
        expect(today).toEqual(order.slice(0, taken(order, left, empty)))
        // Past the day's minutes nothing is parted; a first item that is longer than the day is past them.
        if (length(today) <= left) expect(later[0]).toEqual(order[today.length])
        expect(share(items, Number.POSITIVE_INFINITY, empty).today).toEqual(order)
      }),
    )
  })
})

const comparing = (a: Valued, b: Valued): number =>
  b.first - a.first || density(b) - density(a) || (a.id < b.id ? -1 : 1)

/** How many of them fit, one after another. */
function taken(order: readonly Valued[], left: number, empty: boolean): number {
  let minutes = 0
  const end = order.findIndex(({ minutes: more }, i) => {
    minutes += more
    return minutes > left + 1e-9 && !(i === 0 && empty && left > 0)
  })
  return end < 0 ? order.length : end
}
