import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysIn } from './days.ts'

const HOUR = 3_600_000

/** Zones whose clocks do what clocks can do: change at midnight, by half an hour, skip a whole day, lie far apart. */
const ZONES = [
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Europe/Berlin',
]
const zone = fc.constantFrom(...ZONES)
const moment = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2040, 0) })

describe('days in any zone', () => {
  test('every moment is in one day, and days follow each other without a gap', () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, at) => {
        const days = daysIn(timeZone)
        expect(days.startOf(at)).toBeLessThanOrEqual(at)
        expect(days.endOf(at)).toBeGreaterThan(at)
        expect(days.startOf(days.endOf(at))).toBe(days.endOf(at))
        expect(days.nameOf(days.startOf(at))).toBe(days.nameOf(at))
        expect(days.nameOf(days.endOf(at) - 1)).toBe(days.nameOf(at))
        expect(days.nameOf(days.endOf(at))).not.toBe(days.nameOf(at))
      }),
      { numRuns: 500 },
    )
  })

  test('a month of days has each once, forwards and backwards, whatever the clock does in it', () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, at) => {
        const days = daysIn(timeZone)
        const month = days.from(at, 40)
        expect(new Set(month.map(({ day }) => day)).size).toBe(40)
        for (const [i, { day, ends }] of month.entries()) {
          expect(days.nameOf(ends - 1)).toBe(day)
          if (month[i + 1]) expect(days.nameOf(ends)).toBe(month[i + 1]?.day)
        }
        const last = month.at(-1)?.ends ?? 0
        expect(days.until(last - 1, 40)).toEqual(month.map(({ day }) => day))
      }),
      { numRuns: 200 },
    )
  })

  test('each item that falls due is counted on one day, in any zone', () => {
    fc.assert(
      fc.property(zone, moment, fc.array(fc.nat(39 * 24), { maxLength: 30 }), (timeZone, at, hours) => {
        const month = daysIn(timeZone).from(at, 45)
        for (const hour of hours) {
          const due = at + hour * HOUR
          const on = month.filter(({ ends }, i) => due < ends && due >= (month[i - 1]?.ends ?? at))
          expect(on).toHaveLength(1)
        }
      }),
    )
  })

  test('days between two moments add up, and none is lost in a short or a long one', () => {
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: -60, max: 60 }), (timeZone, at, count) => {
        const days = daysIn(timeZone)
        const other = days.after(at, count)
        // The one day that a zone left out is the next one there.
        const skipped = days.between(at, other) - count
        expect([0, 1]).toContain(skipped)
        expect(days.between(other, at)).toBe(-days.between(at, other) + 0)
        expect(days.untilDate(at, days.nameOf(other))).toBe(days.between(at, other))
      }),
      { numRuns: 300 },
    )
  })
})

test('the night of summer time is a day of 23 or 25 hours, not two and not none', () => {
  const days = daysIn('Europe/Berlin')
  const spring = Date.parse('2026-03-29T10:00:00Z')
  const autumn = Date.parse('2026-10-25T10:00:00Z')
  expect((days.endOf(spring) - days.startOf(spring)) / HOUR).toBe(23)
  expect((days.endOf(autumn) - days.startOf(autumn)) / HOUR).toBe(25)
  expect(days.from(spring - 24 * HOUR, 3).map(({ day }) => day)).toEqual([
    '2026-03-28',
    '2026-03-29',
    '2026-03-30',
  ])
})

test('Samoa had no 30 December 2011: it is not counted, and none is counted twice', () => {
  const days = daysIn('Pacific/Apia')
  const eve = Date.parse('2011-12-29T20:00:00Z')
  expect(days.from(eve, 3).map(({ day }) => day)).toEqual(['2011-12-29', '2011-12-31', '2012-01-01'])
  expect(days.until(days.after(eve, 3), 3)).toEqual(['2011-12-29', '2011-12-31', '2012-01-01'])
})

test('a date is said with its year where that is another', () => {
  const days = daysIn('UTC')
  const now = Date.parse('2026-11-20T09:00:00Z')
  expect(days.sayDate('2026-12-01', now)).toBe('1 December')
  expect(days.sayDate('2027-03-12', now)).toBe('12 March 2027')
  expect(days.say(now + HOUR, now)).toBe('at 10:00')
})
