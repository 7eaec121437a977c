import { err, ok, type Result } from '#lib/result.ts'
import type { Places, Point } from './layout/index.ts'
import type { Arrow, DrawnEdge, ElementId, LinkedDrawing } from './model.ts'
import { edgeId, joinPath, LIMITS, sameName, splitPath } from './notation/index.ts'

/**
 * Changes to a drawing of nodes and edges while somebody draws it. Every change is a pure function from sheet to sheet:
 * an id follows its name and its group, edges and places follow their ids, and elements keep their order, so the
 * element at an index before a change is the one at that index after it.
 */
/** A drawing and where its nodes stand (and its groups without members). */
export interface Sheet {
  readonly drawing: LinkedDrawing
  readonly places: Places
}

interface Entity {
  readonly id: string
  readonly name: string
  readonly label: string
  /** The id of the group around it. */
  readonly parent: string | null
}

interface Parts {
  readonly nodes: readonly Entity[]
  readonly groups: readonly Entity[]
  readonly edges: readonly Omit<DrawnEdge, 'id'>[]
}

const nameOf = (id: string): string => splitPath(id).at(-1) ?? id

const partsOf = ({ nodes, groups, edges }: LinkedDrawing): Parts => ({
  nodes: nodes.map(({ id, label, group }) => ({ id, name: nameOf(id), label, parent: group })),
  groups: groups.map(({ id, label, parent }) => ({ id, name: nameOf(id), label, parent })),
  edges,
})

/** One line, without space at its ends, and no longer than the notation allows. */
export const cleanLabel = (label: string): string =>
  label.replace(/\s+/g, ' ').trim().slice(0, LIMITS.label).trim()

/** New ids for all: the path of names; a name that a sibling has already gets a number after it. */
function newIds({ nodes, groups }: Parts): Map<string, string> {
  const byId = new Map([...groups, ...nodes].map((entity) => [entity.id, entity]))
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  const give = (entity: Entity): string => {
    const known = ids.get(entity.id)
    if (known !== undefined) return known
    const parent = entity.parent === null ? undefined : byId.get(entity.parent)
    const path = parent ? give(parent) : null
    let name = entity.name
    for (let n = 2; taken.has(sameName(joinPath(path, name))); n++) name = `${entity.name} ${n}`
    const id = joinPath(path, name)
    taken.add(sameName(id))
    ids.set(entity.id, id)
    return id
  }
  // Those that keep their name and their group come first: a number is for the newcomer.
  const settled = (entity: Entity) => entity.id === joinPath(entity.parent, entity.name)
  const all = [...groups, ...nodes]
  for (const entity of [...all.filter(settled), ...all.filter((one) => !settled(one))]) give(entity)
  return ids
}

function rebuild(sheet: Sheet, parts: Parts): Sheet {
  const ids = newIds(parts)
  const id = (old: string): string => ids.get(old) ?? old
  const within = (parent: string | null): string | null => (parent === null ? null : id(parent))
  const drawing: LinkedDrawing = {
    form: sheet.drawing.form,
    nodes: parts.nodes.map((node) => ({ id: id(node.id), label: node.label, group: within(node.parent) })),
    groups: parts.groups.map((group) => ({
      id: id(group.id),
      label: group.label,
      parent: within(group.parent),
    })),
    edges: numbered(
      parts.edges.map(({ from, to, arrow, label }) => ({ from: id(from), to: id(to), arrow, label })),
    ),
  }
  const kept = Object.entries(sheet.places).filter(([old]) => ids.has(old))
  return { drawing, places: Object.fromEntries(kept.map(([old, place]) => [id(old), place])) }
}

/** Ids for edges in their order: the second between the same ends is `#2`. */
function numbered(edges: readonly Omit<DrawnEdge, 'id'>[]): DrawnEdge[] {
  const counts = new Map<string, number>()
  return edges.map((edge) => {
    const base = edgeId(edge.from, edge.arrow, edge.to, 1)
    const ordinal = (counts.get(base) ?? 0) + 1
    counts.set(base, ordinal)
    return {
      id: edgeId(edge.from, edge.arrow, edge.to, ordinal),
      from: edge.from,
      to: edge.to,
      arrow: edge.arrow,
      label: edge.label,
    }
  })
}

/** The groups around an element, from the inside out. */
export function groupsAround(drawing: LinkedDrawing, id: string): string[] {
  const parents = new Map<string, string | null>([
    ...drawing.nodes.map((node) => [node.id, node.group] as const),
    ...drawing.groups.map((group) => [group.id, group.parent] as const),
  ])
  const around: string[] = []
  for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) around.push(at)
  return around
}

const oneInsideOther = (drawing: LinkedDrawing, a: string, b: string): boolean =>
  groupsAround(drawing, a).includes(b) || groupsAround(drawing, b).includes(a)

const has = (drawing: LinkedDrawing, id: string): boolean =>
  drawing.nodes.some((node) => node.id === id) || drawing.groups.some((group) => group.id === id)

/** Nodes and groups share one space of names. */
export function addNode(sheet: Sheet, label: string, group: string | null, place?: Point): Sheet {
  const clean = cleanLabel(label)
  if (clean === '') return sheet
  const parts = partsOf(sheet.drawing)
  // A NUL cannot stand in an id that was read from text, so this one is nobody's.
  const fresh: Entity = { id: '\0', name: clean, label: clean, parent: group }
  const places = place ? { ...sheet.places, '\0': place } : sheet.places
  return rebuild({ ...sheet, places }, { ...parts, nodes: [...parts.nodes, fresh] })
}

export function addGroup(sheet: Sheet, label: string, place?: Point): Sheet {
  const clean = cleanLabel(label)
  if (clean === '') return sheet
  const parts = partsOf(sheet.drawing)
  const fresh: Entity = { id: '\0', name: clean, label: clean, parent: null }
  const places = place ? { ...sheet.places, '\0': place } : sheet.places
  return rebuild({ ...sheet, places }, { ...parts, groups: [...parts.groups, fresh] })
}

export function connect(
  sheet: Sheet,
  from: string,
  to: string,
  { arrow = 'directed', label = '' }: { readonly arrow?: Arrow; readonly label?: string } = {},
): Result<Sheet, string> {
  const { drawing } = sheet
  if (!has(drawing, from) || !has(drawing, to)) return err('One end is not there any more.')
  if (from !== to && oneInsideOther(drawing, from, to))
    return err('A group and what stands in it cannot be connected.')
  const parts = partsOf(drawing)
  const edge = { from, to, arrow, label: cleanLabel(label) }
  return ok(rebuild(sheet, { ...parts, edges: [...parts.edges, edge] }))
}

/** A node or a group gets another name; an edge another label (an empty one takes it away). */
export function relabel(sheet: Sheet, element: ElementId, label: string): Sheet {
  const clean = cleanLabel(label)
  const id = element.slice(element.indexOf(':') + 1)
  const parts = partsOf(sheet.drawing)
  if (element.startsWith('edge:')) {
    const edges = sheet.drawing.edges.map((edge) => (edge.id === id ? { ...edge, label: clean } : edge))
    return rebuild(sheet, { ...parts, edges })
  }
  if (clean === '') return sheet
  const renamed = (entity: Entity): Entity =>
    entity.id === id ? { ...entity, name: clean, label: clean } : entity
  return rebuild(sheet, {
    ...parts,
    nodes: parts.nodes.map(renamed),
    groups: parts.groups.map(renamed),
  })
}

/** Turns an edge round; one without a direction, or with both, stays. */
export function reverse(sheet: Sheet, edge: string): Sheet {
  const edges = sheet.drawing.edges.map((one) =>
    one.id === edge && one.arrow === 'directed' ? { ...one, from: one.to, to: one.from } : one,
  )
  return rebuild(sheet, { ...partsOf(sheet.drawing), edges })
}

export function setArrow(sheet: Sheet, edge: string, arrow: Arrow): Sheet {
  const edges = sheet.drawing.edges.map((one) => (one.id === edge ? { ...one, arrow } : one))
  return rebuild(sheet, { ...partsOf(sheet.drawing), edges })
}

/** Takes elements away, with the edges that lose an end. What stood in a removed group stays, one group further out. */
export function remove(sheet: Sheet, elements: Iterable<ElementId>): Sheet {
  const gone = new Set<string>(elements)
  const { nodes, groups } = partsOf(sheet.drawing)
  const parents = new Map(groups.map((group) => [group.id, group.parent]))
  const outside = (parent: string | null): string | null =>
    parent !== null && gone.has(`group:${parent}`) ? outside(parents.get(parent) ?? null) : parent
  const keepsEnd = (end: string) => !gone.has(`node:${end}`) && !gone.has(`group:${end}`)
  const stays = (kind: 'node' | 'group') => (entity: Entity) => !gone.has(`${kind}:${entity.id}`)
  const lifted = (entity: Entity): Entity => ({ ...entity, parent: outside(entity.parent) })
  return rebuild(sheet, {
    nodes: nodes.filter(stays('node')).map(lifted),
    groups: groups.filter(stays('group')).map(lifted),
    edges: sheet.drawing.edges.filter(
      (edge) => !gone.has(`edge:${edge.id}`) && keepsEnd(edge.from) && keepsEnd(edge.to),
    ),
  })
}

/** Moves a node or a group into a group, or out of all (`null`). */
export function moveInto(sheet: Sheet, id: string, group: string | null): Result<Sheet, string> {
  const { drawing } = sheet
  if (!has(drawing, id)) return err('It is not there any more.')
  if (group !== null && !drawing.groups.some((one) => one.id === group))
    return err('Only a group takes something in.')
  if (group !== null && (id === group || groupsAround(drawing, group).includes(id)))
    return err('A group cannot stand in itself.')
  const around = group === null ? [] : [group, ...groupsAround(drawing, group)]
  const linked = drawing.edges.some(
    ({ from, to }) => (from === id && around.includes(to)) || (to === id && around.includes(from)),
  )
  if (linked) return err('It is connected to that group; remove the connection first.')
  const isGroup = drawing.groups.some((one) => one.id === id)
  if (around.length + (isGroup ? 1 : 0) > LIMITS.depth)
    return err(`Groups nest ${LIMITS.depth} deep at most.`)
  const parts = partsOf(drawing)
  const moved = (entity: Entity): Entity => (entity.id === id ? { ...entity, parent: group } : entity)
  return ok(rebuild(sheet, { ...parts, nodes: parts.nodes.map(moved), groups: parts.groups.map(moved) }))
}

/** Moves a message one place earlier (-1) or later (1). */
export function shiftEdge(sheet: Sheet, edge: string, by: -1 | 1): Sheet {
  const at = sheet.drawing.edges.findIndex((one) => one.id === edge)
  return { ...sheet, drawing: { ...sheet.drawing, edges: numbered(swapped(sheet.drawing.edges, at, by)) } }
}

/** Moves a participant one place to the left (-1) or to the right (1). */
export function shiftNode(sheet: Sheet, node: string, by: -1 | 1): Sheet {
  const at = sheet.drawing.nodes.findIndex((one) => one.id === node)
  return { ...sheet, drawing: { ...sheet.drawing, nodes: swapped(sheet.drawing.nodes, at, by) } }
}

/** The list with the item at `at` and its neighbour changed over; the list itself where there is no neighbour. */
export function swapped<T>(items: readonly T[], at: number, by: -1 | 1): readonly T[] {
  const item = items[at]
  const other = items[at + by]
  if (item === undefined || other === undefined) return items
  return items.map((one, i) => (i === at ? other : i === at + by ? item : one))
}

export const movePlaces = (sheet: Sheet, places: Places): Sheet => ({
  ...sheet,
  places: { ...sheet.places, ...places },
})

/** The element that stands after a change where `element` stood before it, if it still exists. */
export function follow(before: LinkedDrawing, after: LinkedDrawing, element: ElementId): ElementId | null {
  for (const [kind, list] of [
    ['node', 'nodes'],
    ['group', 'groups'],
    ['edge', 'edges'],
  ] as const) {
    const at = before[list].findIndex((one) => `${kind}:${one.id}` === element)
    if (at < 0) continue
    const now = before[list].length === after[list].length ? after[list][at] : undefined
    const same = after[list].find((one) => `${kind}:${one.id}` === element)
    const found = now ?? same
    return found ? `${kind}:${found.id}` : null
  }
  return null
}
