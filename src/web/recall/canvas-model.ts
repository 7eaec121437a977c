import { type Edge, type Node, Position } from '@xyflow/react'
import {
  type Box,
  type Drawing,
  displayName,
  type ElementId,
  type LaidEdge,
  type LaidGroup,
  type LinkedLayout,
  type Places,
  type Point,
  placeDrawing,
  tenth,
  type Vocabulary,
} from '#domain/diagram/index.ts'

/** A drawing on the canvas: its geometry, moved so that nodes stand exactly at their places. */
export interface OnCanvas {
  readonly layout: LinkedLayout
  /** Where the layout's own origin lies on the canvas. */
  readonly origin: Point
}

export function onCanvas(drawing: Drawing, places: Places, vocabulary: Vocabulary): OnCanvas {
  const layout = placeDrawing(drawing, vocabulary, places)
  if (layout.kind !== 'linked') throw new Error('invariant: a canvas shows linked drawings')
  const items = [...layout.nodes, ...layout.groups.filter((group) => places[idOf(group.el)])]
  for (const { el, box } of items) {
    const place = places[idOf(el)]
    if (!place) continue
    return {
      layout,
      origin: { x: place.x - (box.x + box.width / 2), y: place.y - (box.y + box.height / 2) },
    }
  }
  return { layout, origin: { x: 0, y: 0 } }
}

export const idOf = (element: ElementId): string => element.slice(element.indexOf(':') + 1)

export interface SpotData extends Record<string, unknown> {
  readonly label: string
}
export type Spot = Node<SpotData, 'spot' | 'area'>

const HANDLES = [
  ['left', Position.Left, 0, 0.5],
  ['right', Position.Right, 1, 0.5],
  ['top', Position.Top, 0.5, 0],
  ['bottom', Position.Bottom, 0.5, 1],
] as const

const handlesOf = (width: number, height: number) =>
  HANDLES.map(([id, position, x, y]) => ({
    id,
    type: 'source' as const,
    position,
    x: x * width - 6,
    y: y * height - 6,
    width: 12,
    height: 12,
  }))

/**
 * What the canvas listens on: an empty box over each node and group of the drawing below it. What is only previewed is
 * nothing to touch yet.
 */
export function spotsOf(
  { layout, origin }: OnCanvas,
  drawing: Drawing,
  vocabulary: Vocabulary,
  selected: ReadonlySet<ElementId>,
  standing: ReadonlySet<ElementId>,
): Spot[] {
  if (drawing.form === 'timeline' || drawing.form === 'matrix') return []
  const labels = new Map<string, string>([
    ...drawing.groups.map((group) => [`group:${group.id}`, group.label] as const),
    ...drawing.nodes.map((node) => [`node:${node.id}`, node.label] as const),
  ])
  const spot = (item: { el: ElementId; box: LaidGroup['box'] }, type: 'spot' | 'area'): Spot => {
    const { x, y, width, height } = item.box
    const label = displayName(vocabulary, labels.get(item.el) ?? '')
    return {
      id: item.el,
      type,
      position: { x: x + origin.x, y: y + origin.y },
      width,
      height,
      measured: { width, height },
      handles: handlesOf(width, height),
      data: { label },
      selected: selected.has(item.el),
      focusable: type === 'spot',
      ariaLabel: type === 'area' ? `Group ${label}` : label,
      zIndex: type === 'area' ? 0 : 2,
    }
  }
  const stands = ({ el }: { readonly el: ElementId }) => standing.has(el)
  return [
    ...layout.groups.filter(stands).map((group) => spot(group, 'area')),
    ...layout.nodes.filter(stands).map((node) => spot(node, 'spot')),
  ]
}

export interface WireData extends Record<string, unknown> {
  readonly path: string
  /** Where its label lies. */
  readonly chip: Box | null
}
export type Wire = Edge<WireData, 'wire'>

export function wiresOf(
  { layout, origin }: OnCanvas,
  selected: ReadonlySet<ElementId>,
  standing: ReadonlySet<ElementId>,
): Wire[] {
  return layout.edges
    .filter(({ el }) => standing.has(el))
    .map((laid) => ({
      id: laid.el,
      type: 'wire',
      source: laid.from,
      target: laid.to,
      sourceHandle: 'right',
      targetHandle: 'left',
      data: wireAt(laid, origin),
      selected: selected.has(laid.el),
      focusable: false,
      zIndex: 1,
    }))
}

function wireAt({ points, label }: LaidEdge, origin: Point): WireData {
  const on = <P extends Point>(at: P): P => ({ ...at, x: tenth(at.x + origin.x), y: tenth(at.y + origin.y) })
  const path = points.map(on).map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`)
  return { path: path.join(''), chip: label && on(label.box) }
}

/**
 * The list with what did not change as it was, the very objects: a canvas makes anew only what is another object. The
 * list itself is the old one where nothing changed.
 */
export function withKept<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Map(before.map((one) => [one.id, one]))
  const kept = after.map((one) => {
    const old = known.get(one.id)
    return old && isAlike(old, one) ? old : one
  })
  const same = kept.length === before.length && kept.every((one, i) => one === before[i])
  return same ? (before as T[]) : kept
}

function isAlike(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, unknown>>]
  return left.length === Object.keys(b).length && left.every(([key, one]) => isAlike(one, right[key]))
}

/** The nearest node in the direction of an arrow key: distance along it, and twice the distance aside. */
export function neighbour(spots: readonly Spot[], from: Spot, key: string): Spot | null {
  const centre = (spot: Spot) => ({
    x: spot.position.x + (spot.width ?? 0) / 2,
    y: spot.position.y + (spot.height ?? 0) / 2,
  })
  const here = centre(from)
  let best: { readonly spot: Spot; readonly cost: number } | null = null
  for (const spot of spots) {
    if (spot.id === from.id || spot.type !== 'spot') continue
    const { x, y } = centre(spot)
    const along = {
      ArrowRight: x - here.x,
      ArrowLeft: here.x - x,
      ArrowDown: y - here.y,
      ArrowUp: here.y - y,
    }[key]
    if (along === undefined || along <= 4) continue
    const aside = Math.abs(key === 'ArrowRight' || key === 'ArrowLeft' ? y - here.y : x - here.x)
    const cost = along + 2 * aside
    if (!best || cost < best.cost) best = { spot, cost }
  }
  return best?.spot ?? null
}
