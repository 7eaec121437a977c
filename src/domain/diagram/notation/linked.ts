import type { DrawnEdge, LinkedDrawing, LinkedForm } from '../model.ts'
import { LIMITS, type NotationProblem } from './problem.ts'
import { type Entity, idOf, Scope } from './scope.ts'
import { type Connection, type Declaration, readStatements, type Statement } from './statements.ts'

const SYMBOL = { directed: '->', both: '<->', undirected: '--' } as const

/** The id of a connection; the second between the same ends is `a -> b #2`. */
export function edgeId(from: string, arrow: keyof typeof SYMBOL, to: string, ordinal: number): string {
  return `${from} ${SYMBOL[arrow]} ${to}${ordinal > 1 ? ` #${ordinal}` : ''}`
}

interface Linked {
  readonly drawing: LinkedDrawing
  readonly problems: NotationProblem[]
  readonly notes: readonly NotationProblem[]
}

export function parseLinked(text: string, form: LinkedForm): Linked {
  const { statements, problems, notes } = readStatements(text)
  const found = [...problems]
  const scope = new Scope(found)
  declareAll(scope, scope.root, statements)
  const ends = connectAll(scope, statements, found)
  const { nodes, groups } = scope.elements()
  if (form === 'sequence') for (const group of groups) found.push(noGroups(group.label, statements))
  if (nodes.length + groups.length + ends.length > LIMITS.elements)
    found.push(tooMany(ends.length + nodes.length))
  return { drawing: { form, nodes, groups, edges: edgesOf(ends) }, problems: inOrder(found), notes }
}

/** First what is declared, so that a name means the same wherever it stands in the text. */
function declareAll(scope: Scope, group: Entity, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement.kind !== 'declaration') continue
    if (statement.path.length > 1 && statement.members === null) continue
    let entity = group
    for (const word of statement.path) entity = scope.declare(entity, word)
    if (statement.label !== null) entity.label = statement.label
    if (statement.members) {
      entity.group = true
      declareAll(scope, entity, statement.members)
    }
  }
}

interface Ends {
  readonly from: Entity
  readonly to: Entity
  readonly arrow: DrawnEdge['arrow']
  readonly label: string
}

function connectAll(scope: Scope, statements: readonly Statement[], problems: NotationProblem[]): Ends[] {
  const ends: Ends[] = []
  const walk = (group: Entity, inside: readonly Statement[]): void => {
    for (const statement of inside) {
      if (statement.kind === 'connection') connect(group, statement)
      else declarePath(group, statement)
    }
  }
  const declarePath = (group: Entity, statement: Declaration): void => {
    const entity = scope.find(statement.path, group)
    if (entity && statement.label !== null) entity.label = statement.label
    if (entity && statement.members) walk(entity, statement.members)
  }
  const connect = (group: Entity, connection: Connection): void => {
    for (const link of connection.links) {
      const from = scope.find(link.from, group)
      const to = scope.find(link.to, group)
      if (!from || !to) continue
      if (from !== to && (contains(from, to) || contains(to, from))) {
        const message = `\`${idOf(from)}\` and \`${idOf(to)}\` stand one inside the other; they cannot be connected`
        problems.push({ line: connection.line, column: connection.column, message, suggestion: null })
      } else ends.push({ from, to, arrow: link.arrow, label: connection.label })
    }
  }
  walk(scope.root, statements)
  return ends
}

function contains(group: Entity, entity: Entity): boolean {
  for (let parent = entity.parent; parent; parent = parent.parent) if (parent === group) return true
  return false
}

function edgesOf(ends: readonly Ends[]): DrawnEdge[] {
  const counts = new Map<string, number>()
  return ends.map(({ from, to, arrow, label }) => {
    const base = edgeId(idOf(from), arrow, idOf(to), 1)
    const ordinal = (counts.get(base) ?? 0) + 1
    counts.set(base, ordinal)
    return { id: edgeId(idOf(from), arrow, idOf(to), ordinal), from: idOf(from), to: idOf(to), arrow, label }
  })
}

function noGroups(label: string, statements: readonly Statement[]): NotationProblem {
  const at = statements
    .flatMap((one) => (one.kind === 'declaration' ? [one] : []))
    .find((one) => one.members !== null)?.path[0]
  const message = `a sequence has no groups; \`${label}\` is one`
  return { line: at?.line ?? 1, column: at?.column ?? 1, message, suggestion: null }
}

const tooMany = (count: number): NotationProblem => ({
  line: 1,
  column: 1,
  message: `${count} elements; a drawing has at most ${LIMITS.elements}`,
  suggestion: null,
})

export const inOrder = (problems: readonly NotationProblem[]): NotationProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
