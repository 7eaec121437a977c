import { expect, it } from 'vitest'
import { emptyDrawing, type LinkedDrawing } from '../model.ts'
import type { LaidEdge, LaidNode, LinkedLayout } from './laid-out.ts'
import { straighten } from './polish.ts'

const drawing = emptyDrawing('topology') as LinkedDrawing
const node = (id: string, x: number, y: number): LaidNode => ({
  el: `node:${id}`,
  shape: 'box',
  box: { x, y, width: 80, height: 40 },
  lines: [id],
  icon: null,
  layer: 'none',
})
const layoutOf = (points: [number, number][], label: LaidEdge['label'] = null): LinkedLayout => ({
  kind: 'linked',
  form: 'topology',
  width: 400,
  height: 400,
  groups: [],
  nodes: [node('a', 0, 0), node('b', 0, 200)],
  edges: [
    {
      el: 'edge:a -> b',
      arrow: 'directed',
      points: points.map(([x, y]) => ({ x, y })),
      label,
      from: 'node:a',
      to: 'node:b',
    },
  ],
})
const bends = (layout: LinkedLayout) => layout.edges.reduce((sum, edge) => sum + edge.points.length, 0)

it('slides an end along its border where that takes a small step out, with the label on it', () => {
  const label = { lines: ['get'], box: { x: 20, y: 60, width: 40, height: 20 } }
  const [edge] = straighten(
    layoutOf(
      [
        [40, 40],
        [40, 100],
        [46, 100],
        [46, 200],
      ],
      label,
    ),
    drawing,
    bends,
  ).edges
  expect(edge?.points).toEqual([
    { x: 46, y: 40 },
    { x: 46, y: 200 },
  ])
  expect(edge?.label?.box.x).toBe(26)
})

it('takes a small step out of the middle of a line, its ends staying where they are', () => {
  const before = layoutOf([
    [40, 40],
    [40, 60],
    [150, 60],
    [150, 100],
    [156, 100],
    [156, 180],
    [40, 180],
    [40, 200],
  ])
  const [edge] = straighten(before, drawing, bends).edges
  expect(edge?.points).toHaveLength(6)
  expect(edge?.points[0]).toEqual({ x: 40, y: 40 })
  expect(edge?.points.at(-1)).toEqual({ x: 40, y: 200 })
})

it('leaves a wide step, and one whose end would slide off its side', () => {
  const wide = layoutOf([
    [40, 40],
    [40, 100],
    [70, 100],
    [70, 200],
  ])
  expect(straighten(wide, drawing, bends)).toEqual(wide)
  const corner = layoutOf([
    [73, 40],
    [73, 100],
    [79, 100],
    [79, 200],
  ])
  expect(straighten(corner, drawing, bends).edges[0]?.points).toEqual([
    { x: 73, y: 40 },
    { x: 73, y: 100 },
    { x: 79, y: 100 },
    { x: 79, y: 200 },
  ])
})

it('changes nothing that makes the drawing worse', () => {
  const before = layoutOf([
    [40, 40],
    [40, 100],
    [46, 100],
    [46, 200],
  ])
  expect(straighten(before, drawing, (layout) => -bends(layout))).toEqual(before)
})
