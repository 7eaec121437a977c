import { type Box, type Point, tenth } from './geometry.ts'
import type { Shape } from './laid-out.ts'

/** How far apart the two ends of a self loop lie, in px: closer, its corners and its head run into one. */
const LOOP_OPENING = 22
const PILL_RADIUS = 20

/**
 * Spreads the ends of a self loop of four points along the side where it starts, and lets them meet a
 * pill's round side.
 */
export function openLoop(points: readonly Point[], box: Box, shape: Shape): Point[] {
  const [a, b, c, d] = points
  if (!a || !b || !c || !d || points.length !== 4) return [...points]
  const upright = Math.abs(a.x - d.x) < 0.5
  const [near, far] = upright ? [a.y, d.y] : [a.x, d.x]
  const room = (upright ? box.height : box.width) - 16
  const opening = Math.min(Math.max(Math.abs(far - near), LOOP_OPENING), Math.max(room, 8))
  const middle = (near + far) / 2
  const first = tenth(middle + (Math.sign(near - far) * opening) / 2)
  const last = tenth(middle + (Math.sign(far - near) * opening) / 2)
  if (!upright) {
    return [
      { x: first, y: a.y },
      { x: first, y: b.y },
      { x: last, y: c.y },
      { x: last, y: d.y },
    ]
  }
  const dent = shape === 'pill' ? roundness(first - (box.y + box.height / 2)) : 0
  const edge = tenth(a.x + Math.sign(a.x - b.x) * dent)
  return [
    { x: edge, y: first },
    { x: b.x, y: first },
    { x: c.x, y: last },
    { x: edge, y: last },
  ]
}

/** How far the round end of a pill lies inside its box at this height above or below its middle. */
const roundness = (offset: number): number =>
  PILL_RADIUS - Math.sqrt(Math.max(0, PILL_RADIUS ** 2 - offset ** 2))
