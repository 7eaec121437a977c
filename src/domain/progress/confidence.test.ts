import { describe, expect, test } from 'vitest'
import { confidenceOf } from './confidence.ts'
import type { LearnerEvent } from './events.ts'
import { fold } from './fold.ts'
import { EMPTY_STATE } from './state.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const head = (n: number) => ({
  id: uuid(n),
  learner: 'me',
  at: `2026-03-02T09:00:00.${String(n).padStart(3, '0')}Z`,
})

const attempts = (pairs: readonly (readonly [number | null, number])[]): LearnerEvent[] =>
  pairs.map(([confidence, total], i) => ({
    ...head(i + 1),
    type: 'recall.attempted',
    v: 3,
    payload: {
      diagram: 'patterns/a',
      revision: 1,
      drawing: '',
      answers: { facts: {}, context: {} },
      seconds: 30,
      hints: 0,
      grader: '2',
      grade: { total, structure: 0, technical: 0, context: 0, speed: 0, proven: true },
      lost: [],
      asked: null,
      share: 1,
      confidence,
    },
  }))
const of = (...pairs: (readonly [number | null, number])[]) =>
  confidenceOf(fold(EMPTY_STATE, attempts(pairs)))

describe('expected against actual', () => {
  test('nothing said is nothing counted', () => {
    expect(of([null, 50])).toEqual({
      attempts: 0,
      expected: null,
      actual: null,
      says: null,
      levels: [],
      points: [],
    })
  })
  test('by level, with means and counts', () => {
    const found = of([80, 60], [80, 70], [null, 10], [40, 45])
    expect(found).toMatchObject({
      attempts: 3,
      expected: 200 / 3,
      actual: 175 / 3,
      levels: [
        { expected: 40, actual: 45, attempts: 1 },
        { expected: 80, actual: 65, attempts: 2 },
      ],
    })
    expect(found.points.map(({ actual }) => actual)).toEqual([60, 70, 45])
  })
  test('an undone attempt counts for nothing', () => {
    const undone = { ...head(9), v: 1, type: 'recall.undone', payload: { attempt: uuid(1) } } as const
    expect(confidenceOf(fold(EMPTY_STATE, [...attempts([[80, 60]]), undone])).attempts).toBe(0)
  })
})

describe('what it says', () => {
  const five = (expected: number, ...actual: number[]) =>
    of(...actual.map((one) => [expected, one] as const)).says
  test('nothing with fewer than five', () => expect(five(95, 10, 10, 10, 10)).toBeNull())
  test('over, under, fits', () => {
    expect(five(95, 60, 62, 58, 61, 64)).toBe('over')
    expect(five(40, 60, 62, 58, 61, 64)).toBe('under')
    expect(five(60, 60, 62, 58, 61, 64)).toBe('fits')
  })
  test('open where the difference may be chance', () => expect(five(60, 10, 100, 5, 90, 20)).toBe('open'))
})
