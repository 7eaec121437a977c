import type { Diagram } from './diagram.ts'
import { findElements } from './elements.ts'
import { type ElementId, elementsOf, isLinked, type LinkedDrawing } from './model.ts'

/** One step of a walkthrough with everything that is seen at it, and what of that is fresh. */
export interface RevealStep {
  readonly says: string
  readonly visible: readonly ElementId[]
  readonly fresh: readonly ElementId[]
}

export interface Walkthrough {
  readonly steps: readonly RevealStep[]
  /** What `shows` names and the drawing has not, by step from 1. */
  readonly unknown: readonly { readonly step: number; readonly reference: string }[]
  /** What no step ever shows. */
  readonly hidden: readonly ElementId[]
}

/**
 * Reveals a few elements at a time. An edge comes with the later of its ends unless a step names it; a group comes with
 * its first member, a participant with its first message, the columns of a matrix with the first row.
 */
export function walkthrough(diagram: Diagram): Walkthrough {
  const named = diagram.item.walkthrough.map((step) =>
    step.shows.map((shown) => findElements(diagram, shown)),
  )
  const explicit = new Set(named.flat(2))
  const visible = new Set<ElementId>()
  const steps = diagram.item.walkthrough.map((step, i): RevealStep => {
    const before = new Set(visible)
    for (const element of named[i]?.flat() ?? []) visible.add(element)
    for (const element of implied(diagram, visible, explicit)) visible.add(element)
    return {
      says: step.says,
      visible: [...visible],
      fresh: [...visible].filter((element) => !before.has(element)),
    }
  })
  const unknown = diagram.item.walkthrough.flatMap((step, i) =>
    step.shows.flatMap((reference, s) => (named[i]?.[s]?.length === 0 ? [{ step: i + 1, reference }] : [])),
  )
  return { steps, unknown, hidden: elementsOf(diagram.drawing).filter((element) => !visible.has(element)) }
}

function implied(
  { drawing }: Diagram,
  visible: ReadonlySet<ElementId>,
  explicit: ReadonlySet<ElementId>,
): ElementId[] {
  if (drawing.form === 'matrix') {
    const any = [...visible].some((element) => element.startsWith('row:'))
    const columns = drawing.columns.map((_, c): ElementId => `column:${c + 1}`)
    return any ? columns.filter((column) => !explicit.has(column)) : []
  }
  if (!isLinked(drawing)) return []
  const shown = new Set(visible)
  if (drawing.form === 'sequence') {
    for (const edge of drawing.edges) {
      if (!shown.has(`edge:${edge.id}`)) continue
      shown.add(`node:${edge.from}`)
      shown.add(`node:${edge.to}`)
    }
    return [...shown]
  }
  addMembersOfLoneGroups(drawing, shown, explicit)
  addGroups(drawing, shown)
  for (const edge of drawing.edges) {
    const has = (end: string) => shown.has(`node:${end}`) || shown.has(`group:${end}`)
    if (!explicit.has(`edge:${edge.id}`) && has(edge.from) && has(edge.to)) shown.add(`edge:${edge.id}`)
  }
  return [...shown]
}

/** A group that is named brings those of its members that no step names. */
function addMembersOfLoneGroups(
  drawing: LinkedDrawing,
  shown: Set<ElementId>,
  explicit: ReadonlySet<ElementId>,
): void {
  for (const node of drawing.nodes) {
    const group: ElementId | null = node.group === null ? null : `group:${node.group}`
    const element: ElementId = `node:${node.id}`
    if (group !== null && explicit.has(group) && shown.has(group) && !explicit.has(element))
      shown.add(element)
  }
}

function addGroups(drawing: LinkedDrawing, shown: Set<ElementId>): void {
  const parents = new Map(drawing.groups.map((group) => [group.id, group.parent]))
  const around = [
    ...drawing.nodes.filter((node) => shown.has(`node:${node.id}`)).map((node) => node.group),
    ...drawing.groups.filter((group) => shown.has(`group:${group.id}`)).map((group) => group.parent),
  ]
  for (const group of around) {
    for (let id = group; id !== null; id = parents.get(id) ?? null) shown.add(`group:${id}`)
  }
}
