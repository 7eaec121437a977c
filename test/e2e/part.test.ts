import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hiddenWith, occluded, printDrawing } from '#domain/diagram/index.ts'
import { referenceAnswers } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'
import { diagramOf, open, openRecall, partScore, type Running, startAtlas, typeLines } from './atlas.ts'

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

describe('a partial redraw, by keyboard alone', () => {
  const diagram = diagramOf('topology')
  const { item, drawing } = diagram
  invariant(drawing.form === 'topology', 'it is one')
  const edge = drawing.edges.at(-1)
  invariant(edge !== undefined, 'it has connections')
  const [fact] = item.facts
  invariant(fact !== undefined, 'it has facts')

  /** A whole attempt that lacks one connection and one fact. */
  async function nearly() {
    const left = occluded(drawing, hiddenWith(drawing, new Set([`edge:${edge?.id ?? ''}` as const])))
    const { facts, context } = referenceAnswers(diagram)
    const { [fact?.id ?? '']: _, ...others } = facts
    const response = await fetch(`${atlas.address}/api/recall/${item.id}/attempt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        drawing: printDrawing(left),
        places: {},
        answers: { facts: others, context },
        seconds: 60,
        hints: 0,
      }),
    })
    expect(response.status).toBe(200)
  }

  test('asks what was missed beside what is given, outlives a reload, and can be the whole instead', async () => {
    await nearly()
    const { page, errors } = await open(atlas)
    await openRecall(atlas, page, item.id)
    await page.getByText('1 thing to draw and 1 question', { exact: false }).waitFor()
    expect(await page.locator('.react-flow__node-spot').count()).toBe(drawing.nodes.length)
    // Looked at and left, it is not in the middle of anything.
    await page.getByRole('link', { name: 'Today', exact: true }).click()
    await page.locator('.today').waitFor()
    await page.waitForTimeout(600)
    expect((await (await fetch(`${atlas.address}/api/today`)).json()).unfinished).toBeNull()
    await openRecall(atlas, page, item.id)
    await page.keyboard.press('Alt+w')
    await page.getByText('Draw it from memory', { exact: false }).waitFor()
    await page.keyboard.press('Alt+w')
    await page.getByText('The rest is given', { exact: false }).waitFor()

    await typeLines(page, [`${edge.from} -> ${edge.to}: ${edge.label}`])
    await page.waitForTimeout(600)
    await page.reload()
    await page.getByText('The rest is given', { exact: false }).waitFor()
    expect(await page.getByText('Ask all of it').count()).toBe(0)
    await page.keyboard.press('Control+Enter')
    await page.getByText(fact.ask).waitFor()
    expect(await page.locator('.question-field').count()).toBe(1)
    await page.keyboard.insertText(referenceAnswers(diagram).facts[fact.id] ?? '')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('5')
    await page.waitForURL('**/attempts/*')
    await page.getByText('Only what was weak was asked', { exact: false }).waitFor()
    const [got, of] = ((await partScore(page, 'Structure')) ?? '').split(' of ').map(Number)
    expect(got).toBe(of)
    expect(await page.getByText('Context', { exact: true }).count()).toBe(0)
    expect(errors).toEqual([])
  })
})
