import fc from 'fast-check'
import { createEmptyCard, fsrs, Rating as Grade } from 'ts-fsrs'
import { describe, expect, test } from 'vitest'
import {
  DAY_MS,
  DEFAULT_PARAMETERS,
  type History,
  HOUR_MS,
  opensAt,
  policyFor,
  type Rating,
  type Review,
  type ReviewPolicy,
  RUNGS_MS,
  recallNow,
  type Scheduling,
  schedule,
} from './index.ts'

const START = Date.UTC(2026, 0, 5, 9)
/** Rests for so many stabilities, a little longer where an item is easy. */
const resting = (stabilities: number): ReviewPolicy => ({
  intervalDays: (stability, difficulty) => Math.round(stabilities * stability * (1.2 - difficulty / 50)),
})
const FSRS: Scheduling = {
  scheduler: 'fsrs',
  ladder: 'rungs',
  parameters: DEFAULT_PARAMETERS,
  policy: resting(1),
}
const LADDER: Scheduling = { ...FSRS, scheduler: 'ladder' }
const MULTIPLIERS: Scheduling = { ...LADDER, ladder: 'multipliers' }

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
          // The library rounds each state to eight places.
          expect(memory.stability / card.stability).toBeCloseTo(1, 6)
          expect(memory.difficulty).toBeCloseTo(card.difficulty, 6)
          expect(memory.lapses).toBe(card.lapses)
          expect(memory.due >= memory.last + DAY_MS).toBe(true)
        },
      ),
    )
  })

  test('comes back when the policy says, after a day at least and a hundred years at most', () => {
    const gap = (past: History, policy: ReviewPolicy) => {
      const memory = schedule(past, { ...FSRS, policy })
      return (memory.due - memory.last) / DAY_MS
    }
    fc.assert(
      fc.property(anyHistory, (past) => {
        if (past.reviews.length === 0) return
        expect(gap(past, { intervalDays: () => 12 })).toBeCloseTo(12, 6)
        expect(gap(past, resting(1e-9))).toBeCloseTo(1, 6)
        expect(gap(past, resting(1e9))).toBeCloseTo(36_500, 6)
      }),
    )
  })

  test('holds the mean that it is asked for', () => {
    const policy = policyFor(DEFAULT_PARAMETERS, 0.95)
    const gap = (past: History) => {
      const memory = schedule(past, { ...FSRS, policy })
      return (memory.due - memory.last) / DAY_MS
    }
    expect(gap(history([0.01, 'again']))).toBe(1)
    expect(gap(history([0.01, 'good']))).toBeGreaterThan(1)
    expect(gap(history([0.01, 'good'], [3, 'good']))).toBeGreaterThan(gap(history([0.01, 'good'])))
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

describe('a review of a part', () => {
  const weight = fc.double({ min: 0, max: 1, noNaN: true })
  /** The history with one more review of a weight, some days after it. */
  const withOne = (past: History, gap: number, given: Rating, w: number, through?: string): History => {
    const at = (past.reviews.at(-1)?.at ?? START) + gap * DAY_MS
    const review = { at, rating: given, weight: w, ...(through === undefined ? {} : { through }) }
    return { ...past, reviews: [...past.reviews, review] }
  }
  const recalled = anyHistory.filter(({ reviews }) => reviews.length > 0)
  const gap = fc.double({ min: 0, max: 400, noNaN: true })

  test('of weight 0 changes nothing, of weight 1 is a whole one', () => {
    fc.assert(
      fc.property(anyHistory, gap, rating, (past, days, given) => {
        expect(schedule(withOne(past, days, given, 0), FSRS)).toEqual(schedule(past, FSRS))
        const whole = withOne(past, days, given, 1)
        const plain = { ...whole, reviews: whole.reviews.map(({ at, rating: r }) => ({ at, rating: r })) }
        expect(schedule(whole, FSRS)).toEqual(schedule(plain, FSRS))
      }),
    )
  })

  test('lies between the two, further on the more it weighs', () => {
    fc.assert(
      fc.property(recalled, gap, rating, weight, weight, (past, days, given, a, b) => {
        const none = schedule(past, FSRS)
        const whole = schedule(withOne(past, days, given, 1), FSRS)
        const less = schedule(withOne(past, days, given, Math.min(a, b)), FSRS)
        const more = schedule(withOne(past, days, given, Math.max(a, b)), FSRS)
        for (const field of ['stability', 'difficulty', 'last'] as const) {
          const way = [none[field], less[field], more[field], whole[field]].map((v) => v / whole[field])
          const sign = Math.sign((way[3] ?? 0) - (way[0] ?? 0))
          for (const [i, value] of way.slice(1).entries())
            expect((value - (way[i] ?? 0)) * sign).toBeGreaterThanOrEqual(-1e-9)
        }
      }),
    )
  })

  test('that passes makes recall no less likely then and later, and is not due again the same day', () => {
    fc.assert(
      fc.property(
        recalled,
        gap,
        rating.filter((given) => given !== 'again'),
        weight,
        gap,
        (past, days, given, w, later) => {
          const next = withOne(past, days, given, w)
          const at = next.reviews.at(-1)?.at ?? START
          const then = at + later * DAY_MS
          const memory = schedule(next, FSRS)
          expect(recallNow(memory, then)).toBeGreaterThanOrEqual(
            recallNow(schedule(past, FSRS), then) - 1e-12,
          )
          if (w > 0) expect(memory.due).toBeGreaterThanOrEqual(at + DAY_MS)
        },
      ),
    )
  })

  test('a failure through another item only weakens, and no more than its weight', () => {
    fc.assert(
      fc.property(recalled, gap, weight, gap, (past, days, w, later) => {
        const none = schedule(past, FSRS)
        const memory = schedule(withOne(past, days, 'again', w, 'patterns/other'), FSRS)
        const whole = schedule(withOne(past, days, 'again', 1), FSRS)
        expect(memory.stability).toBeLessThanOrEqual(none.stability + 1e-9)
        expect(memory.stability / none.stability).toBeGreaterThanOrEqual(
          (whole.stability / none.stability) ** w - 1e-9,
        )
        const then = (past.reviews.at(-1)?.at ?? START) + (days + later) * DAY_MS
        expect(recallNow(memory, then)).toBeLessThanOrEqual(recallNow(none, then) + 1e-12)
        expect([memory.reviews, memory.lapses, memory.last]).toEqual([none.reviews, none.lapses, none.last])
      }),
    )
  })

  test('many parts on one evening come to one whole at most', () => {
    fc.assert(
      fc.property(recalled, gap, fc.integer({ min: 2, max: 30 }), (past, days, times) => {
        let many = past
        for (let i = 0; i < times; i++) many = withOne(many, i === 0 ? days : 0, 'good', 1 / 3)
        const whole = schedule(withOne(past, days, 'good', 1), FSRS)
        expect(schedule(many, FSRS).stability).toBeLessThanOrEqual(whole.stability + 1e-9)
      }),
    )
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
  const ladderDueOf = (past: History) => schedule(past, LADDER).due
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

  test('read as multipliers it grows by the rating from one day on', () => {
    const days = (...reviews: [number, Rating][]) => {
      const memory = schedule(history(...reviews), MULTIPLIERS)
      return (memory.due - memory.last) / DAY_MS
    }
    expect(days() * 24).toBe(1)
    expect(days([0.05, 'easy']) * 24).toBe(5)
    const first: [number, Rating][] = [
      [0.05, 'easy'],
      [0.3, 'easy'],
    ]
    expect(days(...first)).toBe(1)
    expect(days(...first, [1.3, 'hard'])).toBe(1.5)
    expect(days(...first, [1.3, 'hard'], [2.8, 'good'])).toBe(3)
    expect(days(...first, [1.3, 'hard'], [2.8, 'good'], [5.8, 'easy'])).toBe(7.5)
    expect(days(...first, [1.3, 'hard'], [2.8, 'good'], [5.8, 'again'])).toBe(1)
    expect(days(...first, [1.3, 'hard'], [2.8, 'good'], [5.8, 'again'], [6.8, 'good'])).toBe(2)
  })

  test('never climbs to more than a hundred years', () => {
    const often = Array.from({ length: 60 }, (_, i): [number, Rating] => [40_000 * (i + 1), 'easy'])
    for (const scheduling of [LADDER, MULTIPLIERS]) {
      const memory = schedule(history(...often), scheduling)
      expect((memory.due - memory.last) / DAY_MS).toBe(36_500)
    }
  })

  test('a growing interval stays one of whole milliseconds', () => {
    const often = Array.from({ length: 40 }, (_, i): [number, Rating] => [4000 * (i + 1), 'hard'])
    for (let n = 1; n <= often.length; n++)
      expect(Number.isInteger(schedule(history(...often.slice(0, n)), MULTIPLIERS).due)).toBe(true)
  })

  test('a third of the drawing keeps the rung, half of it climbs, another item counts for nothing', () => {
    const past = history([0.1, 'good'])
    const next = (more: Partial<Review>) => {
      const at = START + DAY_MS
      const reviews = [...past.reviews, { at, rating: 'good' as const, ...more }]
      return (ladderDueOf({ ...past, reviews }) - at) / HOUR_MS
    }
    expect(next({ weight: 1 / 3 })).toBe(5)
    expect(next({ weight: 1 / 2 })).toBe(24)
    const before = ladderDueOf(past)
    expect(next({ through: 'patterns/other' })).toBe((before - START - DAY_MS) / HOUR_MS)
  })

  test('an early recall does not climb', () => {
    expect(gap(history([0.1, 'good'], [0.11, 'easy'], [0.12, 'easy']))).toBe(5)
  })
})

describe('opening', () => {
  const midnight = (at: number) => Math.floor(at / DAY_MS) * DAY_MS
  test('what rests for days opens at midnight; what rests for minutes, to the minute', () => {
    const memory = schedule(history([1, 'good']), FSRS)
    expect(opensAt(memory, midnight)).toBe(midnight(memory.due))
    expect(opensAt(schedule(history(), FSRS), midnight)).toBe(START + 10 * 60_000)
  })
  test('half of an odd interval is a whole millisecond, too', () => {
    const late = midnight(START) + DAY_MS - 60_000
    const memory = schedule({ introduced: late, reviews: [{ at: late, rating: 'again' }] }, FSRS)
    expect(opensAt({ ...memory, due: memory.due + 1 }, midnight)).toBe(late + DAY_MS / 2 + 1)
  })
  test('a recall just before midnight does not open just after it', () => {
    const late = midnight(START) + DAY_MS - 60_000
    const memory = schedule({ introduced: late, reviews: [{ at: late, rating: 'again' }] }, FSRS)
    expect(opensAt(memory, midnight)).toBe(late + DAY_MS / 2)
  })
})
