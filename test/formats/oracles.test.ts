import { D2 } from '@terrastruct/d2'
import fc from 'fast-check'
import { fromDot, type RootGraphModel } from 'ts-graphviz'
import { afterAll, describe, expect, test } from 'vitest'
import { type Drawing, isLinked, loadFormats, splitPath } from '#domain/diagram/index.ts'
import { anyDrawing, anyLayout } from './drawings.ts'

/** What is written is also what the tool's own reader, or another one, makes of it: not only what ours does. */

const { exportDrawing } = await loadFormats()

const written = (drawing: Drawing, format: 'dot' | 'd2'): string => {
  const text = exportDrawing({ drawing, laidOut: anyLayout(drawing), title: '' }, format)
  if (!text.ok) throw new Error(text.error.message)
  return text.value
}

const FORMS = ['topology', 'sequence', 'states', 'decision'] as const

describe('DOT by ts-graphviz', () => {
  test.each(FORMS)('%s', (form) => {
    fc.assert(
      fc.property(anyDrawing(form), (drawing) => {
        if (!isLinked(drawing)) return
        const text = written(drawing, 'dot')
        const graph = fromDot(text)
        expect(labelsOf(graph).sort(), text).toEqual(drawing.nodes.map(({ label }) => label).sort())
        const edges = graph.edges.map((edge) => String(edge.attributes.get('label') ?? ''))
        const wanted = drawing.edges.map(({ label }, i) =>
          form === 'sequence' ? `${i + 1}. ${label}`.trim() : label,
        )
        expect(edges.map(unescaped), text).toEqual(wanted)
      }),
      { numRuns: 80 },
    )
  })
})

type Graph = Pick<RootGraphModel, 'nodes' | 'subgraphs'>

/** ts-graphviz keeps DOT's escapes as they are written. */
const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1')

const labelsOf = (graph: Graph): string[] => [
  ...graph.nodes
    .filter((node) => node.attributes.get('style') !== 'invis')
    .map((node) => unescaped(String(node.attributes.get('label') ?? ''))),
  ...graph.subgraphs.flatMap(labelsOf),
]

describe('D2 by its own compiler', () => {
  const compiler = new D2()
  afterAll(async () => {
    await (compiler as unknown as { worker?: { terminate(): Promise<number> } }).worker?.terminate()
  })

  test.each(FORMS)(
    '%s',
    async (form) => {
      for (const drawing of fc.sample(anyDrawing(form), { numRuns: 12, seed: 20 })) {
        if (!isLinked(drawing)) continue
        const text = written(drawing, 'd2')
        const request = { fs: { index: text }, options: { layout: 'dagre' as const } }
        const { diagram } = await compiler.compile(request).catch((error: Error) => {
          throw new Error(`${error.message}\n${text}`)
        })
        const compiled = diagram.shapes as unknown as readonly { id: string; label: string }[]
        const shapes = compiled.map(({ id, label }) => `${splitPath(id).length} ${label}`)
        const own = [...drawing.nodes, ...drawing.groups].map(
          ({ id, label }) => `${splitPath(id).length} ${label}`,
        )
        expect(shapes.sort(), text).toEqual(own.sort())
        const links = diagram.connections.filter(({ dst }) => !/-lifeline-end-\d+$/.test(dst))
        expect(links.map(({ label }) => label).sort(), text).toEqual(
          drawing.edges.map(({ label }) => label).sort(),
        )
      }
    },
    120_000,
  )
})
