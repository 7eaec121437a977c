import {
  type Diagram,
  displayName,
  type ElementId,
  elementsOf,
  isLinked,
  nameOf,
  splitPath,
  variantsOf,
} from '#domain/diagram/index.ts'

/** What the lines of a grade name (`node node:cache`, `order event:2`, `fact ttl`), in words. */
export interface NamedElement {
  /** As a person reads it. */
  readonly label: string
  /** What it cannot be without, by name: the ends of a connection, the row and column of a cell. */
  readonly needs: readonly string[]
}

const known = new WeakMap<Diagram, ReadonlyMap<string, NamedElement>>()

/** Every element and question that a grade of the diagram may name, by its name; made once. */
export function namedElements(diagram: Diagram): ReadonlyMap<string, NamedElement> {
  const before = known.get(diagram)
  if (before) return before
  const found = new Map<string, NamedElement>()
  const { item } = diagram
  // The reference comes first: where another way to draw it calls something by the same name, the reference's stands.
  for (const variant of variantsOf(diagram))
    for (const [name, one] of drawn(variant.diagram)) if (!found.has(name)) found.set(name, one)
  for (const { id, ask } of item.facts) found.set(`fact ${id}`, { label: ask, needs: [] })
  for (const { slot, ask } of item.context) found.set(`context ${slot}`, { label: ask, needs: [] })
  found.set('mutation', { label: item.mutation.ask, needs: [] })
  known.set(diagram, found)
  return found
}

function drawn({ drawing, vocabulary }: Diagram): [string, NamedElement][] {
  const edges = new Map((isLinked(drawing) ? drawing.edges : []).map((edge) => [`edge:${edge.id}`, edge]))
  const groups = new Set((isLinked(drawing) ? drawing.groups : []).map(({ id }) => id))
  const end = (id: string) => (groups.has(id) ? `group group:${id}` : `node node:${id}`)
  return elementsOf(drawing).flatMap((element): [string, NamedElement][] => {
    const label = nameOf(drawing, vocabulary, element)
    const kind = element.slice(0, element.indexOf(':'))
    const edge = edges.get(element)
    if (edge) {
      const told = edge.label !== '' && drawing.form !== 'topology'
      const words = told ? `${label}: ${displayName(vocabulary, edge.label)}` : label
      const called = drawing.form === 'sequence' ? 'message' : 'edge'
      return [[`${called} ${element}`, { label: words, needs: [end(edge.from), end(edge.to)] }]]
    }
    if (kind === 'event')
      return ['event', 'order', 'group'].map((of) => [`${of} ${element}`, { label, needs: [] }])
    const [row, column] = element.slice('cell:'.length).split(',')
    const needs = kind === 'cell' ? [`row row:${row}`, `column column:${column}`] : []
    return [[`${kind} ${element}`, { label, needs }]]
  })
}

/** What was drawn and does not belong, as far as its id says it: `node node:eu.cache` is a Cache. */
export function extraElement({ vocabulary }: Diagram, name: string): string {
  const [kind = '', ...rest] = name.split(' ')
  const element = rest.join(' ') as ElementId
  const id = element.slice(element.indexOf(':') + 1)
  const called = (path: string) => displayName(vocabulary, splitPath(path.trim()).at(-1) ?? path)
  if (kind === 'node' || kind === 'group') return called(id)
  const ends = /^(.+?) (<->|->|--) (.+?)(?: #\d+)?$/.exec(id)
  if (!ends) return UNNAMED[kind] ?? id
  const arrow = { '->': '→', '<->': '↔', '--': '–' }[ends[2] ?? '->'] ?? '→'
  return `${called(ends[1] ?? '')} ${arrow} ${called(ends[3] ?? '')}`
}

/** Its number alone would say nothing. */
const UNNAMED: Readonly<Record<string, string>> = {
  event: 'An event that does not belong',
  row: 'A row that does not belong',
  column: 'A column that does not belong',
  cell: 'A cell that should be empty',
}
