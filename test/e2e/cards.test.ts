import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open, type Running, startAtlas } from './atlas.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
  const file = join(atlas.data, 'deck.apkg')
  const collection = readFileSync(join(ROOT, 'test/fixtures/anki/schema18.anki2'))
  writeFileSync(file, zipSync({ 'collection.anki21': collection }))
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [join(ROOT, 'src/main.ts'), ...args, '--data', atlas.data], {
      encoding: 'utf8',
    })
  expect(run('import', 'anki', file)).toMatch(/Deck “Languages”: 3 cards/)
  expect(run('import', 'anki', file)).toMatch(/Nothing new/)
})
afterAll(() => atlas?.end())

const violations = async (page: import('playwright-core').Page): Promise<string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { run } = (window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } })
      .axe
    return (await run()).violations.map(({ id }) => id)
  })
}

test('cards are answered, and taken back, by keyboard alone', async () => {
  const { page, errors, outside } = await open(atlas, { theme: 'dark' })
  await page.goto('/cards')
  await page.getByRole('heading', { name: /Cards: 1 due, 2 new/ }).waitFor()
  const first = (await page.locator('.card .question').textContent()) ?? ''
  expect(await page.getByText('Answer', { exact: true }).count()).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Space')
  await page.getByText('Answer', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('1')
  await page.getByRole('heading', { name: /2 new.*1 done/ }).waitFor()
  await page.keyboard.press('u')
  await page.getByRole('heading', { name: /Cards: 1 due, 2 new/ }).waitFor()
  expect(await page.locator('.card .question').textContent()).toBe(first)
  for (const done of [1, 2, 3]) {
    await page.keyboard.press('Enter')
    await page.getByText('Answer', { exact: true }).waitFor()
    await page.keyboard.press('3')
    await page.getByRole('heading', { name: new RegExp(`${done} done`) }).waitFor()
  }
  await page.getByText('Those were all the cards for today').waitFor()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0)
  expect(errors).toEqual([])
  expect(outside).toEqual([])
})

test('a deck with a long name, turned letters and an odd id is answered on a narrow screen, and removed', async () => {
  const elsewhere = await startAtlas()
  try {
    const file = join(elsewhere.data, 'log.jsonl')
    const cards = [{ card: 'anki:abc/0?x#y', question: 'long'.repeat(500), answer: '', tags: [] }]
    const name = `\u202e${'deck'.repeat(70)}`
    const event = {
      id: '019a9c10-0000-7000-8000-000000000001',
      learner: 'me',
      at: '2026-01-01T00:00:00.000Z',
      type: 'cards.imported',
      v: 1,
      payload: { from: 'anki', deck: 'anki:17/3', name, cards },
    }
    writeFileSync(file, JSON.stringify(event))
    execFileSync(process.execPath, [
      join(ROOT, 'src/main.ts'),
      'log',
      'import',
      file,
      '--data',
      elsewhere.data,
    ])
    const { page } = await open(elsewhere)
    await page.setViewportSize({ width: 360, height: 740 })
    const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    await page.goto('/cards')
    await page.getByText('Show the answer').waitFor()
    expect(await tooWide()).toBeLessThanOrEqual(0)
    await page.keyboard.press('Space')
    await page.getByText('Answer', { exact: true }).waitFor()
    await page.keyboard.press('3')
    await page.getByText('Those were all the cards for today').waitFor()
    await page.goto('/settings')
    await page.getByRole('button', { name: /Remove the deck/ }).click()
    expect(await tooWide()).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: 'Remove 1 card' }).click()
    await page.getByText('brings a deck of your own in').waitFor()
  } finally {
    await elsewhere.end()
  }
})
