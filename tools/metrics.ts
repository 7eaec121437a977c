/**
 * Measures the shipped faces in Chromium and writes `src/domain/diagram/layout/metrics.ts`, so that layout knows how
 * wide a text is without a browser. Run it again when a face or its version changes: `node tools/metrics.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { openBrowser } from './browser.ts'

const require = createRequire(import.meta.url)
const TARGET = new URL('../src/domain/diagram/layout/metrics.ts', import.meta.url)
const WEIGHTS = [400, 500, 600]

/** Printable ASCII, Latin-1 and the punctuation, arrows and mathematics that labels of this field use. */
function measuredCharacters(): string {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('')
  return `${range(0x20, 0x7e)}${range(0xa1, 0xac)}${range(0xae, 0xff)}–—‘’“”•…←↑→↓↔⇄⇒−≤≥≠≈√∞πΣΔλμ₀₁₂₃ₙⁿ⁻⁺`
}

const dataUri = (name: string) =>
  `data:font/woff2;base64,${readFileSync(require.resolve(name)).toString('base64')}`

async function main(): Promise<void> {
  const inter = dataUri('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')
  const mono = dataUri('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2')
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.setContent(
      `<style>@font-face{font-family:M;font-weight:100 900;src:url(${inter})}` +
        `@font-face{font-family:N;font-weight:100 900;src:url(${mono})}</style><p id=p style="white-space:pre"></p>`,
    )
    const characters = measuredCharacters()
    const measured = await page.evaluate(measureInPage, { characters, weights: WEIGHTS })
    writeFileSync(TARGET, moduleText(characters, measured))
  } finally {
    await browser.close()
  }
}

interface Measured {
  readonly widths: number[][]
  readonly tabular: number
  readonly mono: number
}

/** Runs in the page: 1/1000 em for each character and weight, kerning off. */
async function measureInPage(job: { characters: string; weights: number[] }): Promise<Measured> {
  await Promise.all([
    ...job.weights.map((w) => document.fonts.load(`${w} 20px M`)),
    document.fonts.load('20px N'),
  ])
  const holder = document.createElement('span')
  holder.style.cssText = 'font-size:1000px;font-kerning:none;white-space:pre;position:absolute'
  document.body.append(holder)
  const width = (text: string) => {
    holder.textContent = text
    return Math.round(holder.getBoundingClientRect().width)
  }
  holder.style.fontFamily = 'M, sans-serif'
  const widths = job.weights.map((weight) => {
    holder.style.fontWeight = String(weight)
    return [...job.characters].map(width)
  })
  holder.style.fontWeight = '500'
  holder.style.fontVariantNumeric = 'tabular-nums'
  const tabular = Math.max(...[...'0123456789'].map(width))
  holder.style.fontFamily = 'N, monospace'
  return { widths, tabular, mono: width('0') }
}

function moduleText(characters: string, measured: Measured): string {
  const rows = WEIGHTS.map((weight, i) => `  ${weight}: '${(measured.widths[i] ?? []).join(' ')}',`)
  const version = (name: string) =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version
  return [
    '// Written by tools/metrics.ts from the shipped faces; do not edit.',
    `// Inter ${version('@fontsource-variable/inter')}, JetBrains Mono ${version('@fontsource-variable/jetbrains-mono')}.`,
    '// biome-ignore-all format: a table',
    '',
    '/** The characters measured, in the order of the widths. */',
    `export const CHARACTERS = ${JSON.stringify(characters)}`,
    '',
    '/** Advance widths of Inter in 1/1000 em, by weight. */',
    'export const WIDTHS = {',
    ...rows,
    '} as const',
    '',
    '/** A tabular figure of Inter 500, and any character of JetBrains Mono, in 1/1000 em. */',
    `export const TABULAR_WIDTH = ${measured.tabular}`,
    `export const MONO_WIDTH = ${measured.mono}`,
    '',
  ].join('\n')
}

await main()
