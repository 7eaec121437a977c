import { type Box, centre, contains, type Point } from '../layout/geometry.ts'
import type { LaidEdge, LaidGroup, LaidNode, LinkedLayout, Shape } from '../layout/laid-out.ts'
import { CAPTION, LABEL } from '../layout/text.ts'
import { badge, cornerOf, correction, hatched, isStruck } from './marks.ts'
import {
  classesOf,
  type Drawn,
  drawn,
  faceIn,
  isFaded,
  lines,
  type RenderOptions,
  wire,
  written,
} from './parts.ts'
import { tag } from './svg.ts'

const CHAMFER = 16

/** Groups, lines, nodes and, above them all, the labels of the lines. */
export function linkedParts(layout: LinkedLayout, options: RenderOptions): Drawn[] {
  return [
    ...layout.groups.map((group) => renderGroup(group, options)),
    ...layout.edges.map((edge) => renderWire(edge, options)),
    ...layout.nodes.map((node) => renderNode(node, options)),
    ...layout.edges.map((edge) => renderLabel(edge, layout.groups, options)),
  ].filter((part) => part !== null)
}

export const renderLinked = (layout: LinkedLayout, options: RenderOptions): string[] =>
  linkedParts(layout, options).map(written)

function renderGroup(group: LaidGroup, options: RenderOptions): Drawn | null {
  const classes = classesOf(group, `group d${Math.min(2, group.depth)}`, options)
  if (classes === null) return null
  const mark = options.marks?.get(group.el)
  const { x, y, width, height } = group.captionBox
  return drawn(group, classes, [
    tag('rect', { class: 'shape', ...plain(group.box), rx: 8 }),
    isFaded(group, options)
      ? ''
      : lines([group.caption], { x: x + 8, y: y + height / 2 }, CAPTION, 'start', isStruck(mark)),
    correction(mark, { x: x + width / 2, y: y + height + 6 }),
    badge(mark, cornerOf(group.box)),
  ])
}

const besideOf = (box: Box): Point => ({ x: box.x + box.width + 6, y: box.y + box.height / 2 })

const plain = ({ x, y, width, height }: Box) => ({ x, y, width, height })

function renderNode(node: LaidNode, options: RenderOptions): Drawn | null {
  const tint = isFaded(node, options) ? 'none' : node.layer
  const classes = classesOf(node, `node t-${tint}`, options)
  if (classes === null) return null
  const mark = options.marks?.get(node.el)
  if (node.shape === 'start' || node.shape === 'end')
    return drawn(node, classes, [dot(node.shape, node.box), badge(mark, besideOf(node.box))])
  const { x, y, width, height } = node.box
  return drawn(node, classes, [
    outline(node.shape, node.box, { class: 'shape' }),
    mark?.verdict === 'extra'
      ? outline(node.shape, node.box, { class: 'hatch', fill: hatched(options) })
      : '',
    isFaded(node, options) ? '' : faceIn(node, node.box, options, isStruck(mark)),
    correction(mark, { x: x + width / 2, y: y + height + 10 }),
    badge(mark, cornerOf(node.box)),
  ])
}

function outline(shape: Shape, box: Box, attributes: { class: string; fill?: string }): string {
  const { x, y, width, height } = box
  if (shape === 'question') {
    const cut = Math.min(CHAMFER, height / 2)
    const corners: Point[] = [
      { x: x + cut, y },
      { x: x + width - cut, y },
      { x: x + width, y: y + height / 2 },
      { x: x + width - cut, y: y + height },
      { x: x + cut, y: y + height },
      { x, y: y + height / 2 },
    ]
    return tag('path', { ...attributes, d: closedPath(corners, 5) })
  }
  return tag('rect', { ...attributes, ...plain(box), rx: shape === 'pill' ? Math.min(height / 2, 24) : 7 })
}

/** A closed polygon with each corner rounded by `radius`. */
function closedPath(corners: readonly Point[], radius: number): string {
  const part = (from: Point, to: Point) => {
    const share = radius / (Math.hypot(to.x - from.x, to.y - from.y) || 1)
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
  }
  const write = (p: Point) => `${Math.round(p.x * 10) / 10},${Math.round(p.y * 10) / 10}`
  const steps = corners.map((corner, i) => {
    const before = corners.at(i - 1) ?? corner
    const after = corners[(i + 1) % corners.length] ?? corner
    return `${i === 0 ? 'M' : 'L'}${write(part(corner, before))}Q${write(corner)} ${write(part(corner, after))}`
  })
  return `${steps.join('')}Z`
}

function dot(shape: 'start' | 'end', box: Box): string {
  const { x, y } = centre(box)
  const radius = box.width / 2
  if (shape === 'start') return tag('circle', { class: 'dot', cx: x, cy: y, r: radius })
  return (
    tag('circle', { class: 'ring', cx: x, cy: y, r: radius - 0.8 }) +
    tag('circle', { class: 'dot', cx: x, cy: y, r: radius - 5 })
  )
}

function renderWire(edge: LaidEdge, options: RenderOptions): Drawn | null {
  const classes = classesOf(edge, 'edge', options)
  return classes === null ? null : drawn(edge, classes, [wire(edge.points, edge.arrow)])
}

function renderLabel(edge: LaidEdge, groups: readonly LaidGroup[], options: RenderOptions): Drawn | null {
  const mark = options.marks?.get(edge.el)
  const chip = isFaded(edge, options) ? null : edge.label
  // A line that is right says so by being there.
  if (!chip && (!mark || mark.verdict === 'matched')) return null
  const place = chip ? chip.box : around(middleOf(edge.points))
  const classes = classesOf(edge, `label${ground(place, groups)}`, options)
  if (classes === null) return null
  const at = chip ? { x: place.x + place.width + 4, y: place.y + place.height / 2 } : centre(place)
  const label = drawn(edge, classes, [
    chip ? tag('rect', { class: 'chip', ...plain(chip.box), rx: 4 }) : '',
    chip ? lines(chip.lines, centre(chip.box), LABEL, 'middle', isStruck(mark)) : '',
    correction(mark, { x: place.x + place.width / 2, y: place.y + place.height + 8 }),
    mark?.verdict === 'matched' ? '' : badge(mark, at),
  ])
  return { ...label, id: `label ${edge.el}` }
}

const around = ({ x, y }: Point): Box => ({ x: x - 8, y: y - 8, width: 16, height: 16 })

/** A chip has the colour of the ground that it lies on. */
function ground(box: Box, groups: readonly LaidGroup[]): string {
  const inside = groups.filter((group) => contains(group.box, box))
  const deepest = Math.max(-1, ...inside.map((group) => Math.min(2, group.depth)))
  return deepest < 0 ? '' : ` on-${deepest}`
}

/** The middle of the longest segment. */
function middleOf(points: readonly Point[]): Point {
  let best: Point = points[0] ?? { x: 0, y: 0 }
  let longest = -1
  for (const [i, to] of points.slice(1).entries()) {
    const from = points[i] ?? to
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    if (length > longest) {
      longest = length
      best = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
    }
  }
  return best
}
