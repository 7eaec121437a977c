import { type Box, hull, type Point, tenth } from './geometry.ts'
import type { LinkedLayout } from './laid-out.ts'

/** Around every drawing, in px. */
export const MARGIN = 16

const asBox = (point: Point): Box => ({ x: point.x, y: point.y, width: 0, height: 0 })

/** Moves everything so that it starts at the margin, and sets the size. */
export function fitted(layout: LinkedLayout): LinkedLayout {
  const all = hull([
    ...layout.nodes.map((node) => node.box),
    ...layout.groups.flatMap((group) => [group.box, group.captionBox]),
    ...layout.edges.flatMap((edge) => edge.points.map(asBox)),
    ...layout.edges.flatMap((edge) => (edge.label ? [edge.label.box] : [])),
  ]) ?? { x: 0, y: 0, width: 0, height: 0 }
  const move = <T extends Point>(at: T): T => ({
    ...at,
    x: tenth(at.x - all.x + MARGIN),
    y: tenth(at.y - all.y + MARGIN),
  })
  return {
    ...layout,
    width: tenth(all.width + 2 * MARGIN),
    height: tenth(all.height + 2 * MARGIN),
    nodes: layout.nodes.map((node) => ({ ...node, box: move(node.box) })),
    groups: layout.groups.map((group) => ({
      ...group,
      box: move(group.box),
      captionBox: move(group.captionBox),
    })),
    edges: layout.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(move),
      label: edge.label && { ...edge.label, box: move(edge.label.box) },
    })),
  }
}
