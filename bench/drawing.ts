import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { isLinked, parseDrawing } from '#domain/diagram/index.ts'
import { parSeconds } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'
import { diagramOf, open, openRecall, type Running, startAtlas, typeLines } from '../test/e2e/atlas.ts'
import { KEY_MS, modelled, WORDS_A_MINUTE } from './drawing/keys.ts'
import { type BenchRow, quantile } from './row.ts'

const WEB = fileURLToPath(new URL('../dist/web', import.meta.url))
const CONTENT = fileURLToPath(new URL('../content', import.meta.url))
const PAINT_BAR_MS = 50
const SCRIPT_BAR_KB = 200
const NODES = 25
/** The server has the drawing by then. */
const SAVED_MS = 2000

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

/** Begins to take the time from each key to the frame after the drawing changed by it. */
async function watchKeys(page: Page): Promise<void> {
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
    // Enter may change no more than the look of what stands: a class.
    const all = { childList: true, attributes: true, characterData: true, subtree: true }
    if (picture) new MutationObserver(painted).observe(picture, all)
    Object.assign(window, { samples })
  })
}

/** What was taken, in ms, sorted. */
async function keyTimes(page: Page): Promise<number[]> {
  await page.waitForTimeout(300)
  const samples = await page.evaluate(() => (window as unknown as { samples: number[] }).samples)
  return samples.sort((a, b) => a - b)
}

/** Presses the keys of the lines, one each `KEY_MS` from the first on, as a typist who never thinks; the ms that it took. */
async function typeSteadily(page: Page, all: readonly string[]): Promise<{ keys: number; ms: number }> {
  const keys = all.flatMap((line) => [...line, 'Enter'])
  const started = performance.now()
  for (const [i, key] of keys.entries()) {
    const early = started + i * KEY_MS - performance.now()
    if (early > 0) await page.waitForTimeout(early)
    await page.keyboard.press(key === ' ' ? 'Space' : key)
  }
  return { keys: keys.length, ms: performance.now() - started }
}

/** A system as one would draw it from memory: 15 nodes, 20 labelled edges, every letter typed, no suggestion taken. */
const SYSTEM = [
  'client -> cdn: HTTPS',
  'cdn -> lb: miss',
  'lb -> api, auth, search: gRPC',
  'auth -> users db: read',
  'api -> cache: get',
  'api -> orders db: SQL',
  'orders db -> replica: WAL',
  'api -> kafka: events',
  'kafka -> worker, indexer, billing: consume',
  'worker -> s3: put',
  'indexer -> search: update',
  'billing -> orders db: SQL',
  'billing -> kafka: paid',
  'search -> cache: get',
  'worker -> cache: invalidate',
  'auth -> cache: session',
]
const SIZE = { nodes: 15, edges: 20 }

/** The system typed at 40 words a minute: what it costs in keys and in time, and the clock that a drawing of its size has. */
async function wholeDrawing(atlas: Running, page: Page, id: string): Promise<BenchRow[]> {
  await openRecall(atlas, page, id)
  await watchKeys(page)
  const { keys, ms } = await typeSteadily(page, SYSTEM)
  const times = await keyTimes(page)
  await page.waitForTimeout(SAVED_MS)
  const { draft } = await (await fetch(`${atlas.address}/api/recall/${id}`)).json()
  const { drawing } = parseDrawing(draft.drawing, 'topology')
  invariant(
    isLinked(drawing) &&
      drawing.nodes.length === SIZE.nodes &&
      drawing.edges.length === SIZE.edges &&
      drawing.edges.every(({ label }) => label !== ''),
    'the lines draw 15 nodes and 20 labelled edges',
  )
  const elements = SIZE.nodes + SIZE.edges
  const typed = parSeconds(drawing)
  const p95 = quantile(times, 0.95)
  const what = `${SIZE.nodes} nodes and ${SIZE.edges} labelled edges by the entry line`
  const row = { bench: 'drawing', bar: null, holds: null, against: null }
  return [
    {
      ...row,
      what: `${what}: keys an element (${keys} keys, ${elements} elements)`,
      value: keys / elements,
      unit: 'keys',
    },
    {
      ...row,
      what: `${what}: whole time at ${WORDS_A_MINUTE} words a minute`,
      value: ms / 1000,
      unit: 's',
      bar: 'at most its clock',
      holds: ms / 1000 <= typed,
      against: { what: 'the clock that a drawing of this size has', value: typed, ratio: ms / 1000 / typed },
    },
    paintRow(`${what}: key to paint, p95 of ${times.length} keys`, p95),
  ]
}

/** Whether the clock that each diagram gives can be kept at 40 words a minute. */
function clocks(): BenchRow[] {
  const all = modelled(CONTENT)
  const shares = all.map(({ share }) => share).sort((a, b) => a - b)
  const kept = shares.filter((share) => share <= 1).length
  const row = { bench: 'drawing', unit: '% of the clock', bar: null, holds: null, against: null }
  const what = `every diagram typed at ${WORDS_A_MINUTE} words a minute, suggestions taken, after 15 s to think`
  return [
    { ...row, what: `${what}: median`, value: 100 * quantile(shares, 0.5) },
    {
      ...row,
      what: `${what}: most (${kept} of ${all.length} within it)`,
      value: 100 * quantile(shares, 1),
      bar: 'at most 100%',
      holds: kept === all.length,
    },
  ]
}

const FRAME_MS = 1000 / 60

const paintRow = (what: string, p95: number): BenchRow => ({
  bench: 'drawing',
  what,
  value: p95,
  unit: 'ms',
  bar: `≤ ${PAINT_BAR_MS}`,
  holds: p95 <= PAINT_BAR_MS,
  against: { what: 'one frame at 60 Hz', value: FRAME_MS, ratio: p95 / FRAME_MS },
})

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
    const { id } = diagramOf('topology').item
    const whole = await wholeDrawing(atlas, page, id)
    await openRecall(atlas, page, id)
    await typeLines(page, lines())
    await watchKeys(page)
    await page.keyboard.type('node 3 -> write-ahead log of the coordinator: append', { delay: 90 })
    const samples = await keyTimes(page)
    const p95 = quantile(samples, 0.95)
    return [
      ...whole,
      ...clocks(),
      paintRow(`key to paint with ${NODES} nodes, p95 of ${samples.length} keys`, p95),
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
