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
