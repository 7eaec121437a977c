import { expect, test } from 'vitest'
import { smallWorld, value } from '../../test/small-world.ts'
import { importLog } from './import-log.ts'
import { progress } from './progress.ts'

const line = (n: number, over: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id: `019a9c10-0000-7000-8000-${String(n).padStart(12, '0')}`,
    learner: 'another',
    at: '2026-01-01T00:00:00.000Z',
    type: 'diagram.learned',
    v: 1,
    payload: { diagram: 'patterns/caching', revision: 1, seconds: 5 },
    ...over,
  })
const longer = { payload: { diagram: 'patterns/caching', revision: 1, seconds: 7 } }

const answerTo = (card: string) => ({
  type: 'card.answered',
  payload: { card, rating: 'good', seconds: 1, from: 'anki' },
})
const removed = { type: 'deck.removed', payload: { deck: 'constructor' } }

test('a byte order mark, lines of Windows and fields in another order are the same history', async () => {
  const world = await smallWorld()
  expect(await importLog(world, `${line(1)}\n${line(2)}\n`)).toMatchObject({ value: { added: 2 } })
  const { id, ...rest } = JSON.parse(line(1))
  const again = `\ufeff${JSON.stringify({ ...rest, id })}\r\n\r\n${line(2)}\r\n`
  expect(await importLog(world, again)).toEqual({ ok: true, value: { added: 0, known: 2 } })
})

test.each([
  ['cut in half', `${line(1)}\n${line(2).slice(0, -9)}`, /^Line 2 .*not complete JSON/],
  ['of a later version', line(1, { v: 99 }), /later version of Atlas; update/],
  ['of a later type', line(1, { type: 'exam.taken' }), /later version of Atlas; update/],
  ['of no version', line(1, { v: 'x' }), /^Line 1 is no event of Atlas: "v"/],
  ['no event', '[1, 2]', /^Line 1 is no event/],
  ['at a time that no calendar has', line(1, { at: '2026-99-99T99:99:99.999Z' }), /no such time/],
  ['with a prototype', line(1).replace('{', '{"__proto__":{"v":1},'), /__proto__/],
  ['of a card by the name of what every object has', line(1, answerTo('constructor')), /"payload.card"/],
  ['of a card by the name of a prototype', line(1, answerTo('__proto__')), /"payload.card"/],
  ['of a deck by the name of what every object has', line(1, removed), /"payload.deck"/],
  ['with two contents under one id', `${line(2)}\n${line(1)}\n${line(1, longer)}`, /^Line 3 has the id/],
])('a file %s is refused as a whole, and the line is named', async (_, text, says) => {
  const world = await smallWorld()
  expect(await importLog(world, text)).toMatchObject({
    ok: false,
    error: { code: 'bad-input', message: expect.stringMatching(says) },
  })
  expect(value(await world.store.read('me')).events).toEqual([])
  expect(await progress(world)).toMatchObject({ ok: true })
})

test('an event that the log has with other content is refused, never dropped in silence', async () => {
  const world = await smallWorld()
  await importLog(world, line(1))
  const clash = await importLog(world, `${line(2)}\n${line(1, longer)}`)
  expect(clash).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^Line 2 has the id/) } })
  expect(value(await world.store.read('me')).events).toHaveLength(1)
})
