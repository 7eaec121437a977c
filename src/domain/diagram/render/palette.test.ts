import { describe, expect, it } from 'vitest'
import { COLOURS, LAYERS, PALETTE, THEMES, withColours } from './palette.ts'
import { DRAWING_CSS } from './style.ts'

/** WCAG 2.2: relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const channel = (from: number) => {
    const c = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

/** Machado, Oliveira and Fernandes (2009), full deuteranopia and protanopia, on linear RGB. */
const BLIND = {
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
}
function seen(hex: string, matrix: readonly number[]): [number, number, number] {
  const rgb = [1, 3, 5].map((from) => (Number.parseInt(hex.slice(from, from + 2), 16) / 255) ** 2.2)
  const row = (r: number) =>
    Math.max(
      0,
      [0, 1, 2].reduce((sum, c) => sum + (matrix[r * 3 + c] ?? 0) * (rgb[c] ?? 0), 0),
    ) **
    (1 / 2.2)
  return [row(0), row(1), row(2)]
}

describe.each(THEMES)('the %s palette', (theme) => {
  const colours = COLOURS[theme]
  const grounds = [colours.canvas, colours['group-0'], colours['group-1'], colours['group-2']]

  it('has text of at least 4.5:1 on every ground and fill', () => {
    const fills = LAYERS.map((layer) => colours[`${layer}-fill`])
    for (const ground of [...grounds, ...fills]) expect(contrast(colours.ink, ground)).toBeGreaterThan(4.5)
    for (const ground of grounds) expect(contrast(colours.muted, ground)).toBeGreaterThan(4.5)
    expect(contrast(colours.wrong, colours.canvas)).toBeGreaterThan(4.5)
  })

  it('has outlines, lines and marks of at least 3:1', () => {
    for (const ground of grounds) {
      expect(contrast(colours.line, ground)).toBeGreaterThan(3)
      for (const layer of LAYERS) expect(contrast(colours[`${layer}-line`], ground)).toBeGreaterThan(3)
      for (const mark of ['matched', 'missing', 'extra', 'wrong', 'reversed', 'accent'] as const)
        expect(contrast(colours[mark], ground)).toBeGreaterThan(3)
    }
    expect(contrast(colours['group-line'], colours.canvas)).toBeGreaterThan(3)
    for (const layer of LAYERS) {
      const [line, fill] = [colours[`${layer}-line`], colours[`${layer}-fill`]]
      expect(contrast(line, fill)).toBeGreaterThan(3)
    }
  })

  it.each(Object.entries(BLIND))('keeps the outlines of tiers apart with %s', (_, matrix) => {
    const lines = LAYERS.map((layer) => ({ layer, rgb: seen(colours[`${layer}-line`], matrix) }))
    for (const [i, a] of lines.entries()) {
      for (const b of lines.slice(i + 1)) {
        const apart = Math.hypot(...a.rgb.map((c, k) => c - (b.rgb[k] ?? 0)))
        expect(apart, `${a.layer} and ${b.layer}`).toBeGreaterThan(0.1)
      }
    }
  })
})

it('defines every property that the style uses, in both themes', () => {
  const used = new Set([...DRAWING_CSS.matchAll(/var\((--d-[a-z0-9-]+)\)/g)].map(([, name]) => name))
  expect(used.size).toBeGreaterThan(20)
  for (const name of used) expect(PALETTE.split(`${name}:`)).toHaveLength(4)
  for (const theme of THEMES) expect(withColours(DRAWING_CSS, theme)).not.toContain('var(')
})
