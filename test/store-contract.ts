import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventStore } from '#app/ports.ts'
import type { LearnerEvent } from '#domain/progress/index.ts'
import type { Result } from '#lib/result.ts'
import { event } from './durable-event.ts'

/** What every event store must do. `open` opens the same data again each time: as another process would. */
export function storeContract(name: string, open: () => Promise<EventStore>): void {
  describe(`${name} keeps the contract of the event store`, () => {
    let store: EventStore
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())

    log(() => store, open)
    merging(() => store)
    beside(() => store)
    closing(open)
  })
}

function log(store: () => EventStore, open: () => Promise<EventStore>): void {
  test('a learner without events has none, at position 0', async () => {
    expect(value(await store().read(learner()))).toEqual({ events: [], position: 0 })
  })

  test('what was appended is read back exactly, in the order of ids', async () => {
    const me = learner()
    const events = [event(me, 3), event(me, 1, 'naïve ☃ "quotes" \\ \n \u0000 🗺'), event(me, 2)]
    expect(value(await store().append(events))).toEqual({ added: 3 })
    const read = value(await store().read(me))
    expect(read.events).toEqual([events[1], events[2], events[0]])
    expect(value(await store().find(me, event(me, 1).id))).toEqual(events[1])
    expect(value(await store().find(me, event(me, 9).id))).toBeNull()
  })

  test('an event that is there already is skipped', async () => {
    const me = learner()
    await store().append([event(me, 1)])
    expect(value(await store().append([event(me, 1), event(me, 2), event(me, 2)]))).toEqual({ added: 1 })
    expect(value(await store().read(me)).events).toEqual([event(me, 1), event(me, 2)])
  })

  test('one id with two contents is a clash: nothing of the append is taken, and the id is named', async () => {
    const me = learner()
    const first = event(me, 1, 'first')
    await store().append([first])
    const clash = { ok: false, error: { code: 'clash', event: first.id } }
    expect(await store().append([event(me, 2), event(me, 1, 'second')])).toMatchObject(clash)
    const twice = [event(me, 3, 'this'), event(me, 3, 'that')]
    expect(await store().append(twice)).toMatchObject({ ok: false, error: { code: 'clash' } })
    expect(value(await store().read(me)).events).toEqual([first])
    expect(value(await store().append([event(me, 2)]))).toEqual({ added: 1 })
  })

  test('reading after a position gives what came later, whatever its ids', async () => {
    const me = learner()
    await store().append([event(me, 5), event(me, 6)])
    const { position } = value(await store().read(me))
    expect(value(await store().read(me, position))).toEqual({ events: [], position })
    await store().append([event(me, 1)])
    const later = value(await store().read(me, position))
    expect(later.events).toEqual([event(me, 1)])
    expect(later.position).toBeGreaterThan(position)
  })

  test('learners do not see each other, and may use the same id', async () => {
    const [me, you] = [learner(), learner()]
    await store().append([event(me, 1), event(you, 1), event(you, 2)])
    expect(value(await store().read(me)).events).toEqual([event(me, 1)])
    expect(value(await store().read(you)).events).toHaveLength(2)
  })

  test('an invalid event is refused with all that came with it', async () => {
    const me = learner()
    const wrong = { ...event(me, 2), at: 'yesterday' } as LearnerEvent
    await expect(store().append([event(me, 1), wrong])).rejects.toThrow(/not valid/)
    expect(value(await store().read(me)).events).toEqual([])
  })

  test('several thousand events go in one append, and another opening sees them', async () => {
    const me = learner()
    const many = Array.from({ length: 3_001 }, (_, i) => event(me, i))
    expect(value(await store().append(many))).toEqual({ added: 3_001 })
    const other = await open()
    expect(value(await other.read(me)).events).toEqual(many)
    await other.close()
  })

  test('many appends at once are all there, each position once', async () => {
    const me = learner()
    const other = await open()
    const appends = Array.from({ length: 40 }, (_, i) =>
      (i % 2 ? store() : other).append([event(me, i), event(me, i + 1)]),
    )
    const added = (await Promise.all(appends)).map((done) => value(done).added)
    expect(added.reduce((a, b) => a + b)).toBe(41)
    expect(value(await other.read(me))).toMatchObject({ position: 41 })
    await other.close()
  })
}

function closing(open: () => Promise<EventStore>): void {
  test('closing twice is closing once', async () => {
    const store = await open()
    await store.close()
    await store.close()
  })
}

function merging(store: () => EventStore): void {
  test('merging two copies is a set union, in any order and any number of times', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(30), { maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        async (appends) => {
          const me = learner()
          const union = new Set(appends.flat())
          let added = 0
          for (const numbers of appends)
            added += value(await store().append(numbers.map((n) => event(me, n)))).added
          expect(added).toBe(union.size)
          const ids = value(await store().read(me)).events.map(({ id }) => id)
          expect(ids).toEqual([...union].sort((a, b) => a - b).map((n) => event(me, n).id))
        },
      ),
      { numRuns: 30 },
    )
  })
}

function beside(store: () => EventStore): void {
  test('a snapshot is replaced, and is not there for another version or learner', async () => {
    const me = learner()
    expect(await store().snapshot(me, 'a')).toBeNull()
    await store().saveSnapshot(me, 'a', 1, '{"one":1}')
    await store().saveSnapshot(me, 'a', 7, '{"seven":7}')
    expect(await store().snapshot(me, 'a')).toEqual({ position: 7, state: '{"seven":7}' })
    expect(await store().snapshot(me, 'b')).toBeNull()
    expect(await store().snapshot(learner(), 'a')).toBeNull()
  })

  test('a draft is replaced at each stroke and gone at the end', async () => {
    const me = learner()
    expect(value(await store().draft(me, 'patterns/x'))).toBeNull()
    await store().saveDraft(me, 'patterns/x', 'a')
    await store().saveDraft(me, 'patterns/x', 'a -> b')
    await store().saveDraft(me, 'patterns/w', 'c')
    expect(value(await store().draft(me, 'patterns/x'))).toBe('a -> b')
    expect(value(await store().drafts(me))).toEqual([
      { diagram: 'patterns/w', body: 'c' },
      { diagram: 'patterns/x', body: 'a -> b' },
    ])
    await store().saveDraft(me, 'patterns/x', null)
    await store().saveDraft(me, 'patterns/x', null)
    expect(value(await store().draft(me, 'patterns/x'))).toBeNull()
  })
}

export function value<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`failed: ${JSON.stringify(result.error)}`)
  return result.value
}

let learners = 0
/** A learner whom no other test has. */
const learner = () => `learner-${++learners}`
