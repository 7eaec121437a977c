import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NAME, tabularWidth, textWidth, widestLine, wrapLabel } from './text.ts'

describe('textWidth', () => {
  it('knows that an i is narrower than an m, and grows with size and weight', () => {
    expect(textWidth('iii', 14, 500)).toBeLessThan(textWidth('mmm', 14, 500) / 2)
    expect(textWidth('name', 28, 500)).toBeCloseTo(2 * textWidth('name', 14, 500))
    expect(textWidth('name', 14, 600)).toBeGreaterThan(textWidth('name', 14, 400))
  })

  it('counts what it never measured as a full em', () => {
    expect(textWidth('漢', 14, 400)).toBe(14)
  })

  it('gives all tabular figures one width', () => {
    expect(tabularWidth('11:11', 13, 500)).toBe(tabularWidth('08:59', 13, 500))
  })
})

describe('wrapLabel', () => {
  it('keeps a short name on one line and breaks a long one evenly', () => {
    expect(wrapLabel('Load balancer', 136)).toEqual(['Load balancer'])
    expect(wrapLabel('Horizontal pod autoscaler', 136)).toEqual(['Horizontal pod', 'autoscaler'])
  })

  it('says with an ellipsis that words are left out', () => {
    const lines = wrapLabel('word '.repeat(80), 100)
    expect(lines).toHaveLength(3)
    expect(lines.at(-1)).toMatch(/…$/)
  })

  it('is quick with a label of a megabyte', () => {
    expect(wrapLabel('x'.repeat(1_000_000), 136).join('').length).toBeLessThan(240)
  })

  it('loses no character of a label that fits, and no line is wider than allowed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Za-z0-9.]{1,10}$/), { minLength: 1, maxLength: 8 }),
        (words) => {
          const label = words.join(' ')
          const lines = wrapLabel(label, 160)
          expect(lines.length).toBeLessThanOrEqual(3)
          expect(widestLine(lines, NAME)).toBeLessThanOrEqual(160 * 1.6 * 1.08 + 1)
          if (!lines.at(-1)?.endsWith('…'))
            expect(lines.join('').replace(/\s/g, '')).toBe(label.replace(/\s/g, ''))
        },
      ),
    )
  })
})
