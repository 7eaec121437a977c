import type { LinkedDrawing } from '../model.ts'

/**
 * The order in which a reader meets nodes and groups: by the first connection that names them (its source
 * before its target), then as the text lists them. A group comes with its first member. By id, from 0.
 */
export function flowOrder(drawing: LinkedDrawing): Map<string, number> {
  const order = new Map<string, number>()
  const meet = (id: string) => {
    if (!order.has(id)) order.set(id, order.size)
  }
  const parents = new Map<string, string | null>([
    ...drawing.nodes.map((node) => [node.id, node.group] as const),
    ...drawing.groups.map((group) => [group.id, group.parent] as const),
  ])
  const meetWithin = (id: string) => {
    const parent = parents.get(id)
    if (parent !== null && parent !== undefined) meetWithin(parent)
    meet(id)
  }
  for (const edge of drawing.edges) {
    meetWithin(edge.from)
    meetWithin(edge.to)
  }
  for (const node of drawing.nodes) meetWithin(node.id)
  for (const group of drawing.groups) meetWithin(group.id)
  return order
}
