import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isLinked, printDrawing } from '#domain/diagram/index.ts'
import { referenceAnswers } from '#domain/grading/index.ts'
import { diagramOf, open, type Running, startAtlas } from './atlas.ts'

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

const diagram = diagramOf('topology')
const { id } = diagram.item

/** The reference with its last node under a name of the learner's own, and one fact of their own. */
function misnamed() {
  const { drawing } = diagram
  if (!isLinked(drawing)) throw new Error('a topology is linked')
  const last = drawing.nodes.at(-1)
  const nodes = drawing.nodes.map((node) => (node === last ? { ...node, label: 'my own kind of box' } : node))
  const answers = referenceAnswers(diagram)
  const [fact] = diagram.item.facts
  const facts = { ...answers.facts, [fact?.id ?? '']: 'something else' }
  return {
    drawing: printDrawing({ ...drawing, nodes }),
    answers: { ...answers, facts },
    ask: fact?.ask ?? '',
  }
}

async function recalled(): Promise<string> {
  const { drawing, answers } = misnamed()
  const response = await fetch(`${atlas.address}/api/recall/${id}/attempt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ drawing, places: {}, answers, seconds: 20, hints: 0 }),
  })
  return ((await response.json()) as { attempt: string }).attempt
}

const total = async (page: Page) => Number(await page.locator('.total strong').textContent())
const recorded = async () => {
  const progress = await (await fetch(`${atlas.address}/api/progress`)).json()
  return Math.round(progress.recent[0].total * 10) / 10
}

test('an appeal says what it does, counts at once, is listed under Settings and can be withdrawn', async () => {
  const attempt = await recalled()
  const { page, errors } = await open(atlas)
  await page.goto(`/attempts/${attempt}`)
  const line = page.locator('.graded', { hasText: 'my own kind of box' })
  await line.waitFor()
  const before = await total(page)
  expect(before).toBeLessThan(100)
  expect(await recorded()).toBe(before)

  await line.hover()
  await line.getByRole('button', { name: 'I think I am right' }).click()
  const promise = page.getByText(/It counts at once.* becomes [\d.]+\.$/)
  await promise.waitFor()
  const after = Number(/becomes ([\d.]+)\.$/.exec((await promise.textContent()) ?? '')?.[1])
  expect(after).toBeGreaterThan(before)
  await page.keyboard.type('we call it so')
  await page.keyboard.press('Enter')
  await page.getByText('Right on your appeal').waitFor()
  await page.getByText('“my own kind of box” counts as', { exact: false }).waitFor()
  expect(await total(page)).toBe(after)
  await page.getByText(/^\s*of 100, of which [\d.]+ on appeal$/).waitFor()
  expect(await recorded()).toBe(after)

  const fact = page.locator('.graded', { hasText: misnamed().ask })
  await fact.hover()
  await fact.getByRole('button', { name: 'I think I am right' }).click()
  await page.getByText('It counts at once', { exact: false }).waitFor()
  await page.keyboard.press('Enter')
  await fact.getByText('accepted on your appeal', { exact: false }).waitFor()
  expect(await total(page)).toBeGreaterThan(after)

  await page.goto('/settings')
  await page.getByText('we call it so', { exact: false }).waitFor()
  const suggestions = await (await fetch(`${atlas.address}/api/appeals/suggestions`)).text()
  expect(suggestions).toContain('my own kind of box')
  await page.getByRole('button', { name: 'Withdraw' }).nth(1).click()
  await expect.poll(() => page.getByRole('button', { name: 'Withdraw' }).count()).toBe(1)
  await page.getByText('What today’s grader and content would grade otherwise').click()
  await page.getByText('1 attempt graded anew: none would change.').waitFor()

  await page.goto(`/attempts/${attempt}`)
  await page.getByText('Right on your appeal').waitFor()
  expect(await total(page)).toBe(after)
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await expect.poll(() => total(page)).toBe(before)
  expect(await recorded()).toBe(before)
  await expect.poll(() => page.getByText('on appeal', { exact: false }).count()).toBe(0)
  expect(errors).toEqual([])
})
