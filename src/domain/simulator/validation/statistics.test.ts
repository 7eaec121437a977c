import { describe, expect, test } from 'vitest'
import { fisherExact, studentPoint } from './statistics.ts'

describe("Student's t", () => {
  // Any table of statistics.
  test.each([
    [0.975, 1, 12.706],
    [0.975, 5, 2.571],
    [0.975, 11, 2.201],
    [0.975, 30, 2.042],
    [0.995, 10, 3.169],
    [0.9995, 10, 4.587],
    [0.9995, 30, 3.646],
  ])('%f at %i degrees', (p, degrees, point) => expect(studentPoint(p, degrees)).toBeCloseTo(point, 3))
})

describe("Fisher's exact test", () => {
  // Fisher's lady tasting tea: 3 of 4 against 1 of 4 is 34/70 two-sided; 4 against 0 is 2/70.
  test.each([
    [3, 4, 1, 4, 34 / 70],
    [4, 4, 0, 4, 2 / 70],
    [0, 20, 0, 20, 1],
    [20, 20, 20, 20, 1],
    [10, 20, 10, 20, 1],
  ])('%i of %i and %i of %i', (a, n, b, m, p) => expect(fisherExact(a, n, b, m)).toBeCloseTo(p, 9))

  test('0 of 20 and 6 of 20 are not of one probability; 0 and 5 may be', () => {
    expect(fisherExact(0, 20, 6, 20)).toBeLessThan(0.05)
    expect(fisherExact(0, 20, 5, 20)).toBeGreaterThan(0.045)
  })
})
