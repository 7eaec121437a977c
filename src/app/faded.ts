import type { Concept } from '#domain/curriculum/index.ts'
import {
  type Diagram,
  type Drawing,
  displayName,
  type ElementId,
  isLinked,
  resolve,
  type Vocabulary,
} from '#domain/diagram/index.ts'
import { fnv1a64 } from '#lib/hash.ts'
import { seeded } from '#lib/random.ts'
import type { FadedElement } from './views.ts'

/**
 * A third of what can be named, taken out of the drawing to be recalled one by one; always the same for a diagram, so
 * that two learners can talk about it. Half of the way from reading a drawing to making it from nothing.
 */
export function fadedElements({ item, drawing, vocabulary }: Diagram): FadedElement[] {
  const named = nameable(drawing, (label) => displayName(vocabulary, label))
  const random = seeded(Number.parseInt(fnv1a64(item.id).slice(0, 8), 16))
  const chosen = new Set(
    named
      .map((one) => ({ one, order: random() }))
      .sort((a, b) => a.order - b.order)
      .slice(0, Math.ceil(named.length / 3))
      .map(({ one }) => one.element),
  )
  return named.filter(({ element }) => chosen.has(element)).map((one) => faded(one, vocabulary))
}

interface Nameable {
  readonly element: ElementId
  readonly label: string
  /** Where it stands, in words; empty where its place in the picture says it. */
  readonly where: string
}

function nameable(drawing: Drawing, shown: (label: string) => string): Nameable[] {
  if (drawing.form === 'timeline')
    return drawing.events.map(({ id, label, at }) => ({ element: `event:${id}`, label, where: at }))
  if (drawing.form === 'matrix') {
    return drawing.rows.flatMap((row, r) =>
      row.cells.flatMap((label, c): Nameable[] => {
        const where = `${shown(row.label)}, ${shown(drawing.columns[c] ?? '')}`
        return label === '' ? [] : [{ element: `cell:${r + 1},${c + 1}`, label, where }]
      }),
    )
  }
  const places = isLinked(drawing) && drawing.form === 'states' ? new Set(['start', 'end']) : new Set()
  const nodes = drawing.nodes
    .filter(({ label }) => !places.has(label.toLowerCase()))
    .map(({ id, label }): Nameable => ({ element: `node:${id}`, label, where: '' }))
  if (drawing.form !== 'sequence') return nodes
  const nameOf = new Map(drawing.nodes.map(({ id, label }) => [id, shown(label)]))
  const messages = drawing.edges.flatMap(({ id, label, from, to }): Nameable[] =>
    label === ''
      ? []
      : [{ element: `edge:${id}`, label, where: `${nameOf.get(from) ?? from} to ${nameOf.get(to) ?? to}` }],
  )
  return messages
}

function faded({ element, label, where }: Nameable, vocabulary: Vocabulary): FadedElement {
  const resolution = resolve(vocabulary, label)
  const concept = resolution === null ? undefined : vocabulary.concepts.get(resolution.concept)
  const right = displayName(vocabulary, label)
  const hint = [where, kindOf(element, concept), beginningOf(element, right)].filter((part) => part !== '')
  return {
    element,
    hint: hint.join(' · '),
    right,
    accept: [...new Set([label, right, ...(concept ? [concept.id, concept.name, ...concept.aliases] : [])])],
  }
}

/** The first letter helps to find a word; the first digit of a figure would be half of it. */
function beginningOf(element: ElementId, right: string): string {
  const isFigure = /^[^a-z]*\d/i.test(right) || (element.startsWith('cell:') && /\d/.test(right))
  if (isFigure) return 'a figure'
  const [first = '', ...rest] = right
  return rest.length < 2 ? '' : `starts with ${first}`
}

const LAYER_WORDS: Readonly<Record<Concept['layer'], string>> = {
  client: 'a client',
  edge: 'at the edge',
  service: 'a service',
  data: 'a data store',
  stream: 'a queue or stream',
  control: 'a part of control',
  none: '',
}

function kindOf(element: ElementId, concept: Concept | undefined): string {
  if (element.startsWith('event:')) return 'an event'
  if (element.startsWith('edge:')) return 'a message'
  if (element.startsWith('cell:') || concept === undefined) return ''
  const layer = LAYER_WORDS[concept.layer]
  if (layer !== '') return layer
  return /^[aeiou]/.test(concept.kind) ? `an ${concept.kind}` : `a ${concept.kind}`
}
