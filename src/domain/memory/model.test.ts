import fc from 'fast-check'
import { default_w, FSRSAlgorithm } from 'ts-fsrs'
import { describe, expect, test } from 'vitest'
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

/** Parameters around the defaults, inside the optimizer's own ranges. */
const parameters = fc
  .array(fc.double({ min: 0.8, max: 1.25, noNaN: true }), { minLength: 21, maxLength: 21 })
  .map((factors) => default_w.map((value, i) => value * (factors[i] ?? 1)))
const stability = fc.double({ min: 0.01, max: 5000, noNaN: true })
const difficulty = fc.double({ min: 1, max: 10, noNaN: true })
const grade = fc.constantFrom<Grade>(1, 2, 3, 4)
const recall = fc.double({ min: 0.3, max: 1, noNaN: true })

const library = (w: readonly number[]) =>
  new FSRSAlgorithm({ w: [...w], enable_short_term: false, enable_fuzz: false })

/** ts-fsrs rounds its results to eight decimals, and its factor before them; ours are compared after the same rounding. */
const close = (mine: number, theirs: number) =>
  expect(Math.abs(mine - theirs)).toBeLessThanOrEqual(1e-8 + 1e-9 * Math.abs(theirs))

describe('FSRS-6 as plain numbers agrees with ts-fsrs', () => {
  test('on the first review', () => {
    fc.assert(
      fc.property(parameters, grade, (w, given) => {
        const algorithm = library(w)
        const theirs = algorithm.next_state(null, 0, given)
        const used = modelOf(algorithm.parameters.w as number[])
        close(firstStability(used, given), theirs.stability)
        close(firstDifficulty(used, given), theirs.difficulty)
      }),
    )
  })

  test('on every later one, at any probability of recall', () => {
    fc.assert(
      fc.property(parameters, stability, difficulty, grade, recall, (w, s, d, given, r) => {
        const algorithm = library(w)
        const theirs = algorithm.next_state({ stability: s, difficulty: d }, 1, given, r)
        const used = modelOf(algorithm.parameters.w as number[])
        const mine =
          given === 1 ? stabilityAfterFail(used, s, d, r) : stabilityAfterPass(used, s, d, r, given)
        close(mine, theirs.stability)
        close(nextDifficulty(used, d, given), theirs.difficulty)
      }),
      { numRuns: 1000 },
    )
  })

  test('on the forgetting curve, up to its rounding of the factor', () => {
    fc.assert(
      fc.property(stability, fc.integer({ min: 0, max: 2000 }), (s, days) => {
        const theirs = library(default_w).forgetting_curve(days, s)
        expect(Math.abs(recallAfter(modelOf([...default_w]), days, s) - theirs)).toBeLessThan(2e-8)
      }),
    )
  })
})

test('the days until a recall are those after which it is reached', () => {
  const model = modelOf([...default_w])
  fc.assert(
    fc.property(stability, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (s, r) => {
      expect(recallAfter(model, daysUntil(model, r, s), s)).toBeCloseTo(r, 9)
    }),
  )
  expect(recallAfter(model, 12, 12)).toBeCloseTo(0.9, 12)
})
