import { describe, expect, test } from 'vitest'
import { DAY_MS, DEFAULT_PARAMETERS, recallNow } from '#domain/memory/index.ts'
import { uuidv7 } from '#lib/ids.ts'
import { EMPTY_STATE, fold, type LearnerEvent, meanRecall, measures, memories } from './index.ts'

const START = Date.UTC(2026, 0, 5)
const ITEMS = new Map(
  ['patterns/a', 'patterns/b'].map((id, i) => [id, { revision: 1, tier: 1 + i, covers: [] }]),
)
const ENDS = Array.from({ length: 10 }, (_, day) => START + (day + 1) * DAY_MS)

const reviewed = (n: number, days: number, diagram: string, rating: 'again' | 'good'): LearnerEvent => ({
  id: uuidv7(START + n, new Uint8Array(10).fill(n)),
  learner: 'me',
  at: new Date(START + days * DAY_MS).toISOString(),
  type: 'review.imported',
  v: 1,
  payload: { from: 'anki', diagram, fact: null, rating, seconds: null },
})
const fitted = (n: number, days: number, parameters: readonly number[]): LearnerEvent => ({
  id: uuidv7(START + n, new Uint8Array(10).fill(n)),
  learner: 'me',
  at: new Date(START + days * DAY_MS).toISOString(),
  type: 'memory.fitted',
  v: 1,
  payload: {
    parameters: [...parameters],
    optimizer: 'test',
    trained: 1,
    heldOut: 1,
    lossBefore: 1,
    lossAfter: 0,
    adopted: true,
    because: '',
  },
})

const EVENTS = [
  reviewed(1, 0.5, 'patterns/a', 'good'),
  reviewed(2, 3.5, 'patterns/a', 'good'),
  reviewed(3, 2.5, 'patterns/b', 'good'),
  reviewed(4, 5.5, 'patterns/b', 'again'),
]
const of = (...events: LearnerEvent[]) => measures(fold(EMPTY_STATE, events), ITEMS, START, ENDS)

describe('measures', () => {
  test('are the same to the last digit, in whatever order two logs came together', () => {
    const ids = Array.from({ length: 20 }, (_, i) => `patterns/p${i}`)
    const items = new Map(ids.map((id) => [id, { revision: 1, tier: 1, covers: [] }]))
    const events = ids.map((id, i) => reviewed(i, 0.1 + i / 7, id, i % 3 === 0 ? 'again' : 'good'))
    const [one, other] = [events, events.toReversed()].map((of) => {
      const state = fold(EMPTY_STATE, of)
      return [
        measures(state, items, START, ENDS),
        meanRecall(memories(state, items, START).values(), ENDS[9] ?? 0),
      ]
    })
    expect(one).toEqual(other)
  })

  test('the mean of a day is that of what was known of the items by its end', () => {
    const { means, tiers } = of(...EVENTS)
    for (const [day, end] of ENDS.entries()) {
      const known = EVENTS.filter(({ at }) => Date.parse(at) <= end)
      const found = [...memories(fold(EMPTY_STATE, known), ITEMS, end).values()]
      const recalls = found.map((memory) => recallNow(memory, end))
      const mean = recalls.reduce((a, b) => a + b, 0) / recalls.length
      expect(means[day]).toBeCloseTo(mean, 9)
    }
    expect(tiers.map(({ tier, introduced }) => [tier, introduced])).toEqual([
      [1, 1],
      [2, 1],
    ])
    expect(tiers[1]?.means.slice(0, 3)).toEqual([null, null, expect.any(Number)])
  })

  test('passes count on their day, and first recalls are none', () => {
    const { days, predictions } = of(...EVENTS)
    expect(days.map(({ reviews }) => reviews)).toEqual([0, 0, 0, 1, 0, 1, 0, 0, 0, 0])
    expect(days.map(({ passed }) => passed)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    expect(predictions).toHaveLength(2)
  })

  test('a prediction is that of its time: parameters adopted later do not make it better', () => {
    const odd = DEFAULT_PARAMETERS.map((w, i) => (i === 2 ? w / 4 : w))
    const plain = of(...EVENTS).predictions.map(({ expected }) => expected)
    const later = of(...EVENTS, fitted(9, 4.5, odd)).predictions.map(({ expected }) => expected)
    expect(later[0]).toBe(plain[0])
    expect(later[1]).toBeLessThan(plain[1] ?? 0)
  })
})
