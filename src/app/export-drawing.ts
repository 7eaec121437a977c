import {
  type Diagram,
  type Drawing,
  displayName,
  type Format,
  isLinked,
  type LaidOut,
  loadFormats,
} from '#domain/diagram/index.ts'
import type { Result } from '#lib/result.ts'
import { findDiagram, layoutOf } from './diagrams.ts'
import type { World } from './ports.ts'
import { badInput } from './problem.ts'
import type { Problem } from './views.ts'

/** A reference drawing as the text of another tool's file, where its baked layout puts it. */
export async function exportFile(
  world: Pick<World, 'catalogue' | 'runElk'>,
  input: { readonly id: string; readonly format: Format },
): Promise<Result<string, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  return exportAs(found.value, await layoutOf(world, found.value), input.format)
}

/** What is drawn, and under which title: a diagram, or a design. */
type Named = Pick<Diagram, 'drawing' | 'vocabulary'> & { readonly item: { readonly title: string } }

/** A drawing and its layout as the text of another tool's file. */
export async function exportAs(
  diagram: Named,
  laidOut: LaidOut,
  format: Format,
): Promise<Result<string, Problem>> {
  const { exportDrawing, FORMAT_NAMES } = await loadFormats()
  const { title } = diagram.item
  // The notation keeps short keys with their labels; elsewhere a label is all that is seen.
  const drawing = format === 'd2' ? diagram.drawing : inWords(diagram)
  const text = exportDrawing({ drawing, laidOut, title }, format)
  if (text.ok) return text
  const instead = text.error.instead.map((one) => `${FORMAT_NAMES[one]} (--as ${one})`)
  return badInput(text.error.message, `Take ${instead.join(', ')}, or --as svg.`)
}

/** The drawing with every label as the vocabulary writes it, as it is shown everywhere. */
function inWords({ drawing, vocabulary }: Named): Drawing {
  const label = (text: string): string => displayName(vocabulary, text)
  if (drawing.form === 'timeline')
    return { ...drawing, events: drawing.events.map((event) => ({ ...event, label: label(event.label) })) }
  if (!isLinked(drawing)) {
    const rows = drawing.rows.map((row) => ({ label: label(row.label), cells: row.cells.map(label) }))
    return { ...drawing, columns: drawing.columns.map(label), rows }
  }
  // In a topology the words on an arrow are free text.
  const onEdge = (text: string): string => (drawing.form === 'topology' ? text : label(text))
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => ({ ...node, label: label(node.label) })),
    groups: drawing.groups.map((group) => ({ ...group, label: label(group.label) })),
    edges: drawing.edges.map((edge) => ({ ...edge, label: onEdge(edge.label) })),
  }
}
