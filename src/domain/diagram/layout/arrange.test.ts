import { describe, expect, it } from 'vitest'
import type { LinkedDrawing } from '../model.ts'
import { parseDrawing } from '../notation/index.ts'
import { placeCaption } from './captions.ts'
import { flowOrder } from './flow.ts'
import { contains, overlaps } from './geometry.ts'
import type { LaidEdge, LinkedLayout } from './laid-out.ts'
import { openLoop } from './loop.ts'
import { tighten } from './tighten.ts'

const line = (...points: [number, number][]): Pick<LaidEdge, 'points' | 'label'> => ({
  points: points.map(([x, y]) => ({ x, y })),
  label: null,
})

describe('flowOrder', () => {
  it('follows the connections, a group before its first member', () => {
    const text = 'cluster: { b; a }\nclient -> lb\nlb -> cluster.a\ncluster.a -> cluster.b\nalone'
    const order = flowOrder(parseDrawing(text, 'topology').drawing as LinkedDrawing)
    const ids = [...order].sort((a, b) => a[1] - b[1]).map(([id]) => id)
    expect(ids).toEqual(['client', 'lb', 'cluster', 'cluster.a', 'cluster.b', 'alone'])
  })
})

describe('placeCaption', () => {
  const group = { x: 0, y: 0, width: 300, height: 200 }
  it('stands in the left top corner', () => {
    expect(placeCaption(group, 60, [], [])).toMatchObject({ x: 8, y: 6 })
  })
  it('moves along the top past a line, and to the bottom where the top is full', () => {
    const aside = placeCaption(group, 60, [], [line([30, -20], [30, 100])])
    expect(aside.x).toBeGreaterThan(30)
    expect(aside.y).toBe(6)
    const below = placeCaption(group, 60, [], [line([-20, 15], [320, 15])])
    expect(below.y).toBeGreaterThan(150)
  })
})

describe('openLoop', () => {
  const box = { x: 100, y: 100, width: 120, height: 40 }
  it('spreads ends that lie too close, and reaches into the round side of a pill', () => {
    const points = line([100, 117], [80, 117], [80, 123], [100, 123]).points
    const [first, , , last] = openLoop(points, box, 'pill')
    expect((last?.y ?? 0) - (first?.y ?? 0)).toBe(22)
    expect(first?.x).toBeGreaterThan(100)
    expect(openLoop(points, box, 'box')[0]?.x).toBe(100)
  })
})

describe('tighten', () => {
  const node = { el: 'node:a', shape: 'box', lines: ['a'], icon: null, layer: 'none' } as const
  const layout: LinkedLayout = {
    kind: 'linked',
    form: 'topology',
    width: 500,
    height: 500,
    groups: [
      {
        el: 'group:g',
        box: { x: 16, y: 16, width: 400, height: 400 },
        caption: 'g',
        captionBox: { x: 24, y: 22, width: 24, height: 24 },
        depth: 0,
      },
    ],
    nodes: [
      { ...node, box: { x: 40, y: 60, width: 80, height: 40 } },
      { ...node, el: 'node:b', lines: ['b'], box: { x: 40, y: 440, width: 80, height: 40 } },
    ],
    edges: [],
  }

  it('draws a group back to what it holds', () => {
    const { groups, nodes } = tighten(layout)
    const [group] = groups
    const [inside, outside] = nodes
    if (!group || !inside || !outside) throw new Error('nothing is lost')
    expect(contains(group.box, inside.box)).toBe(true)
    expect(contains(group.box, group.captionBox)).toBe(true)
    expect(overlaps(group.box, outside.box)).toBe(false)
    expect(group.box.height).toBeLessThan(120)
    expect(group.box.width).toBeLessThan(130)
  })

  it('leaves a side along which a line runs, or across which a label would lie', () => {
    const edge: LaidEdge = {
      el: 'edge:x -> b',
      arrow: 'directed',
      points: [
        { x: 80, y: 100 },
        { x: 80, y: 440 },
      ],
      label: { lines: ['get'], box: { x: 60, y: 106, width: 40, height: 20 } },
      from: 'node:a',
      to: 'node:b',
    }
    const [group] = tighten({ ...layout, edges: [edge] }).groups
    // The top comes down by 4 px to the caption's strip; the bottom stays below the label.
    expect(group?.box.height).toBe(396)
  })

  it('leaves a group at which a line ends', () => {
    const edge = { ...line([40, 440], [40, 416]), el: 'edge:b -> g', arrow: 'directed' } as const
    const ended: LaidEdge = { ...edge, from: 'node:b', to: 'group:g' }
    expect(tighten({ ...layout, edges: [ended] }).groups[0]?.box.height).toBe(400)
  })
})
