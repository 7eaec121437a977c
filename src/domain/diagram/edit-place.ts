import { groupsAround } from './edit.ts'
import { type Box, nodeLooks, type Places, type Point, textWidth } from './layout/index.ts'
import type { LinkedDrawing } from './model.ts'
import { displayName, type Vocabulary } from './vocabulary.ts'

/**
 * Where new nodes go while somebody draws: near what they are connected to, in the direction in which the form is read,
 * on free ground. What stands already never moves.
 */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Sizes extends ReadonlyMap<string, Size> {
  /** The length of the words on an edge, by its label. */
  readonly words: (label: string) => number
}

const GRID = 8
/** Free space between two boxes, at least. */
const APART = 24
/** As `placeDrawing` draws groups. */
const GROUP_PADDING = { side: 16, top: 32, bottom: 16 } as const
const GROUP_HEIGHT = 64
const PLAIN_NODE: Size = { width: 112, height: 40 }
/** What is to be seen of a line beside its label: its chip's padding, an arrow head, and some line. */
const LINE_SEEN = 68
const ALONG = { across: 88, down: 56 } as const

/** The sizes of all nodes as they are drawn; of a group, the least that its caption needs. */
export function sizesOf(drawing: LinkedDrawing, vocabulary: Vocabulary): Sizes {
  const sizes = new Map<string, Size>()
  const words = (label: string) => Math.min(128, textWidth(displayName(vocabulary, label), 12, 400))
  for (const [id, { width, height }] of nodeLooks(drawing, vocabulary)) sizes.set(id, { width, height })
  for (const { id, label } of drawing.groups) {
    const caption = textWidth(displayName(vocabulary, label), 12, 600) + 32
    sizes.set(id, { width: Math.max(96, Math.ceil(caption)), height: GROUP_HEIGHT })
  }
  return Object.assign(sizes, { words })
}

const boxAt = (centre: Point, size: Size): Box => ({
  x: centre.x - size.width / 2,
  y: centre.y - size.height / 2,
  ...size,
})

const overlap = (a: Box, b: Box, apart = 0): boolean =>
  a.x < b.x + b.width + apart &&
  b.x < a.x + a.width + apart &&
  a.y < b.y + b.height + apart &&
  b.y < a.y + a.height + apart

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

const padded = (box: Box, least: Size = PLAIN_NODE): Box => ({
  x: box.x - GROUP_PADDING.side,
  y: box.y - GROUP_PADDING.top,
  width: Math.max(box.width + 2 * GROUP_PADDING.side, least.width),
  height: box.height + GROUP_PADDING.top + GROUP_PADDING.bottom,
})

export function nodeBoxes(drawing: LinkedDrawing, places: Places, sizes: Sizes): Map<string, Box> {
  const boxes = new Map<string, Box>()
  for (const { id } of drawing.nodes) {
    const place = places[id]
    if (place) boxes.set(id, boxAt(place, sizes.get(id) ?? PLAIN_NODE))
  }
  return boxes
}

/** A group reaches round its members; one without members stands at its own place. */
export function groupBoxes(drawing: LinkedDrawing, places: Places, sizes: Sizes): Map<string, Box> {
  const nodes = nodeBoxes(drawing, places, sizes)
  const boxes = new Map<string, Box>()
  const boxOf = (group: string): Box | null => {
    const inside = [
      ...drawing.nodes.flatMap((node) => (node.group === group ? [nodes.get(node.id)] : [])),
      ...drawing.groups.flatMap((one) => (one.parent === group ? [boxOf(one.id)] : [])),
    ].filter((box) => box !== undefined && box !== null)
    const place = places[group]
    const size = sizes.get(group) ?? PLAIN_NODE
    const box = inside.length > 0 ? padded(around(inside), size) : place ? boxAt(place, size) : null
    if (box) boxes.set(group, box)
    return box
  }
  for (const group of drawing.groups) if (group.parent === null) boxOf(group.id)
  return boxes
}

interface Ground {
  readonly drawing: LinkedDrawing
  readonly places: Places
  readonly sizes: Sizes
  readonly nodes: ReadonlyMap<string, Box>
  readonly groups: ReadonlyMap<string, Box>
}

function groundOf(drawing: LinkedDrawing, places: Places, sizes: Sizes): Ground {
  return {
    drawing,
    places,
    sizes,
    nodes: nodeBoxes(drawing, places, sizes),
    groups: groupBoxes(drawing, places, sizes),
  }
}

/**
 * Places for all nodes and empty groups that have none; the others keep theirs. Drawings grow to the right, decisions and
 * those on a narrow screen downward.
 */
export function placeNew(
  drawing: LinkedDrawing,
  places: Places,
  sizes: Sizes,
  downward = drawing.form === 'decision',
): Places {
  let all = places
  const empty = drawing.groups.filter(
    (group) =>
      !drawing.nodes.some((node) => node.group === group.id) &&
      !drawing.groups.some((one) => one.parent === group.id),
  )
  for (const item of [...drawing.nodes, ...empty]) {
    if (all[item.id]) continue
    const size = sizes.get(item.id) ?? PLAIN_NODE
    all = { ...all, [item.id]: placeOne(groundOf(drawing, all, sizes), item.id, size, downward) }
  }
  return all
}

const centreOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
const snap = (value: number): number => Math.round(value / GRID) * GRID

/** Where it would stand if all ground were free: the best place first, then others to start from. */
function wishes(ground: Ground, id: string, size: Size, downward: boolean): Point[] {
  const [group] = groupsAround(ground.drawing, id)
  const mates = ground.drawing.nodes.flatMap((node) =>
    node.group === group && group !== undefined ? [ground.nodes.get(node.id)] : [],
  )
  const beneath = mates.flatMap((box) =>
    box ? [{ x: centreOf(box).x, y: centreOf(box).y + box.height / 2 + APART + size.height / 2 }] : [],
  )
  const connected = besideNeighbours(ground, id, size, downward)
  const all = [...(connected ? [connected] : []), ...beneath.reverse()]
  if (all.length > 0) return all
  const boxes = [...ground.nodes.values(), ...ground.groups.values()]
  if (boxes.length === 0) return [{ x: 0, y: 0 }]
  const whole = around(boxes)
  return [{ x: whole.x + size.width / 2, y: whole.y + whole.height + 2 * APART + size.height / 2 }]
}

/** After those that point to it, before those that it points to; between several, the mean. */
function besideNeighbours(ground: Ground, id: string, size: Size, downward: boolean): Point | null {
  const boxOf = (end: string) => ground.nodes.get(end) ?? ground.groups.get(end)
  const beside = (box: Box, sign: 1 | -1, label: string): Point => {
    const centre = centreOf(box)
    const down = label === '' ? ALONG.down : ALONG.down + 16
    if (downward) return { x: centre.x, y: centre.y + sign * (box.height / 2 + down + size.height / 2) }
    const across = Math.max(ALONG.across, ground.sizes.words(label) + LINE_SEEN)
    return { x: centre.x + sign * (box.width / 2 + across + size.width / 2), y: centre.y }
  }
  const wanted: Point[] = []
  for (const { from, to, label } of ground.drawing.edges) {
    const before = to === id && from !== id ? boxOf(from) : undefined
    const after = from === id && to !== id ? boxOf(to) : undefined
    if (before) wanted.push(beside(before, 1, label))
    if (after) wanted.push(beside(after, -1, label))
  }
  if (wanted.length === 0) return null
  const mean = (of: 'x' | 'y') => wanted.reduce((sum, place) => sum + place[of], 0) / wanted.length
  return { x: mean('x'), y: mean('y') }
}

const REACH = 14

interface Spot {
  readonly place: Point
  readonly cost: number
}

function placeOne(ground: Ground, id: string, size: Size, downward: boolean): Point {
  const spots = wishes(ground, id, size, downward).flatMap((wish, i) =>
    spotsAround(wish, size, downward, i * 24),
  )
  spots.sort((a, b) => a.cost - b.cost)
  let best: Spot | null = null
  for (const { place, cost } of spots) {
    if (best && best.cost <= cost) break
    if (!isFree(ground, id, boxAt(place, size))) continue
    const whole = cost + untidiness(ground, id, boxAt(place, size))
    if (!best || whole < best.cost) best = { place, cost: whole }
  }
  // A group can be walled in by what stands round it; then it has to reach over a neighbour, but no box over another.
  const offBoxes = spots.find(({ place }) => isOffBoxes(ground, id, boxAt(place, size)))
  return best?.place ?? offBoxes?.place ?? below(ground, size)
}

/** Steps across the direction of reading are cheap, so that siblings stack; steps along it are dear. */
function spotsAround(wish: Point, size: Size, downward: boolean, extra: number): Spot[] {
  const spots: Spot[] = []
  const stepX = snap(downward ? size.width + APART + GRID : 64)
  const stepY = snap(downward ? 64 : size.height + APART + GRID)
  for (let i = -REACH; i <= REACH; i++)
    for (let j = -REACH; j <= REACH; j++) {
      const along = downward ? Math.abs(j) * stepY : Math.abs(i) * stepX
      const across = downward ? Math.abs(i) * stepX : Math.abs(j) * stepY
      const back = (downward ? j : i) < 0 ? 40 : 0
      const up = (downward ? i : j) < 0 ? 1 : 0
      spots.push({
        place: { x: snap(wish.x) + i * stepX, y: snap(wish.y) + j * stepY },
        cost: across + 2.5 * along + back + up + extra,
      })
    }
  return spots
}

function below(ground: Ground, size: Size): Point {
  const whole = around([...ground.nodes.values(), ...ground.groups.values()])
  return {
    x: snap(whole.x + size.width / 2),
    y: snap(whole.y + whole.height + GROUP_PADDING.top + GROUP_PADDING.bottom + 2 * APART + size.height / 2),
  }
}

const isOffBoxes = (ground: Ground, id: string, box: Box): boolean =>
  [...ground.nodes].every(([other, theirs]) => other === id || !overlap(box, theirs, APART))

/** Off all other boxes, outside the groups that it is not in; and its own groups swallow nobody by growing. */
function isFree(ground: Ground, id: string, box: Box): boolean {
  for (const [other, theirs] of ground.nodes) if (other !== id && overlap(box, theirs, APART)) return false
  const own = groupsAround(ground.drawing, id)
  let grown = box
  const foreign = [...ground.groups].filter(
    ([group]) => group !== id && !own.includes(group) && !groupsAround(ground.drawing, group).includes(id),
  )
  for (const [, theirs] of foreign) if (overlap(box, theirs, APART / 2)) return false
  for (const group of own) {
    const now = ground.groups.get(group)
    const least = ground.sizes.get(group) ?? PLAIN_NODE
    grown = now ? around([padded(grown, least), now]) : padded(grown, least)
    const outsiders = [...ground.nodes].filter(
      ([node]) => node !== id && !groupsAround(ground.drawing, node).includes(group),
    )
    if (outsiders.some(([, theirs]) => overlap(grown, theirs, GRID))) return false
    const beside = foreign.filter(([other]) => !groupsAround(ground.drawing, other).includes(group))
    if (beside.some(([, theirs]) => overlap(grown, theirs, GRID))) return false
  }
  return true
}

/** Its lines through other boxes, and other lines through its box. */
function untidiness(ground: Ground, id: string, box: Box): number {
  let cost = 0
  const own = centreOf(box)
  const inflated = { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: box.height + 16 }
  for (const { from, to } of ground.drawing.edges) {
    const a = from === id ? own : endOf(ground, from)
    const b = to === id ? own : endOf(ground, to)
    if (!a || !b) continue
    if (from !== id && to !== id) {
      if (crosses(a, b, inflated)) cost += 120
      continue
    }
    for (const [node, theirs] of ground.nodes)
      if (node !== from && node !== to && crosses(a, b, theirs)) cost += 160
  }
  return cost
}

function endOf(ground: Ground, id: string): Point | null {
  const box = ground.nodes.get(id) ?? ground.groups.get(id)
  return box ? centreOf(box) : null
}

/** Whether the line from `a` to `b` touches the box: the interval of it inside all four sides is not empty (Liang–Barsky). */
export function crosses(a: Point, b: Point, box: Box): boolean {
  let enter = 0
  let leave = 1
  for (const [from, to, low, high] of [
    [a.x, b.x, box.x, box.x + box.width],
    [a.y, b.y, box.y, box.y + box.height],
  ] as const) {
    const step = to - from
    if (step === 0) {
      if (from < low || from > high) return false
      continue
    }
    const one = (low - from) / step
    const two = (high - from) / step
    enter = Math.max(enter, Math.min(one, two))
    leave = Math.min(leave, Math.max(one, two))
  }
  return enter <= leave
}
