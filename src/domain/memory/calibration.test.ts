import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calibration, logLoss, lossByMonth, type Prediction, wilson } from './index.ts'

const predictions = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 1e9 }),
    expected: fc.double({ min: 0, max: 1, noNaN: true }),
    passed: fc.boolean(),
  }),
  { maxLength: 60 },
)

describe('Wilson’s interval', () => {
  test('is the one of the books', () => {
    // Brown, Cai and DasGupta 2001: 9 of 10.
    expect(wilson(9, 10).low).toBeCloseTo(0.5958, 4)
    expect(wilson(9, 10).high).toBeCloseTo(0.9821, 4)
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })

  test('holds the share, within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (passed, failed) => {
        const of = passed + failed
        const { low, high } = wilson(passed, of)
        expect(low >= 0 && high <= 1).toBe(true)
        if (of === 0) return
        expect(low).toBeLessThanOrEqual(passed / of + 1e-12)
        expect(high).toBeGreaterThanOrEqual(passed / of - 1e-12)
      }),
    )
  })
})

describe('calibration', () => {
  test('every prediction stands in one bin', () => {
    fc.assert(
      fc.property(predictions, (made) => {
        const bins = calibration(made)
        expect(bins.reduce((sum, { reviews }) => sum + reviews, 0)).toBe(made.length)
        const passed = bins.reduce((sum, { actual, reviews }) => sum + actual * reviews, 0)
        expect(passed).toBeCloseTo(made.filter((one) => one.passed).length, 6)
        expect(bins.map(({ expected }) => expected)).toEqual(
          bins.map(({ expected }) => expected).sort((a, b) => a - b),
        )
      }),
    )
  })
})

describe('log loss by month', () => {
  const said = (at: number, expected: number, passed: boolean): Prediction => ({ at, expected, passed })
  test('a model that knows beats one that only counts', () => {
    const made = Array.from({ length: 40 }, (_, i) => said(i, i % 4 === 0 ? 0.1 : 0.95, i % 4 !== 0))
    const [first, second] = lossByMonth(made, (at) => (at < 20 ? '2026-01' : '2026-02'), logLoss)
    expect(first).toMatchObject({ month: '2026-01', reviews: 20 })
    expect(second?.model).toBeLessThan(second?.baseline ?? 0)
    expect(second?.model).toBeCloseTo((-Math.log(0.95) * 15 - Math.log(0.9) * 5) / 20, 9)
  })

  test('the baseline knows the past alone', () => {
    const [month] = lossByMonth([said(2, 0.9, false), said(1, 0.9, true)], () => 'm', logLoss)
    // Before the first it says a half, after one pass two thirds.
    expect(month?.baseline).toBeCloseTo((Math.LN2 - Math.log(1 / 3)) / 2, 9)
  })

  test('does not depend on the order in which they are told', () => {
    fc.assert(
      fc.property(predictions, (made) => {
        const distinct = [...new Map(made.map((one) => [one.at, one])).values()]
        const one = lossByMonth(distinct, () => 'm', logLoss)
        expect(lossByMonth([...distinct].reverse(), () => 'm', logLoss)).toEqual(one)
      }),
    )
  })
})
