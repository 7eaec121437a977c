import { type Drawing, isLinked, type LinkedDrawing } from '../model.ts'
import { tableOf } from './picture.ts'
import { escapeXml } from './plain-text.ts'

/**
 * Graphviz DOT: groups are clusters, a table is an HTML table; messages are numbered, for DOT has no order of
 * time.
 */
export function writeDot(drawing: Drawing): string {
  const body = isLinked(drawing) ? linked(drawing) : table(drawing)
  return `digraph {\n${body.map((line) => `  ${line}\n`).join('')}}\n`
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

const DIRECTION = { directed: [], both: ['dir=both'], undirected: ['dir=none'] } as const

function linked(drawing: LinkedDrawing): string[] {
  const keys = new Map([
    ...drawing.groups.map(({ id }, i): [string, string] => [id, `cluster_${i + 1}`]),
    ...drawing.nodes.map(({ id }, i): [string, string] => [id, `n${i + 1}`]),
  ])
  const groups = new Set(drawing.groups.map(({ id }) => id))
  const holding = new Set([
    ...drawing.nodes.map(({ group }) => group),
    ...drawing.groups.map(({ parent }) => parent),
  ])
  const ends = new Set(drawing.edges.flatMap(({ from, to }) => [from, to]).filter((end) => groups.has(end)))
  const anchor = (id: string): string => `${keys.get(id)}_anchor`
  const inside = (group: string | null, indent: string): string[] => [
    ...drawing.nodes
      .filter((node) => node.group === group)
      .map(({ id, label }) => `${indent}${keys.get(id)} [label=${quoted(label)}];`),
    ...drawing.groups
      .filter(({ parent }) => parent === group)
      .flatMap(({ id, label }) => [
        `${indent}subgraph ${keys.get(id)} {`,
        `${indent}  label=${quoted(label)};`,
        // An arrow of DOT ends at a node: one that is not seen stands for the cluster.
        ...(ends.has(id) || !holding.has(id) ? [`${indent}  ${anchor(id)} [shape=point, style=invis];`] : []),
        ...inside(id, `${indent}  `),
        `${indent}}`,
      ]),
  ]
  const edges = drawing.edges.map(({ from, to, arrow, label }, i) => {
    const words = drawing.form === 'sequence' ? `${i + 1}. ${label}`.trim() : label
    const attributes = [
      ...(words === '' ? [] : [`label=${quoted(words)}`]),
      ...DIRECTION[arrow],
      ...(groups.has(from) ? [`ltail=${keys.get(from)}`] : []),
      ...(groups.has(to) ? [`lhead=${keys.get(to)}`] : []),
    ]
    const [tail, head] = [from, to].map((end) => (groups.has(end) ? anchor(end) : keys.get(end)))
    return `${tail} -> ${head}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`};`
  })
  const looks = ['node [shape=box, style=rounded];', ...(ends.size > 0 ? ['compound=true;'] : [])]
  return [...looks, ...(drawing.form === 'sequence' ? ['rankdir=LR;'] : []), ...inside(null, ''), ...edges]
}

function table(drawing: Exclude<Drawing, LinkedDrawing>): string[] {
  const rows = tableOf(drawing).map(
    (row) => `<tr>${row.map((cell) => `<td>${escapeXml(cell)}</td>`).join('')}</tr>`,
  )
  return [
    'table [shape=plain, label=<',
    '  <table border="0" cellborder="1" cellspacing="0" cellpadding="8">',
    ...rows,
    '  </table>',
    '>];',
  ]
}
