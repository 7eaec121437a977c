/** Lengths and places are in CSS pixels at scale 1; y grows downwards. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const GRID = 8

/** Up to the next multiple of `step`, so that boxes and their centres fall on the grid. */
export const snapUp = (length: number, step = GRID): number => Math.ceil(length / step - 1e-9) * step

/** Coordinates are kept to a tenth of a pixel: finer is invisible and makes baked files noisy. */
export const tenth = (value: number): number => Math.round(value * 10) / 10 + 0

export const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

export const grow = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + 2 * by,
  height: box.height + 2 * by,
})

/** True where the insides meet by more than `slack` in both directions. */
export const overlaps = (a: Box, b: Box, slack = 0.5): boolean =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > slack &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > slack

export const contains = (outer: Box, inner: Box, slack = 0.5): boolean =>
  inner.x >= outer.x - slack &&
  inner.y >= outer.y - slack &&
  inner.x + inner.width <= outer.x + outer.width + slack &&
  inner.y + inner.height <= outer.y + outer.height + slack

/** The smallest box around all; null around nothing. */
export function hull(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

/**
 * True where the segment passes through the inside of the box (Liang–Barsky clipping on the box shrunk by
 * 0.5).
 */
export function segmentHits(a: Point, b: Point, box: Box): boolean {
  const inner = grow(box, -0.5)
  if (inner.width <= 0 || inner.height <= 0) return false
  // Most boxes lie wholly to one side of it.
  if (Math.max(a.x, b.x) < inner.x || Math.min(a.x, b.x) > inner.x + inner.width) return false
  if (Math.max(a.y, b.y) < inner.y || Math.min(a.y, b.y) > inner.y + inner.height) return false
  const dx = b.x - a.x
  const dy = b.y - a.y
  let enter = 0
  let leave = 1
  const sides: [number, number][] = [
    [-dx, a.x - inner.x],
    [dx, inner.x + inner.width - a.x],
    [-dy, a.y - inner.y],
    [dy, inner.y + inner.height - a.y],
  ]
  for (const [p, q] of sides) {
    if (p === 0 && q < 0) return false
    if (p < 0) enter = Math.max(enter, q / p)
    if (p > 0) leave = Math.min(leave, q / p)
  }
  return enter < leave
}

const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

/** True where two segments cross at a point inside both; touching ends do not count. */
export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const opposite = (s: number, t: number) => (s > 1e-6 && t < -1e-6) || (s < -1e-6 && t > 1e-6)
  return opposite(turn(a, b, c), turn(a, b, d)) && opposite(turn(c, d, a), turn(c, d, b))
}

/** Each pair of neighbours of a polyline. */
export function segmentsOf(points: readonly Point[]): [Point, Point][] {
  return points.slice(1).map((point, i) => [points[i] ?? point, point])
}

/** Drops points that lie on the straight line between their neighbours, and repeated ones. */
export function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (last && Math.abs(last.x - point.x) < 0.05 && Math.abs(last.y - point.y) < 0.05) continue
    const before = kept.at(-2)
    if (before && last && Math.abs(turn(before, last, point)) < 0.5) kept.pop()
    kept.push(point)
  }
  return kept
}
