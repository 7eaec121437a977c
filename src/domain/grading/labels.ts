import { type Diagram, displayName, type ElementId, findThisWay, resolve } from '#domain/diagram/index.ts'
import { normalise, singular } from '#lib/text.ts'
import type { Accepted } from './appeals.ts'
import { inOwnWords } from './own-words.ts'

/**
 * What labels mean while one attempt is graded. A label's meaning is the concept it resolves to, else the one that it
 * says in own words, else its own normalised text: two labels are the same when their meanings are, or when the
 * content or an accepted appeal lists the drawn one as an alternative of the reference's.
 */
export interface Labels {
  /** `concept:ID` or `text:…`; the empty string for a label that says nothing. */
  readonly meaning: (label: string) => string
  /** The meanings in the reference that this drawn label may stand for, its own first. */
  readonly standsFor: (drawn: string) => readonly string[]
  readonly same: (drawn: string, reference: string) => boolean
  /** The meanings that this drawn label may stand for by an appeal alone. */
  readonly appealed: (drawn: string) => readonly string[]
  /** Whether these are the same by an appeal alone. */
  readonly onAppeal: (drawn: string, reference: string) => boolean
  /** The edges of the reference, by id, that the content accepts the other way round, too, with its reason. */
  readonly eitherWay: ReadonlyMap<string, string>
  readonly edgeOnAppeal: (from: string, to: string) => boolean
  readonly cellOnAppeal: (row: string, column: string, text: string) => boolean
  /** Whether it says what it means in words of its own: see `inOwnWords`. */
  readonly inOwnWords: (label: string) => boolean
  /** How a person reads it. */
  readonly name: (label: string) => string
}

function meaningIn(diagram: Diagram, label: string): string {
  const resolution = resolve(diagram.vocabulary, label)
  if (resolution) return `concept:${resolution.concept}`
  const said = inOwnWords(diagram, label)
  if (said !== null) return `concept:${said}`
  const text = singular(normalise(label))
  return text === '' ? '' : `text:${text}`
}

function remembered(known: Map<string, string>, label: string, find: () => string): string {
  const found = known.get(label) ?? find()
  known.set(label, found)
  return found
}

/** `a -> b` among the content's alternatives is about a connection, not about a label. */
const isArrow = (text: string): boolean => text.includes(' -> ')

const edgeIn = (element: ElementId): readonly string[] =>
  element.startsWith('edge:') ? [element.slice('edge:'.length)] : []

export function readLabels(diagram: Diagram, accepted: readonly Accepted[]): Labels {
  const [meanings, names] = [new Map<string, string>(), new Map<string, string>()]
  const meaning = (label: string) => remembered(meanings, label, () => meaningIn(diagram, label))
  const alternatives = new Map<string, readonly string[]>()
  const standsFor = (drawn: string): readonly string[] => {
    const key = meaning(drawn)
    return key === '' ? [] : (alternatives.get(key) ?? [key])
  }
  const add = (
    to: Map<string, readonly string[]>,
    before: readonly string[],
    drawn: string,
    other: string,
  ) => {
    if (!before.includes(meaning(other))) to.set(meaning(drawn), [...before, meaning(other)])
  }
  const edges = diagram.item.accept.filter(({ instead }) => isArrow(instead))
  for (const { instead, also } of diagram.item.accept.filter((one) => !edges.includes(one)))
    for (const other of also) add(alternatives, standsFor(other), other, instead)
  const appeals = new Map<string, readonly string[]>()
  const placed = new Set<string>()
  const place = (...texts: string[]) => texts.map(meaning).join('\n')
  for (const appeal of accepted) {
    if (appeal.kind === 'edge') placed.add(`edge ${place(appeal.from, appeal.to)}`)
    if (appeal.kind === 'cell') placed.add(`cell ${place(appeal.row, appeal.column, appeal.text)}`)
    if (appeal.kind !== 'label' || meaning(appeal.drawn) === '') continue
    if (standsFor(appeal.drawn).includes(meaning(appeal.reference))) continue
    add(appeals, appeals.get(meaning(appeal.drawn)) ?? [], appeal.drawn, appeal.reference)
  }
  const appealed = (drawn: string): readonly string[] =>
    appeals.size === 0 ? [] : (appeals.get(meaning(drawn)) ?? [])
  const onAppeal = (drawn: string, reference: string) => appealed(drawn).includes(meaning(reference))
  return {
    meaning,
    standsFor,
    same: (drawn, reference) => standsFor(drawn).includes(meaning(reference)) || onAppeal(drawn, reference),
    appealed,
    onAppeal,
    eitherWay: new Map(
      edges.flatMap(({ instead, says }) =>
        findThisWay(diagram, instead)
          .flatMap(edgeIn)
          .map((edge): [string, string] => [edge, says ?? '']),
      ),
    ),
    edgeOnAppeal: (from, to) => placed.size > 0 && placed.has(`edge ${place(from, to)}`),
    cellOnAppeal: (row, column, text) => placed.size > 0 && placed.has(`cell ${place(row, column, text)}`),
    inOwnWords: (label) => resolve(diagram.vocabulary, label) === null && inOwnWords(diagram, label) !== null,
    name: (label) => remembered(names, label, () => displayName(diagram.vocabulary, label)),
  }
}
