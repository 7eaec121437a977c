import type { Layer } from '#domain/curriculum/index.ts'
import { normalise } from '#lib/text.ts'
import type { DrawnEdge, DrawnNode, LinkedDrawing } from '../model.ts'
import { displayName, resolve, type Vocabulary } from '../vocabulary.ts'
import { snapUp } from './geometry.ts'
import type { Face, Shape } from './laid-out.ts'
import { CAPTION, LABEL, NAME, textWidth, widestLine, wrapLabel } from './text.ts'

export const ICON_SIZE = 20
export const ICON_GAP = 8
export const CHIP_PADDING_X = 6
export const CHIP_PADDING_Y = 2
export const CAPTION_HEIGHT = 24
/** Width and height of a start dot and of the ring around an end dot. */
const DOT_SIZE = { start: 16, end: 24 } as const
const NAME_WIDTH = 136
const EDGE_LABEL_WIDTH = 128

/** How one label is written: the concept's name, icon and layer where it names one, else the label itself. */
export function faceOf(
  vocabulary: Vocabulary,
  label: string,
  maxWidth: number,
  style: { readonly size: number; readonly weight: 400 | 500 | 600 } = NAME,
): Face {
  const resolution = resolve(vocabulary, label)
  const concept = resolution ? vocabulary.concepts.get(resolution.concept) : undefined
  return {
    lines: wrapLabel(displayName(vocabulary, label), maxWidth, style),
    icon: concept?.icon ?? null,
    layer: concept?.layer ?? 'none',
  }
}

export interface NodeLook extends Face {
  readonly shape: Shape
  readonly width: number
  readonly height: number
}

/**
 * The face, shape and size of each node, by its id. Boxes are multiples of 16 wide, so their centres lie on
 * the grid.
 */
export function nodeLooks(drawing: LinkedDrawing, vocabulary: Vocabulary): Map<string, NodeLook> {
  const asks = new Set(drawing.edges.map((edge) => edge.from))
  return new Map(drawing.nodes.map((node) => [node.id, nodeLook(drawing, vocabulary, node, asks)]))
}

function nodeLook(
  drawing: LinkedDrawing,
  vocabulary: Vocabulary,
  node: DrawnNode,
  asks: ReadonlySet<string>,
): NodeLook {
  const shape = shapeOf(drawing, node, asks)
  const wide = shape === 'question' ? NAME_WIDTH + 24 : NAME_WIDTH
  const label = shape === 'question' && !node.label.endsWith('?') ? `${node.label}?` : node.label
  const face = { ...faceOf(vocabulary, label, wide), ...tintOfForm(drawing, shape) }
  if (shape === 'start' || shape === 'end')
    return { ...face, shape, width: DOT_SIZE[shape], height: DOT_SIZE[shape] }
  const side = shape === 'box' ? 14 : shape === 'pill' ? 20 : 28
  const content = widestLine(face.lines, NAME) + (face.icon === null ? 0 : ICON_SIZE + ICON_GAP)
  const lines = Math.max(1, face.lines.length)
  return {
    ...face,
    shape,
    width: Math.max(shape === 'box' ? 80 : 96, snapUp(content + 2 * side, 16)),
    height: Math.max(40, snapUp(lines * NAME.line + 20)),
  }
}

/**
 * Tiers tell the parts of a system apart; states and answers have none, so there the shape lends its tint.
 */
function tintOfForm(drawing: LinkedDrawing, shape: Shape): { layer?: Layer } {
  if (drawing.form === 'decision') return { layer: shape === 'question' ? 'service' : 'data' }
  return drawing.form === 'states' ? { layer: 'service' } : {}
}

function shapeOf(drawing: LinkedDrawing, node: DrawnNode, asks: ReadonlySet<string>): Shape {
  if (drawing.form === 'states') {
    const word = normalise(node.label)
    return word === 'start' || word === 'end' ? word : 'pill'
  }
  return drawing.form === 'decision' && asks.has(node.id) ? 'question' : 'box'
}

export interface ChipLook {
  readonly lines: readonly string[]
  readonly width: number
  readonly height: number
}

/**
 * The words on an edge with the size of the chip behind them; null where there are none. In a topology they
 * are free text and stand as written; elsewhere they are graded, and stand as the vocabulary names them.
 */
export function edgeChip(
  drawing: LinkedDrawing,
  edge: DrawnEdge,
  vocabulary: Vocabulary,
  maxWidth = EDGE_LABEL_WIDTH,
): ChipLook | null {
  const label = drawing.form === 'topology' ? edge.label : displayName(vocabulary, edge.label)
  const lines = wrapLabel(label, maxWidth, LABEL)
  if (lines.length === 0) return null
  return {
    lines,
    width: Math.ceil(widestLine(lines, LABEL)) + 2 * CHIP_PADDING_X,
    height: lines.length * LABEL.line + 2 * CHIP_PADDING_Y,
  }
}

/** A group's name on one line, with the width that it takes. */
export function captionLook(label: string, vocabulary: Vocabulary): { caption: string; width: number } {
  const [first = ''] = wrapLabel(displayName(vocabulary, label), 320, CAPTION, 1)
  return { caption: first, width: Math.ceil(textWidth(first, CAPTION.size, CAPTION.weight)) + 16 }
}
