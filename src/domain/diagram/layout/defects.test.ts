import { describe, expect, it } from 'vitest'
import { countCrossings, countCrowded, findDefects } from './defects.ts'
import type { LaidEdge, LaidNode, LinkedLayout } from './laid-out.ts'

const node = (id: string, x: number, y: number, lines = [id]): LaidNode => ({
  el: `node:${id}`,
  shape: 'box',
  box: { x, y, width: 80, height: 40 },
  lines,
  icon: null,
  layer: 'none',
})
const edge = (from: string, to: string, points: [number, number][], chip?: [number, number]): LaidEdge => ({
  el: `edge:${from} -> ${to}`,
  arrow: 'directed',
  points: points.map(([x, y]) => ({ x, y })),
  label: chip ? { lines: ['get'], box: { x: chip[0], y: chip[1], width: 40, height: 20 } } : null,
  from: `node:${from}`,
  to: `node:${to}`,
})
const layout = (nodes: LaidNode[], edges: LaidEdge[] = [], groups: LinkedLayout['groups'] = []) => ({
  kind: 'linked' as const,
  form: 'topology' as const,
  width: 800,
  height: 600,
  groups,
  nodes,
  edges,
})
const kinds = (one: LinkedLayout) => findDefects(one).map((defect) => defect.kind)

describe('findDefects', () => {
  it('finds nothing in a clean drawing', () => {
    const nodes = [node('a', 0, 0), node('b', 0, 160)]
    expect(
      findDefects(
        layout(nodes, [
          edge(
            'a',
            'b',
            [
              [40, 40],
              [40, 160],
            ],
            [20, 90],
          ),
        ]),
      ),
    ).toEqual([])
  })

  it('finds nodes that overlap', () => {
    expect(kinds(layout([node('a', 0, 0), node('b', 60, 20)]))).toEqual(['overlap'])
  })

  it('finds a node astride the border of a group', () => {
    const box = { x: 40, y: 0, width: 200, height: 200 }
    const group = {
      el: 'group:g' as const,
      box,
      caption: 'g',
      captionBox: { ...box, x: 150, width: 20, height: 16 },
      depth: 0,
    }
    expect(kinds(layout([node('a', 0, 50)], [], [group]))).toEqual(['overlap'])
  })

  it('finds an edge through a foreign node', () => {
    const nodes = [node('a', 0, 0), node('b', 0, 100), node('c', 0, 200)]
    expect(
      kinds(
        layout(nodes, [
          edge('a', 'c', [
            [40, 40],
            [40, 200],
          ]),
        ]),
      ),
    ).toEqual(['edge-through-node'])
  })

  it('finds a label over a node, over another label and over a foreign line', () => {
    const nodes = [node('a', 0, 0), node('b', 0, 200), node('c', 200, 0), node('d', 200, 200)]
    const down = edge(
      'a',
      'b',
      [
        [40, 40],
        [40, 200],
      ],
      [20, 100],
    )
    const other = (chip: [number, number]) =>
      edge(
        'c',
        'd',
        [
          [240, 40],
          [240, 200],
        ],
        chip,
      )
    expect(kinds(layout(nodes, [down, other([210, 20])]))).toEqual(['label-collision'])
    expect(kinds(layout(nodes, [down, other([50, 90])]))).toEqual(['label-collision'])
    expect(kinds(layout(nodes, [down, other([10, 130])]))).toEqual(['label-collision'])
  })

  it('finds a line through a caption', () => {
    const group = {
      el: 'group:g' as const,
      box: { x: 0, y: 80, width: 200, height: 200 },
      caption: 'Group',
      captionBox: { x: 8, y: 84, width: 60, height: 20 },
      depth: 0,
    }
    const nodes = [node('a', 0, 0), node('b', 20, 160)]
    const found = kinds(
      layout(
        nodes,
        [
          edge('a', 'b', [
            [40, 40],
            [40, 160],
          ]),
        ],
        [group],
      ),
    )
    expect(found).toEqual(['label-collision'])
  })

  it('finds text that is wider than its box, and text that was cut', () => {
    expect(kinds(layout([node('a', 0, 0, ['Horizontal pod autoscaler'])]))).toEqual(['text-too-wide'])
    expect(kinds(layout([node('a', 0, 0, ['abc…'])]))).toEqual(['text-cut'])
  })

  it('finds an edge without a line', () => {
    expect(kinds(layout([node('a', 0, 0), node('b', 0, 100)], [edge('a', 'b', [])]))).toEqual(['lost'])
  })
})

it('counts crossings of lines', () => {
  const down = edge('a', 'b', [
    [50, 0],
    [50, 100],
  ])
  const across = edge('c', 'd', [
    [0, 50],
    [100, 50],
  ])
  expect(countCrossings([down, across])).toBe(1)
  expect(
    countCrossings([
      down,
      edge('c', 'd', [
        [0, 50],
        [50, 50],
      ]),
    ]),
  ).toBe(0)
})

it('counts lines that run side by side too close', () => {
  const down = edge('a', 'b', [
    [50, 0],
    [50, 100],
  ])
  const beside = (x: number) =>
    edge('c', 'd', [
      [x, 20],
      [x, 80],
    ])
  expect(countCrowded([down, beside(55)])).toBe(1)
  expect(countCrowded([down, beside(64)])).toBe(0)
})
