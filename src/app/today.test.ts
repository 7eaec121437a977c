import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ITEMS, perfect, type SmallWorld, smallCatalogue, smallWorld, value } from '../../test/small-world.ts'
import { attempt } from './attempt.ts'
import { changeSettings } from './change-settings.ts'
import { finishLearning } from './finish-learning.ts'
import { today } from './today.ts'

const CATEGORIES = ['patterns', 'companies', 'incidents', 'scale'] as const
const SIXTEEN = Array.from({ length: 16 }, (_, i) => {
  const category = CATEGORIES[i % 4] ?? 'patterns'
  return {
    ...(ITEMS[0] as (typeof ITEMS)[number]),
    id: `${category}/d${i}`,
    category,
    group: `g${i}`,
    title: `D ${i}`,
  }
})

const NEW = { ...(ITEMS[0] as (typeof ITEMS)[number]), id: 'patterns/new', group: 'new' }

/** A learner who knows sixteen diagrams, each recalled once, some ten minutes apart; then time passes. */
async function known(days: number, seconds = 240, more: readonly (typeof NEW)[] = []): Promise<SmallWorld> {
  const world = await smallWorld({ catalogue: smallCatalogue([...SIXTEEN, ...more]) })
  for (const { id } of SIXTEEN) {
    await attempt(world, { ...perfect(world, id), seconds })
    world.later(1 / 6)
  }
  world.later(24 * days)
  return world
}
const view = async (world: SmallWorld) => value(await today(world))

describe('a day of so many minutes', () => {
  test('takes what fits, says what waits and until when, and pauses what is new', async () => {
    const world = await known(20, 240, [NEW])
    const all = await view(world)
    expect(all).toMatchObject({ cap: null, debt: null, says: [] })
    expect(all.due).toHaveLength(16)
    await changeSettings(world, { minutesPerDay: 15 })
    const day = await view(world)
    expect(day.due.length).toBeGreaterThan(0)
    expect(day.minutes).toBeLessThanOrEqual(15)
    expect(day.debt).toMatchObject({ items: 16 - day.due.length, pausesNew: true })
    expect(day.debt?.gone).toMatch(/^2026-03-2\d$/)
    expect(day.fresh).toEqual([])
    expect(day.says[0]).toMatch(
      /^\d+ diagrams \(\d+ minutes\) wait; at 15 minutes a day that is worked off by \d+ March\.$/,
    )
    expect(day.says[1]).toBe('New diagrams pause until then.')
  })

  test('is used up by what is done in it, and begins anew at midnight', async () => {
    const world = await known(20)
    await changeSettings(world, { minutesPerDay: 15 })
    const first = await view(world)
    for (const { id } of first.due) await attempt(world, { ...perfect(world, id), seconds: 240 })
    const done = await view(world)
    expect(done.due).toEqual([])
    expect(done.cap?.spent).toBeGreaterThan(10)
    expect(done.next).toBeNull()
    expect(done.nextDue).toBeNull()
    expect(done.debt?.items).toBe(16 - first.due.length)
    world.later(24)
    expect((await view(world)).due.length).toBeGreaterThan(0)
  })

  test('that is too short for what is known says what it would take', async () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      ...SIXTEEN[i % 16],
      id: `patterns/m${i}`,
    })) as typeof SIXTEEN
    const world = await smallWorld({ catalogue: smallCatalogue(many) })
    for (const { id } of many) {
      const { event: _, ...made } = perfect(world, id)
      await attempt(world, { ...made, seconds: 3600, event: null })
    }
    await changeSettings(world, { minutesPerDay: 5 })
    world.later(24 * 30)
    const { debt, says } = await view(world)
    expect(debt).toMatchObject({ gone: null, pausesNew: false })
    expect(debt?.needs).toBeGreaterThan(5)
    expect(says.join(' ')).toMatch(
      /needs about \d+ minutes a day to be kept; at 5 minutes a day some of it always waits/,
    )
  })

  test('where all was met nothing is said of what is new', async () => {
    const world = await known(20)
    const said = async (change: Parameters<typeof changeSettings>[1]) => {
      await changeSettings(world, change)
      return (await view(world)).says.join(' ')
    }
    expect(await said({ minutesPerDay: 15 })).not.toMatch(/[Nn]ew/)
    expect(await said({ minutesPerDay: 600 })).toBe('This fits into today’s 600 minutes.')
    expect(await said({ targetDate: '2036-03-02' })).not.toMatch(/[Nn]ew/)
  })

  test('new diagrams come where there is room for them', async () => {
    const world = await smallWorld()
    await changeSettings(world, { minutesPerDay: 30 })
    expect((await view(world)).fresh).toHaveLength(1)
    world.later(0.01)
    await changeSettings(world, { minutesPerDay: 60 })
    expect((await view(world)).fresh).toHaveLength(2)
  })
})

describe('a day on which all must be known', () => {
  test('is forecast from afar, and nothing new is begun too near to it', async () => {
    const world = await known(3)
    await changeSettings(world, { targetDate: '2026-05-04' })
    const { target, says } = await view(world)
    expect(target).toMatchObject({ phase: 'ahead', met: 16, looks: [] })
    expect(target?.recall).toBeGreaterThan(0.85)
    expect(says[0]).toMatch(/^4 May is in \d+ days\. By then you would recall about \d\d% of 16 diagrams\./)
    const fresh = await smallWorld()
    await changeSettings(fresh, { targetDate: '2026-03-06' })
    expect((await view(fresh)).fresh).toEqual([])
    fresh.later(0.01)
    await changeSettings(fresh, { targetDate: '2026-04-20' })
    expect((await view(fresh)).fresh).toHaveLength(2)
  })

  test('companies first in its week, light on its eve, a warm-up on it, and then an offer', async () => {
    const world = await known(20)
    const date = (days: number) => new Date(world.clock.now() + days * 86_400_000).toISOString().slice(0, 10)
    await changeSettings(world, { targetDate: date(6) })
    const week = await view(world)
    expect(week.target?.phase).toBe('week')
    expect(week.due.slice(0, 4).map(({ category }) => category)).toEqual(Array(4).fill('companies'))
    world.later(0.01)
    await changeSettings(world, { targetDate: date(1) })
    const eve = await view(world)
    expect(eve.minutes).toBeLessThanOrEqual(15)
    expect(eve).toMatchObject({ debt: null, fresh: [], target: { phase: 'eve' } })
    expect(eve.says).toEqual([expect.stringMatching(/^Tomorrow is \d+ March: 15 light minutes, then rest\./)])
    world.later(0.01)
    await changeSettings(world, { targetDate: date(0) })
    expect((await view(world)).target?.phase).toBe('day')
    world.later(0.01)
    await changeSettings(world, { targetDate: date(-1) })
    expect(await view(world)).toMatchObject({ target: { phase: 'over' }, due: { length: 16 } })
  })

  test('what would be too weak by then gets its last look', async () => {
    const world = await known(5, 30)
    const before = (await view(world)).due.length
    await changeSettings(world, {
      targetDate: new Date(world.clock.now() + 4 * 86_400_000).toISOString().slice(0, 10),
    })
    const { target, due } = await view(world)
    expect(target?.looks.length).toBeGreaterThan(0)
    expect(due.length).toBe(before + (target?.looks.length ?? 0))
  })
})

describe('maintenance', () => {
  test('nothing new; two recalls a day by what they save, within fifteen minutes', async () => {
    const world = await known(1)
    await changeSettings(world, { rhythm: 'maintain' })
    const day = await view(world)
    expect(day).toMatchObject({
      fresh: [],
      maintenance: { kind: 'daily', done: 0, of: 2 },
      cap: { minutes: 15 },
    })
    expect(day.maintenance?.open).toHaveLength(2)
    expect(day.next).toEqual({ action: 'recall', id: day.maintenance?.open[0]?.id })
    for (const { id } of day.maintenance?.open ?? []) await attempt(world, perfect(world, id))
    expect(await view(world)).toMatchObject({ next: null, maintenance: { kind: 'daily', done: 2, open: [] } })
  })

  test('weekly ten in a run, counted as they are made; then a month, with what was weak in it', async () => {
    const world = await known(1)
    await changeSettings(world, { rhythm: 'maintain', minutesPerDay: 120 })
    world.later(24 * 7)
    const week = await view(world)
    expect(week.maintenance).toMatchObject({ kind: 'weekly', done: 0, of: 10 })
    const ids = [...week.due, ...(week.maintenance?.open ?? [])].map(({ id }) => id)
    for (const id of ids.slice(0, 3)) await attempt(world, perfect(world, id))
    expect((await view(world)).maintenance).toMatchObject({ kind: 'weekly', done: 3, of: 10 })
    for (const id of ids.slice(3, 10)) await attempt(world, perfect(world, id))
    expect((await view(world)).maintenance?.kind).toBe('daily')
    world.later(24 * 23)
    const month = await view(world)
    expect(month.maintenance).toMatchObject({ kind: 'monthly', done: 0, of: 8, lastCheck: null })
  })
})

describe('time', () => {
  test('a clock that ran ahead and was set back neither loses a diagram nor eats a day', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 20, max: 300 }),
        async (ahead, hours) => {
          const world = await smallWorld()
          await changeSettings(world, { minutesPerDay: 60 })
          await finishLearning(world, { id: 'patterns/caching', seconds: 60 })
          world.later(24 * ahead)
          await attempt(world, perfect(world, 'patterns/caching'))
          await attempt(world, perfect(world, 'mechanisms/replay'))
          world.later(-24 * ahead - hours)
          const back = await view(world)
          expect(back.doneToday).toBe(0)
          expect(back.cap?.spent).toBe(0)
          world.later(24 * (ahead + 800))
          expect((await view(world)).due.map(({ id }) => id).sort()).toEqual([
            'mechanisms/replay',
            'patterns/caching',
          ])
        },
      ),
      { numRuns: 10 },
    )
  })

  test('another time zone offers the same diagrams, a day sooner or later at most, and each once', async () => {
    const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'Australia/Lord_Howe']
    const world = await known(0)
    for (let hour = 0; hour < 24 * 16; hour += 5) {
      world.later(5)
      const dueIn = async (timeZone: string, hours = 0) => {
        world.later(hours)
        const ids = value(await today({ ...world, timeZone })).due.map(({ id }) => id)
        world.later(-hours)
        return ids
      }
      const here = await dueIn('UTC')
      expect(new Set(here).size).toBe(here.length)
      const later = await dueIn('UTC', 26)
      for (const zone of zones) {
        const there = await dueIn(zone)
        expect(new Set(there).size).toBe(there.length)
        for (const id of there) expect(later).toContain(id)
        const thereLater = await dueIn(zone, 26)
        for (const id of here) expect(thereLater).toContain(id)
      }
    }
  })
})

describe('a sitting', () => {
  /** Six that take less time, and so come first by worth, all of one category; then six of another one. */
  const quick = (id: string) => (id.startsWith('patterns/') ? 600 : 660)
  async function twelve() {
    const all = Array.from({ length: 12 }, (_, i) => {
      const category = i < 6 ? ('patterns' as const) : ('scale' as const)
      return { ...NEW, id: `${category}/d${i}`, category, group: `g${i}` }
    })
    const world = await smallWorld({ catalogue: smallCatalogue(all) })
    for (const { id } of all) value(await attempt(world, { ...perfect(world, id), seconds: quick(id) }))
    world.later(24 * 20)
    return world
  }
  async function next(world: SmallWorld): Promise<string> {
    const { next: step } = await view(world)
    if (step === null) throw new Error('nothing is due')
    world.later(quick(step.id) / 3600)
    value(await attempt(world, { ...perfect(world, step.id), seconds: quick(step.id) }))
    return step.id
  }

  test('of one recall after another, as Today offers them, never stays with a category beyond half an hour', async () => {
    const world = await twelve()
    const promised = (await view(world)).due.map(({ id }) => id)
    const met: string[] = []
    while (met.length < 12) met.push(await next(world))
    const categories = met.map((id) => id.split('/')[0])
    // Eleven minutes each: three in a row are more than thirty.
    const stays = categories.some((one, i) => one === categories[i + 1] && one === categories[i + 2])
    expect(stays).toBe(false)
    expect(met[0]).toBe(promised[0])
  })

  test('after a rest begins with what is worth most again', async () => {
    const world = await twelve()
    await next(world)
    await next(world)
    expect((await view(world)).next?.id).toMatch(/^scale/)
    world.later(2)
    expect((await view(world)).next?.id).toMatch(/^patterns/)
  })
})
