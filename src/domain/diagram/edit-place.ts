import { groupsAround } from './edit.ts'
import type { Box, Places, Point } from './layout/index.ts'
import type { LinkedDrawing } from './model.ts'

/**
 * Where new nodes go while somebody draws: near what they are connected to, in the direction in which the form is read,
 * on free ground. What stands already never moves.
 */
export interface Size {
  readonly width: number
  readonly height: number
}

export type Sizes = ReadonlyMap<string, Size>

const GRID = 8
/** Free space between two boxes, at least. */
const APART = 24
/** As `placeDrawing` draws groups. */
const GROUP_PADDING = { side: 16, top: 32, bottom: 16 } as const
const EMPTY_GROUP: Size = { width: 176, height: 88 }
const PLAIN_NODE: Size = { width: 112, height: 40 }
const ALONG = { across: 88, down: 56 } as const

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

const padded = (box: Box): Box => ({
  x: box.x - GROUP_PADDING.side,
  y: box.y - GROUP_PADDING.top,
  width: box.width + 2 * GROUP_PADDING.side,
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
    const box = inside.length > 0 ? padded(around(inside)) : place ? boxAt(place, EMPTY_GROUP) : null
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

/** Places for all nodes and empty groups that have none; the others keep theirs. */
export function placeNew(drawing: LinkedDrawing, places: Places, sizes: Sizes): Places {
  let all = places
  const empty = drawing.groups.filter(
    (group) =>
      !drawing.nodes.some((node) => node.group === group.id) &&
      !drawing.groups.some((one) => one.parent === group.id),
  )
  for (const item of [...drawing.nodes, ...empty]) {
    if (all[item.id]) continue
    const size = sizes.get(item.id) ?? ('parent' in item ? EMPTY_GROUP : PLAIN_NODE)
    all = { ...all, [item.id]: placeOne(groundOf(drawing, all, sizes), item.id, size) }
  }
  return all
}

const centreOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
const snap = (value: number): number => Math.round(value / GRID) * GRID

/** Where it would stand if all ground were free. */
function ideal(ground: Ground, id: string, size: Size, downward: boolean): Point {
  const boxOf = (end: string) => ground.nodes.get(end) ?? ground.groups.get(end)
  const beside = (box: Box, sign: 1 | -1): Point => {
    const centre = centreOf(box)
    if (downward) return { x: centre.x, y: centre.y + sign * (box.height / 2 + ALONG.down + size.height / 2) }
    return { x: centre.x + sign * (box.width / 2 + ALONG.across + size.width / 2), y: centre.y }
  }
  const wanted: Point[] = []
  for (const { from, to } of ground.drawing.edges) {
    const before = to === id && from !== id ? boxOf(from) : undefined
    const after = from === id && to !== id ? boxOf(to) : undefined
    if (before) wanted.push(beside(before, 1))
    if (after) wanted.push(beside(after, -1))
  }
  const first = wanted[0]
  if (first) {
    // Between several neighbours only where it does not lie on one of them: the mean of their sides.
    const mean = (of: 'x' | 'y') => wanted.reduce((sum, place) => sum + place[of], 0) / wanted.length
    return wanted.length === 1 ? first : { x: mean('x'), y: mean('y') }
  }
  const [group] = groupsAround(ground.drawing, id)
  const mates = ground.drawing.nodes.flatMap((node) =>
    node.group === group && group !== undefined ? [ground.nodes.get(node.id)] : [],
  )
  const mate = mates.filter((box) => box !== undefined).at(-1)
  if (mate) return { x: centreOf(mate).x, y: centreOf(mate).y + mate.height / 2 + APART + size.height / 2 }
  const all = [...ground.nodes.values(), ...ground.groups.values()]
  if (all.length === 0) return { x: 0, y: 0 }
  const whole = around(all)
  return { x: whole.x + size.width / 2, y: whole.y + whole.height + 2 * APART + size.height / 2 }
}

const REACH = 14

function placeOne(ground: Ground, id: string, size: Size): Point {
  const downward = ground.drawing.form === 'decision'
  const wish = ideal(ground, id, size, downward)
  const wanted: Point = { x: snap(wish.x), y: snap(wish.y) }
  // Steps across the direction of reading are cheap: siblings stack; steps along it are dear.
  const stepX = snap(downward ? size.width + APART + GRID : 64)
  const stepY = snap(downward ? 64 : size.height + APART + GRID)
  const spots: { readonly place: Point; readonly cost: number }[] = []
  for (let i = -REACH; i <= REACH; i++)
    for (let j = -REACH; j <= REACH; j++) {
      const along = downward ? Math.abs(j) * stepY : Math.abs(i) * stepX
      const across = downward ? Math.abs(i) * stepX : Math.abs(j) * stepY
      const back = (downward ? j : i) < 0 ? 40 : 0
      const up = (downward ? i : j) < 0 ? 1 : 0
      spots.push({
        place: { x: wanted.x + i * stepX, y: wanted.y + j * stepY },
        cost: across + 2.5 * along + back + up,
      })
    }
  spots.sort((a, b) => a.cost - b.cost)
  let best: { readonly place: Point; readonly cost: number } | null = null
  for (const { place, cost } of spots) {
    if (best && best.cost <= cost) break
    if (!isFree(ground, id, boxAt(place, size))) continue
    const whole = cost + untidiness(ground, id, boxAt(place, size))
    if (!best || whole < best.cost) best = { place, cost: whole }
  }
  return best?.place ?? below(ground, size)
}

function below(ground: Ground, size: Size): Point {
  const whole = around([...ground.nodes.values(), ...ground.groups.values()])
  return {
    x: snap(whole.x + size.width / 2),
    y: snap(whole.y + whole.height + GROUP_PADDING.top + GROUP_PADDING.bottom + 2 * APART + size.height / 2),
  }
}

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
    grown = now ? around([padded(grown), now]) : padded(grown)
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
