import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { BrowserType } from 'playwright-core'
import type { Paint } from '#app/ports.ts'
import { err, ok } from '#lib/result.ts'

/** Where a Chromium usually is; `ATLAS_CHROMIUM` names another. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const SCALE = 2
const MEND = 'Take --as svg, or set ATLAS_CHROMIUM to the path of a Chromium or Chrome.'

/** Paints by a Chromium of this machine, without a network. */
export const paint: Paint = async (svg) => {
  const chromium = await loadChromium()
  if (chromium === null) {
    const mend = 'Take --as svg, or run npm ci in the folder of Atlas.'
    return err({ message: 'A PNG is painted by playwright-core, which is not installed here.', mend })
  }
  const named = process.env.ATLAS_CHROMIUM
  if (named && !existsSync(named))
    return err({ message: `ATLAS_CHROMIUM names ${named}, and there is no such file.`, mend: MEND })
  const executablePath = named || [...PLACES, chromium.executablePath()].find((path) => existsSync(path))
  if (!executablePath)
    return err({ message: 'A PNG is painted by Chromium, and there is none here.', mend: MEND })
  try {
    return ok(await screenshot(chromium, executablePath, svg))
  } catch (error) {
    const [why = ''] = String(error instanceof Error ? error.message : error).split('\n')
    return err({ message: `${executablePath} could not paint it: ${why.replace(/[.:]+$/, '')}.`, mend: MEND })
  }
}

/** Null where it is not installed: only those who work on Atlas need it. */
async function loadChromium(): Promise<BrowserType | null> {
  try {
    return (await import('playwright-core')).chromium
  } catch {
    return null
  }
}

/** A page that could load nothing even if a drawing asked it to. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"

async function screenshot(chromium: BrowserType, executablePath: string, svg: string): Promise<Uint8Array> {
  const browser = await chromium.launch({ executablePath, args: FLAGS })
  try {
    const page = await browser.newPage({ deviceScaleFactor: SCALE, offline: true })
    await page.setContent(
      `<meta http-equiv="content-security-policy" content="${POLICY}">` +
        `<style>${fontFaces()}body{margin:0}svg{display:block}</style>${svg}`,
    )
    await page.evaluate('document.fonts.ready')
    return await page.locator('svg.drawing').screenshot()
  } finally {
    await browser.close()
  }
}

/** Inter, for which drawings are laid out, as data; nothing where it is not installed: then the system's face is taken. */
function fontFaces(): string {
  try {
    const css = createRequire(import.meta.url).resolve('@fontsource-variable/inter/index.css')
    return readFileSync(css, 'utf8').replace(/url\(([^)]+)\)/g, (_, file: string) => {
      const data = readFileSync(join(dirname(css), file)).toString('base64')
      return `url(data:font/woff2;base64,${data})`
    })
  } catch {
    return ''
  }
}
