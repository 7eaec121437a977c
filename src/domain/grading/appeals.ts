import { type Diagram, type Drawing, type ElementId, isLinked } from '#domain/diagram/index.ts'
import type { Answers, GradedElement, Verdict } from './grade.ts'

/**
 * What an appeal accepts, as one line of text that an event keeps:
 * `node:DRAWN=REFERENCE` (a label of any kind), `edge:FROM->TO`, `cell:ROW>COLUMN=TEXT`, `answer:ID=GIVEN`.
 * Within the parts `%`, `=` and `>` are written as in addresses (`%3D`).
 */
export type Accepted =
  | { readonly kind: 'label'; readonly drawn: string; readonly reference: string }
  | { readonly kind: 'edge'; readonly from: string; readonly to: string }
  | { readonly kind: 'cell'; readonly row: string; readonly column: string; readonly text: string }
  | { readonly kind: 'answer'; readonly id: string; readonly given: string }

const CODES: Readonly<Record<string, string>> = { '%': '%25', '=': '%3D', '>': '%3E' }
const encoded = (text: string): string => text.replace(/[%=>]/g, (sign) => CODES[sign] ?? sign)
const decoded = (text: string): string =>
  text.replace(/%(25|3D|3E)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** This drawn label means that label of the reference. */
export const acceptedLabel = (drawn: string, reference: string): string =>
  `node:${encoded(drawn)}=${encoded(reference)}`
/** A connection between things of these labels, this way round, is right: see `gradeGraph`. */
export const acceptedEdge = (from: string, to: string): string => `edge:${encoded(from)}->${encoded(to)}`
/** This text is right in the cell where these two of the reference cross. */
export const acceptedCell = (row: string, column: string, text: string): string =>
  `cell:${encoded(row)}>${encoded(column)}=${encoded(text)}`
/** This answer to a fact or a context slot is right. */
export const acceptedAnswer = (id: string, given: string): string => `answer:${encoded(id)}=${encoded(given)}`

const SHAPES: readonly (readonly [RegExp, (a: string, b: string, c: string) => Accepted])[] = [
  [/^node:([^=]*)=([^=]*)$/, (drawn, reference) => ({ kind: 'label', drawn, reference })],
  [/^edge:([^>]*)->([^>]*)$/, (from, to) => ({ kind: 'edge', from, to })],
  [/^cell:([^>]*)>([^=]*)=([^=]*)$/, (row, column, text) => ({ kind: 'cell', row, column, text })],
  [/^answer:([^=]*)=([^=]*)$/, (id, given) => ({ kind: 'answer', id, given })],
]

/** Null for a line that this version does not know: an appeal of a later one changes nothing here. */
export function readAccepted(key: string): Accepted | null {
  for (const [shape, make] of SHAPES) {
    const found = shape.exec(key)
    if (found) return make(...([1, 2, 3].map((i) => decoded(found[i] ?? '')) as [string, string, string]))
  }
  return null
}

/**
 * One line of a grade about which the learner thinks otherwise, with what they say belongs together: the drawn element
 * stands for that of the reference.
 */
export interface Claim {
  readonly kind: GradedElement['kind']
  readonly verdict: Verdict
  readonly drawn: ElementId | null
  readonly reference: ElementId | null
  /** The id of the fact or the context slot. */
  readonly answer: string | null
}

/** The line that accepts a claim; null where none could (nothing was drawn or answered, or it is about order or time). */
export function appealFor(
  diagram: Diagram,
  attempt: { readonly drawing: Drawing; readonly answers: Answers },
  claim: Claim,
): string | null {
  const { kind, verdict, drawn, reference } = claim
  if (kind === 'fact' || kind === 'context') return answerFor(attempt.answers, claim)
  if (kind === 'order' || kind === 'speed' || drawn === null) return null
  if (kind === 'message' && verdict === 'reversed') return null
  if (kind === 'edge' && verdict !== 'wrong') return edgeFor(attempt.drawing, drawn)
  const mine = textOf(attempt.drawing, drawn, kind).trim()
  const right = reference === null ? '' : textOf(diagram.drawing, reference, kind).trim()
  if (mine === '' || right === '') return null
  if (kind !== 'cell' || reference === null) return acceptedLabel(mine, right)
  const [row, column] = crossing(diagram.drawing, reference)
  return acceptedCell(row, column, mine)
}

/** Why nothing could be accepted about a line, in one sentence: for a claim of which `appealFor` makes nothing. */
export function whyNoAppeal({ kind, verdict, drawn, reference }: Claim): string {
  if (kind === 'speed') return 'Time is measured and not judged: there is nothing to accept.'
  if (kind === 'order') return 'The order of events is what a timeline says: no wording can stand for it.'
  if (kind === 'message' && verdict === 'reversed')
    return 'The direction of a message is what a sequence says: sent the other way it is another message.'
  if (kind === 'fact' || kind === 'context')
    return 'Nothing was answered here, so there is nothing to accept.'
  if (drawn === null) return 'Nothing that you drew stands for it yet: pair it with what you drew for it.'
  if (reference === null) return 'It stands for nothing in the reference yet: pair it with what is missing.'
  return 'One of the two has no words, so there is nothing to accept.'
}

function answerFor(answers: Answers, { kind, answer }: Claim): string | null {
  const given = kind === 'fact' ? answers.facts : answers.context
  const text = answer !== null && Object.hasOwn(given, answer) ? (given[answer] ?? '').trim() : ''
  return answer === null || text === '' ? null : acceptedAnswer(answer, text)
}

function edgeFor(drawing: Drawing, drawn: ElementId): string | null {
  if (!isLinked(drawing)) return null
  const edge = drawing.edges.find(({ id }) => drawn === `edge:${id}`)
  const labelOf = (end: string | undefined) =>
    [...drawing.nodes, ...drawing.groups].find(({ id }) => id === end)?.label.trim() ?? ''
  const [from, to] = [labelOf(edge?.from), labelOf(edge?.to)]
  return from === '' || to === '' ? null : acceptedEdge(from, to)
}

/** What stands on an element; on an event, as a group, stands its lane. */
function textOf(drawing: Drawing, element: ElementId, kind: GradedElement['kind']): string {
  const id = element.slice(element.indexOf(':') + 1)
  if (drawing.form === 'timeline') {
    const event = drawing.events.find((one) => one.id === id)
    return (kind === 'group' ? event?.lane : event?.label) ?? ''
  }
  if (drawing.form === 'matrix') {
    const [row = 0, column = 0] = id.split(',').map(Number)
    if (kind === 'column') return drawing.columns[row - 1] ?? ''
    return (kind === 'row' ? drawing.rows[row - 1]?.label : drawing.rows[row - 1]?.cells[column - 1]) ?? ''
  }
  const all = element.startsWith('edge:') ? drawing.edges : [...drawing.nodes, ...drawing.groups]
  return all.find((one) => one.id === id)?.label ?? ''
}

function crossing(drawing: Drawing, cell: ElementId): [row: string, column: string] {
  if (drawing.form !== 'matrix') return ['', '']
  const [row = 0, column = 0] = cell.slice('cell:'.length).split(',').map(Number)
  return [drawing.rows[row - 1]?.label ?? '', drawing.columns[column - 1] ?? '']
}
