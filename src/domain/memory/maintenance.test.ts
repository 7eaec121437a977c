import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Introduced, lastCheck, type Recalled, sessionDue } from './maintenance.ts'

const DAY = 86_400_000
const CATEGORIES = ['patterns', 'scale', 'costs']
const known: Introduced[] = Array.from({ length: 21 }, (_, i) => ({
  id: `d${i}`,
  category: CATEGORIES[i % 3] ?? '',
}))
const recall = (id: string, day: number, total = 90): Recalled => ({
  ...{ id, at: Math.round(day * DAY), total },
  passed: total >= 60,
})
const all = (ids: readonly string[], day: number, total?: number) =>
  ids.map((id, i) => recall(id, day + i / 1000, total))

describe('weekly: ten diagrams within a day', () => {
  test('comes a week after maintenance began, counts up, and is over for a week', () => {
    expect(sessionDue([], known, 0, 6.9 * DAY)).toBeNull()
    expect(sessionDue([], known, 0, 7 * DAY)).toMatchObject({ kind: 'weekly', done: 0, of: 10 })
    const three = all(['d1', 'd2', 'd3'], 8)
    const after = sessionDue([...three, recall('d1', 8.1)], known, 0, 8.2 * DAY)
    expect(after).toMatchObject({ kind: 'weekly', done: 3, of: 10 })
    expect(after?.open).toHaveLength(7)
    expect(after?.open).not.toContain('d1')
    const rest = all(after?.open ?? [], 8.3)
    expect(sessionDue([...three, ...rest], known, 0, 8.4 * DAY)).toBeNull()
    expect(sessionDue([...three, ...rest], known, 0, 15.2 * DAY)).toBeNull()
    expect(sessionDue([...three, ...rest], known, 0, 15.4 * DAY)?.kind).toBe('weekly')
  })

  test('begins anew where a day has passed; midnight does not end it', () => {
    const three = all(['d1', 'd2', 'd3'], 8.9)
    expect(sessionDue(three, known, 0, 9.1 * DAY)?.done).toBe(3)
    expect(sessionDue(three, known, 0, 9.95 * DAY)?.done).toBe(0)
  })

  test('asks all of those who know fewer than ten, and nobody who knows nothing', () => {
    expect(sessionDue([], known.slice(0, 4), 0, 8 * DAY)).toMatchObject({ of: 4 })
    expect(sessionDue([], [], 0, 8 * DAY)).toBeNull()
  })
})

describe('monthly and quarterly: some of each category', () => {
  test('monthly stands for the weekly one that is due with it, and asks two of each category', () => {
    const session = sessionDue([], known, 0, 30 * DAY)
    expect(session).toMatchObject({ kind: 'monthly', of: 6 })
    const asked = (session?.open ?? []).map((id) => known.find((one) => one.id === id)?.category)
    for (const category of CATEGORIES) expect(asked.filter((one) => one === category)).toHaveLength(2)
    expect(sessionDue([], known, 0, 33 * DAY)?.open).toEqual(session?.open)
    expect(sessionDue([], known, 0, 91 * DAY)).toMatchObject({ kind: 'quarterly', of: 15 })
  })

  test('what was recalled instead of what was drawn counts as well', () => {
    const session = sessionDue(all(['d0', 'd3', 'd6', 'd1'], 30.1), known, 0, 31 * DAY)
    expect(session).toMatchObject({ kind: 'monthly', done: 3, of: 6 })
  })

  test('names what was weak in it', () => {
    const open = sessionDue([], known, 0, 30 * DAY)?.open ?? []
    const done = open.map((id, i) =>
      recall(id, 31 + i, known.find((one) => one.id === id)?.category === 'costs' ? 40 : 95),
    )
    const check = lastCheck(done, known, 0)
    expect(check).toMatchObject({
      kind: 'monthly',
      passed: 4,
      of: 6,
      weak: [{ category: 'costs', mean: 40 }],
    })
    expect(sessionDue(done, known, 0, 37 * DAY)).toBeNull()
    expect(sessionDue(done, known, 0, 44 * DAY)?.kind).toBe('weekly')
    expect(sessionDue(done, known, 0, 67 * DAY)?.kind).toBe('monthly')
  })

  test('begun too long ago, it begins again', () => {
    const early = all(['d0', 'd3'], 30.1)
    expect(sessionDue(early, known, 0, 36 * DAY)?.done).toBe(2)
    expect(sessionDue(early, known, 0, 40 * DAY)?.done).toBe(0)
  })
})

test('recalling what is open always finishes it, and no session counts more than it asks', () => {
  const recalls = fc
    .array(fc.record({ i: fc.nat(20), day: fc.double({ min: 0, max: 200, noNaN: true }) }), { maxLength: 80 })
    .map((list) => list.map(({ i, day }) => recall(`d${i}`, day)).sort((a, b) => a.at - b.at))
  fc.assert(
    fc.property(recalls, fc.integer({ min: 200, max: 300 }), (past, now) => {
      const session = sessionDue(past, known, 0, now * DAY)
      if (session === null) return
      expect(session.done + session.open.length).toBe(session.of)
      expect(new Set(session.open).size).toBe(session.open.length)
      const after = sessionDue([...past, ...all(session.open, now)], known, 0, (now + 0.1) * DAY)
      expect(after?.kind).not.toBe(session.kind)
    }),
  )
})
