import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { invariant } from '#lib/invariant.ts'
import { diagramOf, open, openRecall, startAtlas, typeLines } from '../test/e2e/atlas.ts'
import { type BenchRow, quantile } from './row.ts'

const WEB = fileURLToPath(new URL('../dist/web', import.meta.url))
const PAINT_BAR_MS = 50
const SCRIPT_BAR_KB = 200
const NODES = 25

/** The scripts that the first page loads before it shows: those of the page and all that they import statically. */
function firstScripts(): string[] {
  const html = readFileSync(join(WEB, 'index.html'), 'utf8')
  const wanted = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? '')
  const seen = new Set<string>()
  while (wanted.length > 0) {
    const file = wanted.pop() ?? ''
    if (seen.has(file) || !existsSync(join(WEB, file))) continue
    seen.add(file)
    const code = readFileSync(join(WEB, file), 'utf8')
    for (const match of code.matchAll(/(?:^|[;}\s])import(?:[^("';]*?from)?\s*["'](\.[^"']+\.js)["']/g))
      wanted.push(join(dirname(file), match[1] ?? ''))
  }
  return [...seen]
}

const gzippedKb = (): number =>
  firstScripts().reduce((sum, file) => sum + gzipSync(readFileSync(join(WEB, file))).length, 0) / 1000

/** From each key to the frame after the drawing changed by it, in ms, sorted. */
async function keyToPaint(page: Page, text: string): Promise<number[]> {
  await page.evaluate(() => {
    const samples: number[] = []
    let pressed = 0
    window.addEventListener(
      'keydown',
      (event) => {
        pressed = event.timeStamp
      },
      true,
    )
    const painted = () => {
      const from = pressed
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => samples.push(performance.now() - from)
        port2.postMessage(null)
      })
    }
    const picture = document.querySelector('.picture')
    if (picture) new MutationObserver(painted).observe(picture, { childList: true, subtree: true })
    Object.assign(window, { samples })
  })
  await page.keyboard.type(text, { delay: 90 })
  await page.waitForTimeout(300)
  const samples = await page.evaluate(() => (window as unknown as { samples: number[] }).samples)
  return samples.sort((a, b) => a - b)
}

/** 25 nodes in a chain with branches, all labelled. */
function lines(): string[] {
  const all: string[] = []
  for (let n = 1; n < NODES; n++) all.push(`node ${Math.ceil(n / 2)} -> node ${n + 1}: message ${n}`)
  return all
}

export async function run(): Promise<BenchRow[]> {
  invariant(existsSync(join(WEB, 'index.html')), 'the client is not built; run `npm start` once')
  const kb = gzippedKb()
  const atlas = await startAtlas()
  try {
    const { page } = await open(atlas)
    await openRecall(atlas, page, diagramOf('topology').item.id)
    await typeLines(page, lines())
    const samples = await keyToPaint(page, 'node 3 -> write-ahead log of the coordinator: append')
    const p95 = quantile(samples, 0.95)
    const frame = 1000 / 60
    return [
      {
        bench: 'drawing',
        what: `key to paint with ${NODES} nodes, p95 of ${samples.length} keys`,
        value: p95,
        unit: 'ms',
        bar: `≤ ${PAINT_BAR_MS}`,
        holds: samples.length > 0 && p95 <= PAINT_BAR_MS,
        against: { what: 'one frame at 60 Hz', value: frame, ratio: p95 / frame },
      },
      {
        bench: 'drawing',
        what: 'script of the first page, gzipped',
        value: kb,
        unit: 'kB',
        bar: `≤ ${SCRIPT_BAR_KB}`,
        holds: kb <= SCRIPT_BAR_KB,
        against: null,
      },
    ]
  } finally {
    await atlas.end()
  }
}
