import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AgendaItem, agendaOf, byWorth, type DayConditions } from './agenda-day.ts'
import { byLadder, settleDays } from './agenda-intervals.ts'
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
