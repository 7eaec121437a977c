import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { confusionsOf, pairOf, restDays, type Taking } from './confusions.ts'

const DAY = 86_400_000
const taking = (day: number, expected = 'cache', drawn = 'queue', attempt = `attempt ${day}`): Taking => ({
  attempt,
  at: day * DAY,
  diagram: 'patterns/a',
  expected,
  drawn,
})
const drill = (day: number, right = 4) => ({
  at: day * DAY,
  expected: 'cache',
  drawn: 'queue',
  asked: 4,
  right,
})
const three = [taking(1), taking(2), taking(3)]

describe('when a pair is drilled', () => {
  test('three times, in whichever direction, and not twice', () => {
    expect(confusionsOf(three.slice(0, 2), [])).toMatchObject([{ due: null }])
    const turned = [taking(1), taking(2, 'queue', 'cache'), taking(3)]
    expect(confusionsOf(turned, [])).toMatchObject([{ due: 3 * DAY, expected: 'cache', drawn: 'queue' }])
  })
  test('two places in one attempt are one time', () => {
    const twice = [taking(1), taking(2, 'cache', 'queue', 'same'), taking(2, 'cache', 'queue', 'same')]
    expect(confusionsOf(twice, [])).toMatchObject([{ due: null }])
  })
  test('all right rests for longer each time; something wrong comes back the next day', () => {
    const due = (...drills: ReturnType<typeof drill>[]) => (confusionsOf(three, drills)[0]?.due ?? 0) / DAY
    expect(due(drill(4))).toBe(4 + 7)
    expect(due(drill(4), drill(11))).toBe(11 + 21)
    expect(due(drill(4), drill(11), drill(32))).toBe(32 + 63)
    expect(due(drill(4), drill(11, 3))).toBe(12)
    expect(due(drill(4), drill(11, 3), drill(12))).toBe(12 + 7)
  })
  test('a drill before its time begins the rest anew, and lengthens none', () => {
    expect(confusionsOf(three, [drill(4), drill(5)])).toMatchObject([{ due: 12 * DAY, streak: 1 }])
    expect(confusionsOf(three, [drill(4), drill(11), drill(12)])).toMatchObject([
      { due: 33 * DAY, streak: 2 },
    ])
    expect(confusionsOf(three, [drill(4, 3), drill(4)])).toMatchObject([{ due: 11 * DAY, streak: 1 }])
  })
  test('confused again comes back at once, and the rest begins anew', () => {
    const again = [...three, taking(9)]
    expect(confusionsOf(again, [drill(4), drill(5)])).toMatchObject([{ due: 9 * DAY, streak: 0 }])
    expect(confusionsOf(again, [drill(4), drill(10)])).toMatchObject([{ due: 17 * DAY, streak: 1 }])
  })
  test('drills of another pair are none of its own', () => {
    expect(confusionsOf(three, [{ ...drill(4), drawn: 'stream' }])).toMatchObject([
      { due: 3 * DAY, drills: 0 },
    ])
  })
})

test('a rest is never shorter than the one before it, and never longer than a year', () => {
  const all = Array.from({ length: 12 }, (_, i) => restDays(i + 1))
  expect(all.slice(0, 5)).toEqual([7, 21, 63, 189, 365])
  expect(all).toEqual([...all].sort((a, b) => a - b))
})

test('a pair is the same from both sides, and no two pairs are', () => {
  const word = fc.stringMatching(/^[a-z-]{1,8}$/)
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      expect(pairOf(a, b)).toBe(pairOf(b, a))
      if (b !== c) expect(pairOf(a, b) === pairOf(a, c)).toBe(false)
    }),
  )
})
