import { afterAll, beforeAll, expect, test } from 'vitest'
import { diagramOf, open, type Running, startAtlas } from './atlas.ts'

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterAll(() => atlas?.end())

const put = (settings: Record<string, unknown>) =>
  fetch(`${atlas.address}/api/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  })
const todayView = async () => (await fetch(`${atlas.address}/api/today`)).json()

test('after the date one key begins maintenance', async () => {
  const body = {
    drawing: 'client -> api',
    places: {},
    answers: { facts: {}, context: {} },
    seconds: 20,
    hints: 0,
  }
  for (const form of ['topology', 'sequence', 'states'] as const) {
    await fetch(`${atlas.address}/api/recall/${diagramOf(form).item.id}/attempt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
  await put({ targetDate: '2020-01-31' })
  const { page, errors } = await open(atlas)
  await page.goto('/')
  await page.getByText('31 January 2020 has passed.').waitFor()
  await page.keyboard.press('m')
  await expect.poll(async () => (await todayView()).maintenance?.kind).toBe('daily')
  expect(await todayView()).toMatchObject({ target: null, fresh: [], cap: { minutes: 15 } })
  expect(errors).toEqual([])
})

test('a day’s minutes bound what is new, too', async () => {
  await put({ rhythm: 'learn', targetDate: null, newPerDay: 10, minutesPerDay: 5 })
  const { page } = await open(atlas)
  await page.goto('/')
  await page.getByRole('heading').first().waitFor()
  expect((await todayView()).fresh).toEqual([])
  await page.getByText('Today’s 5 minutes are done.').waitFor()
  await put({ minutesPerDay: null })
  await page.reload()
  await page.getByText('New', { exact: true }).first().waitFor()
})
