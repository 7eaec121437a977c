import { expect, test } from 'vitest'
import { perfect, type SmallWorld, smallWorld, value } from '../../test/small-world.ts'
import { attempt } from './attempt.ts'
import { changeSettings } from './change-settings.ts'
import { recallView } from './recall-view.ts'
import { result } from './result.ts'
import { undoAttempt } from './undo-attempt.ts'

const CACHING = 'patterns/caching'
/** All but one connection and one fact. */
const nearly = (world: SmallWorld) => {
  const all = perfect(world, CACHING)
  const { ttl: _, ...facts } = all.answers.facts
  return { ...all, drawing: 'client -> api -> cache: get\ndatabase', answers: { ...all.answers, facts } }
}
const view = async (world: SmallWorld) => value(await recallView(world, { id: CACHING }))

test('after a good whole recall only what was missed is asked, graded as that, and counted as that', async () => {
  const world = await smallWorld()
  expect((await view(world)).part).toBeNull()
  value(await attempt(world, nearly(world)))
  world.later(24 * 8)
  const { part } = await view(world)
  expect(part).toMatchObject({ elements: 1, facts: [{ ask: 'How long?' }], context: [] })
  expect(part?.drawing).toBe('client\napi\ncache\ndatabase\nclient -> api: get\napi -> cache: get')
  const all = perfect(world, CACHING)
  const answers = { facts: { 'fact-1': '30 s' }, context: {} }
  const made = value(await attempt(world, { ...all, answers, seconds: 20, part: part?.key ?? null }))
  const shown = value(await result(world, made))
  expect(shown.grade.total).toBeCloseTo(100, 6)
  // A due time is a whole number of milliseconds, whatever share of a review counted.
  expect(Number.isInteger(Date.parse(shown.comesBack.due))).toBe(true)
  expect(shown.grade.elements.map(({ kind }) => kind)).toEqual(['edge', 'fact', 'speed'])
  // It is the turn of the whole again, and of a part when the attempt is undone.
  expect((await view(world)).part).toBeNull()
  value(await undoAttempt(world, made))
  expect((await view(world)).part?.key).toBe(part?.key)
})

test('what is given alone earns nothing', async () => {
  const world = await smallWorld()
  value(await attempt(world, nearly(world)))
  const { part } = await view(world)
  const given = { ...nearly(world), drawing: part?.drawing ?? '', answers: { facts: {}, context: {} } }
  const made = value(await attempt(world, { ...given, part: part?.key ?? null }))
  expect(value(await result(world, made)).grade.total).toBe(0)
  expect((await view(world)).part).toBeNull()
})

test('a part that has changed since it began is refused with what to do, and nothing is recorded', async () => {
  const world = await smallWorld()
  value(await attempt(world, nearly(world)))
  const { part } = await view(world)
  value(await attempt(world, perfect(world, CACHING)))
  const late = await attempt(world, { ...perfect(world, CACHING), part: part?.key ?? null })
  expect(late).toMatchObject({ ok: false, error: { code: 'bad-input' } })
})

test('a part that began is graded as that, even where the learner wants whole recalls since', async () => {
  const world = await smallWorld()
  value(await attempt(world, nearly(world)))
  const { part } = await view(world)
  value(await changeSettings(world, { partialRedraws: false }))
  const made = value(await attempt(world, { ...perfect(world, CACHING), part: part?.key ?? null }))
  expect(value(await result(world, made)).share).toBeLessThan(1 / 3)
})

test('whole recalls only, where the learner wants that', async () => {
  const world = await smallWorld()
  value(await attempt(world, nearly(world)))
  value(await changeSettings(world, { partialRedraws: false }))
  expect((await view(world)).part).toBeNull()
})
