import fc from 'fast-check'
import { default_w } from 'ts-fsrs'
import { describe, expect, test } from 'vitest'
import { seeded } from '#lib/random.ts'
import {
  daysUntil,
  firstDifficulty,
  firstStability,
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from './model.ts'
import { decisionGrid, solvePrice, tableDays } from './optimal.ts'
import { type HeldItem, policyFor, type ReviewPolicy } from './policy.ts'

const W = [...default_w]
const MODEL = modelOf(W)
const stability = fc.double({ min: 0.01, max: 30_000, noNaN: true })
const difficulty = fc.double({ min: 1, max: 10, noNaN: true })
const target = fc.constantFrom(0.85, 0.9, 0.95, 0.97)

/** Items met eight a day and reviewed when due; the mean recall on each morning. */
function live(policyOn: (day: number, held: HeldItem[]) => ReviewPolicy | null, days: number, w = W) {
  const model = modelOf(w)
  const random = seeded(11)
  const items: { s: number; d: number; last: number }[] = []
  const means: number[] = []
  let policy = policyFor(w, 0.95)
  for (let day = 0; day < days; day++) {
    const recall = (item: { s: number; last: number }) => recallAfter(model, day - item.last, item.s)
    means.push(items.reduce((sum, item) => sum + recall(item), 0) / items.length)
    const held = items.map((item) => ({
      stability: item.s,
      difficulty: item.d,
      elapsedDays: day - item.last,
    }))
    policy = policyOn(day, held) ?? policy
    for (const item of items) {
      if (item.last + policy.intervalDays(item.s, item.d) > day) continue
      const r = recall(item)
      const draw = random()
      const grade: Grade = random() >= r ? 1 : draw < 0.224 ? 2 : draw < 0.855 ? 3 : 4
      const { s, d } = item
      item.s = grade === 1 ? stabilityAfterFail(model, s, d, r) : stabilityAfterPass(model, s, d, r, grade)
      item.d = nextDifficulty(model, d, grade)
      item.last = day
    }
    for (let i = 0; i < 8 && items.length < 500; i++) {
      const draw = random()
      const first: Grade = draw < 0.24 ? 1 : draw < 0.334 ? 2 : draw < 0.829 ? 3 : 4
      items.push({ s: firstStability(model, first), d: firstDifficulty(model, first), last: day })
    }
  }
  return means
}

describe('an interval', () => {
  test('is whole days from 1 to 36,500, whatever the state', () => {
    const any = fc.double({ min: 0.001, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(any, difficulty, target, (s, d, mean) => {
        const days = policyFor(W, mean).intervalDays(s, d)
        expect(Number.isInteger(days)).toBe(true)
        expect(days).toBeGreaterThanOrEqual(1)
        expect(days).toBeLessThanOrEqual(36_500)
      }),
    )
  })

  test('never shrinks when the item is better remembered', () => {
    fc.assert(
      fc.property(stability, stability, difficulty, target, (a, b, d, mean) => {
        const policy = policyFor(W, mean)
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(policy.intervalDays(less, d)).toBeLessThanOrEqual(policy.intervalDays(more, d))
      }),
    )
  })

  test('never grows with the target', () => {
    fc.assert(
      fc.property(stability, difficulty, (s, d) => {
        const days = [0.85, 0.9, 0.95, 0.97].map((mean) => policyFor(W, mean).intervalDays(s, d))
        // One day of slack: both are rounded.
        for (let i = 1; i < days.length; i++)
          expect(days[i]).toBeLessThanOrEqual(Math.ceil(1.03 * (days[i - 1] ?? 0)) + 1)
      }),
    )
  })

  test('lets recall fall no further than four times what the target allows', () => {
    fc.assert(
      fc.property(stability, difficulty, target, (s, d, mean) => {
        const days = policyFor(W, mean).intervalDays(s, d)
        const latest = daysUntil(MODEL, 1 - 4 * (1 - mean), s)
        expect(days).toBeLessThanOrEqual(Math.max(1, latest + 0.5))
      }),
    )
  })
})

describe('the mean', () => {
  test('of a year is the target, young items below it and old ones above', () => {
    const means = live(() => null, 300)
    const mean = means.slice(1).reduce((sum, value) => sum + value, 0) / (means.length - 1)
    expect(mean).toBeGreaterThan(0.94)
    expect(mean).toBeLessThan(0.96)
    expect(means[40] ?? 1).toBeLessThan(0.95)
    expect(means.at(-1) ?? 0).toBeGreaterThan(0.95)
  })

  const fast = W.map((value, i) => (i < 4 ? value / 2 : i === 20 ? 0.25 : value))
  test.each([
    ['the defaults', W],
    ['one who forgets fast', fast],
  ])('is the target on every day, when the price follows the collection: %s', (_, w) => {
    const means = live((day, held) => (day % 7 === 0 ? policyFor(w, 0.95, held) : null), 300, w)
    for (const mean of means.slice(42)) {
      expect(mean).toBeGreaterThan(0.94)
      expect(mean).toBeLessThan(0.965)
    }
  })
})

test('the same arguments give the same policy, whatever was asked before', () => {
  const probe = (policy: ReviewPolicy) =>
    [0.3, 1, 3, 10, 40, 200, 3000].flatMap((s) => [1, 4, 7, 10].map((d) => policy.intervalDays(s, d)))
  const fresh = W.map((value, i) => (i === 2 ? 2.5 : value))
  const alone = probe(policyFor(fresh, 0.95))
  for (let i = 0; i < 4; i++)
    policyFor(
      W.map((value, j) => (j === 1 ? value + i / 100 : value)),
      0.9,
    )
  policyFor(fresh, 0.85)
  expect(probe(policyFor(fresh, 0.95))).toEqual(alone)
})

test('no interval of a table can be bettered by another one followed by it', () => {
  // Second oracle: the mean cost of a first interval and then the table's, by long simulation, over some first intervals.
  const price = 0.3
  const table = solvePrice(decisionGrid(MODEL), price)
  const gamma = Math.exp(-1 / 730)
  const costFrom = (first: number, s0: number, d0: number) => {
    let total = 0
    const runs = 700
    for (let run = 0; run < runs; run++) {
      const random = seeded(run + 1)
      let [s, d, day, interval] = [s0, d0, 0, first]
      while (day < 1500) {
        for (let i = 1; i <= interval; i++)
          total += price * gamma ** (day + i) * (1 - recallAfter(MODEL, i, s))
        day += interval
        const r = recallAfter(MODEL, interval, s)
        const draw = random()
        const grade: Grade = random() >= r ? 1 : draw < 0.224 ? 2 : draw < 0.855 ? 3 : 4
        total += gamma ** day * (grade === 1 ? 5 / 3 : 1)
        s = grade === 1 ? stabilityAfterFail(MODEL, s, d, r) : stabilityAfterPass(MODEL, s, d, r, grade)
        d = nextDifficulty(MODEL, d, grade)
        interval = Math.max(1, Math.round(tableDays(table, s, d)))
      }
    }
    return total / runs
  }
  const [s, d] = [10, 6]
  const best = Math.round(tableDays(table, s, d))
  const cost = costFrom(best, s, d)
  for (const factor of [0.4, 2.5]) expect(costFrom(Math.round(best * factor), s, d)).toBeGreaterThan(cost)
})
