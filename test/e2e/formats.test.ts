import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { excalidrawSvg, KEYWORD, payload, png, textPart } from '../formats/pack.ts'
import { diagramOf, open, openRecall, type Running, startAtlas, typeLines } from './atlas.ts'

/** A file of another tool, dropped on the page: looked at first, undone in one step, and its reader loaded only then. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = fileURLToPath(new URL('../fixtures/formats/', import.meta.url))
const bytesOf = (name: string): Buffer => readFileSync(folder + name)

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

const names = (page: Page) =>
  page
    .locator('.react-flow__node-spot')
    .evaluateAll((nodes) => nodes.map((node) => node.dataset.id ?? '').sort())

async function drop(page: Page, name: string, bytes: Uint8Array) {
  const transfer = await page.evaluateHandle(
    ([file, encoded]) => {
      const data = new DataTransfer()
      const content = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))
      data.items.add(new File([content], file))
      return data
    },
    [name, Buffer.from(bytes).toString('base64')] as const,
  )
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await page.getByText('Drop it here').waitFor()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

const { id } = diagramOf('topology').item

test('what was guessed is asked, what was left out is told, and one step undoes it', async () => {
  const { page, errors, outside } = await open(atlas)
  const scripts: string[] = []
  page.on('request', (request) => scripts.push(request.url()))
  await openRecall(atlas, page, id)
  await typeLines(page, ['client -> lb'])
  expect(scripts.filter((url) => /formats|mermaid/.test(url))).toEqual([])

  await drop(page, 'checkout.excalidraw', bytesOf('checkout.excalidraw'))
  const dialog = page.getByRole('dialog', { name: 'checkout.excalidraw' })
  await dialog.getByText('From Excalidraw: 6 nodes, 5 arrows, 2 groups').waitFor()
  await dialog.getByText('the note “ask Ana about this”').waitFor()
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } })
      .axe
    return (await run()).violations.map((one) => one.id)
  })
  expect(found).toEqual([])

  await dialog.getByRole('checkbox').uncheck()
  await dialog.getByRole('button', { name: 'Replace my drawing' }).click()
  await expect.poll(() => names(page)).toContain('node:Kafka')
  const drawn = await names(page)
  expect(drawn).toContain('node:US East.API')
  expect(drawn).not.toContain('node:client')
  await page.getByRole('button', { name: 'Text' }).click()
  const text = await page.getByRole('textbox', { name: 'The drawing as text' }).inputValue()
  expect(text).toContain('Web browser -> Load balancer: HTTPS')
  expect(text).not.toContain('Load balancer -> US East.API')

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => names(page)).toEqual(['node:client', 'node:lb'])
  expect(scripts.filter((url) => /formats/.test(url)).length).toBeGreaterThan(0)
  expect(scripts.filter((url) => /mermaid/.test(url))).toEqual([])
  expect(errors).toEqual([])
  expect(outside).toEqual([])
})

const scene = bytesOf('checkout.excalidraw').toString('utf8')
const FILES: readonly (readonly [string, Uint8Array, string])[] = [
  ['checkout.mmd', bytesOf('checkout.mmd'), 'node:US East.data.Redis'],
  ['orders.drawio', bytesOf('orders.drawio'), 'node:US East.API'],
  ['services.dot', bytesOf('services.dot'), 'node:API tier.Load balancer'],
  ['board.canvas', bytesOf('board.canvas'), 'node:Region.API'],
  ['picture.png', png([textPart(KEYWORD, payload(scene))]), 'node:US East.API'],
  ['picture.svg', new TextEncoder().encode(excalidrawSvg(scene, 2)), 'node:US East.API'],
]

test.each(FILES)('%s in a browser, by the button', async (name, bytes, node) => {
  const { page, errors, outside } = await open(atlas)
  await openRecall(atlas, page, id)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'File' }).click()
  await (await chooser).setFiles({ name, mimeType: '', buffer: Buffer.from(bytes) })
  await page.getByRole('dialog', { name }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => names(page), { timeout: 8000 }).toContain(node)
  expect(errors).toEqual([])
  expect(outside).toEqual([])
})

test('a sequence from Mermaid; a photo says what to do, and changes nothing', async () => {
  const { page } = await open(atlas)
  await openRecall(atlas, page, diagramOf('sequence').item.id)
  await drop(page, 'readme.md', bytesOf('readme.md'))
  await page.getByRole('dialog', { name: 'readme.md' }).getByRole('button', { name: 'Use it' }).click()
  await page.locator('svg text', { hasText: 'GET /cart' }).first().waitFor()
  await drop(page, 'photo.png', png([]))
  await page.getByRole('dialog', { name: 'Not read' }).getByText('No drawing of a known tool').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('svg text', { hasText: 'GET /cart' }).first().waitFor()
})
