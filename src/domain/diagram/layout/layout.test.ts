import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementsOf, type FORMS, type LinkedDrawing } from '../model.ts'
import { parseDrawing } from '../notation/index.ts'
import { buildVocabulary } from '../vocabulary.ts'
import { layoutAtOnce } from './at-once.ts'
import { findDefects } from './defects.ts'
import type { ElkNode } from './elk.ts'
import { contains } from './geometry.ts'
import { layoutHash } from './hash.ts'
import type { LaidOut } from './laid-out.ts'
import { toElk } from './linked.ts'
import { placeDrawing } from './place.ts'
import { layoutDrawing } from './search.ts'

const { vocabulary } = buildVocabulary([
  { id: 'api', name: 'API server', kind: 'component', layer: 'service', icon: null, aliases: ['backend'] },
])
const drawingOf = (text: string, form: (typeof FORMS)[number] = 'topology') =>
  parseDrawing(text, form).drawing

/** Every element that a layout shows. */
function shown(layout: LaidOut): string[] {
  switch (layout.kind) {
    case 'linked':
      return [...layout.groups, ...layout.nodes, ...layout.edges].map(({ el }) => el)
    case 'sequence':
      return [...layout.participants, ...layout.messages].map(({ el }) => el)
    case 'timeline':
      return layout.events.map(({ el }) => el)
    case 'matrix':
      return [...layout.columns, ...layout.rows.flatMap((row) => [row.head, ...row.cells])].map(
        ({ el }) => el,
      )
  }
}

const word = fc.constantFrom(
  'api',
  'queue',
  'a rather long name of a thing',
  'db',
  'x',
  'cache tier',
  'AppendEntries',
)
const line = fc.tuple(word, word, word).map(([a, b, c]) => `${a} -> ${b}: ${c}`)
const rows = fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 12 })

describe('layouts without an engine', () => {
  it('a sequence shows each element once and has no defect', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 15 }), (lines) => {
        const drawing = drawingOf(lines.join('\n'), 'sequence')
        const layout = layoutAtOnce(drawing, vocabulary)
        if (!layout) throw new Error('a sequence has a layout')
        expect(shown(layout).sort()).toEqual([...elementsOf(drawing)].sort())
        expect(findDefects(layout)).toEqual([])
      }),
    )
  })

  it.each(['timeline', 'matrix'] as const)('a %s shows each element once and has no defect', (form) => {
    fc.assert(
      fc.property(rows, (cells) => {
        const head = form === 'matrix' ? ['| first column | second'] : []
        const text = [...head, ...cells.map((row, i) => [`${row[0]} ${i}`, ...row.slice(1)].join(' | '))]
        const drawing = drawingOf(text.join('\n'), form)
        const layout = layoutAtOnce(drawing, vocabulary)
        if (!layout) throw new Error(`a ${form} has a layout`)
        expect(shown(layout).sort()).toEqual([...elementsOf(drawing)].sort())
        expect(findDefects(layout)).toEqual([])
      }),
    )
  })

  it('lays out nothing as an empty page', () => {
    for (const form of ['sequence', 'timeline', 'matrix'] as const) {
      const layout = layoutAtOnce(drawingOf('', form), vocabulary)
      expect(layout && Number.isFinite(layout.width + layout.height)).toBe(true)
    }
  })

  it('gives way for long words between neighbouring lifelines', () => {
    const width = (label: string) =>
      layoutAtOnce(drawingOf(`a -> b: ${label}`, 'sequence'), vocabulary)?.width ?? 0
    expect(width('a label of several words that needs room')).toBeGreaterThan(width('get'))
  })
})

describe('placeDrawing', () => {
  const drawing = drawingOf(
    'group: Group { a; b }\ngroup.a -> group.b: one\ngroup.b -> group.a: two\nc -> c: self\nd',
  )

  it('puts centres where the learner put them, relative to each other', () => {
    const layout = placeDrawing(drawing, vocabulary, {
      'group.a': { x: 100, y: 100 },
      'group.b': { x: 500, y: 260 },
    })
    if (layout.kind !== 'linked') throw new Error('linked')
    const at = (id: string) => layout.nodes.find((node) => node.el === `node:${id}`)?.box
    const [a, b] = [at('group.a'), at('group.b')]
    if (!a || !b) throw new Error('both have places')
    expect(b.x + b.width / 2 - a.x - a.width / 2).toBeCloseTo(400)
    expect(b.y + b.height / 2 - a.y - a.height / 2).toBeCloseTo(160)
  })

  it('keeps members in their group, opposite edges apart, and shows everything', () => {
    const layout = placeDrawing(drawing, vocabulary, {})
    if (layout.kind !== 'linked') throw new Error('linked')
    const [group] = layout.groups
    for (const node of layout.nodes.filter((one) => one.el.startsWith('node:group.')))
      expect(group && contains(group.box, node.box)).toBe(true)
    expect(shown(layout).sort()).toEqual([...elementsOf(drawing)].sort())
    const [one, two] = layout.edges
    expect(one?.points[0]).not.toEqual(two?.points.at(-1))
  })

  it('never puts a node without a place on another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 0, max: 25 }), (count, placed) => {
        const names = Array.from({ length: count }, (_, i) => `node ${'x'.repeat(i % 7)} ${i}`)
        const all = drawingOf(names.join('\n'))
        const places = Object.fromEntries(
          (all as LinkedDrawing).nodes
            .slice(0, placed)
            .map((node, i) => [node.id, { x: (i % 5) * 200, y: Math.floor(i / 5) * 100 }]),
        )
        expect(findDefects(placeDrawing(all, vocabulary, places))).toEqual([])
      }),
    )
  })
})

describe('the graph for ELK', () => {
  const options = {
    direction: 'DOWN',
    seed: 1,
    thoroughness: 7,
    cycles: 'GREEDY',
    room: 24,
    labelWidth: 112,
    alignment: 'BALANCED',
    ordered: true,
    pinned: true,
    captions: new Map(),
  } as const

  it('holds every node once, groups with their members, and measured labels', () => {
    const drawing = drawingOf('g: { a; b }\ng.a -> g.b: hello\ng -> c') as LinkedDrawing
    const graph = toElk(drawing, vocabulary, options)
    const ids = (node: ElkNode): string[] => [node.id, ...(node.children ?? []).flatMap(ids)]
    expect(ids(graph).sort()).toEqual(['g:g', 'n:c', 'n:g.a', 'n:g.b', 'root'])
    expect(graph.edges?.[0]?.labels?.[0]?.width).toBeGreaterThan(30)
    expect(graph.edges?.[1]?.sources).toEqual(['g:g'])
  })

  it('takes the candidate with the fewest defects', async () => {
    const drawing = drawingOf('a -> b')
    let runs = 0
    const runElk = async (graph: ElkNode): Promise<ElkNode> => {
      runs++
      const apart = runs === 3 ? 200 : 10
      const children = (graph.children ?? []).map((child, i) => ({ ...child, x: 16, y: 16 + i * apart }))
      const points = { startPoint: { x: 50, y: 56 }, endPoint: { x: 50, y: 16 + apart } }
      const edges = (graph.edges ?? []).map((edge) => ({ ...edge, sections: [{ id: 's', ...points }] }))
      return { ...graph, width: 300, height: 300, children, edges }
    }
    const layout = await layoutDrawing(drawing, vocabulary, runElk, 'tidy')
    expect(runs).toBeGreaterThan(3)
    expect(findDefects(layout)).toEqual([])
  })
})

describe('layoutHash', () => {
  it('changes with the text and with what the vocabulary shows, and with nothing else', () => {
    const hash = layoutHash(drawingOf('client -> api: get'), vocabulary)
    expect(layoutHash(drawingOf('client -> api: get  # a comment'), vocabulary)).toBe(hash)
    expect(layoutHash(drawingOf('client -> api: put'), vocabulary)).not.toBe(hash)
    expect(layoutHash(drawingOf('client -> api: get'), buildVocabulary([]).vocabulary)).not.toBe(hash)
  })
})
