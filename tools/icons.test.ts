import { describe, expect, it } from 'vitest'
import {
  bakeAll,
  bakeIcon,
  flattenGradients,
  type IconSet,
  inkToCurrentColour,
  truncateDecimals,
} from './icons.ts'

const set = (body: string, more: object = {}): IconSet => ({
  width: 24,
  height: 24,
  icons: { one: { body, ...more } },
  aliases: { other: { parent: 'one' }, turned: { parent: 'one', rotate: 1 } },
})
const PATH = '<path fill="none" stroke="currentColor" d="M1 2h3"/>'

describe('bakeIcon', () => {
  it('takes body and size as they are where nothing needs mending', () => {
    expect(bakeIcon(set(PATH), 'one', false)).toEqual({
      ok: true,
      value: { body: PATH, width: 24, height: 24 },
    })
  })

  it('follows an alias, but not one that turns its parent', () => {
    expect(bakeIcon(set(PATH), 'other', false).ok).toBe(true)
    expect(bakeIcon(set(PATH), 'turned', false).ok).toBe(false)
    expect(bakeIcon(set(PATH), 'absent', false).ok).toBe(false)
  })

  it('moves the view box to the origin', () => {
    const baked = bakeIcon(set(PATH, { left: 4, top: -2, width: 8 }), 'one', false)
    const value = { body: `<g transform="translate(-4 2)">${PATH}</g>`, width: 8, height: 24 }
    expect(baked).toEqual({ ok: true, value })
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an event handler', '<path onload="alert(1)" d="M0 0"/>'],
    ['an id', '<path id="a" d="M0 0"/>'],
    ['an image', '<image href="https://example.org/x.png"/>'],
    ['a reference', '<path fill="url(#a)" d="M0 0"/>'],
    ['an outsized body', `<path d="${'M1 1'.repeat(2000)}"/>`],
  ])('refuses %s', (_, body) => {
    expect(bakeIcon(set(body), 'one', false).ok).toBe(false)
  })
})

describe('flattenGradients', () => {
  it('paints the mean of the stops and leaves no id', () => {
    const body =
      '<defs><linearGradient id="g" x1="0%"><stop offset="0%" stop-color="#000"/>' +
      '<stop offset="100%" stop-color="#ff8000"/></linearGradient></defs><path fill="url(#g)" d="M0 0"/>'
    expect(flattenGradients(body)).toEqual({ ok: true, value: '<path fill="#804000" d="M0 0"/>' })
  })

  it('gives up on a stop without a plain colour', () => {
    const body = '<defs><linearGradient id="g"><stop stop-color="var(--x)"/></linearGradient></defs>'
    expect(flattenGradients(body).ok).toBe(false)
  })
})

describe('inkToCurrentColour', () => {
  it('turns ink and the uncoloured into the colour of the text', () => {
    expect(inkToCurrentColour('<path d="M0 0"/><path fill="#111" d=""/><path fill="#f90" d=""/>')).toBe(
      '<g fill="currentColor"><path d="M0 0"/><path fill="currentColor" d=""/><path fill="#f90" d=""/></g>',
    )
  })

  it('leaves ink alone that stands on its own paper', () => {
    const body = '<path fill="#fff" d=""/><path fill="#111" d=""/>'
    expect(inkToCurrentColour(body)).toBe(body)
  })

  it('turns a dark colour only where the logo has no other', () => {
    expect(inkToCurrentColour('<path fill="#00546b" d=""/>')).toContain('fill="currentColor" d=""')
    expect(inkToCurrentColour('<path fill="#00546b" d=""/><path fill="#f90" d=""/>')).toContain('#00546b')
  })
})

it('cuts decimals without gluing neighbours together', () => {
  expect(truncateDecimals('M1.5.9999-.12345 7')).toBe('M1.5.99-.12 7')
})

describe('bakeAll', () => {
  it('sorts by name', () => {
    const wanted = new Map([
      ['b:one', 'x.yaml: second'],
      ['a:one', 'x.yaml: first'],
    ])
    const baked = bakeAll(wanted, { a: set(PATH), b: set(PATH) })
    expect(baked.ok && Object.keys(JSON.parse(baked.value))).toEqual(['a:one', 'b:one'])
  })

  it('names the concept of every icon that cannot be had', () => {
    const wanted = new Map([
      ['a:gone', 'x.yaml: first'],
      ['z:one', 'y.yaml: second'],
    ])
    const baked = bakeAll(wanted, { a: set(PATH) })
    expect(baked.ok ? [] : baked.error).toEqual([
      expect.stringContaining('x.yaml: first'),
      expect.stringContaining('y.yaml: second'),
    ])
  })
})
