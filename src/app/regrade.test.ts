import { expect, test } from 'vitest'
import { ITEMS, perfect, type SmallWorld, smallCatalogue, smallWorld, value } from '../../test/small-world.ts'
import { appeal } from './appeal.ts'
import { appeals } from './appeals.ts'
import { attempt } from './attempt.ts'
import { progress } from './progress.ts'
import { applyRegrade, previewRegrade, undoRegrade } from './regrade.ts'
import { result } from './result.ts'
import { undoAttempt } from './undo-attempt.ts'
import { withdrawAppeal } from './withdraw-appeal.ts'

const CACHING = 'patterns/caching'
const MISNAMED = 'client -> api -> warm shelf: get\napi -> database: query'

const recalled = async (world: SmallWorld, drawing = MISNAMED) => {
  world.later(1)
  return value(await attempt(world, { ...perfect(world, CACHING), drawing }))
}
/** The same learner after the content was corrected: the misnamed cache is accepted now. */
const corrected = (world: SmallWorld, revision = 1): SmallWorld => {
  const accept = [{ instead: 'cache', also: ['warm shelf'] }]
  const items = ITEMS.map((item) => (item.id === CACHING ? { ...item, accept, revision } : item))
  return { ...world, catalogue: smallCatalogue(items) }
}
const totals = async (world: SmallWorld) => value(await progress(world)).recent.map(({ total }) => total)

test('nothing changes while grader, content and appeals are as they were', async () => {
  const world = await smallWorld()
  await recalled(world)
  await recalled(world, perfect(world, CACHING).drawing)
  expect(value(await previewRegrade(world))).toMatchObject({ checked: 2, changes: [], last: null })
  expect(value(await applyRegrade(world))).toEqual({ regraded: 0 })
  expect(value(await undoRegrade(world))).toEqual({ undone: 0 })
})

test('a correction is shown with its reason before it applies, applies as events, and is taken back', async () => {
  const before = await smallWorld()
  const made = await recalled(before)
  await recalled(before, perfect(before, CACHING).drawing)
  const world = corrected(before)
  const { changes } = value(await previewRegrade(world))
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ ...made, id: CACHING, after: { total: 100, structure: 40 } })
  expect(changes[0]?.because).toMatch(/names or answers .* have changed/)
  expect(changes[0]?.parts[0]).toMatch(/^Structure: 3\d(\.\d+)? then, 40 now\.$/)
  expect(changes[0]?.changed).toEqual([
    { kind: 'node', label: 'Cache', was: 'wrong', now: 'matched', because: '“warm shelf” counts as Cache.' },
  ])
  const [, recorded] = await totals(world)
  expect(recorded).toBeLessThan(100)
  expect(value(await result(world, made)).recordedTotal).toBe(recorded)
  expect(value(await applyRegrade(world))).toEqual({ regraded: 1 })
  expect(await totals(world)).toEqual([100, 100])
  expect(value(await result(world, made)).recordedTotal).toBeNull()
  expect(value(await previewRegrade(world))).toMatchObject({ changes: [], last: { attempts: 1 } })
  expect(value(await applyRegrade(world))).toEqual({ regraded: 0 })
  expect(value(await undoRegrade(world))).toEqual({ undone: 1 })
  expect(await totals(world)).toEqual([100, recorded])
  expect(value(await previewRegrade(world))).toMatchObject({ changes: [{ ...made }], last: null })
  expect(
    value(await world.store.read('me'))
      .events.map(({ type }) => type)
      .sort(),
  ).toEqual(['recall.attempted', 'recall.attempted', 'recall.regrade-undone', 'recall.regraded'])
})

test('a raised revision is named as the reason; an undone attempt is let be', async () => {
  const before = await smallWorld()
  await recalled(before)
  const slip = await recalled(before)
  await undoAttempt(before, slip)
  const { checked, changes } = value(await previewRegrade(corrected(before, 2)))
  expect([checked, changes.length]).toEqual([1, 1])
  expect(changes[0]?.because).toMatch(/against revision 1 of the diagram; today's is 2/)
})

test('an attempt that kept no evidence says its parts alone', async () => {
  const before = await smallWorld()
  await recalled(before)
  const [event] = value(await before.store.read('me')).events
  if (event?.type !== 'recall.attempted' || event.v !== 4) throw new Error('no attempt of version 4')
  const { lost: _, asked: _a, share: _s, confidence: _c, par: _p, ...payload } = event.payload
  const old = await smallWorld()
  await old.store.append([{ ...event, v: 1, payload }])
  const [change] = value(await previewRegrade(corrected(old))).changes
  expect(change).toMatchObject({ changed: null, after: { total: 100 } })
  expect(change?.parts).toHaveLength(2)
})

test('an appeal that the content has taken in changes nothing when it is withdrawn after the regrade', async () => {
  const before = await smallWorld()
  const made = await recalled(before)
  const claim = { kind: 'node', label: 'Cache', given: 'warm shelf', says: '' }
  expect(value(await appeal(before, { ...made, ...claim })).grade.total).toBe(100)
  before.later(1)
  const world = corrected(before)
  expect(value(await previewRegrade(world)).changes).toEqual([])
  const [standing] = value(await appeals(world))
  await withdrawAppeal(world, { appeal: standing?.id ?? '' })
  expect((await totals(world))[0]).toBeLessThan(100)
  expect(value(await applyRegrade(world))).toEqual({ regraded: 1 })
  expect(await totals(world)).toEqual([100])
})
