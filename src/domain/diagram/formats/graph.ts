import type { Point } from '../layout/index.ts'
import type { Arrow, DrawnEdge, DrawnGroup, DrawnNode, LinkedDrawing, LinkedForm } from '../model.ts'
import { edgeId, joinPath, LIMITS, sameName } from '../notation/index.ts'
import type { SnapQuestion } from './format.ts'
import { type Notes, quoted } from './notes.ts'
import { oneLine } from './plain-text.ts'

/** A file's nodes, groups and edges under the file's own keys: what every reader of a graph gives. */
export interface RawGraph {
  readonly entities: readonly RawEntity[]
  readonly edges: readonly RawEdge[]
  /** Centres, by key. */
  readonly places: ReadonlyMap<string, Point>
}

export interface RawEntity {
  readonly key: string
  /** Of any length, on any number of lines, already without its tool's markup. */
  readonly label: string
  readonly parent: string | null
  readonly group: boolean
}

export interface RawEdge {
  readonly from: string
  readonly to: string
  readonly arrow: Arrow
  readonly label: string
  /** Where its ends were guessed: where it stands, for the question. */
  readonly snapped?: string
}

export interface GraphDrawing {
  readonly drawing: LinkedDrawing
  readonly places: Record<string, Point>
  readonly questions: readonly SnapQuestion[]
}

/**
 * A graph as a drawing that the notation can write: names, nesting and numbers within its rules, and a line for
 * what is not.
 */
export function toDrawing(raw: RawGraph, form: LinkedForm, notes: Notes): GraphDrawing {
  const linked = new Set(raw.edges.flatMap(({ from, to }) => [from, to]))
  const entities = named(bounded(raw.entities, notes), linked, notes)
  const kept = form === 'sequence' ? withoutGroups(entities, notes) : nested(entities, linked, notes)
  const ids = idsOf(kept)
  const idOf = (key: string): string | null => ids.get(key) ?? null
  const parentId = (key: string | null): string | null => (key === null ? null : idOf(key))
  const nodes: DrawnNode[] = []
  const groups: DrawnGroup[] = []
  for (const { key, label, parent, group } of kept.values()) {
    const id = ids.get(key) ?? ''
    if (group) groups.push({ id, label, parent: parentId(parent) })
    else nodes.push({ id, label, group: parentId(parent) })
  }
  const { edges, questions } = edgesOf(
    form === 'sequence' ? unnumbered(raw.edges) : raw.edges,
    kept,
    idOf,
    notes,
  )
  const places: Record<string, Point> = {}
  const holds = new Set([...kept.values()].map(({ parent }) => parent))
  for (const { key, group } of kept.values()) {
    const place = raw.places.get(key)
    const id = idOf(key)
    if (place && id !== null && !(group && holds.has(key))) places[id] = place
  }
  return { drawing: { form, nodes, edges, groups }, places, questions }
}

type Kept = ReadonlyMap<string, RawEntity>

function bounded(entities: readonly RawEntity[], notes: Notes): readonly RawEntity[] {
  if (entities.length <= LIMITS.elements) return entities
  notes.add(`${entities.length} shapes; a drawing has at most ${LIMITS.elements}, the rest was not read`)
  return entities.slice(0, LIMITS.elements)
}

/** Clean labels. A shape without words says nothing unless something is connected to it. */
function named(
  entities: readonly RawEntity[],
  linked: ReadonlySet<string>,
  notes: Notes,
): Map<string, RawEntity> {
  const kept = new Map<string, RawEntity>()
  for (const entity of entities) {
    const label = oneLine(entity.label)
    if (label !== '' || entity.group || linked.has(entity.key)) {
      kept.set(entity.key, { ...entity, label: label === '' && !entity.group ? 'unnamed' : label })
      if (label === '' && !entity.group) notes.add('a shape without words is called “unnamed”')
    } else notes.add('a shape without words')
  }
  return kept
}

function withoutGroups(entities: Kept, notes: Notes): Kept {
  const kept = new Map<string, RawEntity>()
  for (const [key, entity] of entities) {
    if (!entity.group) kept.set(key, { ...entity, parent: null })
    else if (entity.label !== '') notes.add(`the group ${quoted(entity.label)}: a sequence has none`)
  }
  return kept
}

/**
 * Groups at most as deep as the notation nests them; one without a name and without arrows only keeps its
 * members together.
 */
function nested(entities: Kept, linked: ReadonlySet<string>, notes: Notes): Kept {
  const dissolved = new Set<string>()
  const ring = ringsOf(entities)
  for (const [key, entity] of entities) {
    if (!entity.group || entity.label !== '') continue
    if (linked.has(key)) continue
    dissolved.add(key)
    notes.add('a group without a name; what stands in it is kept')
  }
  const parentOf = (key: string | null): string | null => {
    let at = key
    while (at !== null && (dissolved.has(at) || !entities.get(at)?.group || ring.has(at)))
      at = ring.has(at) ? null : (entities.get(at)?.parent ?? null)
    return at
  }
  const kept = new Map<string, RawEntity>()
  for (const [key, entity] of entities) {
    if (dissolved.has(key)) continue
    const label = entity.label === '' ? 'unnamed' : entity.label
    kept.set(key, { ...entity, label, parent: parentOf(entity.parent) })
  }
  return shallow(kept, notes)
}

/** Those whose parents go round in a ring. */
function ringsOf(entities: Kept): Set<string> {
  const rings = new Set<string>()
  const safe = new Set<string>()
  for (const start of entities.keys()) {
    const path = new Set<string>()
    let at: string | null = start
    while (at !== null && !path.has(at) && !safe.has(at) && !rings.has(at)) {
      path.add(at)
      at = entities.get(at)?.parent ?? null
    }
    const bad = at !== null && (path.has(at) || rings.has(at))
    for (const key of path) (bad ? rings : safe).add(key)
  }
  return rings
}

function shallow(entities: Kept, notes: Notes): Kept {
  const around = (key: string | null): string[] => {
    const groups: string[] = []
    for (let at = key; at !== null; at = entities.get(at)?.parent ?? null) groups.unshift(at)
    return groups
  }
  const kept = new Map<string, RawEntity>()
  for (const [key, entity] of entities) {
    const groups = around(entity.parent)
    const most = entity.group ? LIMITS.depth - 1 : LIMITS.depth
    const lost = groups.length > most
    if (lost)
      notes.add(`${quoted(entity.label)} stands deeper than ${LIMITS.depth} groups; it is put further out`)
    kept.set(key, lost ? { ...entity, parent: groups[most - 1] ?? null } : entity)
  }
  return kept
}

/** A name is the label, so that a drawing reads as its picture did; a sibling of the same name gets a number. */
function idsOf(kept: Kept): Map<string, string> {
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  const next = new Map<string, number>()
  const give = (entity: RawEntity): string => {
    const known = ids.get(entity.key)
    if (known !== undefined) return known
    const parent = entity.parent === null ? undefined : kept.get(entity.parent)
    const path = parent ? give(parent) : null
    const first = sameName(joinPath(path, entity.label))
    let id = joinPath(path, entity.label)
    let n = next.get(first) ?? 1
    while (taken.has(sameName(id))) id = joinPath(path, `${entity.label} ${++n}`)
    next.set(first, n)
    taken.add(sameName(id))
    ids.set(entity.key, id)
    return id
  }
  for (const entity of kept.values()) give(entity)
  return ids
}

function edgesOf(
  raws: readonly RawEdge[],
  kept: Kept,
  idOf: (key: string) => string | null,
  notes: Notes,
): { edges: DrawnEdge[]; questions: SnapQuestion[] } {
  const edges: DrawnEdge[] = []
  const questions: SnapQuestion[] = []
  const counts = new Map<string, number>()
  const room = LIMITS.elements - kept.size
  const labelOf = (key: string): string => quoted(kept.get(key)?.label ?? key)
  for (const { from, to, arrow, label, snapped } of raws) {
    const ends = [idOf(from), idOf(to)] as const
    if (ends[0] === null || ends[1] === null) {
      notes.add(`an arrow ${label === '' ? '' : `${quoted(label)} `}to something that was not read`)
      continue
    }
    if (from !== to && (isInside(kept, from, to) || isInside(kept, to, from))) {
      notes.add(`the arrow between ${labelOf(from)} and ${labelOf(to)}: one stands inside the other`)
      continue
    }
    if (edges.length >= room) {
      notes.add(`arrows beyond the ${LIMITS.elements} elements of a drawing`)
      continue
    }
    const base = edgeId(ends[0], arrow, ends[1], 1)
    const ordinal = (counts.get(base) ?? 0) + 1
    counts.set(base, ordinal)
    const id = edgeId(ends[0], arrow, ends[1], ordinal)
    edges.push({ id, from: ends[0], to: ends[1], arrow, label: oneLine(label) })
    if (snapped !== undefined) {
      const says = `The arrow ${snapped} was taken to go from ${labelOf(from)} to ${labelOf(to)}.`
      questions.push({ edge: id, says })
    }
  }
  return { edges, questions }
}

function isInside(kept: Kept, inner: string, outer: string): boolean {
  let at = kept.get(inner)?.parent ?? null
  while (at !== null && at !== outer) at = kept.get(at)?.parent ?? null
  return at === outer
}

const NUMBER = /^\(?(\d{1,3})[.):]\s+/

/** Messages that are numbered from 1 on ("1. read", "2. answer") stand in that order, without the number. */
function unnumbered(edges: readonly RawEdge[]): readonly RawEdge[] {
  const parts = edges.map((edge) => {
    const label = `${oneLine(edge.label)} `
    return { edge: { ...edge, label: label.replace(NUMBER, '') }, number: Number(NUMBER.exec(label)?.[1]) }
  })
  const inOrder = parts.sort((a, b) => a.number - b.number)
  return inOrder.every(({ number }, i) => number === i + 1) ? inOrder.map(({ edge }) => edge) : edges
}
