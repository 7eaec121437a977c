import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exp, expm1, log, log1p, power } from './exact-math.ts'

/** Relative to what Math gives, in units of 2^-52, or absolute near nothing. */
const apart = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300) / 2 ** -52

describe('functions of our own agree with Math to some units in the last place', () => {
  const check = (
    of: (x: number) => number,
    math: (x: number) => number,
    min: number,
    max: number,
    most: number,
  ) =>
    fc.assert(
      fc.property(fc.double({ min, max, noNaN: true }), (x) => {
        if (apart(of(x), math(x)) > most) throw new Error(`${x}: ${of(x)}, not ${math(x)}`)
      }),
      { numRuns: 2000 },
    )

  test('log', () => {
    check(log, Math.log, 1e-300, 1e300, 3)
    check(log, Math.log, 0.5, 2, 3)
  })
  test('exp', () => check(exp, Math.exp, -700, 700, 4))
  test('expm1', () => check(expm1, Math.expm1, -5, 5, 8))
  test('log1p', () => check(log1p, Math.log1p, -0.99, 10, 8))
  test('power', () => {
    check(
      (x) => power(x, -0.9),
      (x) => x ** -0.9,
      1e-6,
      1e9,
      60,
    )
    expect(power(3, 0)).toBe(1)
  })
  test('at the ends', () => {
    expect([log(1), exp(0), expm1(0), log1p(0), exp(-1000), exp(1000)]).toEqual([
      0,
      1,
      0,
      0,
      0,
      Number.POSITIVE_INFINITY,
    ])
  })
})
