import { describe, expect, test } from 'vitest'
import { ratingOf, withinPar } from './index.ts'

const recalled = (
  total: number,
  over: Partial<{ structure: number; speed: number; hints: number }> = {},
) => ({
  total,
  structure: 40,
  speed: 10,
  hints: 0,
  ...over,
})

describe('a grade and its time become a rating', () => {
  test.each([
    [0, 'again'],
    [59.9, 'again'],
    [60, 'hard'],
    [74.9, 'hard'],
    [75, 'good'],
    [91.9, 'good'],
    [92, 'easy'],
    [100, 'easy'],
  ])('%d within par is %s', (total, rating) => {
    expect(ratingOf(recalled(total))).toBe(rating)
  })

  test('beyond par it is never easy', () => {
    expect(ratingOf(recalled(99, { speed: 9 }))).toBe('good')
  })

  test('with a hint it is hard at best, and a fail stays a fail', () => {
    expect(ratingOf(recalled(100, { hints: 1 }))).toBe('hard')
    expect(ratingOf(recalled(40, { hints: 1 }))).toBe('again')
  })

  test('par is read off the speed that the structure could have earned', () => {
    expect(withinPar({ structure: 20, speed: 5 })).toBe(true)
    expect(withinPar({ structure: 20, speed: 4.9 })).toBe(false)
  })
})
