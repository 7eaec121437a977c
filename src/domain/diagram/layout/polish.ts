import type { LinkedDrawing } from '../model.ts'
import { type Box, overlaps, type Point, simplify } from './geometry.ts'
import type { LaidEdge, LinkedLayout } from './laid-out.ts'

/** A step aside of at most this many px is taken out where an end can slide along its border instead. */
const JOG_MAX = 14
/** How near to a corner, and to another line's end, a line may meet a border. */
const CORNER_MIN = { box: 10, pill: 18, question: 22, start: 99, end: 99 } as const
const END_GAP = 11

type Cost = (layout: LinkedLayout, drawing: LinkedDrawing) => number

/** Takes out small steps of lines, one at a time, as long as the drawing gets better by `cost`. */
export function straighten(layout: LinkedLayout, drawing: LinkedDrawing, cost: Cost): LinkedLayout {
  let best = layout
  let lowest = cost(layout, drawing)
  for (const [e] of layout.edges.entries()) {
    for (let again = true; again; ) {
      again = false
      for (const changed of straighter(best, e)) {
        const edges = best.edges.with(e, changed)
        const tried = { ...best, edges }
        const price = cost(tried, drawing)
        if (price >= lowest) continue
        best = tried
        lowest = price
        again = true
        break
      }
    }
  }
  return best
}

/** The same edge with one small step less, in each way that keeps its ends on their borders. */
function straighter(layout: LinkedLayout, e: number): LaidEdge[] {
  const edge = layout.edges[e]
  if (!edge || edge.from === edge.to) return []
  const found: LaidEdge[] = []
  const forwards = slideStart(edge.points)
  if (forwards && mayEnd(layout, edge, 'from', forwards.points[0])) found.push(moved(edge, forwards))
  const backwards = slideStart([...edge.points].reverse())
  if (backwards && mayEnd(layout, edge, 'to', backwards.points[0])) {
    found.push(moved(edge, { ...backwards, points: [...backwards.points].reverse() }))
  }
  return [...found, ...innerSteps(edge.points).map((slid) => moved(edge, slid))]
}

/** Small steps between two segments of which one is no end: that one moves over to the other. */
function innerSteps(points: readonly Point[]): Slid[] {
  return points.flatMap((b, i): Slid[] => {
    const [a, c, d] = [points[i - 1], points[i + 1], points[i + 2]]
    if (!a || !c || !d || !isSmallStep(a, b, c, d)) return []
    const by = { x: c.x - b.x, y: c.y - b.y }
    const found: Slid[] = []
    if (i - 1 > 0) {
      const from = { x: a.x + by.x, y: a.y + by.y }
      const changed = [...points.slice(0, i - 1), from, ...points.slice(i + 1)]
      found.push({ points: simplify(changed), by, swept: [a, b] })
    }
    if (i + 2 < points.length - 1) {
      const to = { x: d.x - by.x, y: d.y - by.y }
      const changed = [...points.slice(0, i + 1), to, ...points.slice(i + 3)]
      found.push({ points: simplify(changed), by: { x: -by.x, y: -by.y }, swept: [c, d] })
    }
    return found
  })
}

/** From b to c aside, and on in the same direction as from a to b. */
function isSmallStep(a: Point, b: Point, c: Point, d: Point): boolean {
  const step = { x: c.x - b.x, y: c.y - b.y }
  const parallel = (b.x - a.x) * (d.x - c.x) + (b.y - a.y) * (d.y - c.y) > 0
  const square = Math.abs((b.x - a.x) * step.x + (b.y - a.y) * step.y) < 0.5
  return Math.abs(step.x) + Math.abs(step.y) <= JOG_MAX && parallel && square
}

interface Slid {
  readonly points: readonly Point[]
  readonly by: Point
  /** The segment that moved, as a box without width. */
  readonly swept: readonly [Point, Point]
}

/** Where the second segment is a small step between two parallel ones, the first moves over to the third. */
function slideStart(points: readonly Point[]): Slid | null {
  const [a, b, c, d] = points
  if (!a || !b || !c || !d) return null
  if (!isSmallStep(a, b, c, d)) return null
  const by = { x: c.x - b.x, y: c.y - b.y }
  return {
    points: simplify([{ x: a.x + by.x, y: a.y + by.y }, c, ...points.slice(3)]),
    by,
    swept: [a, b],
  }
}

function moved(edge: LaidEdge, slid: Slid): LaidEdge {
  const { label } = edge
  const [a, b] = slid.swept
  const path: Box = {
    x: Math.min(a.x, b.x) - 1,
    y: Math.min(a.y, b.y) - 1,
    width: Math.abs(a.x - b.x) + 2,
    height: Math.abs(a.y - b.y) + 2,
  }
  if (!label || !overlaps(label.box, path)) return { ...edge, points: slid.points }
  const box = { ...label.box, x: label.box.x + slid.by.x, y: label.box.y + slid.by.y }
  return { ...edge, points: slid.points, label: { ...label, box } }
}

/** An end may lie on the side of its box where it lay before, off the corners and off other ends. */
function mayEnd(layout: LinkedLayout, edge: LaidEdge, which: 'from' | 'to', at: Point | undefined): boolean {
  const id = edge[which]
  const node = layout.nodes.find((one) => one.el === id)
  const box = node?.box ?? layout.groups.find((one) => one.el === id)?.box
  if (!box || !at) return false
  const corner = CORNER_MIN[node?.shape ?? 'box']
  const onRow = Math.abs(at.y - box.y) < 0.6 || Math.abs(at.y - box.y - box.height) < 0.6
  const inside = onRow
    ? at.x >= box.x + corner && at.x <= box.x + box.width - corner
    : at.y >= box.y + corner && at.y <= box.y + box.height - corner
  if (!inside) return false
  return layout.edges.every((other) => {
    const ends = [
      other === edge ? null : other.from === id ? other.points[0] : null,
      other === edge ? null : other.to === id ? other.points.at(-1) : null,
    ]
    return ends.every((end) => !end || Math.abs(end.x - at.x) + Math.abs(end.y - at.y) >= END_GAP)
  })
}
