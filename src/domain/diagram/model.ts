/**
 * The model of a drawing, from content or from a learner: one for both.
 *
 * Ids are what D2 calls absolute keys: `cluster.node-b` is `node-b` inside the group `cluster`. A segment that
 * D2 could misread is quoted (`"10.0.0.1"`).
 */
export const FORMS = ['topology', 'sequence', 'timeline', 'states', 'decision', 'matrix'] as const
export type Form = (typeof FORMS)[number]
export type LinkedForm = 'topology' | 'sequence' | 'states' | 'decision'

/** `directed` has one arrow head at `to`; `both` one at each end; `undirected` none. */
export type Arrow = 'directed' | 'both' | 'undirected'

export interface DrawnNode {
  readonly id: string
  readonly label: string
  readonly group: string | null
}

export interface DrawnGroup {
  readonly id: string
  readonly label: string
  readonly parent: string | null
}

/** Unique by its id: `a -> b`, and `a -> b #2` for the second connection between the same two ends. */
export interface DrawnEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly arrow: Arrow
  readonly label: string
}

/** Nodes and edges; in a sequence the nodes are participants, left to right, and the edges messages, in order. */
export interface LinkedDrawing {
  readonly form: LinkedForm
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
  readonly groups: readonly DrawnGroup[]
}

/** What happened, in order. `at` is as it was written ("09:37 PST", "+5 min"); `lane` names who or what. */
export interface TimelineEvent {
  readonly id: string
  readonly at: string
  readonly label: string
  readonly lane: string
}

export interface TimelineDrawing {
  readonly form: 'timeline'
  readonly events: readonly TimelineEvent[]
}

export interface MatrixRow {
  readonly label: string
  /** One a column; an empty string is an empty cell. */
  readonly cells: readonly string[]
}

export interface MatrixDrawing {
  readonly form: 'matrix'
  readonly columns: readonly string[]
  readonly rows: readonly MatrixRow[]
}

export type Drawing = LinkedDrawing | TimelineDrawing | MatrixDrawing

/**
 * How an element of any drawing is named across rooms: `node:ID`, `edge:ID`, `group:ID`, `event:ID`,
 * `row:N`, `column:N`, `cell:ROW,COLUMN` (rows and columns from 1).
 */
export type ElementId = `${'node' | 'edge' | 'group' | 'event' | 'row' | 'column' | 'cell'}:${string}`

export const isLinked = (drawing: Drawing): drawing is LinkedDrawing =>
  drawing.form !== 'timeline' && drawing.form !== 'matrix'

export function emptyDrawing(form: Form): Drawing {
  if (form === 'timeline') return { form, events: [] }
  if (form === 'matrix') return { form, columns: [], rows: [] }
  return { form, nodes: [], edges: [], groups: [] }
}

/** Every element, in the order of the drawing. */
export function elementsOf(drawing: Drawing): ElementId[] {
  if (drawing.form === 'timeline') return drawing.events.map((event): ElementId => `event:${event.id}`)
  if (drawing.form === 'matrix') {
    return [
      ...drawing.columns.map((_, c): ElementId => `column:${c + 1}`),
      ...drawing.rows.flatMap((row, r): ElementId[] => [
        `row:${r + 1}`,
        ...row.cells.map((_, c): ElementId => `cell:${r + 1},${c + 1}`),
      ]),
    ]
  }
  return [
    ...drawing.groups.map((group): ElementId => `group:${group.id}`),
    ...drawing.nodes.map((node): ElementId => `node:${node.id}`),
    ...drawing.edges.map((edge): ElementId => `edge:${edge.id}`),
  ]
}
