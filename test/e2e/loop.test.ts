import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { referenceAnswers } from '#domain/grading/index.ts'
import {
  diagramOf,
  entryLine,
  linesOf,
  open,
  openRecall,
  partScore,
  type Running,
  startAtlas,
  typeLines,
} from './atlas.ts'

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

/** Types an answer for each question that is asked, in the order of the form. */
const answersOf = (diagram: ReturnType<typeof diagramOf>): string[] => {
  const { facts, context } = referenceAnswers(diagram)
  return [
    ...diagram.item.facts.map((fact) => facts[fact.id] ?? ''),
    ...diagram.item.context.map((slot) => context[slot.slot] ?? ''),
  ]
}

describe('the loop, by keyboard alone', () => {
  const diagram = diagramOf('topology')
  const { id, title } = diagram.item

  test('a diagram is learnt, recalled, graded and comes back later', async () => {
    const { page, errors, outside } = await open(atlas)
    await page.goto(`/learn/${id}`)
    await page.getByText('Step 1 of').waitFor()
    for (let i = 0; i < diagram.item.walkthrough.length; i++) await page.keyboard.press('Space')
    await page.getByText(/^Blank 1 of/).waitFor()
    const whole = page.getByText('This is all of it', { exact: false })
    for (let i = 0; i < 80 && !(await whole.isVisible()); i++) await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')

    await page.waitForURL(`**/recall/${id}`)
    await expect.poll(() => entryLine(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await typeLines(page, linesOf(diagram))
    await page.keyboard.press('Control+Enter')
    await page.getByText('The clock has stopped', { exact: false }).waitFor()
    for (const answer of answersOf(diagram)) {
      await page.keyboard.insertText(answer)
      await page.keyboard.press('Enter')
    }
    // What is expected of it: nearly all.
    await page.keyboard.press('5')

    await page.waitForURL('**/attempts/*')
    await page.getByText('Where the points went').waitFor()
    expect(await partScore(page, 'Structure')).toBe('40 of 40')
    expect(await partScore(page, 'Technical')).toBe('30 of 30')
    expect(await partScore(page, 'Context')).toBe('20 of 20')
    await page.getByText(/^Back (tomorrow|on)/).waitFor()
    await page.getByText('You expected 95.').waitFor()

    await page.goto('/')
    const log = await (await fetch(`${atlas.address}/api/log`)).text()
    expect(log).toContain('"confidence":95')
    const today = await (await fetch(`${atlas.address}/api/today`)).json()
    expect(today.due).toEqual([])
    expect(today.nextDue).toMatchObject({ id, title })
    expect(new Date(today.nextDue.due).getTime()).toBeGreaterThan(Date.now())
    expect(errors).toEqual([])
    expect(outside).toEqual([])
  })

  test('what was got wrong is told with what is right, can be appealed, and the attempt undone', async () => {
    const { page } = await open(atlas)
    const other = diagramOf('states')
    await page.goto(`/recall/${other.item.id}`)
    await typeLines(page, ['start -> somewhere', '-> nowhere'])
    await page.keyboard.press('Control+Enter')
    await page.getByText('The clock has stopped', { exact: false }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/attempts/*')
    const [fact] = other.item.facts
    await page
      .locator('.evidence', { hasText: fact?.ask ?? '' })
      .first()
      .waitFor()

    await page.getByRole('button', { name: 'I think I am right' }).first().click()
    await page.keyboard.type('it is called so here')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Withdraw' }).waitFor()
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByText('None. Where a grade', { exact: false }).waitFor()

    await page.goBack()
    await page.getByLabel('Your answer').fill('I would add a state')
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByText(other.item.mutation.answer).waitFor()
    await page.getByRole('button', { name: 'Partly' }).click()
    await page.getByText('You marked it: partly').waitFor()

    await page.keyboard.press('u')
    await page.getByRole('button', { name: 'Undo it' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('counts for nothing any more', { exact: false }).waitFor()
  })
})

test('what is missing stands in the own drawing; handing in twice does not skip the grade', async () => {
  const { page } = await open(atlas)
  const diagram = diagramOf('topology')
  await openRecall(atlas, page, diagram.item.id)
  await typeLines(page, linesOf(diagram).slice(0, -1))
  await page.keyboard.press('Control+Enter')
  await page.getByText('The clock has stopped', { exact: false }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Enter')
  await page.getByText('Where the points went').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  expect(page.url()).toContain('/attempts/')
  const ghosts = page.locator('.yours .m-missing')
  const toggle = page.getByRole('button', { name: 'What is missing' })
  await expect.poll(() => toggle.getAttribute('aria-pressed')).toBe('true')
  expect(await ghosts.count()).toBeGreaterThan(0)
  await page.keyboard.press('m')
  await expect.poll(() => ghosts.count()).toBe(0)
  // Where there is time to see it, Enter goes on.
  await page.waitForTimeout(700)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.url()).not.toContain('/attempts/')
})

describe('each form has its own entry', () => {
  test.each(['sequence', 'timeline', 'matrix', 'decision'] as const)('%s', async (form) => {
    const { page, errors } = await open(atlas)
    const diagram = diagramOf(form)
    await page.goto(`/recall/${diagram.item.id}`)
    await entryLine(page).waitFor()
    await typeLines(page, linesOf(diagram))
    await page.keyboard.press('Control+Enter')
    await page.getByText('The clock has stopped', { exact: false }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/attempts/*')
    await page.getByText('Where the points went').waitFor()
    expect(await partScore(page, 'Structure')).toBe('40 of 40')
    expect(errors).toEqual([])
  })
})
