import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Alike, interleaved, RUN_MINUTES, type Sitting, sittingAfter } from './interleave.ts'
import { fitsIntoRuns } from './packing.ts'

const alike = (id: string, over: Partial<Alike> = {}): Alike => ({
  id,
  category: 'patterns',
  form: 'topology',
  group: id,
  concepts: [],
  minutes: 5,
  ...over,
})

const items = (most: number, minutes = fc.integer({ min: 1, max: 18 })) =>
  fc
    .array(
      fc.record({
        category: fc.constantFrom('patterns', 'scale', 'costs'),
        form: fc.constantFrom('topology', 'sequence'),
        group: fc.constantFrom('a', 'b', 'c'),
        concepts: fc.subarray(['cache', 'queue', 'database', 'worker']),
        minutes,
      }),
      { maxLength: most },
    )
    .map((list) => list.map((one, i) => alike(`i${i}`, one)))

/** Runs of one category longer than the rule allows while an item of another was still to come. */
function broken(order: readonly Alike[]): number {
  let run = 0
  let count = 0
  order.forEach((item, i) => {
    const before = order[i - 1]
    run = before?.category === item.category ? run + item.minutes : item.minutes
    const rest = order.slice(i)
    const over = before?.category === item.category && run > RUN_MINUTES
    if (over && rest.some(({ category }) => category !== item.category)) count++
  })
  return count
}

/** Runs longer than the rule allows, wherever they are; one item alone breaks nothing. */
function anyTooLong(order: readonly Alike[]): boolean {
  let run = 0
  return order.some((item, i) => {
    const goesOn = order[i - 1]?.category === item.category
    run = goesOn ? run + item.minutes : item.minutes
    return goesOn && run > RUN_MINUTES
  })
}

function* permutations<T>(list: readonly T[]): Generator<T[]> {
  if (list.length === 0) yield []
  for (const [i, one] of list.entries())
    for (const rest of permutations([...list.slice(0, i), ...list.slice(i + 1)])) yield [one, ...rest]
}

describe('an interleaved session', () => {
  test('has every item once, and is the same for the same items', () => {
    fc.assert(
      fc.property(items(40), (list) => {
        const order = interleaved(list)
        expect(new Set(order)).toEqual(new Set(list))
        expect(order).toHaveLength(list.length)
        expect(interleaved(list)).toEqual(order)
      }),
    )
  })

  test('never stays with a category beyond thirty minutes while another is there', () => {
    fc.assert(
      fc.property(items(40), (list) => {
        expect(broken(interleaved(list))).toBe(0)
      }),
    )
  })

  test('keeps every run within thirty minutes wherever any order does', () => {
    fc.assert(
      fc.property(items(7, fc.integer({ min: 1, max: 29 })), (list) => {
        const possible = [...permutations(list)].some((order) => !anyTooLong(order))
        expect(anyTooLong(interleaved(list))).toBe(!possible)
      }),
      { numRuns: 200 },
    )
  })

  test('puts similar items of different groups beside each other, and parts of one thing apart', () => {
    const order = interleaved([
      alike('kafka/log', { group: 'kafka', concepts: ['broker', 'log'] }),
      alike('kafka/replication', { group: 'kafka', concepts: ['broker', 'log', 'follower'] }),
      alike('costs/egress', { category: 'costs', group: 'egress', concepts: ['invoice'] }),
      alike('bookkeeper/ledger', { group: 'bookkeeper', concepts: ['broker', 'log'] }),
    ])
    expect(order.map(({ id }) => id)).toEqual([
      'kafka/log',
      'bookkeeper/ledger',
      'kafka/replication',
      'costs/egress',
    ])
  })

  test('begins with the most valuable', () => {
    fc.assert(
      fc.property(items(12, fc.constant(2)), (list) => {
        expect(interleaved(list)[0]).toBe(list[0])
      }),
    )
  })
})

describe('a sitting that is under way', () => {
  const sittings = items(4, fc.integer({ min: 1, max: 29 })).map((done) =>
    done.reduce<Sitting | null>((before, one) => sittingAfter(before, one), null),
  )

  test('meets the order that it was promised, when asked again after each item', () => {
    fc.assert(
      fc.property(items(12, fc.constant(4)), (list) => {
        const promised = interleaved(list)
        let rest: readonly Alike[] = list
        let before: Sitting | null = null
        const met: Alike[] = []
        while (rest.length > 0) {
          const [next] = interleaved(rest, before) as [Alike]
          met.push(next)
          before = sittingAfter(before, next)
          rest = rest.filter((one) => one !== next)
        }
        expect(met).toEqual(promised)
      }),
    )
  })

  test('keeps every run within thirty minutes wherever any order of what is left does', () => {
    /** As one item, which stands before what is left; a run that is too long already is no fault of what follows. */
    const asItem = ({ last, run }: Sitting): Alike => ({ ...last, minutes: Math.min(run, RUN_MINUTES) })
    fc.assert(
      fc.property(items(6, fc.integer({ min: 1, max: 29 })), sittings, (list, before) => {
        const first = before === null ? [] : [asItem(before)]
        const possible = [...permutations(list)].some((order) => !anyTooLong([...first, ...order]))
        expect(anyTooLong([...first, ...interleaved(list, before)])).toBe(!possible)
      }),
      { numRuns: 200 },
    )
  })

  test('goes on with another category where this one has had its thirty minutes', () => {
    const before = { last: alike('done'), run: 28 }
    const order = interleaved([alike('same'), alike('other', { category: 'costs' })], before)
    expect(order.map(({ id }) => id)).toEqual(['other', 'same'])
  })
})

test('packing: what first-fit cannot see is found', () => {
  expect(fitsIntoRuns([3, 3, 2, 2, 2, 2], 7, 2)).toBe(true)
  expect(fitsIntoRuns([3, 3, 3, 2, 2, 2], 7, 2)).toBe(false)
  expect(fitsIntoRuns([4, 4, 4], 7, 2)).toBe(false)
  expect(fitsIntoRuns([40, 40], 30, 2)).toBe(true)
  expect(fitsIntoRuns([], 30, 0)).toBe(true)
})
