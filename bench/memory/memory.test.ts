import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, policyFor, type Rating, schedule } from '#domain/memory/index.ts'
import { seeded } from '#lib/random.ts'
import { type Grade, modelOf } from '../../src/domain/memory/model.ts'
import { lowerBound } from './bound.ts'
import { live } from './learners.ts'
import { fsrsAt, ladderA, ladderB, ladderWithoutSameDay, oursAt, type Plan } from './schedulers.ts'
import { DEFAULTS, TRUTHS, type Truth } from './truths.ts'

const [FSRS] = TRUTHS
const SCALE = { items: 80, perDay: 4 }

describe.each(TRUTHS.map((truth) => [truth.name, truth] as const))('%s', (_, truth) => {
  test('sums recall over mornings as one would by hand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 1000 }),
        (gaps, count, seed) => {
          const minds = truth.minds(1, seeded(seed))
          minds.meet(0)
          for (const gap of gaps) minds.answer(0, gap)
          let sum = 0
          for (let j = 0; j < count; j++) sum += minds.recall(0, 0.5 + j)
          expect(Math.abs(minds.recallSum(0, 0.5, count) - sum) / count).toBeLessThan(1e-3)
        },
      ),
    )
  })
})

test('a life counts what happened', () => {
  const truth = FSRS as Truth
  for (const plan of [ladderA, ladderB, ladderWithoutSameDay] as Plan[]) {
    let seen = 0
    let fails = 0
    const watch = (_: number, elapsed: number, grade: number) => {
      if (elapsed === 0) return
      seen++
      if (grade === 1) fails++
    }
    const outcome = live(truth, plan(SCALE.items), 5, SCALE, 112, watch)[0]
    // The last morning's outcome comes before that day's reviews.
    expect(outcome?.reviews).toBeLessThanOrEqual(seen)
    expect(outcome?.reviews).toBeGreaterThan(seen - SCALE.items)
    expect(outcome?.fails).toBeLessThanOrEqual(fails)
    expect(outcome?.minutes).toBe(3 * (outcome?.reviews ?? 0) + 2 * (outcome?.fails ?? 0))
  }
})

test('ours rests an item as long as the product does', () => {
  const RATINGS = ['again', 'hard', 'good', 'easy'] as const
  const policy = policyFor(DEFAULTS, 0.95)
  const scheduling = { scheduler: 'fsrs', ladder: 'rungs', parameters: DEFAULTS, policy } as const
  const seen = fc.record({ gap: fc.integer({ min: 1, max: 200 }), rating: fc.constantFrom(...RATINGS) })
  fc.assert(
    fc.property(fc.array(seen, { minLength: 1, maxLength: 12 }), (story) => {
      const scheduler = oursAt({ first: DEFAULTS, fits: [] }, 0.95)(1)
      const reviews: { at: number; rating: Rating }[] = []
      let day = 0
      for (const [i, { gap, rating }] of story.entries()) {
        const elapsed = i === 0 ? 0 : gap
        day += elapsed
        reviews.push({ at: day * DAY_MS, rating })
        const days = scheduler.next(0, elapsed, (RATINGS.indexOf(rating) + 1) as Grade, day)
        expect(day + days).toBe(schedule({ introduced: 0, reviews }, scheduling).due / DAY_MS)
      }
    }),
  )
})

test('a fit counts from its day on, as if it had always counted', () => {
  const own = DEFAULTS.map((w, i) => (i < 4 ? w / 2 : w))
  const [late, always] = [
    { first: DEFAULTS, fits: [{ day: 10, parameters: own }] },
    { first: own, fits: [] },
  ]
  const [fitted, known] = [late, always].map((knowledge) => oursAt(knowledge, 0.95)(1))
  const last = new Float64Array([3])
  for (const scheduler of [fitted, known]) {
    scheduler?.next(0, 0, 3, 0)
    scheduler?.next(0, 3, 2, 3)
  }
  expect(fitted?.again?.(0)).not.toBe(known?.again?.(0))
  expect(fitted?.morning?.(10, last, 1)).toBe(true)
  expect(fitted?.again?.(0)).toBe(known?.again?.(0))
})

test('no schedule costs less than the bound of its own mean recall', () => {
  const truth = FSRS as Truth
  const knowledge = { first: DEFAULTS, fits: [] }
  const size = { rows: 53, columns: 7 }
  for (const plan of [ladderWithoutSameDay, fsrsAt(knowledge, 0.9), oursAt(knowledge, 0.95)]) {
    const lives = Array.from({ length: 30 }, (_, seed) => live(truth, plan(80), seed, SCALE, 112)[0])
    const average = (of: (outcome: (typeof lives)[number]) => number) =>
      lives.reduce((sum, one) => sum + of(one), 0) / lives.length
    const recall = average((one) => Math.min(one?.meanRecall ?? 0, one?.endRecall ?? 0))
    const bound = lowerBound(modelOf(DEFAULTS), 112, { pass: 1, fail: 1 }, recall, SCALE, {
      start: { mornings: 0.9, last: 8 },
      size,
    })
    const reviews = average((one) => one?.reviews ?? 0)
    expect(reviews).toBeGreaterThan(0.97 * bound.value)
    expect(bound.value).toBeGreaterThan(0.7 * reviews)
  }
})
