import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sideOf } from '#app/contrast-sides.ts'
import type { ContrastView } from '#app/views-mistakes.ts'
import { displayName } from '#domain/diagram/index.ts'
import { invariant } from '#lib/invariant.ts'
import { catalogue, open, type Running, startAtlas } from './atlas.ts'
import { confuseThreeTimes, DRAWN, EXPECTED, WHERE } from './confused.ts'

let atlas: Running
let drill: string
beforeAll(async () => {
  atlas = await startAtlas()
  drill = await confuseThreeTimes(atlas)
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

const viewOf = async (): Promise<ContrastView> =>
  (await fetch(`${atlas.address}/api/contrast/${drill}`)).json()

/** What to type on one side: the name of each blank, and each connection with the blanks by their numbers. */
function answerOf({ diagram: id }: ContrastView['sides'][number]) {
  const diagram = catalogue.diagrams.get(id)
  const side = diagram && sideOf({ catalogue }, diagram, [EXPECTED, DRAWN])
  invariant(diagram && side, id)
  const number = new Map(side.blanks.map((node, place) => [node.id, String(place + 1)]))
  const called = (end: string) => number.get(end) ?? end
  const arrow = { directed: '->', both: '<->', undirected: '--' }
  return {
    names: side.blanks.map(({ label }) => displayName(diagram.vocabulary, label)),
    lines: side.drawing.edges
      .filter((edge) => side.hidden.has(`edge:${edge.id}`))
      .map((edge) =>
        `${called(edge.from)} ${arrow[edge.arrow]} ${called(edge.to)}: ${edge.label}`.replace(/: $/, ''),
      ),
  }
}

test('what is told of a drill before it is answered names neither of the two', async () => {
  const view = await viewOf()
  const rest = view.sides.map(({ title: _, question: __, diagram: ___, ...side }) => side)
  expect(rest).toHaveLength(2)
  expect(JSON.stringify([view.drill, rest]).toLowerCase()).not.toMatch(/leader|primary/)
})

describe('a drill by keyboard alone', () => {
  test('is found, answered and graded, and the pair rests', async () => {
    const { page, errors, outside } = await open(atlas)
    await page.goto('/mistakes')
    await page.getByText('Taken for each other').waitFor()
    await page.keyboard.press('c')
    await page.waitForURL('**/contrast/*')
    const { sides } = await viewOf()
    await page.getByText('Two things that you took').waitFor()
    // The first blank has the focus: a slip hands in an empty drill, and is taken back.
    const first = page.getByRole('combobox', { name: 'Blank 1 of drawing 1' })
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox')
    expect(await first.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+Enter')
    await page.getByText(/0 of \d+ right/).waitFor()
    await page.keyboard.press('u')
    await page.getByText('Two things that you took').waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox')
    for (const { names, lines } of sides.map(answerOf)) {
      for (const text of [...names, ...lines]) {
        await page.keyboard.insertText(text)
        await page.keyboard.press('Enter')
      }
      // An empty line goes on to the other drawing.
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Control+Enter')
    await page.getByText('What tells them apart').waitFor()
    // Who cannot see that the page has changed is told, and goes on from its top.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await page.getByText(/(\d+) of \1 right/).waitFor()
    await page.getByText('The two rest now').waitFor()
    await page.getByRole('link', { name: 'All mistakes' }).click()
    await page.getByText('at rest, back', { exact: false }).waitFor()
    expect(await page.getByText('Side by side').count()).toBe(0)
    expect(errors).toEqual([])
    expect(outside).toEqual([])
  })
})

describe('the error log', () => {
  test('holds the longest names, and letters that run the other way, on a narrow screen', async () => {
    const { page } = await open(atlas)
    const drawing = `a: ${'W'.repeat(190)}\nb: "\u202e${'א'.repeat(150)}"\nb -> a`
    const answers = { facts: {}, context: {} }
    const body = JSON.stringify({ drawing, places: {}, answers, seconds: 60, hints: 0 })
    const sent = await fetch(`${atlas.address}/api/recall/${WHERE[2]}/attempt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(sent.status).toBe(200)
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/mistakes')
    await page.getByText('WWWW').first().waitFor()
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(tooWide).toBeLessThanOrEqual(0)
  })

  test('lists what was lost, takes a note by keyboard, and keeps it', async () => {
    const { page, errors } = await open(atlas)
    await page.goto('/mistakes?kind=conceptual')
    await page.getByText('Not right since').waitFor()
    expect(await page.getByText('under another name').count()).toBeGreaterThanOrEqual(3)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('n')
    await page.getByText('Why did it happen?').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('Both take the writes.')
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('A leader is elected.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('A leader is elected.').waitFor()
    await page.reload()
    await page.getByText('Both take the writes.').waitFor()
    expect(errors).toEqual([])
  })

  test('is reached from the result, where a note can be made too', async () => {
    const { page } = await open(atlas)
    await page.goto('/mistakes')
    await page.locator('.of-diagram a').first().click()
    await page.getByText('Where the points went').waitFor()
    await page.locator('.note-button').first().waitFor({ state: 'attached' })
    await page.keyboard.press('n')
    await page.getByText('Why did it happen?').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByText('Why did it happen?').count()).toBe(0)
  })
})
