import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { loadCatalogue } from '#catalog/load.ts'
import { type Diagram, type Form, printDrawing } from '#domain/diagram/index.ts'
import { invariant } from '#lib/invariant.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A server of its own on a free port with an empty data folder, and a browser. */
export interface Running {
  readonly address: string
  /** The folder of its data. */
  readonly data: string
  readonly browser: Browser
  /** Stops the server and leaves the data, as a crash would. */
  readonly stop: () => Promise<void>
  /** Starts it again on the same port and data. */
  readonly again: () => Promise<void>
  /** Closes every page, so that nothing of one test is still on its way in the next. */
  readonly closePages: () => Promise<void>
  readonly end: () => Promise<void>
}

export async function startAtlas(): Promise<Running> {
  invariant(existsSync(join(ROOT, 'dist/web/index.html')), 'the client is not built; run `npm test`')
  const data = mkdtempSync(join(tmpdir(), 'atlas-e2e-'))
  let server = await serve(data, '0')
  const { address } = server
  const browser = await chromium.launch({
    executablePath: process.env.ATLAS_CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  })
  const stop = () => ended(server.child)
  return {
    address,
    data,
    browser,
    stop,
    again: async () => {
      server = await serve(data, new URL(address).port)
    },
    closePages: async () => {
      for (const context of browser.contexts()) await context.close()
    },
    end: async () => {
      await browser.close()
      await stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function serve(data: string, port: string): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), 'start', '--data', data], {
    cwd: ROOT,
    env: { ...process.env, PORT: port, BROWSER: 'none' },
  })
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (address) resolve({ child, address })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

export interface Opened {
  readonly page: Page
  /** What the page complained of. */
  readonly errors: string[]
  /** Addresses outside of this server that were asked for. */
  readonly outside: string[]
}

export async function open(
  { browser, address }: Running,
  options: { theme?: 'light' | 'dark'; width?: number; touch?: boolean } = {},
): Promise<Opened> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: options.width ?? 1280, height: 800 },
    colorScheme: options.theme ?? 'light',
    hasTouch: options.touch ?? false,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const errors: string[] = []
  const outside: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url()))
      outside.push(request.url())
  })
  return { page, errors, outside }
}

const loaded = loadCatalogue({ contentFolder: join(ROOT, 'content'), cacheFile: null })
invariant(loaded.ok, 'the content does not load')
export const catalogue = loaded.value

/** The smallest diagram of a form. */
export function diagramOf(form: Form): Diagram {
  const all = [...catalogue.diagrams.values()].filter(({ drawing }) => drawing.form === form)
  const [first] = all.sort((a, b) => printDrawing(a.drawing).length - printDrawing(b.drawing).length)
  invariant(first, `no diagram of form ${form}`)
  return first
}

/** A drawing's text as lines to type: a group and its members are one line. */
export function linesOf({ drawing }: Diagram): string[] {
  const text = printDrawing(drawing)
  if (drawing.form === 'timeline') return text.split('\n')
  if (drawing.form === 'matrix') return text.split('\n').map((line) => line.replace(/ {2,}/g, ' ').trim())
  return text
    .replace(/\{\n([^}]*)\n\}/g, (_, members: string) => `{${members.replaceAll('\n', ';')}}`)
    .split('\n')
}

/** Types lines into the entry line, which has the focus without being asked. */
export async function typeLines(page: Page, lines: readonly string[]) {
  await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Draw by typing')
  for (const line of lines) {
    await page.keyboard.insertText(line)
    await page.keyboard.press('Enter')
    // A line that could not be drawn stays in the field.
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === '')
  }
}

/** Opens a recall from its beginning: what an earlier test left in the middle is dropped. */
export async function openRecall({ address }: Running, page: Page, id: string) {
  await page.goto('/x')
  await page.evaluate(() => localStorage.clear())
  await fetch(`${address}/api/recall/${id}/draft`, { method: 'DELETE' })
  await page.goto(`/recall/${id}`)
  await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Draw by typing')
}

export const entryLine = (page: Page) => page.getByRole('combobox', { name: 'Draw by typing' })

export const partScore = (page: Page, part: string) =>
  page
    .locator('.parts > div')
    .filter({ has: page.locator('dt', { hasText: part }) })
    .locator('dd')
    .first()
    .textContent()
