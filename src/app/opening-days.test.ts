import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, opensAt } from '#domain/memory/index.ts'
import { daysIn } from './days.ts'

/** Zones with half hours, at the date line, with clocks that change in spring, in autumn, or by half an hour. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const
const zone = fc.constantFrom(...ZONES)
const START = Date.UTC(2026, 0, 1)

const memory = fc
  .record({ last: fc.integer({ min: 0, max: 365 * 24 * 60 }), days: fc.integer({ min: 1, max: 200 }) })
  .map(({ last, days }) => {
    const at = START + last * 60_000
    const due = at + days * DAY_MS
    return {
      introduced: at,
      last: at,
      due,
      stability: days,
      difficulty: 5,
      decay: 0.15,
      reviews: 1,
      lapses: 0,
    }
  })

test('what is due on a day is offered on that day of the learner’s, in every zone and over every change of clocks', () => {
  fc.assert(
    fc.property(memory, zone, (one, name) => {
      const days = daysIn(name)
      const opens = opensAt(one, days.startOf)
      expect(opens).toBeLessThanOrEqual(one.due)
      expect(opens).toBeGreaterThanOrEqual(one.last + (one.due - one.last) / 2)
      // The day's midnight, or half of the interval where that is later: the same day.
      expect(days.nameOf(opens)).toBe(days.nameOf(one.due))
    }),
    { numRuns: 500 },
  )
})

test('moving to another zone moves what is offered by a day at most, and loses nothing', () => {
  fc.assert(
    fc.property(memory, zone, zone, (one, here, there) => {
      const [a, b] = [here, there].map((name) => opensAt(one, daysIn(name).startOf))
      expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(DAY_MS + HOUR_MS)
    }),
    { numRuns: 500 },
  )
})

test('the ninety days of a chart are ninety, one after the other, over every change of clocks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 730 * 24 }), zone, (hours, name) => {
      const days = daysIn(name)
      const now = START + hours * HOUR_MS
      const chart = days.from(days.after(now, -89), 90)
      expect(new Set(chart.map(({ day }) => day)).size).toBe(90)
      expect(chart.at(-1)?.day).toBe(days.nameOf(now))
      for (const [i, { ends }] of chart.entries()) {
        const before = chart[i - 1]
        if (before === undefined) continue
        const length = (ends - before.ends) / HOUR_MS
        expect(length).toBeGreaterThanOrEqual(23)
        expect(length).toBeLessThanOrEqual(25)
      }
    }),
    { numRuns: 200 },
  )
})
