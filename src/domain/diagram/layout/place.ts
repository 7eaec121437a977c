import { invariant } from '#lib/invariant.ts'
import type { Drawing, DrawnEdge, ElementId, LinkedDrawing } from '../model.ts'
import { isLinked } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { layoutAtOnce } from './at-once.ts'
import { placeCaption } from './captions.ts'
import { detour } from './detour.ts'
import { fitted } from './fit.ts'
import { type Box, centre, grow, hull, overlaps, type Point, tenth } from './geometry.ts'
import type { LaidEdge, LaidGroup, LaidLabel, LaidNode, LaidOut, LinkedLayout } from './laid-out.ts'
import { inDepthOrder } from './linked.ts'
import { CAPTION_HEIGHT, type ChipLook, captionLook, edgeChip, type NodeLook, nodeLooks } from './look.ts'

/** Centres of nodes, and of groups without members, in px, by id. */
export type Places = Readonly<Record<string, Point>>

const SPOT_STEP = 16
const SPOT_GAP = 24
/** Between lines that join the same two ends. */
const LANE = 24

/**
 * A learner's drawing where the learner put it: nodes at their places, groups around their members, edges
 * straight from border to border or round what stands between. A node without a place gets the nearest free
 * spot below the rest. Sequences, timelines and matrices have an order instead of places.
 */
export function placeDrawing(drawing: Drawing, vocabulary: Vocabulary, places: Places): LaidOut {
  const ordered = layoutAtOnce(drawing, vocabulary)
  if (ordered) return ordered
  invariant(isLinked(drawing), 'only linked drawings have places')
  return placeLinked(drawing, vocabulary, places)
}

function placeLinked(drawing: LinkedDrawing, vocabulary: Vocabulary, places: Places): LinkedLayout {
  const looks = nodeLooks(drawing, vocabulary)
  const boxes = nodeBoxes(drawing, looks, places)
  const groupBoxes = hulls(drawing, vocabulary, boxes, places)
  const nodes = drawing.nodes.map((node): LaidNode => {
    const { lines, icon, layer, shape } = looks.get(node.id) ?? unknown(node.id)
    return { el: `node:${node.id}`, shape, box: boxes.get(node.id) ?? unknown(node.id), lines, icon, layer }
  })
  const ends = new Map([...groupBoxes, ...boxes])
  const edges = straightEdges(drawing, vocabulary, ends, nodes)
  const groups = inDepthOrder(drawing.groups).map(({ group, depth }): LaidGroup => {
    const box = groupBoxes.get(group.id) ?? unknown(group.id)
    const { caption, width } = captionLook(group.label, vocabulary)
    return {
      el: `group:${group.id}`,
      box,
      caption,
      captionBox: placeCaption(box, width, nodes, edges),
      depth,
    }
  })
  return fitted({ kind: 'linked', form: drawing.form, width: 0, height: 0, groups, nodes, edges })
}

function unknown(id: string): never {
  throw new Error(`invariant: nothing is known of ${id}`)
}

function nodeBoxes(
  drawing: LinkedDrawing,
  looks: ReadonlyMap<string, NodeLook>,
  places: Places,
): Map<string, Box> {
  const boxes = new Map<string, Box>()
  const around = (at: Point, look: NodeLook): Box => ({
    x: at.x - look.width / 2,
    y: at.y - look.height / 2,
    width: look.width,
    height: look.height,
  })
  for (const node of drawing.nodes) {
    const place = places[node.id]
    const look = looks.get(node.id)
    if (look && place) boxes.set(node.id, around(place, look))
  }
  for (const node of drawing.nodes) {
    const look = looks.get(node.id)
    if (look && !boxes.has(node.id)) boxes.set(node.id, freeSpot([...boxes.values()], look))
  }
  return boxes
}

/** Rows of spots below everything that stands already, from the left; the first row may still have room. */
function freeSpot(taken: readonly Box[], look: NodeLook): Box {
  const all = hull(taken)
  if (!all) return { x: 0, y: 0, width: look.width, height: look.height }
  const right = Math.max(all.x + all.width, all.x + 640)
  const size = { width: look.width, height: look.height }
  for (let y = all.y + all.height - look.height; ; y += SPOT_STEP) {
    for (let x = all.x; x + look.width <= right; x += SPOT_STEP) {
      const spot = { x, y, ...size }
      if (!taken.some((box) => overlaps(grow(box, SPOT_GAP), spot))) return spot
    }
  }
}

/** Inner groups first; an empty group stands at its own place, else below everything. */
function hulls(
  drawing: LinkedDrawing,
  vocabulary: Vocabulary,
  nodes: ReadonlyMap<string, Box>,
  places: Places,
): Map<string, Box> {
  const found = new Map<string, Box>()
  for (const { group } of inDepthOrder(drawing.groups).reverse()) {
    const members = [
      ...drawing.nodes.filter((node) => node.group === group.id).map((node) => nodes.get(node.id)),
      ...drawing.groups.filter((inner) => inner.parent === group.id).map((inner) => found.get(inner.id)),
    ].filter((box) => box !== undefined)
    const { width } = captionLook(group.label, vocabulary)
    const inside = hull(members)
    if (inside) {
      found.set(group.id, {
        x: inside.x - 16,
        y: inside.y - 8 - CAPTION_HEIGHT,
        width: Math.max(inside.width + 32, width + 16),
        height: inside.height + 24 + CAPTION_HEIGHT,
      })
    } else {
      const size = { width: Math.max(96, width), height: 64 }
      const place = places[group.id]
      const all = hull([...nodes.values(), ...found.values()]) ?? { x: 0, y: 0, width: 0, height: 0 }
      const corner = place
        ? { x: place.x - size.width / 2, y: place.y - size.height / 2 }
        : { x: all.x, y: all.y + all.height + 32 }
      found.set(group.id, { ...corner, ...size })
    }
  }
  return found
}

function straightEdges(
  drawing: LinkedDrawing,
  vocabulary: Vocabulary,
  ends: ReadonlyMap<string, Box>,
  nodes: readonly LaidNode[],
): LaidEdge[] {
  const pairOf = (edge: DrawnEdge) => [edge.from, edge.to].sort().join('\n')
  const together = new Map<string, DrawnEdge[]>()
  for (const edge of drawing.edges) together.set(pairOf(edge), [...(together.get(pairOf(edge)) ?? []), edge])
  const groups = new Set(drawing.groups.map((group) => group.id))
  const end = (id: string): ElementId => (groups.has(id) ? `group:${id}` : `node:${id}`)
  const standing = drawing.nodes.map((node) => ({
    box: ends.get(node.id) ?? unknown(node.id),
    ids: [node.id, ...groupsFrom(drawing, node.group)],
  }))
  const chips: Box[] = []
  const ways: Point[][] = []
  return drawing.edges.map((edge): LaidEdge => {
    const siblings = together.get(pairOf(edge)) ?? []
    const offset = (siblings.indexOf(edge) - (siblings.length - 1) / 2) * LANE
    const from = ends.get(edge.from) ?? unknown(edge.from)
    const to = ends.get(edge.to) ?? unknown(edge.to)
    // The same side for both directions, so that opposite edges run beside each other.
    const side = edge.from <= edge.to ? offset : -offset
    const others = standing.flatMap(({ ids, box }) =>
      ids.includes(edge.from) || ids.includes(edge.to) ? [] : [box],
    )
    const points =
      edge.from === edge.to
        ? loop(from, siblings.indexOf(edge))
        : detour(from, to, straight(from, to, side), others, ways)
    ways.push(points)
    const label = chipOn(points, edgeChip(drawing, edge, vocabulary), [
      ...nodes.map((node) => node.box),
      ...chips,
    ])
    if (label) chips.push(label.box)
    return { el: `edge:${edge.id}`, arrow: edge.arrow, points, label, from: end(edge.from), to: end(edge.to) }
  })
}

/** A group and all that it stands in. */
function groupsFrom(drawing: LinkedDrawing, group: string | null): string[] {
  const parent = drawing.groups.find(({ id }) => id === group)?.parent ?? null
  return group === null ? [] : [group, ...groupsFrom(drawing, parent)]
}

function straight(from: Box, to: Box, offset: number): Point[] {
  const a = centre(from)
  const b = centre(to)
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const shift = { x: (-(b.y - a.y) / length) * offset, y: ((b.x - a.x) / length) * offset }
  const start = { x: a.x + shift.x, y: a.y + shift.y }
  const stop = { x: b.x + shift.x, y: b.y + shift.y }
  return [leave(from, start, stop), leave(to, stop, start)]
}

/** Where the line from `inside` the box to `outside` crosses its border. */
function leave(box: Box, inside: Point, outside: Point): Point {
  const dx = outside.x - inside.x
  const dy = outside.y - inside.y
  const reach = (d: number, low: number, high: number) =>
    d === 0 ? Number.POSITIVE_INFINITY : (d > 0 ? high : low) / d
  const t = Math.min(
    reach(dx, box.x - inside.x, box.x + box.width - inside.x),
    reach(dy, box.y - inside.y, box.y + box.height - inside.y),
    1,
  )
  const share = Number.isFinite(t) ? Math.max(0, t) : 0
  return { x: tenth(inside.x + dx * share), y: tenth(inside.y + dy * share) }
}

function loop(box: Box, index: number): Point[] {
  const reach = 24 + index * 12
  const right = box.x + box.width
  return [
    { x: right - 24, y: box.y },
    { x: right - 24, y: box.y - reach },
    { x: right + reach, y: box.y - reach },
    { x: right + reach, y: box.y + box.height / 2 },
    { x: right, y: box.y + box.height / 2 },
  ]
}

/** The chip stands at the middle of its line, or as near to it as nothing is in the way. */
function chipOn(points: readonly Point[], chip: ChipLook | null, taken: readonly Box[]): LaidLabel | null {
  if (!chip) return null
  const at = (share: number): Box => {
    const { x, y } = along(points, share)
    return {
      x: tenth(x - chip.width / 2),
      y: tenth(y - chip.height / 2),
      width: chip.width,
      height: chip.height,
    }
  }
  const places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].map(at)
  const box = places.find((place) => !taken.some((other) => overlaps(place, other))) ?? at(0.5)
  return { lines: chip.lines, box }
}

/** The point at a share of a polyline's length. */
function along(points: readonly Point[], share: number): Point {
  const steps = points.slice(1).map((point, i) => {
    const from = points[i] ?? point
    return { from, to: point, length: Math.hypot(point.x - from.x, point.y - from.y) }
  })
  let left = steps.reduce((sum, step) => sum + step.length, 0) * share
  for (const { from, to, length } of steps) {
    if (left <= length && length > 0)
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length }
    left -= length
  }
  return points[0] ?? { x: 0, y: 0 }
}
