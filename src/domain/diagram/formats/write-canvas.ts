import type { Picture } from './picture.ts'
import { escapeMarkdown } from './plain-text.ts'

/**
 * JSON Canvas 1.0. Groups hold by geometry alone. Messages of a sequence are numbered, for a canvas has no
 * lifelines to order them by.
 */
export function writeCanvas(picture: Picture): string {
  const keys = new Map<string, string>()
  const key = (id: string, kind: string): string => {
    const made = `${kind}-${keys.size + 1}`
    keys.set(id, made)
    return made
  }
  const isSequence = picture.lifelines.length > 0
  const nodes = [
    ...picture.groups.map(({ id, label, box }) => ({ id: key(id, 'group'), type: 'group', ...box, label })),
    ...picture.nodes.map(({ id, label, box }) => ({
      id: key(id, 'card'),
      type: 'text',
      ...box,
      text: escapeMarkdown(label),
    })),
    ...picture.cells.map(({ label, box }, i) => ({
      id: `cell-${i + 1}`,
      type: 'text',
      ...box,
      text: escapeMarkdown(label),
    })),
  ]
  const edges = picture.edges.map(({ from, to, arrow, label }, i) => ({
    id: `edge-${i + 1}`,
    fromNode: keys.get(from) ?? '',
    toNode: keys.get(to) ?? '',
    ...(arrow === 'both' ? { fromEnd: 'arrow' } : {}),
    ...(arrow === 'undirected' ? { toEnd: 'none' } : {}),
    ...(isSequence ? { label: `${i + 1}. ${label}`.trim() } : label === '' ? {} : { label }),
  }))
  return `${JSON.stringify({ nodes, edges }, null, 2)}\n`
}
