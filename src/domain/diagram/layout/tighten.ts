import { placeCaption } from './captions.ts'
import { fitted } from './fit.ts'
import { type Box, contains, grow, hull, overlaps, segmentHits, segmentsOf } from './geometry.ts'
import type { LaidEdge, LaidGroup, LinkedLayout } from './laid-out.ts'
import { CAPTION_HEIGHT } from './look.ts'

const PADDING = 16
/** A border keeps this far from lines that run along it and from chips that it does not enclose. */
const CLEARANCE = 8

/**
 * ELK leaves room in a group for the lines and labels that pass through it. Draws each border back to what
 * the group holds, side by side, where that brings it no nearer to anything else. Inner groups come first.
 */
export function tighten(layout: LinkedLayout): LinkedLayout {
  let tight = layout
  const ends = new Set(layout.edges.flatMap((edge) => [edge.from, edge.to]))
  for (const group of [...layout.groups].reverse()) {
    if (ends.has(group.el)) continue
    tight = withTightGroup(tight, group.el)
  }
  return fitted(tight)
}

function withTightGroup(layout: LinkedLayout, el: LaidGroup['el']): LinkedLayout {
  const index = layout.groups.findIndex((group) => group.el === el)
  const group = layout.groups[index]
  const wanted = group && heldBy(layout, group)
  if (!group || !wanted) return layout
  let box = group.box
  for (const side of ['bottom', 'right', 'left', 'top'] as const) {
    const tried = moveSide(box, wanted, side)
    if (isClear(tried, layout, group)) box = tried
  }
  const captionBox = placeCaption(box, group.captionBox.width, layout.nodes, layout.edges)
  return { ...layout, groups: layout.groups.with(index, { ...group, box, captionBox }) }
}

/** The box around a group's members, the lines between them and the caption, with padding. */
function heldBy(layout: LinkedLayout, group: LaidGroup): Box | null {
  const inside = (box: Box) => contains(group.box, box)
  const members = [
    ...layout.nodes.filter((node) => inside(node.box)),
    ...layout.groups.filter((other) => other !== group && inside(other.box)),
  ]
  const ids = new Set(members.map((member) => member.el))
  const inner = layout.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to))
  const points = inner.flatMap((edge) => edge.points.map((point) => ({ ...point, width: 0, height: 0 })))
  const chips = inner.flatMap((edge) => (edge.label ? [edge.label.box] : []))
  const held = hull([...members.map((member) => member.box), ...points, ...chips])
  if (!held) return null
  const padded = grow(held, PADDING)
  const atTop = group.captionBox.y + group.captionBox.height <= held.y + 1
  const atBottom = group.captionBox.y >= held.y + held.height - 1
  const top = atTop ? padded.y - CAPTION_HEIGHT : padded.y
  const bottom = padded.y + padded.height + (atBottom ? CAPTION_HEIGHT : 0)
  const beside = !atTop && !atBottom
  const left = beside ? Math.min(padded.x, group.captionBox.x - 8) : padded.x
  const right = Math.max(padded.x + padded.width, left + group.captionBox.width + PADDING)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The box with one side moved inwards to where `wanted` has it; never outwards. */
function moveSide(box: Box, wanted: Box, side: 'top' | 'right' | 'bottom' | 'left'): Box {
  const right = box.x + box.width
  const bottom = box.y + box.height
  switch (side) {
    case 'left': {
      const x = Math.max(box.x, wanted.x)
      return { ...box, x, width: right - x }
    }
    case 'top': {
      const y = Math.max(box.y, wanted.y)
      return { ...box, y, height: bottom - y }
    }
    case 'right':
      return { ...box, width: Math.min(right, wanted.x + wanted.width) - box.x }
    case 'bottom':
      return { ...box, height: Math.min(bottom, wanted.y + wanted.height) - box.y }
  }
}

/** No line runs along the new border, and no chip lies across it. */
function isClear(box: Box, layout: LinkedLayout, group: LaidGroup): boolean {
  const near = grow(box, CLEARANCE)
  const far = grow(box, -CLEARANCE)
  const along = (edge: LaidEdge) =>
    segmentsOf(edge.points).some(([a, b]) => {
      if (!segmentHits(a, b, near)) return false
      const level = a.y === b.y ? [box.y, box.y + box.height] : [box.x, box.x + box.width]
      const at = a.y === b.y ? a.y : a.x
      return level.some((line) => Math.abs(line - at) < CLEARANCE)
    })
  const across = (chip: Box) => overlaps(near, chip) && !contains(far, chip) && overlaps(group.box, chip)
  return !layout.edges.some((edge) => along(edge) || (edge.label !== null && across(edge.label.box)))
}
