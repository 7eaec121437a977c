import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AgendaItem, agendaOf, byWorth, type DayConditions } from './agenda-day.ts'
import { byLadder, settleDays } from './agenda-intervals.ts'
import { savedDays } from './agenda-value.ts'
import { interleaved, type Sitting, sittingAfter } from './interleave.ts'
import { modelOf } from './model.ts'
import { DEFAULT_PARAMETERS } from './schedule.ts'

const model = modelOf(DEFAULT_PARAMETERS)
const calm: DayConditions = {
  model,
  left: Number.POSITIVE_INFINITY,
  untouched: true,
  daysLeft: null,
  concepts: () => [],
  sitting: null,
}
const item = (id: string, over: Partial<AgendaItem> = {}): AgendaItem => ({
  ...{ id, stability: 10, difficulty: 5, elapsed: 12, dueIn: -2, minutes: 5, wanted: 0.95 },
  ...{ category: 'patterns', form: 'topology', group: id, unproven: false },
  ...over,
})
const ids = (items: readonly AgendaItem[]) => items.map(({ id }) => id)

const items = fc
  .array(
    fc.record({
      stability: fc.double({ min: 0.5, max: 200, noNaN: true }),
      elapsed: fc.integer({ min: 0, max: 100 }),
      dueIn: fc.integer({ min: -50, max: 50 }),
      minutes: fc.integer({ min: 1, max: 12 }),
      category: fc.constantFrom('patterns', 'companies', 'incidents'),
      unproven: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map((one, i) => item(`i${i}`, one)))

describe('the agenda of a day', () => {
  test('holds everything that is due once, and what is not due only as a last look', () => {
    fc.assert(
      fc.property(
        items,
        fc.option(fc.integer({ min: -3, max: 20 })),
        fc.integer({ min: 0, max: 90 }),
        (all, daysLeft, left) => {
          const agenda = agendaOf(all, { ...calm, daysLeft, left })
          const offered = [...ids(agenda.today), ...ids(agenda.later)]
          const wanted = all.filter(({ id, dueIn }) => dueIn <= 0 || agenda.looks.has(id))
          expect([...offered].sort()).toEqual(ids(wanted).sort())
          for (const one of all) if (agenda.looks.has(one.id)) expect(one.dueIn).toBeGreaterThan(0)
          expect(ids(agendaOf([...all].reverse(), { ...calm, daysLeft, left }).today)).toEqual(
            ids(agenda.today),
          )
        },
      ),
    )
  })

  test('is, item for item, what sorting all that is due by its worth per minute gives', () => {
    // Few values, so that many items are worth the same.
    const alike = fc.record({
      stability: fc.constantFrom(2, 15, 90),
      elapsed: fc.constantFrom(3, 20, 60),
      dueIn: fc.constantFrom(-9, 0, 1),
      minutes: fc.constantFrom(1, 4.5, 8),
      category: fc.constantFrom('patterns', 'scale', 'costs'),
      unproven: fc.constantFrom(false, false, true),
    })
    const lists = fc
      .array(alike, { maxLength: 120 })
      .chain((list) => fc.shuffledSubarray(list.map((one, i) => item(`i${i}`, one))))
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 300 }), (all, left) => {
        const sorted = byComparing(all)
        const count = sorted.findIndex((_, i) => minutesOf(sorted.slice(0, i + 1)) > left)
        const today = count < 0 ? sorted : sorted.slice(0, count)
        const agenda = agendaOf(all, { ...calm, left, untouched: false })
        expect(ids(agenda.today)).toEqual(ids(orderedByLevel(today)))
        expect(ids(agenda.later)).toEqual(expect.arrayContaining(ids(sorted.slice(today.length))))
        expect(agenda.later[0]).toBe(sorted[today.length])
        expect(agenda.today.length + agenda.later.length).toBe(sorted.length)
      }),
    )
  })

  test('what was just learnt is recalled first, however little that saves', () => {
    const learnt = item('z', { unproven: true, elapsed: 0.01, stability: 1.3, minutes: 9 })
    expect(ids(agendaOf([item('a'), item('b'), learnt], { ...calm, left: 15 }).today)).toEqual(['z', 'a'])
  })

  test('a week before the target companies come first, three days before incidents next', () => {
    const all = [item('a'), item('i', { category: 'incidents' }), item('c', { category: 'companies' })]
    expect(ids(agendaOf(all, { ...calm, daysLeft: 20 }).today)[0]).not.toBe('c')
    expect(ids(agendaOf(all, { ...calm, daysLeft: 6 }).today)[0]).toBe('c')
    expect(ids(agendaOf(all, { ...calm, daysLeft: 3 }).today)).toEqual(['c', 'i', 'a'])
  })

  test('on the day itself what is known best comes first', () => {
    const all = [
      item('weak', { stability: 4 }),
      item('sure', { stability: 90 }),
      item('fair', { stability: 20 }),
    ]
    expect(ids(agendaOf(all, { ...calm, daysLeft: 0, left: 10 }).today)).toEqual(['sure', 'fair'])
  })

  test('by worth: what is fading before what is fresh, what is quick before what is long', () => {
    const all = [
      item('fresh', { elapsed: 1 }),
      item('fading', { elapsed: 30 }),
      item('long', { elapsed: 30, minutes: 20 }),
    ]
    expect(ids(byWorth(all, model))[0]).toBe('fading')
  })
})

test('the ladder goes on by its rungs, then doubles; a fail comes back the next day', () => {
  const rungs = byLadder('rungs')
  expect([0.2, 1, 3, 7, 60, 180].map((rested) => rungs(1, 1, rested, true))).toEqual([1, 3, 7, 14, 180, 360])
  expect(rungs(1, 1, 60, false)).toBe(1)
  expect(byLadder('multipliers')(1, 1, 3, true)).toBe(6)
  expect(settleDays(model, rungs)).toBe(4)
})

const minutesOf = (list: readonly AgendaItem[]) => list.reduce((sum, { minutes }) => sum + minutes, 0)

/** What is due, the just learnt first, then by the memory that each saves per minute, then by id. */
function byComparing(all: readonly AgendaItem[]): readonly AgendaItem[] {
  const perMinute = (one: AgendaItem) => savedDays(model, one) / one.minutes
  return all
    .filter(({ dueIn }) => dueIn <= 0)
    .sort(
      (a, b) =>
        Number(b.unproven) - Number(a.unproven) || perMinute(b) - perMinute(a) || (a.id < b.id ? -1 : 1),
    )
}

/** The just learnt interleaved, then the others, from where those ended. */
function orderedByLevel(today: readonly AgendaItem[]): readonly AgendaItem[] {
  let sitting: Sitting | null = null
  return [true, false].flatMap((level) => {
    const list = today.filter(({ unproven }) => unproven === level)
    const order = interleaved(
      list.map((one) => ({ ...one, concepts: [] })),
      sitting,
    )
    sitting = order.reduce<Sitting | null>(sittingAfter, sitting)
    return order
  })
}
