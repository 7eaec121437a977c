import { normalise } from '#lib/text.ts'
import type { Diagram } from './diagram.ts'
import { type Drawing, type ElementId, isLinked, type LinkedDrawing } from './model.ts'
import { sameName, splitPath } from './notation/index.ts'
import { displayName, resolve, type Vocabulary } from './vocabulary.ts'

/** How content speaks of elements (docs/content-format.md): by key, by label, by `a -> b`, by number or range. */

const RANGE = /^(\d+)(?:\.\.(\d+))?$/
const ARROW = /^(.+?)\s*(?:<->|->|--|<-)\s*(.+)$/

/** The elements that `reference` names; an empty list when it names none. */
export function findElements(diagram: Diagram, reference: string): ElementId[] {
  const { drawing, vocabulary } = diagram
  const range = RANGE.exec(reference)
  if (range && numbered(drawing)) return byNumber(drawing, Number(range[1]), Number(range[2] ?? range[1]))
  if (drawing.form === 'timeline') {
    return drawing.events
      .filter((event) => means(vocabulary, event.label, reference))
      .map((event): ElementId => `event:${event.id}`)
  }
  if (drawing.form === 'matrix') return findInMatrix(drawing, vocabulary, reference)
  const nodes = findNodes(drawing, vocabulary, reference)
  if (nodes.length > 0) return nodes
  const arrow = ARROW.exec(reference)
  if (arrow) return findEdges(drawing, vocabulary, arrow[1] ?? '', arrow[2] ?? '')
  return findLabelledEdges(drawing, vocabulary, reference)
}

/** As `findElements`, but `a -> b` names no edge from b to a where there is one from a to b. */
export function findThisWay(diagram: Diagram, reference: string): ElementId[] {
  const found = findElements(diagram, reference)
  const { drawing } = diagram
  const [from, to, more] = reference.split(' -> ')
  if (!isLinked(drawing) || from === undefined || to === undefined || more !== undefined) return found
  const starts = new Set(findElements(diagram, from.trim()).map((id) => id.slice(id.indexOf(':') + 1)))
  const along = found.filter((id) =>
    drawing.edges.some((edge) => id === `edge:${edge.id}` && starts.has(edge.from)),
  )
  return along.length > 0 ? along : found
}

/** Messages, transitions and answers by what they say; the labels of a topology are free text and name nothing. */
function findLabelledEdges(drawing: LinkedDrawing, vocabulary: Vocabulary, reference: string): ElementId[] {
  if (drawing.form === 'topology') return []
  return drawing.edges
    .filter((edge) => edge.label !== '' && means(vocabulary, edge.label, reference))
    .map((edge): ElementId => `edge:${edge.id}`)
}

const numbered = (drawing: Drawing): boolean => !isLinked(drawing) || drawing.form === 'sequence'

function byNumber(drawing: Drawing, from: number, to: number): ElementId[] {
  if (drawing.form === 'matrix') {
    const columns = drawing.columns.map((_, c) => c + 1)
    return range(from, Math.min(to, drawing.rows.length)).flatMap((row): ElementId[] => [
      `row:${row}`,
      ...columns.map((column): ElementId => `cell:${row},${column}`),
    ])
  }
  if (drawing.form === 'timeline') {
    return drawing.events.slice(from - 1, to).map((event): ElementId => `event:${event.id}`)
  }
  return drawing.edges.slice(from - 1, to).map((edge): ElementId => `edge:${edge.id}`)
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)

/** Whether a label of the drawing is what `reference` says: the same text, or the same concept and instance. */
function means(vocabulary: Vocabulary, label: string, reference: string): boolean {
  if (normalise(label) === normalise(reference)) return true
  const wanted = resolve(vocabulary, reference)
  const own = resolve(vocabulary, label)
  return wanted !== null && own !== null && own.concept === wanted.concept && own.instance === wanted.instance
}

function findNodes(drawing: LinkedDrawing, vocabulary: Vocabulary, reference: string): ElementId[] {
  const all = [
    ...drawing.nodes.map((node) => ({ element: `node:${node.id}` as ElementId, ...node })),
    ...drawing.groups.map((group) => ({ element: `group:${group.id}` as ElementId, ...group })),
  ]
  const byId = all.filter(({ id }) => sameName(id) === sameName(reference))
  if (byId.length > 0) return byId.map(({ element }) => element)
  const byKey = all.filter(({ id }) => sameName(splitPath(id).at(-1) ?? '') === sameName(reference))
  if (byKey.length > 0) return byKey.map(({ element }) => element)
  return all.filter(({ label }) => means(vocabulary, label, reference)).map(({ element }) => element)
}

function findEdges(drawing: LinkedDrawing, vocabulary: Vocabulary, from: string, to: string): ElementId[] {
  const idsOf = (reference: string) =>
    new Set(
      findNodes(drawing, vocabulary, reference).map((element) => element.slice(element.indexOf(':') + 1)),
    )
  const left = idsOf(from)
  const right = idsOf(to)
  return drawing.edges
    .filter(
      (edge) => (left.has(edge.from) && right.has(edge.to)) || (left.has(edge.to) && right.has(edge.from)),
    )
    .map((edge): ElementId => `edge:${edge.id}`)
}

function findInMatrix(
  drawing: Extract<Drawing, { form: 'matrix' }>,
  vocabulary: Vocabulary,
  reference: string,
): ElementId[] {
  const column = /^column\s+(.+)$/i.exec(reference)?.[1]
  const rows = drawing.rows.flatMap((row, r) => (means(vocabulary, row.label, reference) ? [r + 1] : []))
  if (rows.length > 0) return rows.flatMap((row) => byNumber(drawing, row, row))
  return drawing.columns.flatMap((label, c): ElementId[] =>
    means(vocabulary, label, column ?? reference)
      ? [`column:${c + 1}`, ...drawing.rows.map((_, r): ElementId => `cell:${r + 1},${c + 1}`)]
      : [],
  )
}

/** An element as a person reads it: `CDN → Load balancer`, `09:37 Wrong command run`. */
export function nameOf(drawing: Drawing, vocabulary: Vocabulary, element: ElementId): string {
  const kind = element.slice(0, element.indexOf(':'))
  const id = element.slice(kind.length + 1)
  if (drawing.form === 'timeline') {
    const event = drawing.events.find((one) => one.id === id)
    return event ? `${event.at} ${displayName(vocabulary, event.label)}`.trim() : id
  }
  if (drawing.form === 'matrix') {
    const [row = 0, column = 0] = (kind === 'column' ? `0,${id}` : id).split(',').map(Number)
    const parts = [drawing.rows[row - 1]?.label, drawing.columns[column - 1]]
    return parts.flatMap((part) => (part === undefined ? [] : [displayName(vocabulary, part)])).join(', ')
  }
  const labelOf = (end: string): string =>
    displayName(vocabulary, [...drawing.nodes, ...drawing.groups].find((one) => one.id === end)?.label ?? end)
  const edge = kind === 'edge' ? drawing.edges.find((one) => one.id === id) : undefined
  if (!edge) return labelOf(id)
  const arrow = { directed: '→', both: '↔', undirected: '–' }[edge.arrow]
  return `${labelOf(edge.from)} ${arrow} ${labelOf(edge.to)}`
}
