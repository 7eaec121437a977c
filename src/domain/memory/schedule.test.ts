import fc from 'fast-check'
import { createEmptyCard, fsrs, Rating as Grade } from 'ts-fsrs'
import { describe, expect, test } from 'vitest'
import {
  DAY_MS,
  type History,
  HOUR_MS,
  opensAt,
  type Rating,
  RUNGS_MS,
  recallNow,
  type Scheduling,
  schedule,
} from './index.ts'

const START = Date.UTC(2026, 0, 5, 9)
const FSRS: Scheduling = { scheduler: 'fsrs', targetRecall: 0.905 }
const LADDER: Scheduling = { scheduler: 'ladder', targetRecall: 0.905 }

const history = (...reviews: [days: number, rating: Rating][]): History => ({
  introduced: START,
  reviews: reviews.map(([days, rating]) => ({ at: START + days * DAY_MS, rating })),
})

const rating = fc.constantFrom<Rating>('again', 'hard', 'good', 'easy')
const anyHistory = fc
  .array(fc.tuple(fc.double({ min: 0, max: 60, noNaN: true }), rating), { maxLength: 12 })
  .map((gaps): History => {
    let at = START
    return {
      introduced: START,
      reviews: gaps.map(([gap, given]) => {
        at += gap * DAY_MS
        return { at, rating: given }
      }),
    }
  })

describe('FSRS', () => {
  test('an item that was only learnt comes back in ten minutes', () => {
    expect(schedule(history(), FSRS).due).toBe(START + 10 * 60_000)
  })

  test('agrees with the scheduler of ts-fsrs on whole days', () => {
    // Second oracle: the library's own cards, whose calendar days are whole days here.
    const cards = fsrs({ request_retention: 0.905, enable_fuzz: false, enable_short_term: false })
    const grades: Record<Rating, 1 | 2 | 3 | 4> = {
      again: Grade.Again,
      hard: Grade.Hard,
      good: Grade.Good,
      easy: Grade.Easy,
    }
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), rating), { minLength: 1, maxLength: 10 }),
        (gaps) => {
          let card = createEmptyCard(new Date(START))
          let day = 0
          const reviews: [number, Rating][] = []
          for (const [gap, given] of gaps) {
            day += gap
            reviews.push([day, given])
            card = cards.next(card, new Date(START + day * DAY_MS), grades[given]).card
          }
          const memory = schedule(history(...reviews), FSRS)
          expect(memory.stability).toBeCloseTo(card.stability, 6)
          expect(memory.difficulty).toBeCloseTo(card.difficulty, 6)
          expect(memory.lapses).toBe(card.lapses)
          expect(memory.due >= memory.last + DAY_MS).toBe(true)
        },
      ),
    )
  })

  test('comes back when recall has fallen to the target, within the rounding to days', () => {
    fc.assert(
      fc.property(anyHistory, fc.double({ min: 0.7, max: 0.97, noNaN: true }), (past, targetRecall) => {
        const memory = schedule(past, { scheduler: 'fsrs', targetRecall })
        if (memory.reviews === 0) return
        const days = (memory.due - memory.last) / DAY_MS
        if (days === 1) return
        expect(recallNow(memory, memory.due - DAY_MS / 2)).toBeGreaterThan(targetRecall - 1e-6)
        expect(recallNow(memory, memory.due + DAY_MS / 2)).toBeLessThan(targetRecall + 1e-6)
      }),
    )
  })

  test('a better rating never comes back sooner', () => {
    fc.assert(
      fc.property(anyHistory, fc.double({ min: 0.01, max: 90, noNaN: true }), (past, gap) => {
        const last = past.reviews.at(-1)?.at ?? START
        const dues = (['again', 'hard', 'good', 'easy'] as const).map((given) => {
          const review = { at: last + gap * DAY_MS, rating: given }
          return schedule({ ...past, reviews: [...past.reviews, review] }, FSRS).due
        })
        expect([...dues].sort((a, b) => a - b)).toEqual(dues)
      }),
    )
  })

  test('redrawing again the same evening does not strengthen memory', () => {
    const once = schedule(history([1, 'good']), FSRS)
    const again = schedule(history([1, 'good'], [1 + 1 / 24, 'good'], [1 + 2 / 24, 'easy']), FSRS)
    expect(again.stability).toBe(once.stability)
  })
})

describe('recall', () => {
  test('is 90% after the stability, certain at first, and only falls', () => {
    const memory = schedule(history([1, 'good']), FSRS)
    expect(recallNow(memory, memory.last)).toBe(1)
    expect(recallNow(memory, memory.last + memory.stability * DAY_MS)).toBeCloseTo(0.9, 6)
    expect(recallNow(memory, memory.last + 400 * DAY_MS)).toBeLessThan(recallNow(memory, memory.due))
  })
})

describe('the ladder', () => {
  const gap = (past: History) => {
    const memory = schedule(past, LADDER)
    return (memory.due - memory.last) / HOUR_MS
  }

  test('starts at an hour and climbs rung by rung', () => {
    expect(gap(history())).toBe(1)
    let at = START
    const reviews: { at: number; rating: Rating }[] = []
    for (const rung of RUNGS_MS) {
      expect(gap({ introduced: START, reviews })).toBe(rung / HOUR_MS)
      at += rung
      reviews.push({ at, rating: 'good' })
    }
    expect(gap({ introduced: START, reviews })).toBe(24 * 360)
  })

  test('fails to day one, and grows by the rating after its end', () => {
    expect(gap(history([0.1, 'good'], [1, 'good'], [9, 'again']))).toBe(24)
    const top: [number, Rating][] = []
    for (const rung of RUNGS_MS) top.push([(top.at(-1)?.[0] ?? 0) + rung / DAY_MS, 'good'])
    const past = (given: Rating) => history(...top.slice(0, -1), [top.at(-1)?.[0] ?? 0, given])
    expect([gap(past('hard')), gap(past('good')), gap(past('easy'))].map((h) => h / 24)).toEqual([
      270, 360, 450,
    ])
  })

  test('an early recall does not climb', () => {
    expect(gap(history([0.1, 'good'], [0.11, 'easy'], [0.12, 'easy']))).toBe(5)
  })
})

describe('opening', () => {
  const midnight = (at: number) => Math.floor(at / DAY_MS) * DAY_MS
  test('what rests for days opens at midnight; what rests for minutes, to the minute', () => {
    const resting = schedule(history([1, 'good']), FSRS)
    expect(opensAt(resting, midnight)).toBe(midnight(resting.due))
    expect(opensAt(schedule(history(), FSRS), midnight)).toBe(START + 10 * 60_000)
  })
  test('a recall just before midnight does not open just after it', () => {
    const late = midnight(START) + DAY_MS - 60_000
    const memory = schedule({ introduced: late, reviews: [{ at: late, rating: 'again' }] }, FSRS)
    expect(opensAt(memory, midnight)).toBe(late + DAY_MS / 2)
  })
})
