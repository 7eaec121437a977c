import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SmallWorld } from '../../test/small-world.ts'
import { perfect, smallWorld, value } from '../../test/small-world.ts'
import { importedId, isOurs } from './anki-history.ts'
import { attempt } from './attempt.ts'
import { answerCard, cards, removeDeck } from './cards.ts'
import { exportAnki } from './export-anki.ts'
import { exportLog } from './export-log.ts'
import { finishLearning } from './finish-learning.ts'
import { importAnki } from './import-anki.ts'
import { importLog } from './import-log.ts'
import { loadLearner } from './learner.ts'
import type { AnkiAnswer, AnkiCard, AnkiCollection, AnkiExport } from './ports.ts'
import { undoAttempt } from './undo-attempt.ts'

const CACHING = 'patterns/caching'
const GUID = `atlas:${CACHING}`

let world: SmallWorld
beforeEach(async () => {
  world = await smallWorld()
})

const exported = async (of: SmallWorld = world, withHistory = true): Promise<AnkiExport> =>
  value(await exportAnki(of, { withHistory }))

/** What Anki gives back of a package, with answers of its own. */
const asRead = ({ notes }: AnkiExport, more: readonly AnkiAnswer[] = []): AnkiCollection => ({
  cards: notes.map(({ guid }) => card(guid, { deck: 'Atlas::Patterns' })),
  answers: [
    ...notes.flatMap(({ guid, reviews }) =>
      reviews.map(({ id, ease, milliseconds }) => ({ guid, ord: 0, id, ease, milliseconds })),
    ),
    ...more,
  ].sort((a, b) => a.id - b.id),
})

const card = (guid: string, over: Partial<AnkiCard> = {}): AnkiCard => ({
  guid,
  ord: 0,
  deck: 'Spanish::Verbs',
  question: `What is ${guid}?`,
  answer: 'It.',
  tags: [],
  leftOut: 0,
  ...over,
})
const answer = (guid: string, id: number, over: Partial<AnkiAnswer> = {}): AnkiAnswer => ({
  guid,
  ord: 0,
  id,
  ease: 3,
  milliseconds: 4321,
  ...over,
})
const bring = async (collection: AnkiCollection, dryRun = false) =>
  value(await importAnki(world, collection, { dryRun }))
const eventsOf = async (of: SmallWorld = world) => value(await of.store.read(of.learner)).events

describe('what goes out', () => {
  test('is a card for every diagram and every fact, each with what it refers to', async () => {
    const { notes, media, noteTypes } = await exported()
    const { items } = world.catalogue
    const facts = [...items.values()].reduce((sum, item) => sum + item.facts.length, 0)
    expect(notes).toHaveLength(items.size + facts)
    expect(new Set(notes.map(({ guid }) => guid)).size).toBe(notes.length)
    const referred = new Set(
      notes.flatMap(({ fields }) =>
        [...fields.join('').matchAll(/src="([^"]+)"/g)].map(([, name = '']) => name),
      ),
    )
    expect([...referred].sort()).toEqual([...media.keys()].sort())
    for (const { noteType, fields, tags } of notes) {
      const type = noteTypes.find(({ name }) => name === noteType)
      expect(fields).toHaveLength(type?.fields.length ?? 0)
      expect(fields[0]).not.toBe('')
      expect(tags.join('')).not.toMatch(/\s/)
      expect(tags).toContainEqual(expect.stringMatching(/^Atlas::(category)::/))
    }
  })

  test('holds no word of the drawing on its front, and all on its back', async () => {
    const { media } = await exported()
    const front = (slug: string) => media.get(`atlas-${slug}-front.svg`) ?? ''
    const back = (slug: string) => media.get(`atlas-${slug}-back-dark.svg`) ?? ''
    for (const [slug, words] of [
      ['patterns-caching', /Client|Cache|Database|query/i],
      ['incidents-outage', /Deploy|Outage|Recovery|09:37/i],
      ['comparisons-brokers', /Ordering|Queue|yes/i],
    ] as const) {
      const seen = (svg: string) => svg.replace(/<style>[\s\S]*?<\/style>/g, '')
      expect(seen(front(slug))).toContain('<svg')
      expect(seen(front(slug))).not.toMatch(words)
      expect(seen(back(slug))).toMatch(words)
    }
  })

  test('what was recalled has its due day and its reviews; what is new, or only learnt, has none', async () => {
    value(await finishLearning(world, { id: 'mechanisms/replay', seconds: 60 }))
    value(await attempt(world, perfect(world, CACHING)))
    world.later(24 * 3)
    value(
      await attempt(world, {
        ...perfect(world, CACHING),
        drawing: 'client -> api',
        answers: { facts: {}, context: {} },
      }),
    )
    world.later(1)
    const { notes, dayZero, now } = await exported()
    const of = (guid: string) => notes.find((note) => note.guid === guid)
    const memory = value(await loadLearner(world)).memories.get(CACHING)
    const due = Math.round(((memory?.due ?? 0) - dayZero) / 86_400_000)
    expect(of(GUID)?.memory).toMatchObject({ reviews: 2, stability: memory?.stability })
    expect(Math.abs((of(GUID)?.memory?.due ?? 0) - due)).toBeLessThanOrEqual(1)
    expect(of(GUID)?.memory?.due).toBeGreaterThan(0)
    const reviews = of(GUID)?.reviews ?? []
    expect(reviews.map(({ ease, isFirst }) => [ease, isFirst])).toEqual([
      [4, true],
      [1, false],
    ])
    for (const { id, difficulty, intervalDays } of reviews) {
      expect(id).toBeLessThanOrEqual(now)
      expect(difficulty).toBeGreaterThanOrEqual(1)
      expect(difficulty).toBeLessThanOrEqual(10)
      expect(intervalDays).toBeGreaterThanOrEqual(1)
    }
    for (const guid of ['atlas:mechanisms/replay', 'atlas:patterns/queueing', `${GUID}#ttl`])
      expect(of(guid)).toMatchObject({ memory: null, reviews: [] })
    expect((await exported(world, false)).notes.every((note) => note.reviews.length === 0)).toBe(true)
  })

  test('what a clock that ran ahead has recorded is in no log of Anki, which takes nothing from days to come', async () => {
    value(await attempt(world, perfect(world, CACHING)))
    world.later(24 * 400)
    value(await attempt(world, perfect(world, CACHING)))
    world.later(-24 * 399)
    const { notes, now } = await exported()
    const note = notes.find(({ guid }) => guid === GUID)
    expect(note?.reviews.map(({ isFirst }) => isFirst)).toEqual([true])
    expect(note?.memory?.last).toBe(now)
  })

  test('an attempt that was undone is no review', async () => {
    const { attempt: id } = value(await attempt(world, perfect(world, CACHING)))
    value(await undoAttempt(world, { attempt: id }))
    expect((await exported()).notes.flatMap(({ reviews }) => reviews)).toEqual([])
  })
})

describe('what comes back', () => {
  const later = Date.parse('2026-03-04T10:00:00.123Z')

  test('reviews made in Anki count here, for the diagram and for its fact alone', async () => {
    value(await attempt(world, perfect(world, CACHING)))
    const out = await exported()
    world.at('2026-03-05T09:00:00.000Z')
    const back = asRead(out, [answer(GUID, later, { ease: 1 }), answer(`${GUID}#ttl`, later + 5)])
    expect(await bring(back)).toMatchObject({
      reviews: { added: 2, ours: 1, known: 0, strange: 0, diagrams: 1, facts: 1 },
      decks: [],
      events: 2,
    })
    const { memories, state } = value(await loadLearner(world))
    expect(memories.get(CACHING)).toMatchObject({ reviews: 2, last: later })
    expect(
      state.items[CACHING]?.reviews.map(({ fact, rating, seconds }) => ({ fact, rating, seconds })),
    ).toEqual([
      { fact: null, rating: 'again', seconds: 4.321 },
      { fact: 'ttl', rating: 'good', seconds: 4.321 },
    ])
  })

  test('twice is once, and a dry run is nothing', async () => {
    const back = asRead(await exported(), [answer(GUID, later - 86_400_000 * 2)])
    const foreign = {
      ...back,
      cards: [...back.cards, card('x')],
      answers: [...back.answers, answer('x', later - 2e8)],
    }
    world.at('2026-03-05T09:00:00.000Z')
    expect(await bring(foreign, true)).toMatchObject({ events: 3 })
    expect(await eventsOf()).toEqual([])
    await bring(foreign)
    const before = await eventsOf()
    expect(before).toHaveLength(3)
    world.later(5)
    expect(await bring(foreign)).toMatchObject({ events: 0, reviews: { added: 0, known: 1 } })
    expect(await eventsOf()).toEqual(before)
  })

  test('its own reviews come back to no machine, whatever that one knows', async () => {
    value(await attempt(world, perfect(world, CACHING)))
    value(await attempt(world, perfect(world, CACHING)))
    const out = await exported()
    const other = await smallWorld()
    other.at('2026-03-05T09:00:00.000Z')
    const view = value(await importAnki(other, asRead(out), { dryRun: false }))
    expect(view).toMatchObject({ reviews: { ours: 2, added: 0 }, events: 0 })
  })

  test('on two machines it is the same event: their logs merge', async () => {
    const back = asRead(await exported(), [answer(GUID, later - 2e8)])
    const other = await smallWorld()
    for (const one of [world, other]) {
      one.at('2026-03-05T09:00:00.000Z')
      value(await importAnki(one, back, { dryRun: false }))
    }
    const merged = value(await importLog(world, value(await exportLog(other))))
    expect(merged).toEqual({ added: 0, known: 1 })
  })

  test('goes out again as it was, and is known', async () => {
    world.at('2026-03-05T09:00:00.000Z')
    await bring(asRead(await exported(), [answer(GUID, later)]))
    const again = await exported()
    expect(again.notes.find(({ guid }) => guid === GUID)?.reviews).toMatchObject([
      { id: later, milliseconds: 4321 },
    ])
    expect(await bring(asRead(again))).toMatchObject({ events: 0, reviews: { known: 1, ours: 0 } })
  })

  test('an imported review can be undone, and stays so when it is imported again', async () => {
    world.at('2026-03-05T09:00:00.000Z')
    const back = asRead(await exported(), [answer(GUID, later)])
    await bring(back)
    const id = importedId(GUID, 0, later)
    value(
      await importLog(
        world,
        JSON.stringify({
          id: world.ids.next(),
          learner: 'me',
          at: '2026-03-05T09:00:00.000Z',
          v: 1,
          type: 'recall.undone',
          payload: { attempt: id },
        }),
      ),
    )
    expect(await bring(back)).toMatchObject({ events: 0 })
    expect(value(await loadLearner(world)).memories.has(CACHING)).toBe(false)
  })

  test('what cannot be is said and left out', async () => {
    const back = asRead(await exported(), [
      answer(GUID, 12),
      answer(GUID, Date.UTC(2090, 0, 1)),
      answer('atlas:patterns/gone', later - 3e8),
      answer(`${GUID}#gone`, later - 3e8),
      answer(GUID, later - 3e8, { ord: 1 }),
    ])
    expect(await bring(back)).toMatchObject({ outOfTime: 2, reviews: { strange: 3, added: 0 }, events: 0 })
  })

  test('any answers, in any parts and order, give the same reviews', async () => {
    const out = await exported()
    const id = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 2, 1) })
    const guid = fc.constantFrom(GUID, `${GUID}#ttl`, 'atlas:incidents/outage', 'x', 'y')
    const answers = fc.uniqueArray(fc.record({ guid, id }), { selector: (one) => one.id, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(answers, fc.nat(12), async (given, cut) => {
        const [one, other] = [await smallWorld(), await smallWorld()]
        const all = given.map((each) => answer(each.guid, each.id))
        const back = (some: readonly AnkiAnswer[]) => ({
          cards: [...asRead(out).cards, card('x'), card('y', { ord: 0, deck: 'Basque' })],
          answers: some,
        })
        value(await importAnki(one, back(all), { dryRun: false }))
        for (const some of [all.slice(cut), all.slice(0, cut), all])
          value(await importAnki(other, back(some), { dryRun: false }))
        const [a, b] = [value(await loadLearner(one)).state, value(await loadLearner(other)).state]
        expect(b.items).toEqual(a.items)
        expect(b.answered).toEqual(a.answered)
      }),
      { numRuns: 8 },
    )
  })
})

describe('the mark of a line that Atlas wrote', () => {
  test('is found on all of ours, and on one in a million of others', async () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e12, max: 2e12 }), fc.nat(60_000), (id, milliseconds) => {
        expect(isOurs(GUID, { id, milliseconds })).toBe(false)
      }),
      { seed: 7, numRuns: 2000 },
    )
    for (let i = 0; i < 20; i++) {
      world.later(30)
      value(await attempt(world, { ...perfect(world, CACHING), seconds: 10 + i * 7.3 }))
    }
    const reviews = (await exported()).notes.flatMap(({ guid, reviews: own }) =>
      own.map((one) => isOurs(guid, one)),
    )
    expect(reviews).toEqual(Array.from({ length: 20 }, () => true))
  })
})

describe('a foreign deck', () => {
  const deck = {
    cards: [
      card('a'),
      card('b', { deck: 'spanish', leftOut: 2 }),
      card('c', { deck: 'Basque' }),
      card('d', { question: '', answer: '' }),
    ],
    answers: [
      answer('a', Date.parse('2026-02-01T10:00:00.000Z')),
      answer('d', Date.parse('2026-02-01T10:00:00.000Z')),
    ],
  }

  test('becomes question cards under its first name, with what was reviewed', async () => {
    expect(await bring(deck)).toMatchObject({
      decks: [
        { name: 'Spanish', cards: 2, changed: 2, answers: 1, leftOut: 2 },
        { name: 'Basque', cards: 1, changed: 1, answers: 0 },
      ],
      events: 3,
    })
    expect(value(await cards(world, { first: null }))).toMatchObject({ due: 1, fresh: 2 })
  })

  test('takes newer words where they changed, and nothing else', async () => {
    await bring(deck)
    world.later(1)
    const changed = { ...deck, cards: [card('a', { answer: 'Another.' }), ...deck.cards.slice(1)] }
    expect(await bring(changed)).toMatchObject({ decks: [{ changed: 1 }, { changed: 0 }], events: 1 })
    expect(value(await cards(world, { first: null })).card).toMatchObject({ answer: 'Another.' })
  })

  test('that was removed is gone, and comes back with what was remembered', async () => {
    await bring(deck)
    const { decks, card: first } = value(await cards(world, { first: null }))
    value(await answerCard(world, { card: first?.id ?? '', rating: 'easy', seconds: 3, event: null }))
    world.later(1)
    for (const { id } of decks) value(await removeDeck(world, { deck: id }))
    expect(value(await cards(world, { first: null }))).toMatchObject({
      card: null,
      decks: [],
      due: 0,
      fresh: 0,
    })
    world.later(1)
    expect(await bring(deck)).toMatchObject({ decks: [{ changed: 2, answers: 0 }, { changed: 1 }] })
    expect(value(await cards(world, { first: null }))).toMatchObject({ due: 0, fresh: 2 })
  })

  test('of many long cards comes in parts that the log can hold', async () => {
    const many = Array.from({ length: 1203 }, (_, i) => card(`n${i}`, { answer: 'long '.repeat(300) }))
    await bring({ cards: many, answers: [] })
    const events = await eventsOf()
    expect(events.length).toBeGreaterThan(3)
    expect(value(await cards(world, { first: null })).decks).toMatchObject([{ cards: 1203, fresh: 1203 }])
    expect(await bring({ cards: many, answers: [] })).toMatchObject({ events: 0 })
  })
})
