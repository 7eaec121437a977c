import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type LinkedDrawing, parseDrawing } from '#domain/diagram/index.ts'
import { diagramOf, entryLine, open, openRecall, type Running, startAtlas, typeLines } from './atlas.ts'

/**
 * A tablet: fingers and a pen. The letters of a name come from the keyboard on the screen, which sends text and no keys;
 * all else is a tap.
 */

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

const { id } = diagramOf('topology').item

const node = (page: Page, name: string) => page.locator(`.react-flow__node[data-id="node:${name}"]`)
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** An empty spot of the canvas, in its upper left corner. */
async function tapNowhere(page: Page) {
  const box = await page.locator('.react-flow__pane').boundingBox()
  await page.touchscreen.tap((box?.x ?? 0) + 12, (box?.y ?? 0) + 12)
}

/** Letters into the field that the last tap opened; a tap elsewhere ends it. */
async function spell(page: Page, words: string) {
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
  await page.keyboard.insertText(words)
  await tapNowhere(page)
}

async function nextFrom(page: Page, from: string, name: string) {
  await node(page, from).tap()
  await button(page, 'Next node').tap()
  await spell(page, name)
  await node(page, name).waitFor()
}

async function connect(page: Page, from: string, to: string) {
  await node(page, from).tap()
  await button(page, 'Connect').tap()
  await node(page, to).tap()
}

async function labelled(page: Page, edge: string, words: string) {
  const wire = page.locator(`.react-flow__edge[data-id="edge:${edge}"] .wire-touch`)
  await wire.waitFor({ state: 'attached' })
  const middle = await wire.evaluate((path: SVGPathElement) => {
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2)
    const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM() ?? undefined)
    return { x: at.x, y: at.y }
  })
  await page.touchscreen.tap(middle.x, middle.y)
  await button(page, 'Label').tap()
  await spell(page, words)
}

async function grouped(page: Page, name: string, group: string) {
  await node(page, name).tap()
  await button(page, 'Group').tap()
  await page.getByLabel('Name of the group').waitFor()
  await page.keyboard.insertText(group)
  await page
    .getByRole('toolbar')
    .or(page.locator('form.toolbar'))
    .getByRole('button', { name: 'Group' })
    .tap()
}

/** What was drawn, as the server keeps it, in no order. */
async function drawn() {
  const view = await (await fetch(`${atlas.address}/api/recall/${id}`)).json()
  const { nodes, edges, groups } = parseDrawing(view.draft?.drawing ?? '', 'topology')
    .drawing as LinkedDrawing
  const lines = [
    ...nodes.map((one) => `node ${one.id}`),
    ...groups.map((one) => `group ${one.id}`),
    ...edges.map((one) => `edge ${one.id}: ${one.label}`),
  ]
  return lines.sort()
}

const LINES = [
  'client -> lb: HTTPS',
  'lb -> api, auth',
  'api -> db: SQL',
  'auth -> db',
  'us-east: { api; db }',
  'db -> cache',
]

test('the same drawing by tap alone as by the line', async () => {
  const typed = await open(atlas)
  await openRecall(atlas, typed.page, id)
  await typeLines(typed.page, LINES)
  await expect.poll(drawn).toContain('edge us-east.db -> cache: ')
  const byLine = await drawn()
  await typed.page.close()

  const { page, errors } = await open(atlas, { width: 1024, touch: true })
  await fetch(`${atlas.address}/api/recall/${id}/draft`, { method: 'DELETE' })
  const keys: string[] = []
  await page.exposeFunction('pressed', (key: string) => keys.push(key))
  await page.addInitScript(() => {
    localStorage.clear()
    window.addEventListener('keydown', ({ key }) =>
      (window as never as { pressed(key: string): void }).pressed(key),
    )
    window.addEventListener('mousemove', ({ isTrusted, movementX, movementY }) => {
      if (isTrusted && (movementX !== 0 || movementY !== 0))
        (window as never as { pressed(key: string): void }).pressed('mouse')
    })
  })
  await page.goto(`/recall/${id}`)
  await entryLine(page).waitFor()

  await button(page, 'New node').tap()
  await spell(page, 'client')
  await nextFrom(page, 'client', 'lb')
  await nextFrom(page, 'lb', 'api')
  await nextFrom(page, 'lb', 'auth')
  await nextFrom(page, 'api', 'db')
  await connect(page, 'db', 'auth')
  await button(page, 'Reverse').tap()
  await labelled(page, 'client -> lb', 'HTTPS')
  await labelled(page, 'api -> db', 'SQL')
  await nextFrom(page, 'db', 'cache')
  await grouped(page, 'api', 'us-east')
  await grouped(page, 'db', 'us-east')
  await tapNowhere(page)

  await expect.poll(drawn).toEqual(byLine)
  expect(keys).toEqual([])
  expect(errors).toEqual([])
})

/** A pen that touches, moves and lifts; the browser makes pointer events of it. */
const penOn = (cdp: CDPSession) => async (points: readonly { x: number; y: number }[]) => {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return
  const pen = { button: 'left', clickCount: 1, pointerType: 'pen' } as const
  await cdp.send('Input.dispatchMouseEvent', { ...pen, ...first, type: 'mousePressed', buttons: 1 })
  for (const point of points.slice(1))
    await cdp.send('Input.dispatchMouseEvent', { ...pen, ...point, type: 'mouseMoved', buttons: 1 })
  await cdp.send('Input.dispatchMouseEvent', { ...pen, ...last, type: 'mouseReleased', buttons: 0 })
}

test('with a pen: a line drawn from node to node connects them, a stroke moves one', async () => {
  const { page, errors } = await open(atlas, { width: 1024, touch: true })
  await fetch(`${atlas.address}/api/recall/${id}/draft`, { method: 'DELETE' })
  await page.goto(`/recall/${id}`)
  await entryLine(page).tap()
  await page.keyboard.insertText('web; api')
  await page.keyboard.press('Enter')
  await node(page, 'api').waitFor()
  const kinds = new Set<string>()
  await page.exposeFunction('pointed', (kind: string) => kinds.add(kind))
  await page.evaluate(() =>
    window.addEventListener('pointerdown', ({ pointerType }) =>
      (window as never as { pointed(kind: string): void }).pointed(pointerType),
    ),
  )
  const stroke = penOn(await page.context().newCDPSession(page))
  const middle = async (name: string) => {
    const box = await node(page, name).boundingBox()
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2, box }
  }
  const web = await middle('web')
  const api = await middle('api')
  const handle = await node(page, 'web').locator('.react-flow__handle-right').boundingBox()
  const from = {
    x: (handle?.x ?? 0) + (handle?.width ?? 0) / 2,
    y: (handle?.y ?? 0) + (handle?.height ?? 0) / 2,
  }
  await stroke([from, { x: (from.x + api.x) / 2, y: (from.y + api.y) / 2 }, { x: api.x, y: api.y }])
  await page.locator('.react-flow__edge[data-id="edge:web -> api"]').waitFor({ state: 'attached' })

  const steps = [0, 20, 60, 120].map((down) => ({ x: web.x, y: web.y + down }))
  await stroke(steps)
  await expect.poll(async () => Math.round((await middle('web')).y - web.y)).toBeGreaterThan(60)
  expect([...kinds]).toEqual(['pen'])
  expect(errors).toEqual([])
})
