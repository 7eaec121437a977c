import { expect, test } from 'vitest'
import { smallWorld, value } from '../../test/small-world.ts'
import { answerMutation } from './answer-mutation.ts'
import { attempt } from './attempt.ts'
import { answerCard, cards, removeDeck } from './cards.ts'
import { changeSettings } from './change-settings.ts'
import { importAnki } from './import-anki.ts'
import { loadLearner } from './learner.ts'
import { noteMistake } from './mistakes.ts'

/** A clock that ran two years ahead, and was set back: what is said now is the later word all the same. */
const AHEAD = '2028-03-02T09:00:00.000Z'
const NOW = '2026-03-02T09:00:00.000Z'

const card = (i: number, answer = 'a') => ({
  guid: `n${i}`,
  ord: 0,
  deck: 'Mine',
  question: `q${i}`,
  answer,
  tags: [],
  leftOut: 0,
})

test('settings that were changed count, and so does the next change', async () => {
  const world = await smallWorld()
  world.at(AHEAD)
  value(await changeSettings(world, { newPerDay: 9, theme: 'dark' }))
  world.at(NOW)
  for (const newPerDay of [3, 4, 5]) {
    value(await changeSettings(world, { newPerDay }))
    expect(value(await loadLearner(world)).settings).toMatchObject({ newPerDay, theme: 'dark' })
  }
})

test('a deck takes the newer words, is removed, and comes back', async () => {
  const world = await smallWorld()
  const take = async (answer: string) =>
    value(await importAnki(world, { cards: [card(1, answer)], answers: [] }, { dryRun: false })).decks[0]
  world.at(AHEAD)
  await take('old')
  world.at(NOW)
  expect(await take('new')).toMatchObject({ changed: 1 })
  expect(await take('new')).toMatchObject({ changed: 0 })
  const shown = value(await cards(world, { first: null }))
  expect(shown.card).toMatchObject({ answer: 'new' })
  expect(value(await removeDeck(world, { deck: shown.decks[0]?.id ?? '' })).decks).toEqual([])
  expect(await take('new')).toMatchObject({ changed: 1 })
  expect(value(await cards(world, { first: null })).decks).toHaveLength(1)
})

test('answers of days to come use up no new cards of today, and are not done today', async () => {
  const world = await smallWorld()
  const all = Array.from({ length: 30 }, (_, i) => card(i))
  value(await importAnki(world, { cards: all, answers: [] }, { dryRun: false }))
  world.at(AHEAD)
  for (let i = 0; i < 5; i++) {
    const next = value(await cards(world, { first: null })).card?.id ?? ''
    value(await answerCard(world, { card: next, rating: 'good', seconds: 5, event: null }))
  }
  world.at(NOW)
  expect(value(await cards(world, { first: null }))).toMatchObject({ fresh: 20, doneToday: 0 })
})

test('a note about a mistake and the mark of a mutation are the last ones', async () => {
  const world = await smallWorld()
  world.at(AHEAD)
  const id = 'patterns/caching'
  const empty = { facts: {}, context: {} }
  const input = { id, drawing: 'client -> api', places: {}, answers: empty, seconds: 60, hints: 0 }
  const made = value(await attempt(world, { ...input, part: null, event: null })).attempt
  const line = 'missing node node:database'
  const note = async (cause: string) =>
    value(await noteMistake(world, { attempt: made, line, kind: 'factual', cause, correction: '' }))
  await note('old')
  value(await answerMutation(world, { attempt: made, answer: 'x', mark: 'missed' }))
  world.at(NOW)
  expect(await note('new')).toMatchObject({ note: { cause: 'new' } })
  value(await answerMutation(world, { attempt: made, answer: 'x', mark: 'got-it' }))
  expect(value(await loadLearner(world)).state.mutations[made]?.mark).toBe('got-it')
})
