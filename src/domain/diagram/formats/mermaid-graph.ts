import type { Arrow, TimelineEvent } from '../model.ts'
import type { RawEdge, RawEntity, RawGraph } from './graph.ts'
import { isObject, type Json, listOf, objectOf, textOf } from './json.ts'
import { type Notes, quoted } from './notes.ts'
import { oneLine, plainText } from './plain-text.ts'
import { NOTHING } from './scene-table.ts'

/**
 * What Mermaid's parser keeps of each kind of diagram, as nodes, groups and edges. Version 12; read with care,
 * for it is internal.
 */

/** Calls a method of the database; undefined where this version has none. */
function ask(db: unknown, method: string): unknown {
  const owner = db as Record<string, unknown> | null | undefined
  const call = owner?.[method]
  return typeof call === 'function' ? call.call(owner) : undefined
}

const valuesOf = (value: unknown): readonly Json[] =>
  (value instanceof Map
    ? [...value.values()]
    : Array.isArray(value)
      ? value
      : Object.values(objectOf(value))
  ).filter(isObject)

/** `fa:fa-server` stands for a picture. */
const ICON = /(?:^|(?<=[\s>]))fa[bklrs]?:fa-[\w-]+[ \t]*/g

/** Mermaid keeps `#quot;` and `#59;` as marks of its own until it draws. */
function words(value: unknown): string {
  const text = textOf(value)
    .replace(ICON, '')
    .replaceAll('ﬂ°°', '&#')
    .replaceAll('ﬂ°', '&')
    .replaceAll('¶ß', ';')
  return plainText(text)
}

/** Labels that say they are Markdown keep its marks. */
const labelled = (element: Json, value: unknown): string =>
  element.labelType === 'markdown' ? words(textOf(value).replace(/\*\*|__|`/g, '')) : words(value)

export function flowchartGraph(db: unknown, notes: Notes): RawGraph {
  const subgraphs = valuesOf(ask(db, 'getSubGraphs'))
  const isGroup = new Set(subgraphs.map(({ id }) => textOf(id)))
  const parents = new Map<string, string>()
  for (const group of subgraphs)
    for (const member of listOf(group.nodes).map(textOf))
      if (!parents.has(member)) parents.set(member, textOf(group.id))
  const groups = subgraphs.map((group): RawEntity => {
    const key = textOf(group.id)
    const title = labelled(group, group.title)
    return {
      key,
      label: title === '' && !/^subGraph\d+$/.test(key) ? key : title,
      parent: parents.get(key) ?? null,
      group: true,
    }
  })
  const nodes = valuesOf(ask(db, 'getVertices')).flatMap((vertex): RawEntity[] => {
    const key = textOf(vertex.id)
    if (isGroup.has(key)) return []
    const label = vertex.text === undefined ? key : labelled(vertex, vertex.text)
    return [{ key, label, parent: parents.get(key) ?? null, group: false }]
  })
  const edges = valuesOf(ask(db, 'getEdges')).flatMap((edge): RawEdge[] => {
    if (edge.stroke === 'invisible') return []
    const type = textOf(edge.type)
    if (/cross|circle/.test(type))
      notes.add('the heads of arrows that are crosses or circles; they count as arrows')
    const arrow: Arrow = type.startsWith('double')
      ? 'both'
      : type === 'arrow_open'
        ? 'undirected'
        : 'directed'
    return [{ from: textOf(edge.start), to: textOf(edge.end), arrow, label: labelled(edge, edge.text) }]
  })
  return { entities: [...groups.reverse(), ...nodes], edges, places: new Map() }
}

/** Messages with no arrow head, and with one at both ends; the other kinds are directed (LINETYPE of Mermaid). */
const OPEN = new Set([5, 6])
const BOTH = new Set([33, 34])
const NOTE = 2

const BLOCKS: Readonly<Record<number, string>> = {
  10: 'loop',
  12: 'alt',
  13: 'else',
  15: 'opt',
  19: 'par',
  20: 'and',
  22: 'rect',
  27: 'critical',
  28: 'option',
  30: 'break',
  32: 'par over',
}

export function sequenceGraph(db: unknown, notes: Notes): RawGraph {
  const boxes = new Map<string, string>()
  const nodes = valuesOf(ask(db, 'getActors')).map((actor): RawEntity => {
    const box = words(objectOf(actor.box).name)
    if (box !== '') boxes.set(`box ${box}`, box)
    const key = textOf(actor.name)
    return {
      key,
      label: words(actor.description) || key,
      parent: box === '' ? null : `box ${box}`,
      group: false,
    }
  })
  const groups = [...boxes].map(([key, label]): RawEntity => ({ key, label, parent: null, group: true }))
  const edges: RawEdge[] = []
  for (const message of valuesOf(ask(db, 'getMessages'))) {
    const type = Number(message.type)
    const text = words(message.message)
    const block = BLOCKS[type]
    if (type === NOTE) notes.add(`the note ${quoted(text)}`)
    else if (block !== undefined) notes.add(`the frame ${quoted(`${block} ${text}`)}; its messages are kept`)
    else if (typeof message.to === 'string' && typeof message.from === 'string') {
      const arrow: Arrow = OPEN.has(type) ? 'undirected' : BOTH.has(type) ? 'both' : 'directed'
      edges.push({ from: message.from, to: message.to, arrow, label: text })
    }
  }
  return { entities: [...groups, ...nodes], edges, places: new Map() }
}

export function statesGraph(db: unknown, notes: Notes): RawGraph {
  const data = objectOf(ask(db, 'getData'))
  const nodes = listOf(data.nodes).filter(isObject)
  const entities = nodes.flatMap((node): RawEntity[] => {
    const shape = textOf(node.shape)
    if (shape === 'note') notes.add(`the note ${quoted(words(node.label))}`)
    if (shape === 'note' || shape === 'noteGroup') return []
    const group = node.isGroup === true
    const parent = textOf(node.parentId) || null
    return [{ key: textOf(node.id), label: stateLabel(node, shape), parent, group }]
  })
  const edges = listOf(data.edges)
    .filter(isObject)
    .filter(({ arrowhead }) => arrowhead !== 'none')
    .map((edge): RawEdge => {
      const [from, to] = [textOf(edge.start), textOf(edge.end)]
      return { from, to, arrow: 'directed', label: words(edge.label) }
    })
  return { entities, edges, places: new Map() }
}

function stateLabel(node: Json, shape: string): string {
  if (shape === 'stateStart') return 'start'
  if (shape === 'stateEnd') return 'end'
  if (shape === 'divider') return ''
  const more = listOf(node.description).map(words).join(' ')
  const label = Array.isArray(node.label) ? node.label.map(words).join(' ') : words(node.label)
  return oneLine(`${label} ${more}`)
}

/** Each event of a period on its own; a section names the lane. */
export function timelineEvents(db: unknown, notes: Notes): TimelineEvent[] {
  const events: Omit<TimelineEvent, 'id'>[] = []
  for (const task of valuesOf(ask(db, 'getTasks'))) {
    const at = words(task.task)
    const lane = words(task.section)
    const labels = listOf(task.events)
      .map(words)
      .filter((label) => label !== '')
    if (labels.length > 1) notes.add('periods with several events; each is an event of its own')
    const bare = labels.length === 0
    for (const label of bare ? [at] : labels)
      events.push({ at: bare || at === NOTHING ? '' : at, label, lane: lane === NOTHING ? '' : lane })
  }
  return events.map((event, i) => ({ id: String(i + 1), ...event }))
}
