import type { Box, Point } from '../layout/index.ts'

/** A picture as drawing tools keep it: shapes, arrows and words, before anybody said what is a node. Absolute px. */
export interface Scene {
  readonly shapes: readonly SceneShape[]
  readonly arrows: readonly SceneArrow[]
  readonly texts: readonly SceneText[]
  /** Upright lines, as they hang below the participants of a sequence. */
  readonly lifelines: readonly Lifeline[]
}

export interface SceneShape {
  readonly key: string
  readonly label: string
  readonly box: Box
  /** The group around it, where the file tells it; undefined where only geometry does. */
  readonly parent: string | null | undefined
  /** The file itself calls it a container. */
  readonly group: boolean
}

export interface SceneArrow {
  readonly key: string
  /** What it is bound to, where the file tells it. */
  readonly from: string | null
  readonly to: string | null
  /** From its start to its end; empty where the file has no geometry. */
  readonly points: readonly Point[]
  readonly headAtStart: boolean
  readonly headAtEnd: boolean
  readonly label: string
  /** A plain line: a connection only where both its ends stand at shapes. */
  readonly plain: boolean
}

export interface SceneText {
  readonly key: string
  readonly text: string
  readonly box: Box
}

export interface Lifeline {
  readonly x: number
  readonly top: number
  readonly bottom: number
}

export const centreOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
export const areaOf = (box: Box): number => box.width * box.height

/** Whether `inner` stands inside `outer`, up to `slack` px, and is smaller. */
export const holds = (outer: Box, inner: Box, slack = 2): boolean =>
  inner.x >= outer.x - slack &&
  inner.y >= outer.y - slack &&
  inner.x + inner.width <= outer.x + outer.width + slack &&
  inner.y + inner.height <= outer.y + outer.height + slack &&
  areaOf(outer) > areaOf(inner)

export const isIn = (box: Box, { x, y }: Point): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height

/** From a point to the nearest point of a box, in px; 0 inside it. */
export function distanceToBox({ x, y }: Point, box: Box): number {
  const dx = Math.max(box.x - x, 0, x - box.x - box.width)
  const dy = Math.max(box.y - y, 0, y - box.y - box.height)
  return Math.hypot(dx, dy)
}

/** From a point to the border of a box, in px, from inside or outside. */
export function distanceToBorder(point: Point, box: Box): number {
  if (!isIn(box, point)) return distanceToBox(point, box)
  return Math.min(point.x - box.x, box.x + box.width - point.x, point.y - box.y, box.y + box.height - point.y)
}

/** From a point to a line of several pieces, in px. */
export function distanceToLine(point: Point, line: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i] ?? point, line[i + 1] ?? point]
    const length2 = (b.x - a.x) ** 2 + (b.y - a.y) ** 2
    const along =
      length2 === 0 ? 0 : ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length2
    const t = Math.max(0, Math.min(1, along))
    least = Math.min(least, Math.hypot(point.x - a.x - t * (b.x - a.x), point.y - a.y - t * (b.y - a.y)))
  }
  return least
}
