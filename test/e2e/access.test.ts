import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  diagramOf,
  entryLine,
  type Opened,
  open,
  openRecall,
  type Running,
  startAtlas,
  typeLines,
} from './atlas.ts'
import { confuseThreeTimes } from './confused.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let atlas: Running
let attempt: string
let drill: string
beforeAll(async () => {
  atlas = await startAtlas()
  const id = diagramOf('topology').item.id
  const body = {
    drawing: 'client -> api',
    places: {},
    answers: { facts: {}, context: {} },
    seconds: 20,
    hints: 0,
  }
  const sent = await fetch(`${atlas.address}/api/recall/${id}/attempt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  attempt = (await sent.json()).attempt
  drill = await confuseThreeTimes(atlas)
})
afterAll(() => atlas?.end())

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** What axe finds wrong; the page's security policy stands, so it is run from outside. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }).axe.run
    return (await run()).violations
  })
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

const recall = (form: Parameters<typeof diagramOf>[0]) => `/recall/${diagramOf(form).item.id}`

/** Every page, and how to bring it to where it shows all it has. */
const PAGES: readonly (readonly [string, () => string, (page: Page) => Promise<unknown>])[] = [
  ['today', () => '/', (page) => page.getByRole('heading').first().waitFor()],
  ['library', () => '/library', (page) => page.locator('.gallery svg').first().waitFor()],
  ['learn', () => `/learn/${diagramOf('topology').item.id}`, (page) => page.getByText('Step 1 of').waitFor()],
  [
    'recall on the canvas',
    () => recall('states'),
    async (page) => {
      await typeLines(page, ['start -> open: trip', 'open -> closed: probe'])
      await page.locator('.react-flow__node').nth(1).click()
      await page.getByRole('toolbar').waitFor()
      await entryLine(page).focus()
      await page.keyboard.type('load')
      await page.getByRole('option').first().waitFor()
    },
  ],
  ['recall of a sequence', () => recall('sequence'), (page) => typeLines(page, ['client -> api: GET'])],
  ['recall of a timeline', () => recall('timeline'), (page) => typeLines(page, ['09:00 | page | ops'])],
  ['recall of a matrix', () => recall('matrix'), (page) => typeLines(page, ['| a | b', 'x | 1'])],
  [
    'the questions after it',
    () => recall('decision'),
    async (page) => {
      await entryLine(page).waitFor()
      await page.keyboard.press('Control+Enter')
      await page.getByText('The clock has stopped', { exact: false }).waitFor()
    },
  ],
  ['result', () => `/attempts/${attempt}`, (page) => page.getByText('Where the points went').waitFor()],
  ['mistakes', () => '/mistakes', (page) => page.getByText('Not right since').waitFor()],
  [
    'a note about a mistake',
    () => '/mistakes',
    async (page) => {
      await page.getByText('Not right since').waitFor()
      await page.keyboard.press('n')
      await page.getByText('Why did it happen?').waitFor()
    },
  ],
  ['a drill', () => `/contrast/${drill}`, (page) => page.getByText('Two things that you took').waitFor()],
  [
    'a drill handed in',
    () => `/contrast/${drill}`,
    async (page) => {
      await page.getByText('Two things that you took').waitFor()
      await page.keyboard.press('Control+Enter')
      await page.getByText('What tells them apart').waitFor()
    },
  ],
  ['progress', () => '/progress', (page) => page.getByText('Recent attempts').waitFor()],
  ['cards', () => '/cards', (page) => page.getByText('No decks yet').waitFor()],
  ['settings', () => '/settings', (page) => page.getByText('Your data').waitFor()],
  ['no such page', () => '/nowhere', (page) => page.getByText('nothing at this address').waitFor()],
]

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open(atlas, { theme })
  })
  afterAll(() => atlas.closePages())

  test.each(PAGES)(
    '%s: axe finds nothing, nothing comes from outside, and it fits 360 px',
    async (_, path, ready) => {
      const { page, errors, outside } = opened
      await page.setViewportSize({ width: 1280, height: 800 })
      const address = path()
      if (address.startsWith('/recall')) await openRecall(atlas, page, address.slice('/recall/'.length))
      else await page.goto(address)
      await ready(page)
      expect(await violations(page)).toEqual([])
      await page.setViewportSize({ width: 360, height: 740 })
      const wider = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      await expect.poll(wider).toBeLessThanOrEqual(0)
      expect(errors).toEqual([])
      expect(outside).toEqual([])
    },
  )
})

test('all keys and the finder open by keyboard, and give the focus back', async () => {
  const { page } = await open(atlas)
  await page.goto('/progress')
  await page.getByText('Recent attempts').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'All keys' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  const { title, id } = diagramOf('sequence').item
  await page.keyboard.type(title.slice(0, 20))
  await page.getByRole('option', { name: title }).first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/learn/${id}`)
})
