import { expect, test } from 'vitest'
import { perfect, type SmallWorld, smallWorld, value } from '../../test/small-world.ts'
import { attempt } from './attempt.ts'
import { changeSettings } from './change-settings.ts'
import { recallView } from './recall-view.ts'
import { previewRegrade } from './regrade.ts'
import { result } from './result.ts'
import { saveDraft } from './save-draft.ts'

/** A drawing's clock is computed from its size, and the learner's to change: for all recalls, or for one. */

const CACHING = 'patterns/caching'
const parOf = async (world: SmallWorld) => value(await recallView(world, { id: CACHING })).parSeconds

async function drawnIn(world: SmallWorld, seconds: number, par: number | null) {
  const made = value(await attempt(world, { ...perfect(world, CACHING), seconds, par }))
  const { grade, parSeconds, isOwnPar } = value(await result(world, made))
  return { speed: grade.speed.score, parSeconds, isOwnPar, total: grade.total }
}

test('as it is shown, it is the one that the grade holds the time against', async () => {
  const world = await smallWorld()
  const par = await parOf(world)
  expect(await drawnIn(world, par, null)).toMatchObject({ speed: 10, parSeconds: par, isOwnPar: false })
  expect(await drawnIn(world, par * 1.5, null)).toMatchObject({ speed: 5 })
})

test('one that was chosen for a recall counts for that one alone, and stays when it is graded again', async () => {
  const world = await smallWorld()
  const par = await parOf(world)
  const own = await drawnIn(world, par * 1.5, par * 2)
  expect(own).toMatchObject({ speed: 10, parSeconds: par * 2, isOwnPar: true })
  expect(await parOf(world)).toBe(par)
  expect(value(await previewRegrade(world))).toMatchObject({ checked: 1, changes: [] })
})

test('the setting stretches every clock, and an attempt keeps the one that it had', async () => {
  const world = await smallWorld()
  const par = await parOf(world)
  const before = await drawnIn(world, par * 1.5, null)
  value(await changeSettings(world, { clockPercent: 200 }))
  expect(await parOf(world)).toBe(par * 2)
  expect(await drawnIn(world, par * 1.5, null)).toMatchObject({ speed: 10, parSeconds: par * 2 })
  expect(value(await previewRegrade(world))).toMatchObject({ checked: 2, changes: [] })
  expect(before.speed).toBe(5)
})

test('it is kept with what was left in the middle', async () => {
  const world = await smallWorld()
  const kept = { drawing: 'client', places: {}, answers: { facts: {}, context: {} }, seconds: 9, hints: 0 }
  value(await saveDraft(world, { id: CACHING, draft: { ...kept, stage: 'draw', par: 222 } }))
  expect(value(await recallView(world, { id: CACHING })).draft).toMatchObject({ seconds: 9, par: 222 })
})
