import {
  type Box,
  type Drawing,
  type DrawnEdge,
  type DrawnGroup,
  type DrawnNode,
  type ElementId,
  elementsOf,
  groupBoxes,
  isLinked,
  type LinkedDrawing,
  type MatrixDrawing,
  nodeBoxes,
  type Places,
  placeNew,
  sizesOf,
  type TimelineDrawing,
  type Vocabulary,
} from '#domain/diagram/index.ts'
import type { GradedElement } from '#domain/grading/index.ts'

/**
 * The learner's drawing with what is missing put into it: a missing node beside what it belongs to, a missing
 * message or row where it has its turn. What the learner placed stays where it is.
 */
export interface Ghosted {
  readonly drawing: Drawing
  readonly places: Places
  /** What was put in. */
  readonly ghosts: ReadonlySet<ElementId>
  /** What an element of the learner's drawing, or of the reference, is called in this one, where it is in it. */
  readonly drawn: ReadonlyMap<ElementId, ElementId>
  readonly reference: ReadonlyMap<ElementId, ElementId>
}

/** Beyond this many elements a drawing is no picture any more, and looking for free ground takes long. */
const MOST_ELEMENTS = 160

/** Places for all nodes of a drawing: those that it came with, and free ground near their neighbours for the rest. */
export function placesFor(drawing: Drawing, vocabulary: Vocabulary, places: Places): Places {
  if (!isLinked(drawing) || drawing.form === 'sequence') return places
  if (elementsOf(drawing).length > MOST_ELEMENTS) return places
  return placeNew(drawing, places, sizesOf(drawing, vocabulary))
}

/** Null where nothing that can be drawn is missing. */
export function withGhosts(
  drawn: Drawing,
  reference: Drawing,
  elements: readonly GradedElement[],
  places: Places,
  vocabulary: Vocabulary,
): Ghosted | null {
  const missing = new Set<ElementId>()
  const met = new Map<ElementId, ElementId>()
  for (const one of elements) {
    if (one.reference === null) continue
    if (one.drawn !== null) met.set(one.reference, one.drawn)
    else if (one.verdict === 'missing') missing.add(one.reference)
  }
  if (missing.size === 0 || elementsOf(drawn).length + missing.size > MOST_ELEMENTS) return null
  const both: Both = { met, missing, fresh: freshNames(drawn) }
  if (isLinked(drawn) && isLinked(reference)) return linkedGhosts(drawn, reference, both, places, vocabulary)
  if (drawn.form === 'timeline' && reference.form === 'timeline') return eventGhosts(drawn, reference, both)
  if (drawn.form === 'matrix' && reference.form === 'matrix') return matrixGhosts(drawn, reference, both)
  return null
}

interface Both {
  /** Elements of the reference that the learner drew, rightly or not, and as what. */
  readonly met: ReadonlyMap<ElementId, ElementId>
  readonly missing: ReadonlySet<ElementId>
  /** A name for a ghost that nothing of the learner's has. */
  readonly fresh: (id: string) => string
}

function freshNames(drawn: Drawing): (id: string) => string {
  const ids = elementsOf(drawn).map((element) => idOf(element))
  let prefix = 'missing '
  while (ids.some((id) => id.startsWith(prefix))) prefix = `more ${prefix}`
  return (id) => prefix + id
}

const idOf = (element: ElementId): string => element.slice(element.indexOf(':') + 1)

const sameNames = (drawing: Drawing): Map<ElementId, ElementId> =>
  new Map(elementsOf(drawing).map((element) => [element, element]))

/**
 * The learner's items in their order, each missing one right after what stands before it in the reference. `own` is the
 * place in `drawn` of an item of the reference, null where it is missing, undefined where it is to be left out.
 */
function merged<T>(
  drawn: readonly T[],
  reference: readonly T[],
  own: (at: number) => number | null | undefined,
): { readonly drawn: number | null; readonly reference: number | null }[] {
  const behind = new Map<number, number[]>()
  const referenceOf = new Map<number, number>()
  let last = -1
  for (const at of reference.keys()) {
    const mine = own(at)
    if (mine === null) behind.set(last, [...(behind.get(last) ?? []), at])
    else if (mine !== undefined) {
      referenceOf.set(mine, at)
      last = mine
    }
  }
  const after = (place: number) => (behind.get(place) ?? []).map((at) => ({ drawn: null, reference: at }))
  return [
    ...after(-1),
    ...drawn.flatMap((_, place) => [
      { drawn: place, reference: referenceOf.get(place) ?? null },
      ...after(place),
    ]),
  ]
}

function eventGhosts(drawn: TimelineDrawing, reference: TimelineDrawing, both: Both): Ghosted {
  const places = new Map(drawn.events.map((event, i) => [`event:${event.id}`, i]))
  const order = merged(drawn.events, reference.events, (at) =>
    ownPlace(both, `event:${reference.events[at]?.id ?? ''}`, places),
  )
  const names = new Map<ElementId, ElementId>(both.met)
  const ghosts = new Set<ElementId>()
  const events = order.flatMap((one) => {
    if (one.drawn !== null) return drawn.events.slice(one.drawn, one.drawn + 1)
    return reference.events.slice(one.reference ?? 0, (one.reference ?? 0) + 1).map((event) => {
      const id = both.fresh(event.id)
      names.set(`event:${event.id}`, `event:${id}`)
      ghosts.add(`event:${id}`)
      return { ...event, id }
    })
  })
  return {
    drawing: { form: 'timeline', events },
    places: {},
    ghosts,
    drawn: sameNames(drawn),
    reference: names,
  }
}

function ownPlace(
  { met, missing }: Both,
  element: ElementId,
  places: ReadonlyMap<string, number>,
): number | null | undefined {
  if (missing.has(element)) return null
  const mine = met.get(element)
  return mine === undefined ? undefined : places.get(mine)
}

function matrixGhosts(drawn: MatrixDrawing, reference: MatrixDrawing, both: Both): Ghosted | null {
  const numbers = (kind: 'row' | 'column', n: number) =>
    new Map(Array.from({ length: n }, (_, i) => [`${kind}:${i + 1}`, i]))
  const lines = (kind: 'row' | 'column', mine: readonly unknown[], theirs: readonly unknown[]) => {
    const places = numbers(kind, mine.length)
    return merged(mine, theirs, (at) => ownPlace(both, `${kind}:${at + 1}`, places))
  }
  // Rows that stand as columns are right too, but a ghost would stand askew in them.
  if (
    [...both.met].some(
      ([theirs, mine]) => /^(row|column)/.exec(theirs)?.[0] !== /^(row|column)/.exec(mine)?.[0],
    )
  )
    return null
  const rows = lines('row', drawn.rows, reference.rows)
  const columns = lines('column', drawn.columns, reference.columns)
  const names = { drawn: new Map<ElementId, ElementId>(), reference: new Map<ElementId, ElementId>() }
  const ghosts = new Set<ElementId>()
  const note = (now: ElementId, mine: ElementId | null, theirs: ElementId | null) => {
    if (mine) names.drawn.set(mine, now)
    if (theirs) names.reference.set(theirs, now)
    if (!mine && theirs) ghosts.add(now)
  }
  const head = (kind: 'row' | 'column', place: number | null): ElementId | null =>
    place === null ? null : `${kind}:${place + 1}`
  for (const [r, row] of rows.entries())
    note(`row:${r + 1}`, head('row', row.drawn), head('row', row.reference))
  for (const [c, column] of columns.entries())
    note(`column:${c + 1}`, head('column', column.drawn), head('column', column.reference))
  const cell = (row: Pair, column: Pair, now: ElementId): string => {
    const own = at(drawn, row.drawn, column.drawn)
    const right = at(reference, row.reference, column.reference)
    const empty = own === null || own.text === ''
    note(now, empty ? null : own.element, right?.element ?? null)
    if (empty && own) names.drawn.set(own.element, now)
    return empty ? (right?.text ?? '') : own.text
  }
  const table: MatrixDrawing = {
    form: 'matrix',
    columns: columns.map((one) => line(drawn.columns, reference.columns, one)),
    rows: rows.map((row, r) => ({
      label: line(labels(drawn), labels(reference), row),
      cells: columns.map((column, c) => cell(row, column, `cell:${r + 1},${c + 1}`)),
    })),
  }
  return { drawing: table, places: {}, ghosts, ...names }
}

interface Pair {
  readonly drawn: number | null
  readonly reference: number | null
}

const labels = ({ rows }: MatrixDrawing): string[] => rows.map(({ label }) => label)

const line = (mine: readonly string[], theirs: readonly string[], one: Pair): string =>
  (one.drawn !== null ? mine[one.drawn] : theirs[one.reference ?? -1]) ?? ''

function at({ rows }: MatrixDrawing, row: number | null, column: number | null) {
  if (row === null || column === null) return null
  const text = rows[row]?.cells[column] ?? ''
  return { element: `cell:${row + 1},${column + 1}` as ElementId, text }
}

function linkedGhosts(
  drawn: LinkedDrawing,
  reference: LinkedDrawing,
  both: Both,
  places: Places,
  vocabulary: Vocabulary,
): Ghosted {
  const names = new Map<ElementId, ElementId>(both.met)
  const ghosts = new Set<ElementId>()
  const put = (kind: 'node' | 'edge' | 'group', id: string): string => {
    const name = both.fresh(id)
    names.set(`${kind}:${id}`, `${kind}:${name}`)
    ghosts.add(`${kind}:${name}`)
    return name
  }
  const own = placesFor(drawn, vocabulary, places)
  const { groups, holder } = missingGroups(drawn, reference, both, own, vocabulary)
  for (const { id } of groups) put('group', id)
  for (const { id } of reference.nodes) if (both.missing.has(`node:${id}`)) put('node', id)
  const groupNow = (id: string | null): string | null => {
    const now = id === null ? undefined : names.get(`group:${id}`)
    return now?.startsWith('group:') ? idOf(now) : null
  }
  const mine = new Map(drawn.nodes.map(({ id }, i) => [`node:${id}`, i]))
  const order = merged(drawn.nodes, reference.nodes, (i) =>
    ownPlace(both, `node:${reference.nodes[i]?.id ?? ''}`, mine),
  )
  const nodes = order.flatMap((one): DrawnNode[] => {
    const node = one.drawn === null ? undefined : drawn.nodes[one.drawn]
    if (node) return [{ ...node, group: groupNow(holder.get(node.id) ?? null) ?? node.group }]
    const ghost = reference.nodes[one.reference ?? -1]
    return ghost ? [{ id: both.fresh(ghost.id), label: ghost.label, group: groupNow(ghost.group) }] : []
  })
  const added = groups.map(({ id, label, parent }): DrawnGroup => {
    return { id: both.fresh(id), label, parent: groupNow(parent) }
  })
  const drawing: LinkedDrawing = {
    form: drawn.form,
    groups: [...drawn.groups, ...added],
    nodes,
    edges: withMissingEdges(drawn, reference, both, names, put),
  }
  const all = placesFor(drawing, vocabulary, own)
  return { drawing, places: all, ghosts, drawn: sameNames(drawn), reference: names }
}

interface MissingGroups {
  readonly groups: readonly DrawnGroup[]
  /** The missing group that the learner's node is shown in, by the node's id. */
  readonly holder: ReadonlyMap<string, string>
}

/** Missing groups that can be shown: round missing nodes, and round the learner's where no other node stands between. */
function missingGroups(
  drawn: LinkedDrawing,
  reference: LinkedDrawing,
  { met, missing }: Both,
  places: Places,
  vocabulary: Vocabulary,
): MissingGroups {
  const parents = new Map(reference.groups.map((group) => [group.id, group.parent]))
  const holder = new Map<string, string>()
  const filled = new Set<string>()
  const fill = (group: string | null) => {
    for (let id = group; id !== null; id = parents.get(id) ?? null) filled.add(id)
  }
  const sizes = sizesOf(drawn, vocabulary)
  const boxes = nodeBoxes(drawn, places, sizes)
  const around = groupBoxes(drawn, places, sizes)
  for (const { id } of reference.groups) {
    if (!missing.has(`group:${id}`)) continue
    const members = reference.nodes.filter((node) => node.group === id)
    if (members.some((node) => missing.has(`node:${node.id}`))) fill(id)
    const loose = members.flatMap((node) => {
      const mine = met.get(`node:${node.id}`)
      return drawn.nodes.filter((one) => `node:${one.id}` === mine && one.group === null)
    })
    const own = new Set(loose.map((node) => node.id))
    const hull = hullOf([...boxes].flatMap(([node, box]) => (own.has(node) ? [box] : [])))
    const others = [...boxes].flatMap(([node, box]) => (own.has(node) ? [] : [box]))
    if (!hull || [...others, ...around.values()].some((box) => touches(hull, box))) continue
    for (const node of loose) holder.set(node.id, id)
    fill(id)
  }
  return { groups: reference.groups.filter(({ id }) => missing.has(`group:${id}`) && filled.has(id)), holder }
}

/** As far round its members as a group is drawn, with its caption above them, and a little more. */
const ROUND = { side: 20, top: 40, bottom: 20 } as const

function hullOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null
  const x = Math.min(...boxes.map((box) => box.x)) - ROUND.side
  const y = Math.min(...boxes.map((box) => box.y)) - ROUND.top
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + ROUND.side
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + ROUND.bottom
  return { x, y, width: right - x, height: bottom - y }
}

const touches = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** The learner's edges, and each missing one whose ends are both to be seen, in the order of the reference. */
function withMissingEdges(
  drawn: LinkedDrawing,
  reference: LinkedDrawing,
  both: Both,
  names: ReadonlyMap<ElementId, ElementId>,
  put: (kind: 'edge', id: string) => string,
): DrawnEdge[] {
  const end = (id: string): string | null => {
    const now = names.get(`node:${id}`) ?? names.get(`group:${id}`)
    return now === undefined ? null : idOf(now)
  }
  const standing = new Set([...drawn.edges.map(({ id }) => id)])
  const mine = new Map(drawn.edges.map(({ id }, i) => [`edge:${id}`, i]))
  const order = merged(drawn.edges, reference.edges, (i) => {
    const edge = reference.edges[i]
    if (!edge || end(edge.from) === null || end(edge.to) === null) return undefined
    return ownPlace(both, `edge:${edge.id}`, mine)
  })
  return order.flatMap((one): DrawnEdge[] => {
    if (one.drawn !== null) return drawn.edges.slice(one.drawn, one.drawn + 1)
    const edge = reference.edges[one.reference ?? -1]
    const from = edge && end(edge.from)
    const to = edge && end(edge.to)
    if (!edge || !from || !to || standing.has(both.fresh(edge.id))) return []
    return [{ ...edge, id: put('edge', edge.id), from, to }]
  })
}
