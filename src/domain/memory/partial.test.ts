import { describe, expect, test } from 'vitest'
import { asksPart, PART_MOST, partialWeight, recallsOf } from './index.ts'

const whole = (passed = true) => ({ part: false, passed })
const part = (passed = true) => ({ part: true, passed })

/** What is asked over time where every recall passes and the same little is weak each time. */
function asked(times: number): string {
  const past: { part: boolean; passed: boolean }[] = [whole()]
  for (let i = 1; i < times; i++) past.push(asksPart(recallsOf(past), 0.2) ? part() : whole())
  return past.map((one) => (one.part ? 'p' : 'W')).join('')
}

describe('a part is asked', () => {
  test('once after the first whole recall, then whole recalls come at growing intervals, of three parts at most', () => {
    expect(asked(20)).toBe('WpWppWpppWpppWpppWpp')
  })
  test('never where more than a third is weak, or nothing', () => {
    const recalls = recallsOf([whole()])
    expect(asksPart(recalls, PART_MOST)).toBe(true)
    expect(asksPart(recalls, PART_MOST + 0.01)).toBe(false)
    expect(asksPart(recalls, 0)).toBe(false)
  })
  test('never after a whole recall or a part that failed', () => {
    expect(asksPart(recallsOf([whole(), whole(false)]), 0.2)).toBe(false)
    expect(asksPart(recallsOf([whole(), whole(), part(false)]), 0.2)).toBe(false)
    expect(asksPart(recallsOf([whole(false), whole(), part()]), 0.2)).toBe(false)
    expect(asksPart(recallsOf([]), 0.2)).toBe(false)
  })
})

test('it counts as much as it asked', () => {
  expect([0.1, 0.25, 1.5].map(partialWeight)).toEqual([0.1, 0.25, 1])
})
