import { err, ok } from '#lib/result.ts'
import type { Arrow, Drawing, Form } from '../model.ts'
import { LIMITS } from '../notation/index.ts'
import { type Attributes, type DotEnd, type DotStatement, type DotValue, parseDot } from './dot-parse.ts'
import { damaged, FORMAT_LIMITS, otherForm, type ReadResult } from './format.ts'
import { type RawEdge, type RawEntity, toDrawing } from './graph.ts'
import { Notes } from './notes.ts'
import { plainText } from './plain-text.ts'
import { tableDrawing } from './scene-table.ts'

/**
 * Graphviz DOT: clusters are groups; ports, ranks and looks are passed over. A timeline or a matrix is an HTML
 * table in a label.
 */
export function readDot(text: string, form: Form): ReadResult {
  const notes = new Notes()
  if (text.length > FORMAT_LIMITS.source)
    return err(damaged('dot', `it has more than ${FORMAT_LIMITS.source} characters`))
  const graph = parseDot(text, notes)
  if (graph === null) return err(damaged('dot', 'there is no graph in it'))
  const walk = new Walk(graph.directed, notes)
  walk.body(graph.body, { parent: null, node: new Map(), edge: new Map() })
  if (form === 'timeline' || form === 'matrix') {
    const drawing = tableIn(walk.labels(), form)
    if (drawing === null) return err(otherForm('nodes and arrows', form))
    return ok({ drawing, places: {}, skipped: notes.lines(), questions: [] })
  }
  const entities = [...walk.groups.values(), ...walk.nodes()]
  const edges = walk.edges()
  return ok({
    ...toDrawing({ entities, edges, places: new Map() }, form, notes),
    skipped: notes.lines(),
  })
}

function tableIn(labels: readonly DotValue[], form: 'timeline' | 'matrix'): Drawing | null {
  const html = labels.find((label) => label.html && /<table\b/i.test(label.text))?.text
  if (html === undefined) return null
  const rows = html.split(/<tr\b[^<>]*>/i, LIMITS.elements).slice(1)
  const table = rows.map((row) =>
    row
      .split(/<td\b[^<>]*>/i, LIMITS.elements)
      .slice(1)
      .map(plainText),
  )
  return tableDrawing(table, form)
}

interface Scope {
  readonly parent: string | null
  node: Attributes
  edge: Attributes
}

interface Node {
  readonly id: string
  parent: string | null
  attributes: Attributes
}

/** An end of an arrow: the node, and the cluster at whose border it is cut off. */
interface End {
  readonly node: string
  readonly cluster: string | undefined
}

type DotEdge = Omit<RawEdge, 'from' | 'to'> & { readonly from: End; readonly to: End }

const isTrue = (value: DotValue | undefined): boolean => /^(true|yes|[1-9]\d*)$/i.test(value?.text ?? '')

/** Goes through the statements as Graphviz does, with the defaults that hold where each of them stands. */
class Walk {
  readonly groups = new Map<string, RawEntity>()
  readonly #edges: DotEdge[] = []
  readonly #nodes = new Map<string, Node>()
  readonly #directed: boolean
  readonly #notes: Notes
  #anonymous = 0

  constructor(directed: boolean, notes: Notes) {
    this.#directed = directed
    this.#notes = notes
  }

  labels(): DotValue[] {
    return [...this.#nodes.values()].flatMap(({ attributes }) => attributes.get('label') ?? [])
  }

  nodes(): RawEntity[] {
    const hidden = new Set<string>()
    for (const { id, attributes } of this.#nodes.values())
      if (/\binvis\b/.test(attributes.get('style')?.text ?? '')) hidden.add(id)
    return [...this.#nodes.values()]
      .filter(({ id }) => !hidden.has(id))
      .map(
        ({ id, parent, attributes }): RawEntity => ({
          key: id,
          label: labelOf(id, attributes),
          parent,
          group: false,
        }),
      )
  }

  /** With the clusters at which arrows end (`lhead`, `ltail`), wherever in the text those stand. */
  edges(): RawEdge[] {
    const end = ({ node, cluster }: End): string =>
      cluster !== undefined && this.groups.has(`cluster ${cluster}`) ? `cluster ${cluster}` : node
    return this.#edges.map(({ from, to, ...edge }) => ({ ...edge, from: end(from), to: end(to) }))
  }

  /** The ids of the nodes in it. */
  body(statements: readonly DotStatement[], scope: Scope): string[] {
    const inside = new Set<string>()
    for (const statement of statements) {
      if (statement.kind === 'defaults') this.#defaults(statement, scope)
      else for (const id of this.#ends(statement.ends, statement.attributes, scope)) inside.add(id)
    }
    return [...inside]
  }

  #defaults({ of, attributes }: Extract<DotStatement, { kind: 'defaults' }>, scope: Scope): void {
    if (of === 'node') scope.node = new Map([...scope.node, ...attributes])
    if (of === 'edge') scope.edge = new Map([...scope.edge, ...attributes])
    const label = of === 'graph' ? attributes.get('label') : undefined
    const group = scope.parent === null ? undefined : this.groups.get(scope.parent)
    if (label && group) this.groups.set(group.key, { ...group, label: textOf(label, '') })
  }

  #ends(ends: readonly DotEnd[], attributes: Attributes, scope: Scope): string[] {
    const sets = ends.map((end) =>
      end.kind === 'node' ? [this.#node(end.id, scope)] : this.#subgraph(end, scope),
    )
    if (ends.length === 1) {
      const node = ends[0]?.kind === 'node' ? this.#nodes.get(ends[0].id) : undefined
      if (node) node.attributes = new Map([...node.attributes, ...attributes])
    }
    const all = new Map([...scope.edge, ...attributes])
    for (let i = 0; i + 1 < sets.length; i++) this.#fanOut(sets[i] ?? [], sets[i + 1] ?? [], all)
    return sets.flat()
  }

  #node(id: string, scope: Scope): string {
    const known = this.#nodes.get(id)
    if (!known) this.#nodes.set(id, { id, parent: scope.parent, attributes: scope.node })
    else if (scope.parent !== null && this.#isWithin(scope.parent, known.parent)) known.parent = scope.parent
    return id
  }

  /** Whether the one cluster stands in the other; every cluster stands in none. */
  #isWithin(inner: string, outer: string | null): boolean {
    let at: string | null = inner
    while (at !== null && at !== outer) at = this.groups.get(at)?.parent ?? null
    return at === outer
  }

  #subgraph({ id, body }: Extract<DotEnd, { kind: 'subgraph' }>, scope: Scope): string[] {
    const declared = body.some(
      (one) => one.kind === 'defaults' && one.of === 'graph' && isTrue(one.attributes.get('cluster')),
    )
    const isCluster = id.startsWith('cluster') || declared
    const key = `cluster ${id === '' ? `without a name ${++this.#anonymous}` : id}`
    if (isCluster && !this.groups.has(key))
      this.groups.set(key, { key, label: '', parent: scope.parent, group: true })
    return this.body(body, { ...scope, parent: isCluster ? key : scope.parent })
  }

  /** `{a b} -> {c d}` is four arrows; of thousands on both sides no more than a drawing can hold. */
  #fanOut(froms: readonly string[], tos: readonly string[], attributes: Attributes): void {
    for (const from of froms)
      for (const to of tos) {
        if (this.#edges.length >= FORMAT_LIMITS.items) {
          this.#notes.add(`arrows beyond the first ${FORMAT_LIMITS.items}`)
          return
        }
        this.#edge(from, to, attributes)
      }
  }

  #edge(from: string, to: string, attributes: Attributes): void {
    if (/\binvis\b/.test(attributes.get('style')?.text ?? '')) return
    const labels = ['label', 'xlabel', 'taillabel', 'headlabel'].flatMap((name) => {
      const value = attributes.get(name)
      return value ? [textOf(value, '')] : []
    })
    const tail = { node: from, cluster: attributes.get('ltail')?.text }
    const head = { node: to, cluster: attributes.get('lhead')?.text }
    const direction = attributes.get('dir')?.text.toLowerCase() ?? (this.#directed ? 'forward' : 'none')
    const blunt = (name: string) => attributes.get(name)?.text.toLowerCase() === 'none'
    const atEnd = /^(forward|both)$/.test(direction) && !blunt('arrowhead')
    const atStart = /^(back|both)$/.test(direction) && !blunt('arrowtail')
    const arrow: Arrow = atStart && atEnd ? 'both' : atStart || atEnd ? 'directed' : 'undirected'
    const back = atStart && !atEnd
    this.#edges.push({ from: back ? head : tail, to: back ? tail : head, arrow, label: labels.join(' ') })
  }
}

function labelOf(id: string, attributes: Attributes): string {
  const label = attributes.get('label')
  if (!label || label.text === '\\N') return id
  const isRecord = /record/i.test(attributes.get('shape')?.text ?? '') && !label.html
  if (!isRecord) return textOf(label, id)
  // Fields and their ports: only their words are of interest.
  const fields = label.text.replace(/<[^<>]*>/g, ' ').replace(/(?<!\\)[{}|]/g, ' ')
  return textOf({ html: false, text: fields }, id)
}

/** Escapes of DOT: `\n`, `\l` and `\r` end a line, any other letter stands for itself. */
function textOf(value: DotValue, id: string): string {
  if (value.html) return plainText(value.text)
  return value.text.replace(/\\([\s\S])/g, (_, char: string) =>
    /[nlr]/.test(char) ? ' ' : char === 'N' ? id : char,
  )
}
