/**
 * Writes every diagram as a picture: dist/gallery/{light,dark}/<id>.svg and index.html with all of them.
 * `node tools/gallery.ts [--png] [ID …]`; `--png` has Chromium make dist/gallery/<theme>/<id>.png at twice
 * the size.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  type Diagram,
  describe,
  FONT,
  type Icon,
  type LaidOut,
  layoutAtOnce,
  layoutHash,
  renderStandalone,
  THEMES,
} from '#domain/diagram/index.ts'
import { openBrowser } from './browser.ts'
import { ROOT, readDiagrams } from './diagrams.ts'

const TARGET = join(ROOT, 'dist', 'gallery')

interface Picture {
  readonly diagram: Diagram
  readonly svg: Readonly<Record<(typeof THEMES)[number], string>>
}

function layoutOf({ item, drawing, vocabulary }: Diagram): LaidOut | null {
  const atOnce = layoutAtOnce(drawing, vocabulary)
  if (atOnce) return atOnce
  try {
    const baked = JSON.parse(readFileSync(join(ROOT, 'content', 'layouts', `${item.id}.json`), 'utf8'))
    return baked.hash === layoutHash(drawing, vocabulary) ? baked.layout : null
  } catch {
    return null
  }
}

function picture(diagram: Diagram, icons: Record<string, Icon>): Picture | null {
  const layout = layoutOf(diagram)
  if (!layout) {
    process.stderr.write(`${diagram.item.id}: no fresh layout; run tools/bake.ts\n`)
    return null
  }
  const description = describe(diagram.drawing, diagram.vocabulary).join('. ')
  const draw = (theme: 'light' | 'dark') =>
    renderStandalone(layout, { theme, icons, title: diagram.item.title, description })
  return { diagram, svg: { light: draw('light'), dark: draw('dark') } }
}

function write(file: string, content: string | Uint8Array): void {
  const path = join(TARGET, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

function fontFace(): string {
  const file = createRequire(import.meta.url).resolve(
    '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  )
  const data = readFileSync(file).toString('base64')
  return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${data})}`
}

function contactSheet(pictures: readonly Picture[]): string {
  const cards = pictures.map(
    ({ diagram: { item } }) =>
      `<section><h2>${item.title} <small>${item.id}</small></h2><div class=pair>` +
      `${THEMES.map((theme) => `<img class=${theme} src="${theme}/${item.id}.svg" alt="">`).join('')}</div></section>`,
  )
  return `<!doctype html><meta charset=utf-8><title>Gallery</title><style>
body{font:14px ${FONT};margin:32px}h2{font-size:15px}small{color:#667;font-weight:400}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:16px}img{max-width:100%}.dark{background:#15171c}</style>
${cards.join('\n')}\n`
}

async function screenshots(pictures: readonly Picture[]): Promise<void> {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ deviceScaleFactor: 2 })
    for (const { diagram, svg } of pictures) {
      for (const theme of THEMES) {
        await page.setContent(`<style>${fontFace()}body{margin:0}svg{display:block}</style>${svg[theme]}`)
        await page.evaluate(() => document.fonts.ready)
        const png = await page.locator('svg.drawing').screenshot()
        write(`${theme}/${diagram.item.id}.png`, png)
      }
    }
  } finally {
    await browser.close()
  }
}

const args = process.argv.slice(2)
const icons: Record<string, Icon> = JSON.parse(readFileSync(join(ROOT, 'content', 'icons.json'), 'utf8'))
const pictures = readDiagrams(args.filter((arg) => !arg.startsWith('--')))
  .map((diagram) => picture(diagram, icons))
  .filter((one) => one !== null)
for (const { diagram, svg } of pictures)
  for (const theme of THEMES) write(`${theme}/${diagram.item.id}.svg`, svg[theme])
write('index.html', contactSheet(pictures))
if (args.includes('--png')) await screenshots(pictures)
process.stdout.write(`${pictures.length} diagrams in ${TARGET}\n`)
