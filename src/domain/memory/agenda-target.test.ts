import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstOf, lastLooks, phaseOf, type Targeted } from './agenda-target.ts'
import { raisedOn, savedDays } from './agenda-value.ts'
import { modelOf, recallAfter, stabilityAfterPass } from './model.ts'
import { DEFAULT_PARAMETERS } from './schedule.ts'

const model = modelOf(DEFAULT_PARAMETERS)

const resting = fc
  .array(
    fc.record({
      stability: fc.double({ min: 0.5, max: 300, noNaN: true }),
      difficulty: fc.double({ min: 1, max: 10, noNaN: true }),
      elapsed: fc.integer({ min: 0, max: 40 }),
      dueIn: fc.integer({ min: 1, max: 60 }),
      minutes: fc.integer({ min: 1, max: 9 }),
      wanted: fc.constantFrom(0.9, 0.95),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map((one, i): Targeted => ({ ...one, id: `i${i}` })))

test('the phases of the last week', () => {
  expect([8, 7, 4, 3, 2, 1, 0, -1].map(phaseOf)).toEqual([
    'ahead',
    'week',
    'week',
    'focus',
    'focus',
    'eve',
    'day',
    'over',
  ])
  expect(firstOf('week', 'companies')).toBeGreaterThan(firstOf('week', 'incidents'))
  expect(firstOf('focus', 'incidents')).toBeGreaterThan(firstOf('focus', 'patterns'))
  expect(firstOf('ahead', 'companies')).toBe(0)
})

test('in the last week each item that would be too weak on the day is looked at once, and none on the eve', () => {
  fc.assert(
    fc.property(resting, (items) => {
      let now = items
      const looked: string[] = []
      for (let daysLeft = 9; daysLeft >= 0; daysLeft--) {
        const due = now.filter(({ dueIn }) => dueIn <= 0)
        const looks = lastLooks(
          model,
          now.filter(({ dueIn }) => dueIn > 0),
          daysLeft,
        )
        if (daysLeft > 7 || daysLeft < 2) expect(looks).toEqual([])
        looked.push(...looks.map(({ id }) => id))
        const reviewed = new Set([...due, ...looks].map(({ id }) => id))
        now = now.map((item) => {
          const after = reviewed.has(item.id)
            ? {
                stability: stabilityAfterPass(
                  model,
                  item.stability,
                  item.difficulty,
                  recallAfter(model, item.elapsed, item.stability),
                  3,
                ),
                elapsed: 0,
                dueIn: 30,
              }
            : {}
          const next = { ...item, ...after }
          return { ...next, elapsed: next.elapsed + 1, dueIn: next.dueIn - 1 }
        })
      }
      expect(new Set(looked).size).toBe(looked.length)
      // What was due by itself was reviewed; what is left too weak was reviewed within the week.
      for (const item of now)
        if (recallAfter(model, item.elapsed - 1, item.stability) < item.wanted && item.dueIn > 0)
          expect(item.elapsed).toBeLessThanOrEqual(8)
    }),
  )
})

test('the looks of a week are spread over its days', () => {
  const items = Array.from(
    { length: 30 },
    (_, i): Targeted => ({
      ...{ id: `i${i}`, stability: 20 + i, difficulty: 5, elapsed: 15, dueIn: 12, minutes: 4, wanted: 0.95 },
    }),
  )
  expect(lastLooks(model, items, 7).map(({ id }) => id)).toEqual(['i29', 'i28', 'i27', 'i26', 'i25'])
  const weak = items.filter((item) => recallAfter(model, item.elapsed + 2, item.stability) < item.wanted)
  expect(weak.length).toBeGreaterThan(0)
  expect(lastLooks(model, items, 2)).toEqual(weak.reverse())
})

test('a review saves memory, and saves more the more is forgotten', () => {
  const item = fc.record({
    stability: fc.double({ min: 1, max: 300, noNaN: true }),
    difficulty: fc.double({ min: 1, max: 10, noNaN: true }),
    overdue: fc.double({ min: 0.3, max: 3, noNaN: true }),
  })
  fc.assert(
    fc.property(item, ({ stability, difficulty, overdue }) => {
      const one = { id: 'a', stability, difficulty, elapsed: overdue * stability, minutes: 5 }
      const saved = savedDays(model, one)
      expect(saved).toBeGreaterThan(0)
      expect(saved).toBeLessThan(30)
      expect(savedDays(model, { ...one, elapsed: one.elapsed + stability })).toBeGreaterThan(saved)
      expect(raisedOn(model, one, 1)).toBeGreaterThan(0)
    }),
  )
})

test('what a review saves is the sum of the days that its formula integrates', () => {
  const item = { id: 'a', stability: 12, difficulty: 5, elapsed: 20, minutes: 5 }
  const steps = 30_000
  let sum = 0
  for (let i = 0; i < steps; i++) sum += raisedOn(model, item, ((i + 0.5) * 30) / steps) * (30 / steps)
  expect(savedDays(model, item)).toBeCloseTo(sum, 5)
})
