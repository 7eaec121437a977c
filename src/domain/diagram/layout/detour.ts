import { type Box, centre, grow, type Point, segmentHits, segmentsOf, tenth } from './geometry.ts'

const CLEAR = 10
const STEP = 20
const STEPS = 14
/** Ends this far out of line count as beside (or above) each other. */
const IN_LINE = 28

/**
 * A way round what stands between two boxes, for a line that would run through others: a bracket above, below or beside
 * them where the ends are in line, else one bend. The straight points where nothing is in the way or no way is free.
 * `taken` are ways of other lines, which are kept apart.
 */
export function detour(
  from: Box,
  to: Box,
  straight: readonly Point[],
  obstacles: readonly Box[],
  taken: readonly (readonly Point[])[],
): Point[] {
  const hits = segmentsOf(straight).some(([a, b]) => obstacles.some((box) => segmentHits(a, b, box)))
  if (!hits) return [...straight]
  const boxes = obstacles.map((box) => grow(box, CLEAR))
  const isFree = (points: readonly Point[]) =>
    segmentsOf(points).every(([a, b]) => !boxes.some((box) => segmentHits(a, b, box)))
  const apart = (points: readonly Point[]) => taken.every((other) => !runsAlong(points, other))
  const ways = candidates(from, to)
  return ways.find((way) => isFree(way) && apart(way)) ?? ways.find(isFree) ?? [...straight]
}

function candidates(from: Box, to: Box): Point[][] {
  const a = centre(from)
  const b = centre(to)
  const ways: Point[][] = []
  for (let step = 1; step <= STEPS; step++) {
    for (const sign of [-1, 1] as const) {
      const out = sign * (step * STEP + 8)
      if (Math.abs(a.y - b.y) <= IN_LINE) ways.push(bracket(from, to, out, 'x'))
      else if (Math.abs(a.x - b.x) <= IN_LINE) ways.push(bracket(from, to, out, 'y'))
      else ways.push(bend(from, to, out))
    }
  }
  return ways
}

/** Out of both boxes at the same side, and across at a distance from them. */
function bracket(from: Box, to: Box, out: number, along: 'x' | 'y'): Point[] {
  const a = centre(from)
  const b = centre(to)
  if (along === 'x') {
    const edge = (box: Box) => (out < 0 ? box.y : box.y + box.height)
    const level = tenth((out < 0 ? Math.min(edge(from), edge(to)) : Math.max(edge(from), edge(to))) + out)
    return [
      { x: a.x, y: edge(from) },
      { x: a.x, y: level },
      { x: b.x, y: level },
      { x: b.x, y: edge(to) },
    ]
  }
  const edge = (box: Box) => (out < 0 ? box.x : box.x + box.width)
  const level = tenth((out < 0 ? Math.min(edge(from), edge(to)) : Math.max(edge(from), edge(to))) + out)
  return [
    { x: edge(from), y: a.y },
    { x: level, y: a.y },
    { x: level, y: b.y },
    { x: edge(to), y: b.y },
  ]
}

/** Straight to a point beside the middle, and straight on. */
function bend(from: Box, to: Box, out: number): Point[] {
  const a = centre(from)
  const b = centre(to)
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const middle = {
    x: tenth((a.x + b.x) / 2 - ((b.y - a.y) / length) * out),
    y: tenth((a.y + b.y) / 2 + ((b.x - a.x) / length) * out),
  }
  return [borderPoint(from, middle), middle, borderPoint(to, middle)]
}

/** Where the line from the middle of the box to a point outside leaves it. */
function borderPoint(box: Box, outside: Point): Point {
  const c = centre(box)
  const dx = outside.x - c.x
  const dy = outside.y - c.y
  const share = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : box.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : box.height / 2 / Math.abs(dy),
    1,
  )
  return { x: tenth(c.x + dx * share), y: tenth(c.y + dy * share) }
}

/** Whether two ways share a stretch, closer than a line and a label need. */
function runsAlong(one: readonly Point[], other: readonly Point[]): boolean {
  const near = 12
  return segmentsOf(one).some(([a, b]) =>
    segmentsOf(other).some(([c, d]) => {
      const level = (p: Point, q: Point, axis: 'x' | 'y') => Math.abs(p[axis] - q[axis]) < 1
      for (const [axis, cross] of [
        ['x', 'y'],
        ['y', 'x'],
      ] as const) {
        if (!level(a, b, cross) || !level(c, d, cross) || Math.abs(a[cross] - c[cross]) > near) continue
        const low = Math.max(Math.min(a[axis], b[axis]), Math.min(c[axis], d[axis]))
        const high = Math.min(Math.max(a[axis], b[axis]), Math.max(c[axis], d[axis]))
        if (high - low > near) return true
      }
      return false
    }),
  )
}
