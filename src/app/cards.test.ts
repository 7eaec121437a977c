import { beforeEach, describe, expect, test } from 'vitest'
import { type SmallWorld, smallWorld, value } from '../../test/small-world.ts'
import { answerCard, cards, cardsWaiting, NEW_CARDS_PER_DAY, removeDeck, undoCardAnswer } from './cards.ts'
import { changeSettings } from './change-settings.ts'
import { importAnki } from './import-anki.ts'
import { loadLearner } from './learner.ts'

let world: SmallWorld
const view = async (first: string | null = null) => value(await cards(world, { first }))
const rate = async (card: string, rating: 'again' | 'good', event: string | null = null) =>
  value(await answerCard(world, { card, rating, seconds: 6, event }))

beforeEach(async () => {
  world = await smallWorld()
  const some = Array.from({ length: NEW_CARDS_PER_DAY + 5 }, (_, i) => ({
    guid: `n${i}`,
    ord: 0,
    deck: 'Mine',
    question: `q${i}`,
    answer: `a${i}`,
    tags: [],
    leftOut: 0,
  }))
  value(await importAnki(world, { cards: some, answers: [] }, { dryRun: false }))
})

describe('question cards', () => {
  test('new ones come in their order, so many a day', async () => {
    const first = await view()
    expect(first).toMatchObject({
      due: 0,
      fresh: NEW_CARDS_PER_DAY,
      card: { question: 'q0', answer: 'a0', isNew: true },
    })
    const { next } = await rate(first.card?.id ?? '', 'good')
    expect(next).toMatchObject({ fresh: NEW_CARDS_PER_DAY - 1, doneToday: 1, card: { question: 'q1' } })
    world.later(24)
    expect(await view()).toMatchObject({ fresh: NEW_CARDS_PER_DAY })
  })

  test('what was known comes back later than what was not, and that tomorrow', async () => {
    const { card } = await view()
    expect(card?.back.again).toBe('3 March')
    const [known, unknown] = [card?.id ?? '', (await view()).card?.id ?? '']
    await rate(known, 'good')
    const second = (await view()).card?.id ?? unknown
    await rate(second, 'again')
    world.later(24)
    expect(await view()).toMatchObject({ due: 1, card: { id: second, isNew: false } })
  })

  test('an answer that is undone was never given, and its card is the next', async () => {
    const { card } = await view()
    const { answer } = await rate(card?.id ?? '', 'again')
    const undone = value(await undoCardAnswer(world, { answer }))
    expect(undone).toMatchObject({ card: { id: card?.id, isNew: true }, doneToday: 0 })
    expect(value(await undoCardAnswer(world, { answer }))).toEqual(undone)
    expect(await undoCardAnswer(world, { answer: world.ids.next() })).toMatchObject({ ok: false })
  })

  test('the same request twice is one answer', async () => {
    const { card } = await view()
    const event = world.ids.next()
    await rate(card?.id ?? '', 'good', event)
    world.later(1)
    expect((await rate(card?.id ?? '', 'good', event)).next.doneToday).toBe(1)
  })

  test('none is new while the rhythm is to maintain', async () => {
    const { card } = await view()
    await rate(card?.id ?? '', 'again')
    value(await changeSettings(world, { rhythm: 'maintain' }))
    expect(await view()).toMatchObject({
      fresh: 0,
      card: null,
      nextDue: expect.stringMatching(/^2026-03-0[34]/),
    })
  })

  test('Today is told how many wait, and how long they take', async () => {
    const learner = async () => cardsWaiting(value(await loadLearner(world)))
    expect(await learner()).toEqual({ due: 0, fresh: 20, minutes: 5 })
    await rate((await view()).card?.id ?? '', 'good')
    expect(await learner()).toEqual({ due: 0, fresh: 19, minutes: 2 })
  })

  test.each(['constructor', '__proto__', 'toString', 'x'])(
    'there is no card and no deck "%s"',
    async (name) => {
      expect(await answerCard(world, { card: name, rating: 'good', seconds: 1, event: null })).toMatchObject({
        ok: false,
        error: { code: 'not-found' },
      })
      expect(await removeDeck(world, { deck: name })).toMatchObject({
        ok: false,
        error: { code: 'not-found' },
      })
    },
  )
})
