import type { Drawing, DrawnGroup, DrawnNode, LinkedDrawing } from '../model.ts'
import { quoteLabel, quoteSegment, splitPath } from './names.ts'
import { printMatrix, printTimeline } from './table.ts'

const SYMBOL = { directed: '->', both: '<->', undirected: '--' } as const

/** The text of a drawing. Parsing it gives the drawing again, element by element and in the same order. */
export function printDrawing(drawing: Drawing): string {
  if (drawing.form === 'timeline') return printTimeline(drawing)
  if (drawing.form === 'matrix') return printMatrix(drawing)
  return printLinked(drawing)
}

function printLinked(drawing: LinkedDrawing): string {
  const groups = new Map(drawing.groups.map((group) => [group.id, group]))
  const lines = [...groupHeads(drawing, groups), ...nodeBlocks(drawing.nodes)]
  for (const { from, arrow, to, label } of drawing.edges) {
    lines.push(`${from} ${SYMBOL[arrow]} ${to}${label === '' ? '' : `: ${quoteLabel(label)}`}`)
  }
  return lines.join('\n')
}

/** Groups whose order or label the blocks of nodes would not tell. */
function groupHeads(drawing: LinkedDrawing, groups: ReadonlyMap<string, DrawnGroup>): string[] {
  const told = new Set(drawing.nodes.flatMap((node) => (node.group === null ? [] : [node.group])))
  const asBlocksTell = [...told].join('\n') === drawing.groups.map((group) => group.id).join('\n')
  const plain = drawing.groups.every((group) => group.parent === null && group.label === lastName(group.id))
  if (asBlocksTell && plain) return []
  return [...groups.values()].map((group) => `${group.id}:${after(group)} {}`)
}

const lastName = (id: string): string => splitPath(id).at(-1) ?? ''

/** A label only where it is not the name itself. */
const after = ({ id, label }: { id: string; label: string }): string =>
  label === lastName(id) ? '' : ` ${quoteLabel(label)}`

/** One block for each run of nodes in the same group, in the order of the nodes. */
function nodeBlocks(nodes: readonly DrawnNode[]): string[] {
  const lines: string[] = []
  let open: string | null = null
  for (const node of nodes) {
    if (node.group !== open) {
      if (open !== null) lines.push('}')
      if (node.group !== null) lines.push(`${node.group}: {`)
      open = node.group
    }
    const label = after(node)
    lines.push(
      `${open === null ? '' : '  '}${quoteSegment(lastName(node.id))}${label === '' ? '' : `:${label}`}`,
    )
  }
  return open === null ? lines : [...lines, '}']
}
