import { type Box, GRID, overlaps, segmentHits, segmentsOf } from './geometry.ts'
import type { LaidEdge, LaidNode } from './laid-out.ts'
import { CAPTION_HEIGHT } from './look.ts'

/**
 * A group's caption stands in its top left corner; where a line passes there, it moves right along the top,
 * and at last along the bottom, to the first place that nothing crosses.
 */
export function placeCaption(
  group: Box,
  width: number,
  nodes: readonly Pick<LaidNode, 'box'>[],
  edges: readonly Pick<LaidEdge, 'points' | 'label'>[],
): Box {
  const places: Box[] = []
  const right = group.x + group.width - width - GRID
  for (const y of [group.y + 6, group.y + group.height - CAPTION_HEIGHT - 2]) {
    for (let x = group.x + GRID; x <= right || x === group.x + GRID; x += GRID)
      places.push({ x, y, width, height: CAPTION_HEIGHT })
  }
  const free = (place: Box) =>
    !nodes.some((node) => overlaps(node.box, place)) &&
    !edges.some(
      (edge) =>
        segmentsOf(edge.points).some(([a, b]) => segmentHits(a, b, place)) ||
        (edge.label !== null && overlaps(edge.label.box, place)),
    )
  return places.find(free) ?? places[0] ?? group
}
