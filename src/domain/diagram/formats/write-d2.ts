import { type Drawing, isLinked, type LinkedDrawing } from '../model.ts'
import { quoteSegment, splitPath } from '../notation/index.ts'

/**
 * D2 as its own compiler reads it: more is quoted than in our notation, and a sequence is told; a table is a
 * block of Markdown.
 */
export function writeD2(drawing: Drawing): string {
  if (isLinked(drawing)) return `${linked(drawing).join('\n')}\n`
  const [head = [], ...body] =
    drawing.form === 'matrix'
      ? [['', ...drawing.columns], ...drawing.rows.map(({ label, cells }) => [label, ...cells])]
      : [['', '', ''], ...drawing.events.map(({ at, label, lane }) => [at, label, lane])]
  const row = (cells: readonly string[]): string =>
    `  | ${cells.map((cell) => cell.replace(/[|\\]/g, '\\$&').replace(/^#/, '\\#')).join(' | ')} |`
  const rule = `  |${head.map(() => ' --- |').join('')}`
  return ['table: |||md', row(head), rule, ...body.map(row), '|||', ''].join('\n')
}

const SIMPLE = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_ ,/+=%?!()-]*[\p{L}\p{N}_?!)])?$/u

/**
 * As it stands where D2 could read nothing else in it; `$` begins a substitution even in quotes, and `null`
 * takes away.
 */
function quoted(text: string): string {
  const simple = SIMPLE.test(text) && quoteSegment(text.replaceAll(',', '')) === text.replaceAll(',', '')
  return simple && !/^(un)?suspend$/i.test(text) ? text : `"${text.replace(/[\\"$]/g, '\\$&')}"`
}

const keyOf = (id: string): string => splitPath(id).map(quotedKey).join('.')

/** A comma in a key separates two of them in our notation. */
const quotedKey = (name: string): string => {
  const text = quoted(name)
  return text.includes(',') && !text.startsWith('"') ? `"${text}"` : text
}

const SYMBOL = { directed: '->', both: '<->', undirected: '--' } as const

function linked(drawing: LinkedDrawing): string[] {
  const line = ({ id, label }: { readonly id: string; readonly label: string }): string => {
    const name = splitPath(id).at(-1) ?? id
    return label === name ? quotedKey(name) : `${quotedKey(name)}: ${quoted(label)}`
  }
  const inside = (group: string | null, indent: string): string[] => [
    ...drawing.nodes.filter((node) => node.group === group).map((node) => `${indent}${line(node)}`),
    ...drawing.groups
      .filter(({ parent }) => parent === group)
      .flatMap((one) => {
        const plain = one.label === splitPath(one.id).at(-1)
        return [`${indent}${line(one)}${plain ? ':' : ''} {`, ...inside(one.id, `${indent}  `), `${indent}}`]
      }),
  ]
  const edges = drawing.edges.map(({ from, arrow, to, label }) => {
    return `${keyOf(from)} ${SYMBOL[arrow]} ${keyOf(to)}${label === '' ? '' : `: ${quoted(label)}`}`
  })
  return [...(drawing.form === 'sequence' ? ['shape: sequence_diagram'] : []), ...inside(null, ''), ...edges]
}
