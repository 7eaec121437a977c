import { ownNames } from '#domain/curriculum/index.ts'
import {
  describeProblem,
  findElements,
  findThisWay,
  isLinked,
  type LinkedDrawing,
  nameOf,
  resolve,
  type Vocabulary,
  variantsOf,
  walkthrough,
} from '#domain/diagram/index.ts'
import { parseQuantity } from '#lib/quantity.ts'
import { normalise, singular } from '#lib/text.ts'
import type { CheckedDiagram } from './check.ts'
import { gradedLabels } from './graded-labels.ts'

/** What CONTENT.md says of size: elements, connections, groups. A matrix counts its cells as connections. */
const SIZE = { elements: [6, 18], connections: 24, cells: 36, groups: 5 } as const

export function checkDrawing(one: CheckedDiagram, field: Vocabulary): void {
  const { item, problems, report, diagram } = one
  for (const problem of problems) {
    report(
      ['drawing'],
      `the drawing, ${describeProblem(problem)}`,
      'mend that line of the notation (docs/notation.md)',
    )
  }
  checkSize(one)
  for (const { label, what } of gradedLabels(one.diagram.drawing)) {
    if (resolve(diagram.vocabulary, label)?.how === 'name') continue
    if (what === 'cell' && parseQuantity(label) !== null) continue
    report(
      ['drawing'],
      `${what} \`${label}\` is off the vocabulary`,
      'use a concept of content/concepts, or list it under `names` with its aliases',
    )
  }
  for (const concept of ownNames(item)) {
    const known = [concept.id, concept.name].map((label) => field.byLabel.get(singular(normalise(label))))
    const other = known.find((id) => id !== undefined)
    if (other !== undefined)
      report(
        ['names', concept.id],
        `\`${concept.id}\` is the concept \`${other}\` already`,
        'drop the name and use the concept',
      )
  }
  for (const name of unusedNames(one))
    report(['names', name], `\`${name}\` is not used in this diagram`, 'drop it, or use it')
  checkWalkthrough(one)
  for (const [i, { instead }] of item.accept.entries()) {
    if (instead.includes(' -> ')) {
      checkEitherWay(one, i)
      continue
    }
    const graded = gradedLabels(one.diagram.drawing).some(({ label }) =>
      sameLabel(diagram.vocabulary, label, instead),
    )
    if (!graded && findElements(diagram, instead).length === 0) {
      report(['accept', i], `\`${instead}\` is not in the drawing`, 'name a label of the drawing')
    }
  }
}

/** `a -> b` under `accept` is a connection that may be drawn the other way round; anything more is an alternative. */
function checkEitherWay({ diagram, report }: CheckedDiagram, at: number): void {
  const { instead, also, says } = diagram.item.accept[at] ?? { instead: '', also: [], says: '' }
  const [from = '', to = ''] = instead.split(' -> ')
  const mend = 'write it under `alternatives`; `accept` takes a connection only the other way round'
  const edges = findThisWay(diagram, instead)
  if (edges.length === 0)
    report(['accept', at], `\`${instead}\` is not in the drawing`, 'name a connection of it')
  if (also.some((other) => other !== `${to} -> ${from}`))
    report(['accept', at], `\`${also.join('`, `')}\` is not \`${to} -> ${from}\``, mend)
  if (says === undefined)
    report(['accept', at], 'the other way round without a reason', 'say why it is as right, under `says`')
}

/** The same text, or the same concept: lanes and cells have no key of their own. */
function sameLabel(vocabulary: Vocabulary, label: string, other: string): boolean {
  const concept = resolve(vocabulary, label)?.concept
  return (
    normalise(label) === normalise(other) ||
    (concept !== undefined && concept === resolve(vocabulary, other)?.concept)
  )
}

function checkSize({ diagram: { drawing }, report }: CheckedDiagram): void {
  const [least, most] = SIZE.elements
  const count =
    drawing.form === 'timeline'
      ? drawing.events.length
      : drawing.form === 'matrix'
        ? drawing.rows.length + drawing.columns.length
        : drawing.form === 'sequence'
          ? Math.max(drawing.nodes.length, Math.min(drawing.edges.length, most))
          : drawing.nodes.length + drawing.groups.length
  if (count < least || count > most) {
    report(
      ['drawing'],
      `${count} elements; a drawing has ${least} to ${most}`,
      'split it, or choose what matters',
    )
  }
  if (drawing.form === 'matrix') {
    const cells = drawing.rows.length * drawing.columns.length
    if (cells > SIZE.cells)
      report(['drawing'], `${cells} cells; at most ${SIZE.cells}`, 'drop a row or a column')
  }
  if (!isLinked(drawing)) return
  if (drawing.edges.length > SIZE.connections) {
    report(
      ['drawing'],
      `${drawing.edges.length} connections; at most ${SIZE.connections}`,
      'split the drawing',
    )
  }
  if (drawing.groups.length > SIZE.groups) {
    report(
      ['drawing'],
      `${drawing.groups.length} groups; at most ${SIZE.groups}`,
      'drop the groups that say least',
    )
  }
  if (drawing.form === 'topology') checkParallel(drawing, report)
}

function checkParallel(drawing: LinkedDrawing, report: CheckedDiagram['report']): void {
  for (const { id } of drawing.edges) {
    if (/ #\d+$/.test(id)) {
      report(
        ['drawing'],
        `\`${id}\`: a topology has one connection from one node to another`,
        'join their labels',
      )
    }
  }
}

/** Names that no label, accepted answer or fact of the diagram uses. */
function unusedNames(one: CheckedDiagram): string[] {
  const { item, diagram } = one
  const used = new Set<string>()
  const texts = [
    ...variantsOf(diagram).flatMap((variant) =>
      gradedLabels(variant.diagram.drawing).map(({ label }) => label),
    ),
    ...(isLinked(diagram.drawing) ? diagram.drawing.edges.map((edge) => edge.label) : []),
    ...item.accept.flatMap(({ instead, also }) => [instead, ...also]),
    ...item.context.flatMap(({ accept }) => accept),
    ...item.facts.flatMap(({ value, accept }) => [value, ...accept]),
  ]
  for (const text of texts) {
    const concept = resolve(diagram.vocabulary, text)?.concept
    if (concept !== undefined) used.add(concept)
  }
  return Object.keys(item.names).filter((name) => !used.has(name))
}

function checkWalkthrough({ diagram, report }: CheckedDiagram): void {
  const { unknown, hidden } = walkthrough(diagram)
  for (const { step, reference } of unknown) {
    report(
      ['walkthrough', step - 1],
      `step ${step} shows \`${reference}\`, which is not in the drawing`,
      'name an element by its key, its label, `a -> b` or its number',
    )
  }
  if (hidden.length > 0) {
    const names = hidden.map((element) => `\`${nameOf(diagram.drawing, diagram.vocabulary, element)}\``)
    report(
      ['walkthrough'],
      `no step shows ${names.slice(0, 4).join(', ')}${names.length > 4 ? ' …' : ''}`,
      'show every element by the end',
    )
  }
}
