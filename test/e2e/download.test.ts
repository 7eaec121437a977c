import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { printDrawing } from '#domain/diagram/index.ts'
import { diagramOf, open, type Running, startAtlas } from './atlas.ts'

/** A drawing taken along: by the menu of the lesson and of the result, with keys alone, in every format. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterEach(() => atlas.closePages())
afterAll(() => atlas?.end())

const topology = diagramOf('topology')
const slugOf = (id: string) => id.split('/')[1]

/** Walks through a lesson to where the whole drawing is shown. */
async function openWhole(page: Page, id: string) {
  await page.goto(`/learn/${id}`)
  await page.getByText('Step 1 of').waitFor()
  const whole = page.getByText('This is all of it.', { exact: false })
  for (let step = 0; step < 200 && !(await whole.isVisible()); step++) await page.keyboard.press('Enter')
  await whole.waitFor()
}

async function attemptOf(id: string, drawing: string): Promise<string> {
  const answers = { facts: {}, context: {} }
  const sent = await fetch(`${atlas.address}/api/recall/${id}/attempt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ drawing, places: {}, answers, seconds: 20, hints: 0 }),
  })
  return (await sent.json()).attempt
}

async function download(page: Page, button: string, as: string) {
  await page.getByRole('button', { name: button, exact: true }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: as, exact: true }).click()
  const file = await coming
  await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

const items = (page: Page) => page.getByRole('menuitem').allTextContents()

const violations = async (page: Page) => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { run } = (window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } })
      .axe
    return (await run()).violations.map((one) => one.id)
  })
}

/** The share of pixels in which two pictures of about the same size differ plainly. */
const difference = (page: Page, pictures: readonly Buffer[]) =>
  page.evaluate(
    async (encoded) => {
      const images = await Promise.all(
        encoded.map(async (data) => {
          const image = new Image()
          image.src = `data:image/png;base64,${data}`
          await image.decode()
          return image
        }),
      )
      const width = Math.min(...images.map((image) => image.width))
      const height = Math.min(...images.map((image) => image.height))
      const [a, b] = images.map((image) => {
        const context = new OffscreenCanvas(width, height).getContext('2d')
        context?.drawImage(image, 0, 0)
        return context?.getImageData(0, 0, width, height).data
      })
      if (!a || !b) return 1
      let differ = 0
      for (let i = 0; i < a.length; i += 4) if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) > 64) differ++
      return differ / (width * height)
    },
    pictures.map((bytes) => bytes.toString('base64')),
  )

describe.each(['light', 'dark'] as const)('the lesson, %s', (theme) => {
  test('SVG in the theme that is shown, and the PNG that the command line paints', async () => {
    const { id } = topology.item
    const { page, errors, outside } = await open(atlas, { theme })
    await openWhole(page, id)
    const svg = await download(page, 'Download', 'SVG')
    expect(svg.name).toBe(`${slugOf(id)}.svg`)
    const shown = execFileSync(process.execPath, [MAIN, 'show', id, '--as', 'svg', '--theme', theme])
    expect(svg.bytes.toString().trim()).toBe(shown.toString().trim())

    const png = await download(page, 'Download', 'PNG')
    expect(png.name).toBe(`${slugOf(id)}.png`)
    expect([...png.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg.bytes.toString()) ?? []
    expect(Math.abs(png.bytes.readUInt32BE(16) - 2 * Number(width))).toBeLessThanOrEqual(2)
    expect(Math.abs(png.bytes.readUInt32BE(20) - 2 * Number(height))).toBeLessThanOrEqual(2)
    // Edges are smoothed a little otherwise (0.003); in another face more than 0.01 differ.
    const painted = execFileSync(process.execPath, [MAIN, 'show', id, '--as', 'png', '--theme', theme])
    expect(await difference(page, [png.bytes, painted])).toBeLessThan(0.005)
    expect(errors).toEqual([])
    expect(outside).toEqual([])
  })
})

test('on the result: mine beside the reference, each under its own name', async () => {
  const { id } = topology.item
  const attempt = await attemptOf(id, 'client -> Payments of mine')
  const { page, errors, outside } = await open(atlas)
  await page.goto(`/attempts/${attempt}`)
  const mine = await download(page, 'Download Yours', 'Mermaid')
  expect(mine.name).toBe(`${slugOf(id)}-mine.mmd`)
  expect(mine.bytes.toString()).toMatch(/^flowchart[\s\S]*Payments of mine/)
  const reference = await download(page, 'Download Reference', 'Excalidraw')
  expect(reference.name).toBe(`${slugOf(id)}.excalidraw`)
  expect(JSON.parse(reference.bytes.toString())).toMatchObject({ type: 'excalidraw' })
  const png = await download(page, 'Download Yours', 'PNG')
  expect(png.name).toBe(`${slugOf(id)}-mine.png`)
  expect(errors).toEqual([])
  expect(outside).toEqual([])
})

test('by keys alone: opened, walked, left with the focus where it was; axe finds nothing', async () => {
  const { page } = await open(atlas)
  await openWhole(page, topology.item.id)
  const button = page.getByRole('button', { name: 'Download', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const chosen = () => page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(chosen).toBe('SVG')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('ArrowUp')
  expect(await chosen()).toBe('JSON Canvas')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await chosen()).toBe('PNG')
  // On the page itself this letter ends the lesson.
  await page.keyboard.press('d')
  expect(await chosen()).toBe('draw.io')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  expect(await chosen()).toBe('Download')
  await page.keyboard.press('Space')
  await expect.poll(chosen).toBe('SVG')
  await page.keyboard.press('End')
  const coming = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await coming).suggestedFilename()).toBe(`${slugOf(topology.item.id)}.canvas`)
})

test('nothing of it is loaded before it is asked for; a matrix offers no Mermaid', async () => {
  const matrix = diagramOf('matrix')
  const attempt = await attemptOf(matrix.item.id, printDrawing(matrix.drawing))
  const { page } = await open(atlas)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`/attempts/${attempt}`)
  await page.getByRole('button', { name: 'Download Reference' }).click()
  await expect.poll(() => items(page)).toContain('JSON Canvas')
  expect(await items(page)).not.toContain('Mermaid')
  expect(asked.filter((url) => /paint-png|\/files\/|formats/.test(url))).toEqual([])
})

test('a server that went away is said in the menu', async () => {
  const { page } = await open(atlas)
  await openWhole(page, topology.item.id)
  await page.route('**/files/**', (route) => route.abort())
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  await page.getByRole('menuitem', { name: 'SVG' }).click()
  await page.getByRole('alert').getByText('Atlas does not answer.').waitFor()
  expect(await violations(page)).toEqual([])
})
