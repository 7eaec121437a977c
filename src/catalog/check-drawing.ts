import { ownNames } from '#domain/curriculum/index.ts'
import {
  describeProblem,
  findElements,
  isLinked,
  type LinkedDrawing,
  nameOf,
  resolve,
  type Vocabulary,
  walkthrough,
} from '#domain/diagram/index.ts'
import { parseQuantity } from '#lib/quantity.ts'
import { normalise, singular } from '#lib/text.ts'
import type { CheckedDiagram } from './check.ts'

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
  for (const { label, what } of gradedLabels(one)) {
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
    const graded = gradedLabels(one).some(({ label }) => sameLabel(diagram.vocabulary, label, instead))
    if (!graded && findElements(diagram, instead).length === 0) {
      report(['accept', i], `\`${instead}\` is not in the drawing`, 'name a label of the drawing')
    }
  }
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

/** The labels that a grade looks at. */
function gradedLabels({ diagram: { drawing } }: CheckedDiagram): { label: string; what: string }[] {
  if (drawing.form === 'timeline') {
    return drawing.events.flatMap(({ label, lane }) => [
      { label, what: 'event' },
      ...(lane === '' ? [] : [{ label: lane, what: 'lane' }]),
    ])
  }
  if (drawing.form === 'matrix') {
    return [
      ...drawing.columns.map((label) => ({ label, what: 'column' })),
      ...drawing.rows.flatMap((row) => [
        { label: row.label, what: 'row' },
        ...row.cells.filter(Boolean).map((label) => ({ label, what: 'cell' })),
      ]),
    ]
  }
  const edges = drawing.form === 'topology' ? [] : drawing.edges.filter(({ label }) => label !== '')
  return [
    ...drawing.nodes.map(({ label }) => ({ label, what: 'node' })),
    ...drawing.groups.map(({ label }) => ({ label, what: 'group' })),
    ...edges.map(({ label }) => ({ label, what: drawing.form === 'sequence' ? 'message' : 'label' })),
  ]
}

/** Names that no label, accepted answer or fact of the diagram uses. */
function unusedNames(one: CheckedDiagram): string[] {
  const { item, diagram } = one
  const used = new Set<string>()
  const texts = [
    ...gradedLabels(one).map(({ label }) => label),
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
