import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { printDrawing } from '#domain/diagram/index.ts'
import { diagramOf, entryLine, open, openRecall, type Running, startAtlas, typeLines } from './atlas.ts'

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

const topology = diagramOf('topology')
const states = diagramOf('states')

const names = (page: Page) =>
  page
    .locator('.react-flow__node-spot')
    .evaluateAll((nodes) => nodes.map((node) => node.dataset.id ?? '').sort())
const places = (page: Page) =>
  page
    .locator('.react-flow__node-spot')
    .evaluateAll((nodes) =>
      Object.fromEntries(nodes.map((node) => [node.dataset.id ?? '', (node as HTMLElement).style.transform])),
    )
const clock = (page: Page) =>
  page
    .getByRole('timer')
    .locator('strong')
    .textContent()
    .then((text) => (text ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0))

describe('a recall in the middle', () => {
  test('a reload brings back the drawing, its places and the clock; discarding asks first', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await typeLines(page, ['client -> lb: HTTPS', 'lb -> api, auth', 'auth -> db @east'])
    await expect.poll(() => clock(page), { timeout: 5000 }).toBeGreaterThanOrEqual(1)
    const before = { names: await names(page), places: await places(page) }
    await page.reload()
    await entryLine(page).waitFor()
    expect(await names(page)).toEqual(before.names)
    expect(await places(page)).toEqual(before.places)
    expect(await clock(page)).toBeGreaterThanOrEqual(1)

    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('button', { name: 'Keep' }).click()
    expect(await names(page)).toEqual(before.names)
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => names(page)).toEqual([])
    await page.reload()
    await entryLine(page).waitFor()
    expect(await names(page)).toEqual([])
  })

  test('another browser goes on from what the server kept', async () => {
    const one = await open(atlas)
    await one.page.goto(`/recall/${states.item.id}`)
    await typeLines(one.page, ['start -> open -> closed'])
    await expect
      .poll(
        async () =>
          (await (await fetch(`${atlas.address}/api/recall/${states.item.id}`)).json()).draft?.drawing,
      )
      .toContain('open -> closed')
    const other = await open(atlas)
    await other.page.goto(`/recall/${states.item.id}`)
    await other.page.locator('.react-flow__node-spot').first().waitFor()
    expect(await names(other.page)).toEqual(['node:closed', 'node:open', 'node:start'])
    await other.page.goto('/')
    await other.page.getByRole('link', { name: 'Go on drawing' }).waitFor()
  })

  test('while the server is gone nothing is lost, and handing in is retried', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await typeLines(page, ['client -> api'])
    await page.keyboard.press('Control+Enter')
    await page.getByText('The clock has stopped', { exact: false }).waitFor()
    await atlas.stop()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Nothing is lost.', { exact: false }).waitFor()
    await atlas.again()
    await page.getByRole('button', { name: 'Retry' }).click()
    await page.waitForURL('**/attempts/*')
    const { recent } = await (await fetch(`${atlas.address}/api/progress`)).json()
    expect(recent).toHaveLength(1)
  })
})

describe('drawing', () => {
  test('undo, redo, reverse, rename and delete by keyboard; nothing that stands moves', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await typeLines(page, ['a -> b'])
    const first = await places(page)
    await typeLines(page, ['b -> c, d', 'x -> b', 'e @g'])
    const later = await places(page)
    for (const [name, place] of Object.entries(first)) expect(later[name]).toBe(place)
    await typeLines(page, ['del c', 'rename d = cache', 'a -> x', '<'])
    const edges = () =>
      page.locator('.react-flow__edge').evaluateAll((all) => all.map((one) => one.dataset.id))
    expect(await edges()).toContain('edge:x -> a')
    expect(await names(page)).toEqual(['node:a', 'node:b', 'node:cache', 'node:g.e', 'node:x'])
    for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z')
    expect(await names(page)).toEqual(['node:a', 'node:b', 'node:c', 'node:d', 'node:g.e', 'node:x'])
    expect(await places(page)).toEqual(later)
    for (let i = 0; i < 4; i++) await page.keyboard.press('Control+Shift+z')
    expect(await edges()).toContain('edge:x -> a')
    expect(await names(page)).toEqual(['node:a', 'node:b', 'node:cache', 'node:g.e', 'node:x'])
  })

  test('a suggestion is chosen with the arrows and taken with Tab', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, states.item.id)
    const field = entryLine(page)
    await page.keyboard.type('load bal')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await field.inputValue()).toBe('Load balancer')
  })

  test('by mouse: a node, a connection, a rename, a move, a delete', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await page.locator('.react-flow__pane').dblclick({ position: { x: 300, y: 150 } })
    await page.keyboard.type('gateway')
    await page.keyboard.press('Enter')
    await page.locator('.react-flow__pane').dblclick({ position: { x: 650, y: 250 } })
    await page.keyboard.type('store')
    await page.keyboard.press('Enter')
    const node = (name: string) => page.locator(`.react-flow__node[data-id="node:${name}"]`)
    await node('gateway').hover()
    await node('gateway').locator('.react-flow__handle-right').dragTo(node('store'))
    await page.locator('.react-flow__edge[data-id="edge:gateway -> store"]').waitFor({ state: 'attached' })
    await node('store').dblclick()
    await page.keyboard.type('db')
    await page.keyboard.press('Enter')
    await page.locator('.react-flow__edge[data-id="edge:gateway -> db"]').waitFor({ state: 'attached' })
    const before = (await places(page))['node:db']
    const box = await node('db').boundingBox()
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20)
    await page.mouse.down()
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 120, { steps: 6 })
    await page.mouse.up()
    await expect.poll(async () => (await places(page))['node:db']).not.toBe(before)
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    expect(await names(page)).toEqual(['node:gateway'])
  })

  test('on the canvas by keyboard: from node to node, a connected one, a new name, a delete', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await typeLines(page, ['a -> b'])
    await page.keyboard.press('Escape')
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.id)
    await expect.poll(focused).toBe('node:a')
    await page.keyboard.press('ArrowRight')
    await expect.poll(focused).toBe('node:b')
    await page.keyboard.press('Control+ArrowDown')
    await page.keyboard.type('below')
    await page.keyboard.press('Enter')
    await page.locator('.react-flow__edge[data-id="edge:b -> below"]').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('node:a')
    await page.keyboard.press('F2')
    await page.keyboard.type('first')
    await page.keyboard.press('Enter')
    await expect.poll(() => names(page)).toEqual(['node:b', 'node:below', 'node:first'])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
    await expect.poll(() => names(page)).toEqual(['node:b', 'node:below'])
    await typeLines(page, ['b -> c'])
  })

  test('by touch: tap the source, Connect, tap the target', async () => {
    const { page } = await open(atlas, { width: 390, touch: true })
    await fetch(`${atlas.address}/api/recall/${topology.item.id}/draft`, { method: 'DELETE' })
    await page.goto(`/recall/${topology.item.id}`)
    await entryLine(page).fill('web; api')
    await page.keyboard.press('Enter')
    await page.locator('.react-flow__node[data-id="node:web"]').tap()
    await page.getByRole('button', { name: 'Connect' }).tap()
    await page.locator('.react-flow__node[data-id="node:api"]').tap()
    await page.locator('.react-flow__edge[data-id="edge:web -> api"]').waitFor({ state: 'attached' })
  })

  test('tidy moves everything, and can be undone', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, states.item.id)
    await typeLines(page, ['start -> a -> b -> c -> a', 'c -> end'])
    const before = await places(page)
    await page.keyboard.press('Control+.')
    await expect.poll(() => places(page), { timeout: 8000 }).not.toEqual(before)
    await page.keyboard.press('Control+z')
    expect(await places(page)).toEqual(before)
  })
})

test('the client holds no answer before the attempt ends', async () => {
  const { page } = await open(atlas)
  const bodies: { url: string; body: string }[] = []
  page.on('response', async (response) => {
    if (!response.url().includes('/api/')) return
    bodies.push({ url: response.url(), body: await response.text().catch(() => '') })
  })
  const { item, drawing } = topology
  await page.goto(`/recall/${item.id}`)
  await typeLines(page, ['client -> api'])
  await page.keyboard.press('Control+Enter')
  await page.getByText('The clock has stopped', { exact: false }).waitFor()
  await page.keyboard.press('Escape')
  await entryLine(page).waitFor()
  expect(bodies.length).toBeGreaterThanOrEqual(3)
  const all = bodies.map(({ body }) => body).join('\n')
  for (const { says } of item.walkthrough) expect(all).not.toContain(says)
  expect(all).not.toContain(JSON.stringify(printDrawing(drawing)).slice(1, -1))
  expect(all).not.toContain(item.mutation.answer)
  expect(all).not.toContain('<svg')
  // The vocabulary is the whole field's; what speaks of this diagram holds none of its values and names.
  const own = bodies.filter(({ url }) => !/\/api\/(vocabulary|icons)$/.test(url))
  const said = own.map(({ body }) =>
    body.replaceAll(JSON.stringify(item.title), '').replaceAll(item.question, ''),
  )
  const asked = [...item.facts, ...item.context].map(({ ask }) => ask)
  const rest = asked.reduce((text, ask) => text.replaceAll(ask, ''), said.join('\n'))
  for (const { value, accept } of item.facts)
    for (const right of [value, ...accept]) expect(rest).not.toContain(JSON.stringify(right))
  for (const { accept } of item.context)
    for (const right of accept) expect(rest).not.toContain(JSON.stringify(right))
})
