import {
  addGroup,
  addNode,
  connect,
  type Drawing,
  type ElementId,
  follow,
  groupBoxes,
  groupsAround,
  isLinked,
  type LinkedDrawing,
  moveInto,
  movePlaces,
  type Places,
  type Point,
  relabel,
  remove,
  reverse,
  type Sheet,
  sizesOf,
  type Vocabulary,
} from '#domain/diagram/index.ts'
import { idOf } from './canvas-model.ts'
import type { Session } from './session.ts'
import { placed, sheetOf } from './work.ts'

/** A name being typed on the canvas: of a new node (connected from another, perhaps), or a new one of an element. */
export type Inline =
  | { readonly kind: 'new'; readonly at: Point; readonly from: ElementId | null }
  | { readonly kind: 'name'; readonly element: ElementId }

export function labelOf(drawing: Drawing, element: ElementId): string {
  if (!isLinked(drawing)) return ''
  const id = idOf(element)
  const all = element.startsWith('edge:') ? drawing.edges : [...drawing.nodes, ...drawing.groups]
  return all.find((one) => one.id === id)?.label ?? ''
}

/** How far outside its group a node has to be let go to leave it. */
const LEAVE = 40

/** What mouse, touch and the canvas's keys do to the drawing: the same edits as the entry line's. */
export function editorOf(session: Session, vocabulary: Vocabulary, say: (words: string) => void) {
  const { work } = session
  const sheet = sheetOf(work)
  const { drawing } = sheet
  const take = (next: Sheet, select: readonly ElementId[] = []) => {
    session.change(placed(next, vocabulary))
    session.select(select)
  }
  const lastEdge = (next: Sheet): ElementId[] => {
    const edge = next.drawing.edges.at(-1)
    if (edge) session.setContext({ last: edge.to, edge: edge.id })
    return edge ? [`edge:${edge.id}`] : []
  }
  const link = (from: ElementId, to: ElementId) => {
    const next = connect(sheet, idOf(from), idOf(to))
    if (next.ok) take(next.value, lastEdge(next.value))
    else say(next.error)
  }
  const add = (name: string, at: Point, from: ElementId | null) => {
    const group = groupAt(drawing, work.places, vocabulary, at, [])
    const withNode = addNode(sheet, name, group, at)
    const node = withNode.drawing.nodes.at(-1)
    if (!node || withNode === sheet) return
    const joined = from ? connect(withNode, idOf(from), node.id) : null
    const next = joined?.ok ? joined.value : withNode
    session.setContext({ last: node.id, edge: joined?.ok ? (next.drawing.edges.at(-1)?.id ?? null) : null })
    take(next, [`node:${node.id}`])
  }
  const followed = (next: Sheet, element: ElementId): ElementId[] => {
    const now = follow(drawing, next.drawing, element)
    return now ? [now] : []
  }
  return {
    connect: link,
    named: (inline: Inline, name: string) => {
      if (inline.kind === 'new') return add(name, inline.at, inline.from)
      const next = relabel(sheet, inline.element, name)
      take(next, followed(next, inline.element))
    },
    remove: (elements: readonly ElementId[]) => take(remove(sheet, elements)),
    reverse: (element: ElementId) => {
      const next = reverse(sheet, idOf(element))
      const now = followed(next, element)
      session.setContext({ ...session.context, edge: now[0] ? idOf(now[0]) : null })
      take(next, now)
    },
    group: (elements: readonly ElementId[], name: string) => {
      const standing = drawing.groups.find((one) => sameLabel(one.label, name))
      let next = standing ? sheet : addGroup(sheet, name)
      const group = standing ?? next.drawing.groups.at(-1)
      if (!group || (!standing && next === sheet)) return
      for (const element of elements) {
        const moved = moveInto(next, idOf(element), group.id)
        if (!moved.ok) return say(moved.error)
        next = moved.value
      }
      take(next, [`group:${group.id}`])
    },
    ungroup: (element: ElementId) => {
      const moved = moveInto(sheet, idOf(element), null)
      if (moved.ok) take(moved.value, followed(moved.value, element))
      else say(moved.error)
    },
    placesMoved: (element: ElementId, by: Point, sofar: Places | null): Places =>
      placesMoved(sheet, element, by, sofar),
    target: (places: Places): ElementId | null => {
      const group = targetOf(sheet, places, vocabulary)
      return group ? `group:${group}` : null
    },
    drop: (places: Places) => take(dropped(sheet, places, vocabulary), session.selected),
  }
}

const sameLabel = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase()

export type Editor = ReturnType<typeof editorOf>

/** A group moves with all that stands in it. */
function placesMoved(sheet: Sheet, element: ElementId, by: Point, sofar: Places | null): Places {
  const id = idOf(element)
  const inside = (one: string) => one === id || groupsAround(sheet.drawing, one).includes(id)
  const places = { ...sheet.places, ...sofar }
  const moving = Object.entries(places).filter(([one]) => inside(one))
  return Object.fromEntries(
    moving.map(([one, { x, y }]) => [one, { x: Math.round(x + by.x), y: Math.round(y + by.y) }]),
  )
}

/** The innermost group at a point; `without` are nodes that do not count for where groups reach. */
export function groupAt(
  drawing: LinkedDrawing,
  places: Places,
  vocabulary: Vocabulary,
  at: Point,
  without: readonly string[],
  own: string | null = null,
): string | null {
  const kept = Object.fromEntries(Object.entries(places).filter(([id]) => !without.includes(id)))
  const boxes = groupBoxes(drawing, kept, sizesOf(drawing, vocabulary))
  const within = [...boxes].filter(([id, box]) => {
    const reach = id === own ? LEAVE : 0
    return (
      at.x >= box.x - reach &&
      at.x <= box.x + box.width + reach &&
      at.y >= box.y - reach &&
      at.y <= box.y + box.height + reach
    )
  })
  const deepest = within.sort(
    ([a], [b]) => groupsAround(drawing, b).length - groupsAround(drawing, a).length,
  )[0]
  return deepest?.[0] ?? null
}

/** The group that a single node would move into if it were let go here; null for none, undefined where it stays. */
function targetOf(sheet: Sheet, places: Places, vocabulary: Vocabulary): string | null | undefined {
  const ids = Object.keys(places)
  if (ids.length !== 1 || sheet.drawing.form === 'sequence') return undefined
  const node = sheet.drawing.nodes.find((one) => one.id === ids[0])
  const at = node && places[node.id]
  if (!node || !at) return undefined
  const alone =
    node.group !== null && sheet.drawing.nodes.filter((one) => one.group === node.group).length === 1
  const all = { ...sheet.places, ...places }
  const target = groupAt(sheet.drawing, all, vocabulary, at, [node.id], node.group)
  return target === node.group || (alone && target === null) ? undefined : target
}

/** Nodes let go in another group move into it; far enough outside their own, they leave it. */
function dropped(sheet: Sheet, places: Places, vocabulary: Vocabulary): Sheet {
  const next = movePlaces(sheet, places)
  const target = targetOf(sheet, places, vocabulary)
  const [id] = Object.keys(places)
  if (target === undefined || id === undefined) return next
  const moved = moveInto(next, id, target)
  return moved.ok ? moved.value : next
}
