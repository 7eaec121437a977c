import { expect, it, describe as suite } from 'vitest'
import type { LaidOut } from '../layout/laid-out.ts'
import { placeDrawing } from '../layout/place.ts'
import { type Drawing, type ElementId, elementsOf, FORMS, type Form } from '../model.ts'
import { parseDrawing } from '../notation/index.ts'
import { buildVocabulary } from '../vocabulary.ts'
import { describe } from './describe.ts'
import { type Mark, written } from './parts.ts'
import { pictureOf, render, renderStandalone } from './render.ts'

const { vocabulary } = buildVocabulary([
  { id: 'lb', name: 'Load balancer', kind: 'component', layer: 'edge', icon: 'lucide:scale', aliases: [] },
])
const icons = { 'lucide:scale': { body: '<path d="M0 0h24"/>', width: 24, height: 24 } }
const TEXT: Record<Form, string> = {
  topology: 'cdn -> lb: https\neast: East { api; db }\nlb -> east.api\neast.api <-> east.db',
  states: 'start -> open\nopen -> closed: timeout\nclosed -> end',
  decision: 'full? -> grow: yes\nfull? -> wait: no',
  sequence: 'client -> lb: get\nlb -> lb: choose\nlb -> client: answer',
  timeline: '09:37 | wrong command | operator\n | recovered |',
  matrix: '| order | replay\nkafka | yes | yes\nsqs | no |',
}
const drawn = (form: Form): Drawing => parseDrawing(TEXT[form], form).drawing
const laid = (drawing: Drawing): LaidOut => placeDrawing(drawing, vocabulary, {})
const elementsIn = (svg: string) => new Set([...svg.matchAll(/data-el="([^"]+)"/g)].map(([, id]) => id))
const escaped = (id: string) => id.replaceAll('<', '&lt;').replaceAll('>', '&gt;')

suite.each(FORMS)('a %s', (form) => {
  const drawing = drawn(form)
  const all = elementsOf(drawing)

  it('has a group for every element', () => {
    expect(elementsIn(render(laid(drawing), { icons }))).toEqual(new Set(all.map(escaped)))
  })

  it('draws nothing but what is visible', () => {
    const visible = new Set<ElementId>(all.slice(0, 2))
    const svg = render(laid(drawing), { icons, visible })
    expect(elementsIn(svg)).toEqual(new Set([...visible].map(escaped)))
  })

  it('shows no word of what is faded', () => {
    const svg = render(laid(drawing), { icons, faded: new Set(all) })
    expect(svg.replace(/ data-el="[^"]*"/g, '')).not.toMatch(
      /api|wrong|open|grow|choose|Load|yes|kafka|operator/,
    )
    expect(elementsIn(svg).size).toBeGreaterThan(0)
  })

  it.each(['missing', 'extra', 'wrong', 'reversed'] as const)('marks %s with a glyph', (verdict) => {
    const marks = new Map(all.map((el): [ElementId, Mark] => [el, { verdict, correction: 'Right one' }]))
    const svg = render(laid(drawing), { icons, marks, idPrefix: 'mine-' })
    expect(svg.match(/class="badge/g)?.length).toBeGreaterThanOrEqual(all.length)
    expect(svg).toContain(`class="badge m-${verdict}"`)
    if (verdict === 'extra') expect(svg).toContain('url(#mine-hatch)')
  })
})

suite.each(['topology', 'states', 'decision'] as const)('the parts of a %s', (form) => {
  const layout = laid(drawn(form))

  it('are together what is written of it, each with an id of its own', () => {
    if (layout.kind !== 'linked') throw new Error('not linked')
    const options = { icons, fresh: new Set(elementsOf(drawn(form)).slice(0, 2)) }
    const { parts, viewBox, width, height } = pictureOf(layout, options)
    expect(render(layout, options)).toBe(
      `<svg class="drawing" role="img" viewBox="${viewBox}" width="${width}" height="${height}">` +
        `${parts.map(written).join('')}</svg>`,
    )
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
  })
})

suite('any drawing', () => {
  const hostile = '<script>alert("1")</script>&\u0000\ud800'

  it('writes hostile labels as text', () => {
    const drawing: Drawing = {
      form: 'topology',
      nodes: [{ id: hostile, label: hostile, group: null }],
      edges: [],
      groups: [],
    }
    const svg = renderStandalone(laid(drawing), {
      icons,
      theme: 'dark',
      title: hostile,
      description: hostile,
    })
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('\u0000')
    expect(svg.isWellFormed()).toBe(true)
    expect(svg).toContain('&lt;script&gt;')
  })

  it('holds no colour in a page, and no property in a file', () => {
    const layout = laid(drawn('topology'))
    expect(render(layout, { icons })).not.toMatch(/#[0-9a-f]{6}|<style/)
    expect(renderStandalone(layout, { icons, theme: 'light' })).not.toContain('var(')
  })

  it('loads nothing from outside', () => {
    const svg = renderStandalone(laid(drawn('topology')), { icons, theme: 'light' })
    expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|href/)
  })

  it('has a place for corrections beyond the last row', () => {
    const drawing = drawn('states')
    const marks = new Map<ElementId, Mark>([['node:closed', { verdict: 'wrong', correction: 'Half-open' }]])
    const height = (svg: string) => Number(/ height="([\d.]+)"/.exec(svg)?.[1])
    const layout = laid(drawing)
    expect(height(render(layout, { icons, marks }))).toBeGreaterThan(height(render(layout, { icons })))
  })
})

suite('describe', () => {
  it('says one sentence an element', () => {
    for (const form of FORMS)
      expect(describe(drawn(form), vocabulary)).toHaveLength(elementsOf(drawn(form)).length)
  })

  it('names concepts as the vocabulary does', () => {
    expect(describe(drawn('topology'), vocabulary)).toContain('cdn sends to Load balancer: https')
    expect(describe(drawn('topology'), vocabulary)).toContain('api and db send to each other')
    expect(describe(drawn('sequence'), vocabulary)).toContain('2. Load balancer to itself: choose')
    expect(describe(drawn('timeline'), vocabulary)[0]).toBe('09:37: wrong command (operator)')
    expect(describe(drawn('matrix'), vocabulary)).toContain('sqs, replay: empty')
  })

  it('keeps quiet of what is not visible', () => {
    expect(describe(drawn('topology'), vocabulary, new Set(['node:cdn']))).toEqual(['cdn'])
  })
})
