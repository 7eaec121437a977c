import type { Drawing, DrawnEdge, ElementId, LinkedDrawing } from '../model.ts'
import { isLinked } from '../model.ts'
import { displayName, type Vocabulary } from '../vocabulary.ts'

interface Said {
  readonly el: ElementId
  readonly says: string
}

/**
 * A drawing in words, one sentence an element, in the drawing's order: for screen readers and for text
 * terminals. With `visible`, only those elements.
 */
export function describe(
  drawing: Drawing,
  vocabulary: Vocabulary,
  visible?: ReadonlySet<ElementId>,
): string[] {
  return sentences(drawing, (label) => displayName(vocabulary, label))
    .filter(({ el }) => !visible || visible.has(el))
    .map(({ says }) => says)
}

function sentences(drawing: Drawing, name: (label: string) => string): Said[] {
  if (isLinked(drawing)) return linkedSentences(drawing, name)
  if (drawing.form === 'timeline') {
    return drawing.events.map(({ id, at, label, lane }) => ({
      el: `event:${id}`,
      says: `${at === '' ? '' : `${at}: `}${name(label)}${lane === '' ? '' : ` (${name(lane)})`}`,
    }))
  }
  return [
    ...drawing.columns.map((column, c): Said => ({ el: `column:${c + 1}`, says: `Column ${name(column)}` })),
    ...drawing.rows.flatMap((row, r): Said[] => [
      { el: `row:${r + 1}`, says: `Row ${name(row.label)}` },
      ...row.cells.map(
        (cell, c): Said => ({
          el: `cell:${r + 1},${c + 1}`,
          says: `${name(row.label)}, ${name(drawing.columns[c] ?? '')}: ${cell === '' ? 'empty' : name(cell)}`,
        }),
      ),
    ]),
  ]
}

function linkedSentences(drawing: LinkedDrawing, name: (label: string) => string): Said[] {
  const labels = new Map([...drawing.nodes, ...drawing.groups].map((one) => [one.id, name(one.label)]))
  const called = (id: string) => labels.get(id) ?? id
  const within = (group: string | null) => (group === null ? '' : `, in ${called(group)}`)
  return [
    ...drawing.groups.map((group): Said => {
      const members = [
        ...drawing.groups.filter((inner) => inner.parent === group.id),
        ...drawing.nodes.filter((node) => node.group === group.id),
      ].map((member) => called(member.id))
      const holds = members.length === 0 ? ' is empty' : ` holds ${members.join(', ')}`
      return { el: `group:${group.id}`, says: `${called(group.id)}${holds}` }
    }),
    ...drawing.nodes.map(
      (node): Said => ({ el: `node:${node.id}`, says: `${called(node.id)}${within(node.group)}` }),
    ),
    ...drawing.edges.map((edge, i): Said => {
      const words = drawing.form === 'topology' ? edge.label : name(edge.label)
      const label = edge.label === '' ? '' : `: ${words}`
      return { el: `edge:${edge.id}`, says: `${link(drawing, edge, i, called)}${label}` }
    }),
  ]
}

function link(
  drawing: LinkedDrawing,
  edge: DrawnEdge,
  index: number,
  called: (id: string) => string,
): string {
  const [from, to] = [called(edge.from), called(edge.to)]
  if (drawing.form === 'sequence') return `${index + 1}. ${from} to ${edge.from === edge.to ? 'itself' : to}`
  if (edge.arrow === 'both') return `${from} and ${to} send to each other`
  if (edge.arrow === 'undirected') return `${from} and ${to} are joined`
  if (drawing.form === 'topology') return `${from} sends to ${edge.from === edge.to ? 'itself' : to}`
  return `${from} leads to ${edge.from === edge.to ? 'itself' : to}`
}
