import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CREDIT_DOWN, CREDIT_UP } from './cover.ts'
import { coverReviews, DAY_MS, HOUR_MS, type Rating, type ScoredReview } from './index.ts'

const day = (days: number, rating: Rating = 'good', more: Partial<ScoredReview> = {}): ScoredReview => ({
  at: days * DAY_MS,
  rating,
  weight: 1,
  score: 0.8,
  ...more,
})

/** `whole` holds `part`; `part` holds `grain`. */
const COVERS: Readonly<Record<string, readonly string[]>> = { whole: ['part'], part: ['grain'] }
const credits = (own: Record<string, ScoredReview[]>) =>
  Object.fromEntries(coverReviews(new Map(Object.entries(own)), (id) => COVERS[id] ?? []))

describe('credit along covers', () => {
  test('a redraw of the whole counts a quarter of its score for the part', () => {
    expect(credits({ whole: [day(10, 'easy')], part: [day(1)] })).toEqual({
      part: [{ from: 'whole', at: 10 * DAY_MS, weight: 0.2, rating: 'good' }],
    })
  })

  test('a part of a redraw counts for less, a failed one for nothing', () => {
    const half = credits({ whole: [day(10, 'hard', { weight: 0.5 })], part: [day(1)] })
    expect(half.part).toEqual([{ from: 'whole', at: 10 * DAY_MS, weight: 0.1, rating: 'hard' }])
    expect(credits({ whole: [day(10, 'again')], part: [day(1)] })).toEqual({})
  })

  test('what was never recalled is not credited, nor what was recalled within the day', () => {
    expect(credits({ whole: [day(10)], part: [] })).toEqual({})
    expect(credits({ whole: [day(10)], part: [day(11)] })).toEqual({})
    expect(credits({ whole: [day(10)], part: [day(9.1)] })).toEqual({})
    expect(credits({ whole: [day(10)], part: [day(9)] }).part).toHaveLength(1)
  })

  test('one a day', () => {
    const often = [day(10), day(10.2), day(10.9), day(11)]
    expect(credits({ whole: often, part: [day(1)] }).part?.map(({ at }) => at / DAY_MS)).toEqual([10, 11])
  })

  test('a failed part weakens what holds it, one step up and no further', () => {
    const own = { whole: [day(1)], part: [day(2), day(10, 'again')], grain: [day(1)] }
    expect(credits(own).whole).toEqual([
      { from: 'part', at: 10 * DAY_MS, weight: CREDIT_UP, rating: 'again' },
    ])
    const deep = { whole: [day(1)], part: [day(1)], grain: [day(1), day(10, 'again')] }
    expect(Object.keys(credits(deep))).toEqual(['part'])
  })

  test('two that hold each other: of one moment the failure counts, in whichever order they are handed in', () => {
    const own = { b: [day(10, 'again'), day(10, 'easy')], c: [day(1)] }
    const held: Readonly<Record<string, readonly string[]>> = { b: ['c'], c: ['b'] }
    const given = Object.entries(own)
    const credited = [given, given.toReversed()].map((items) =>
      coverReviews(new Map(items), (id) => held[id] ?? []).get('c'),
    )
    expect(credited).toEqual(
      [1, 2].map(() => [{ from: 'b', at: 10 * DAY_MS, weight: CREDIT_UP, rating: 'again' }]),
    )
  })

  test('bounded, one a day and never about what was recalled that day, whatever covers what', () => {
    const ids = ['a', 'b', 'c', 'd']
    const reviews = fc
      .array(
        fc.record({
          at: fc.integer({ min: 0, max: 60 * 24 }).map((hours) => hours * HOUR_MS),
          rating: fc.constantFrom<Rating>('again', 'hard', 'good', 'easy'),
          weight: fc.double({ min: 0, max: 1, noNaN: true }),
          score: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        { maxLength: 12 },
      )
      .map((list) => list.sort((x, y) => x.at - y.at))
    const covers = fc.dictionary(fc.constantFrom(...ids), fc.array(fc.constantFrom(...ids), { maxLength: 4 }))
    fc.assert(
      fc.property(fc.tuple(reviews, reviews, reviews, reviews), covers, (histories, held) => {
        const own = new Map(ids.map((id, i) => [id, histories[i] ?? []]))
        const found = coverReviews(own, (id) => held[id] ?? [])
        const backwards = coverReviews(new Map([...own].reverse()), (id) => [...(held[id] ?? [])].reverse())
        expect(Object.fromEntries(backwards)).toEqual(Object.fromEntries(found))
        for (const [id, list] of found) {
          for (const [i, { from, at, weight, rating }] of list.entries()) {
            expect(from).not.toBe(id)
            expect(weight).toBeGreaterThan(0)
            expect(weight).toBeLessThanOrEqual(rating === 'again' ? CREDIT_UP : CREDIT_DOWN)
            expect(own.get(from)?.some((review) => review.at === at)).toBe(true)
            const before = list[i - 1]
            if (before) expect(at - before.at).toBeGreaterThanOrEqual(DAY_MS)
            const mine = own.get(id) ?? []
            expect(mine.some((review) => review.at <= at)).toBe(true)
            expect(mine.some((review) => review.at <= at && at - review.at < DAY_MS)).toBe(false)
          }
        }
      }),
    )
  })
})
