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
    await expect.poll(() => names(page)).toEqual(before.names)
    await expect.poll(() => places(page)).toEqual(before.places)
    await expect.poll(() => clock(page)).toBeGreaterThanOrEqual(1)

    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('button', { name: 'Keep' }).click()
    await expect.poll(() => names(page)).toEqual(before.names)
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => names(page)).toEqual([])
    await page.reload()
    await entryLine(page).waitFor()
    await expect.poll(() => names(page)).toEqual([])
  })

  test('what is discarded stays so, though a copy of it was still on its way', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await page.route('**/draft', async (route) => {
      if (route.request().method() === 'PUT') await new Promise((resolve) => setTimeout(resolve, 1500))
      await route.continue()
    })
    const saving = page.waitForRequest((request) => request.method() === 'PUT')
    await typeLines(page, ['client -> lb'])
    await saving
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => names(page), { timeout: 5000 }).toEqual([])
    await page.unroute('**/draft')
    await page.waitForTimeout(2000)
    await page.reload()
    await entryLine(page).waitFor()
    await expect.poll(() => names(page)).toEqual([])
  })

  test('the clock stands while the page is hidden', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await typeLines(page, ['client -> lb'])
    await expect.poll(() => clock(page), { timeout: 5000 }).toBeGreaterThanOrEqual(1)
    const show = (state: 'hidden' | 'visible') =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { value: now, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await show('hidden')
    const before = await clock(page)
    await page.waitForTimeout(2500)
    expect(await clock(page)).toBeLessThanOrEqual(before + 1)
    await show('visible')
    expect(await clock(page)).toBeLessThanOrEqual(before + 1)
    await expect.poll(() => clock(page), { timeout: 5000 }).toBeGreaterThan(before)
  })

  test('its clock is shown, set for this recall by a key or a press, and kept over a reload', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    const { parSeconds } = await (await fetch(`${atlas.address}/api/recall/${topology.item.id}`)).json()
    const words = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    await page.getByRole('button', { name: `par ${words(parSeconds)}`, exact: true }).click()
    await page.keyboard.type('3:30')
    await page.keyboard.press('Enter')
    const own = page.getByRole('button', { name: 'your par 3:30' })
    await own.waitFor()
    await typeLines(page, ['client -> lb'])
    await page.reload()
    await own.waitFor()
    await page.keyboard.press('Alt+p')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `par ${words(parSeconds)}`, exact: true }).waitFor()
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
    await page.keyboard.press('Enter')
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

  test('a key draws what it adds, and nothing that stands is made anew', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await typeLines(page, ['a -> b: asks', 'b -> c'])
    const standing = () =>
      page.evaluateHandle(() => [...document.querySelectorAll('.picture [data-el], .react-flow [data-id]')])
    const before = await standing()
    expect(await before.evaluate((all) => all.length)).toBeGreaterThan(8)
    await page.keyboard.type('c -> ledg', { delay: 20 })
    await page.locator('.picture [data-el="node:ledg"]').waitFor()
    const after = await standing()
    expect(await after.evaluate((all, old) => old.filter((one) => !all.includes(one)).length, before)).toBe(0)
    expect(await names(page)).toEqual(['node:a', 'node:b', 'node:c'])
    await page.keyboard.press('Enter')
    await expect.poll(() => names(page)).toEqual(['node:a', 'node:b', 'node:c', 'node:ledg'])
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

  test('a node dragged over a group marks it, and is in it when it is let go', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, topology.item.id)
    await typeLines(page, ['region: { api }', 'client'])
    const middle = async (element: string) => {
      const box = await page.locator(`.react-flow__node[data-id="${element}"]`).boundingBox()
      return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
    }
    const from = await middle('node:client')
    const to = await middle('group:region')
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    const marked = page.locator('.canvas [data-el="group:region"].fresh')
    expect(await marked.count()).toBe(0)
    await page.mouse.move(to.x, to.y, { steps: 8 })
    await marked.waitFor({ state: 'attached' })
    await page.mouse.up()
    await expect.poll(() => names(page)).toEqual(['node:region.api', 'node:region.client'])
    expect(await marked.count()).toBe(0)
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

describe('tables', () => {
  const cells = (page: Page) =>
    page
      .locator('.matrix-table tr:not(.spare)')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('input')].map((input) => input.value).join(' | ')),
      )

  test('a pasted table fills the matrix from the cell on; cells are gone through as in a spreadsheet', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, diagramOf('matrix').item.id)
    await page.getByLabel('Column 1', { exact: true }).click()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.setData('text', '| order | replay |\n|---|---|\n| yes | no |')
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true }),
      )
    })
    await page.getByLabel('Row 1', { exact: true }).fill('kafka')
    await expect.poll(() => cells(page)).toEqual(['order | replay | ', 'kafka | yes | no'])
    await page.keyboard.press('ArrowRight')
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).dataset.at))
      .toBe('1,1')
    await page.keyboard.type('never')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).dataset.at))
      .toBe('2,1')
    expect(await cells(page)).toEqual(['order | replay | ', 'kafka | never | no'])
  })

  test('a cell suggests from the whole vocabulary; nothing is taken that was not chosen', async () => {
    const { page } = await open(atlas)
    await openRecall(atlas, page, diagramOf('timeline').item.id)
    await page.getByLabel('Event, new event').click()
    await page.keyboard.type('load bal')
    await page.getByRole('option', { name: 'Load balancer' }).first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.getByLabel('Event, event 1').inputValue()).toBe('load bal')
    await page.getByLabel('Who or what, event 1').click()
    await page.keyboard.type('load bal')
    await page.getByRole('option', { name: 'Load balancer' }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByLabel('Who or what, event 1').inputValue()).toBe('Load balancer')
  })
})

test('in an empty line ? lists the keys and the lines to type', async () => {
  const { page } = await open(atlas)
  await openRecall(atlas, page, topology.item.id)
  await page.keyboard.type('?')
  const dialog = page.getByRole('dialog', { name: 'All keys' })
  await dialog.getByText('lb -> api, auth').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.type('safe?')
  expect(await entryLine(page).inputValue()).toBe('safe?')
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
