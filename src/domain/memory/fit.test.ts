import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulatedSequences } from '../../../test/simulated-sequences.ts'
import { judgedReviews, judgeFit, logLoss, splitForFit } from './fit.ts'
import { DAY_MS, DEFAULT_PARAMETERS, FIT_FROM, fitAgainFrom, fitSequence } from './index.ts'

const review = (days: number, more: object = {}) => ({ at: days * DAY_MS, rating: 'good' as const, ...more })

describe('what a fit learns from', () => {
  test('whole recalls of the item itself, with the days between them', () => {
    const reviews = [
      review(0.1),
      review(0.2),
      review(3, { weight: 0.3 }),
      review(4, { weight: 0.25, through: 'x' }),
      review(8),
    ]
    const sequence = fitSequence({ introduced: 0, reviews })
    expect(sequence.map(({ days }) => days)).toEqual([0, 0, 8])
    // The first says nothing about forgetting, and the second came the same day.
    expect(judgedReviews([sequence])).toBe(1)
  })

  test('the split is by time: all that trains is older than all that judges', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const sequences = simulatedSequences(DEFAULT_PARAMETERS, 60, seed)
        const split = splitForFit(sequences)
        if (split === null) throw new Error('nothing to judge')
        const trained = judgedReviews(split.training)
        const all = judgedReviews(sequences)
        expect(trained / all).toBeGreaterThan(0.7)
        expect(trained / all).toBeLessThanOrEqual(0.8)
        for (const { at } of split.training.flat()) expect(at).toBeLessThan(split.from)
      }),
      { numRuns: 20 },
    )
    expect(splitForFit([])).toBeNull()
  })

  test('the next one waits for a quarter more', () => {
    expect(fitAgainFrom(null)).toBe(FIT_FROM)
    expect(fitAgainFrom({ trained: 800, heldOut: 200 })).toBe(1250)
  })
})

describe('the judgement', () => {
  const standing = (parameters: readonly number[], isOwn = false) => ({ parameters, isOwn })
  const odd = DEFAULT_PARAMETERS.map((w, i) => (i < 4 ? w / 4 : i === 8 ? w - 1 : i === 20 ? 0.5 : w))

  test('goes to the parameters that made the reviews, whichever stood before', () => {
    const sequences = simulatedSequences(odd, 150, 3)
    const from = splitForFit(sequences)?.from ?? 0
    expect(judgeFit(sequences, from, standing(DEFAULT_PARAMETERS), odd)).toMatchObject({ adopted: true })
    expect(judgeFit(sequences, from, standing(odd), DEFAULT_PARAMETERS)).toMatchObject({ adopted: false })
  })

  test('a gain that may be luck replaces an earlier fit, and never the defaults', () => {
    const sequences = simulatedSequences(odd, 150, 3)
    const from = splitForFit(sequences)?.from ?? 0
    const nearby = odd.map((w, i) => (i === 8 ? w + 0.02 : w))
    const [first, later] = [false, true].map((isOwn) =>
      judgeFit(sequences, from, standing(nearby, isOwn), odd),
    )
    const gain = (first?.lossBefore ?? 0) - (first?.lossAfter ?? 0)
    expect(gain).toBeGreaterThan(0)
    expect(gain).toBeLessThan(1.645 * (first?.standardError ?? 0))
    expect(first).toMatchObject({ adopted: false, because: expect.stringContaining('may be luck') })
    expect(later).toMatchObject({
      adopted: true,
      because: expect.stringContaining('more reviews than the last'),
    })
    expect(judgeFit(sequences, from, standing(odd, true), nearby)).toMatchObject({ adopted: false })
  })

  test('the same parameters are never adopted, nor anything without a judge', () => {
    const sequences = simulatedSequences(odd, 50, 4)
    const from = splitForFit(sequences)?.from ?? 0
    expect(judgeFit(sequences, from, standing(odd, true), odd)).toMatchObject({
      adopted: false,
      standardError: 0,
    })
    expect(judgeFit(sequences, Infinity, standing(DEFAULT_PARAMETERS), odd)).toMatchObject({
      adopted: false,
      heldOut: 0,
    })
  })

  test('log loss is finite whatever was expected', () => {
    expect(logLoss(1, false)).toBeCloseTo(-Math.log(1e-4), 6)
    expect(logLoss(0.5, true)).toBeCloseTo(Math.LN2, 12)
  })
})
