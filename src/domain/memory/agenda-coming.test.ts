import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '#lib/random.ts'
import { type ComingItem, type Conditions, comingDays, roomForNew } from './agenda-coming.ts'
import { debtOf } from './debt.ts'
import {
  daysUntil,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from './model.ts'
import { DEFAULT_PARAMETERS } from './schedule.ts'

const model = modelOf(DEFAULT_PARAMETERS)
/** Comes back when recall has fallen to 91%, and after a fail the next day. */
const next = (stability: number, _difficulty = 0, _rested = 0, passed = true) =>
  passed ? Math.max(1, Math.round(daysUntil(model, 0.91, stability))) : 1
const calm: Conditions = {
  model,
  cap: Number.POSITIVE_INFINITY,
  left: Number.POSITIVE_INFINITY,
  newcomers: null,
  target: null,
}
const newcomers = { perDay: 2, available: 40, studyMinutes: 20, recallMinutes: 4, wanted: 0.95, next }

/** A learner's items some months in, each somewhere on its way to its next review, or past it by so many days. */
function collection(size: number, seed: number, overdue = 0): ComingItem[] {
  const random = seeded(seed)
  return Array.from({ length: size }, (_, i) => {
    const stability = Math.exp(random() * Math.log(150)) + 1
    const rests = next(stability)
    const elapsed = Math.floor(random() * rests) + Math.floor(random() * overdue)
    return {
      id: `i${i}`,
      stability,
      difficulty: 1 + random() * 8,
      elapsed,
      dueIn: rests - elapsed,
      minutes: 2 + random() * 6,
      wanted: 0.95,
      next,
    }
  })
}

/** What happens to a learner whose memory is as the model says, day by day, one roll of the dice a review. */
function lived(items: readonly ComingItem[], days: number, seed: number) {
  const random = seeded(seed)
  let reviews = 0
  const own = items.map((item) => ({ ...item, due: Math.max(0, item.dueIn), last: -item.elapsed }))
  for (let day = 0; day < days; day++)
    for (const one of own) {
      if (one.due > day) continue
      reviews++
      const r = recallAfter(model, day - one.last, one.stability)
      const passed = random() < r
      one.stability = passed
        ? stabilityAfterPass(model, one.stability, one.difficulty, r, 3)
        : stabilityAfterFail(model, one.stability, one.difficulty, r)
      one.difficulty = nextDifficulty(model, one.difficulty, passed ? 3 : 1)
      one.last = day
      one.due = day + (passed ? next(one.stability) : 1)
    }
  const known = own.reduce((sum, { last, stability }) => sum + recallAfter(model, days - last, stability), 0)
  return { reviews, recall: known / own.length }
}

describe('the coming days', () => {
  test.each([20, 90])('after %i days: recall and work as simulated learners have them', (days) => {
    const items = collection(300, 5, 20)
    const runs = Array.from({ length: 40 }, (_, seed) => lived(items, days, seed + 1))
    const mean = (pick: (run: (typeof runs)[number]) => number) =>
      runs.reduce((sum, run) => sum + pick(run), 0) / runs.length
    const forecast = comingDays(items, calm, days)
    const minutes = forecast.days.reduce((sum, day) => sum + day.minutes, 0)
    expect(Math.abs((forecast.recall ?? 0) - mean(({ recall }) => recall))).toBeLessThan(0.015)
    const each = items.reduce((sum, item) => sum + item.minutes, 0) / items.length
    expect(minutes / (mean(({ reviews }) => reviews) * each)).toBeGreaterThan(0.85)
    expect(minutes / (mean(({ reviews }) => reviews) * each)).toBeLessThan(1.15)
  })

  test('no day takes more minutes than it has, but for a single item or a new one; what does not fit waits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 10, max: 60 }),
        fc.nat(),
        (n, cap, seed) => {
          const items = collection(n, seed, 40)
          const { days } = comingDays(items, { ...calm, cap, left: cap, newcomers }, 30)
          for (const day of days) {
            if (day.introduced === 0 && day.reviews > 1) expect(day.minutes).toBeLessThanOrEqual(cap + 1e-6)
            if (day.waiting > 0) expect(day.introduced).toBe(0)
          }
          const [first] = days
          const due = items.filter(({ dueIn }) => dueIn <= 0).length
          expect((first?.reviews ?? 0) + (first?.waiting ?? 0)).toBeCloseTo(due)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('a great collection is forecast by a part of it that stands for all', () => {
    const items = collection(4000, 9, 10)
    const all = comingDays(items, { ...calm, cap: 400, left: 400 }, 30)
    const [first] = all.days
    const due = items.filter(({ dueIn }) => dueIn <= 0)
    expect(((first?.reviews ?? 0) + (first?.waiting ?? 0)) / due.length).toBeGreaterThan(0.85)
    expect(((first?.reviews ?? 0) + (first?.waiting ?? 0)) / due.length).toBeLessThan(1.15)
    expect(all.met).toBe(4000)
  })

  test('new items come at their pace, stop before the target, and never more than there are', () => {
    const { days, met } = comingDays(collection(5, 1), { ...calm, newcomers }, 30)
    expect(met).toBe(45)
    expect(days.slice(0, 20).every(({ introduced }) => introduced === 2)).toBe(true)
    expect(days.slice(20).every(({ introduced }) => introduced === 0)).toBe(true)
    const target = { daysLeft: 20, settle: 12 }
    expect(comingDays(collection(5, 1), { ...calm, newcomers, target }, 20).met).toBe(5 + 8 * 2)
  })

  test('a last look makes the target day better known', () => {
    const items = collection(120, 3)
    const target = { daysLeft: 21, settle: 12 }
    const plain = comingDays(items, calm, 21).recall ?? 0
    const looked = comingDays(items, { ...calm, target }, 21).recall ?? 0
    expect(looked).toBeGreaterThan(plain + 0.01)
    expect(looked).toBeGreaterThan(0.95)
  })
})

describe('debt', () => {
  const waitingOf = (items: readonly ComingItem[], cap: number) => {
    const due = items.filter(({ dueIn }) => dueIn <= 0)
    let minutes = 0
    return due.filter((item) => {
      minutes += item.minutes
      return minutes > cap
    })
  }

  test('ends on a day, sooner with more minutes', () => {
    const items = collection(120, 7, 60)
    const goneWith = (cap: number) =>
      debtOf(items, { ...calm, cap, left: cap, newcomers }, waitingOf(items, cap))?.goneIn ?? Infinity
    expect(goneWith(60)).toBeLessThan(goneWith(40))
    expect(goneWith(40)).toBeLessThan(365)
  })

  test('that a day can never work off says what it would take', () => {
    const items = collection(400, 7, 60)
    const debt = debtOf(items, { ...calm, cap: 5, left: 5, newcomers }, waitingOf(items, 5))
    expect(debt).toMatchObject({ goneIn: null, pausesNew: true })
    expect(debt?.needs).toBeGreaterThan(5)
    const enough = Math.ceil((debt?.needs ?? 0) * 2)
    expect(
      debtOf(items, { ...calm, cap: enough, left: enough }, waitingOf(items, enough))?.goneIn,
    ).toBeTypeOf('number')
  })

  test('is none where nothing waits', () => expect(debtOf(collection(3, 1), calm, [])).toBeNull())
})

test('a new item has room where it fits, or where half of the day is free', () => {
  expect(roomForNew(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 24)).toBe(Number.POSITIVE_INFINITY)
  expect(roomForNew(50, 60, 24)).toBe(2)
  expect(roomForNew(15, 30, 24)).toBe(1)
  expect(roomForNew(14, 30, 24)).toBe(0)
  expect(roomForNew(0, 0, 24)).toBe(0)
})
