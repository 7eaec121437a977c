import { expect, test } from 'vitest'
import { cards } from '#app/cards.ts'
import { importAnki } from '#app/import-anki.ts'
import { type SmallWorld, smallWorld } from '../../test/small-world.ts'
import { value } from '../../test/store-contract.ts'
import { askCards } from './cards.ts'

const card = (guid: string, words: Record<string, string> = {}) => ({
  guid,
  ord: 0,
  deck: 'Mine',
  question: `question ${guid}`,
  answer: `answer ${guid}`,
  tags: [],
  leftOut: 0,
  ...words,
})

/** What is shown to a person who types these lines, and then leaves. */
async function typing(world: SmallWorld, ...typed: string[]): Promise<string> {
  const shown: string[] = []
  const lines = typed[Symbol.iterator]()
  const first = value(await cards(world, { first: null }))
  const problem = await askCards(world, { out: (text) => shown.push(String(text)) }, first, () => ({
    async next(prompt) {
      shown.push(prompt)
      return lines.next().value ?? null
    },
    close() {},
  }))
  expect(problem).toBeNull()
  return shown.join('')
}

const take = async (world: SmallWorld, ...some: ReturnType<typeof card>[]) =>
  value(await importAnki(world, { cards: some, answers: [] }, { dryRun: false }))

test('a card is asked, shown and rated; the last one is taken back', async () => {
  const world = await smallWorld()
  await take(world, card('a'), card('b'))
  expect(await typing(world, '', '4', 'u', '', 'x', '1', '', '3')).toMatch(
    /question a.*answer a.*question b.*question a.*answer a.*question b.*answer b.*2 cards done today/s,
  )
  expect(value(await cards(world, { first: null }))).toMatchObject({ card: null, doneToday: 2 })
})

test('with none there is how to get some, and with no answer yet nothing to take back', async () => {
  const world = await smallWorld()
  expect(await typing(world)).toMatch(/atlas import anki/)
  await take(world, card('a'))
  expect(await typing(world, 'u', 'q')).toMatch(/nothing to take back/)
})

test('a deck from elsewhere cannot command the terminal', async () => {
  const world = await smallWorld()
  const evil = 'red\u001b[31m, clipboard\u001b]52;c;QQ==\u0007, back\b\b\r, one\u009b2J, turned\u202e end'
  await take(world, card('a', { question: evil, answer: evil, deck: evil }))
  const shown = await typing(world, '', '3')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be shown.
  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  expect(shown).toMatch(/red.*clipboard.*turned/s)
})
