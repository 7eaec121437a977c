import type { ElementId } from '../model.ts'
import {
  type Box,
  contains,
  grow,
  overlaps,
  type Point,
  segmentHits,
  segmentsCross,
  segmentsOf,
} from './geometry.ts'
import type {
  LaidEdge,
  LaidOut,
  LinkedLayout,
  MatrixLayout,
  SequenceLayout,
  TimelineLayout,
} from './laid-out.ts'
import { CAPTION, CELL, HEAD, LABEL, NAME, type Style, textWidth, widestLine } from './text.ts'

/** What a reader would stumble over. A drawing of the curriculum has none. */
export interface Defect {
  readonly kind: 'overlap' | 'edge-through-node' | 'label-collision' | 'text-too-wide' | 'text-cut' | 'lost'
  readonly elements: readonly ElementId[]
  /** In words, for an author. */
  readonly says: string
}

export function findDefects(laidOut: LaidOut): Defect[] {
  switch (laidOut.kind) {
    case 'linked':
      return [
        ...overlapDefects(laidOut),
        ...edgeDefects(laidOut),
        ...labelDefects(laidOut),
        ...captionDefects(laidOut),
        ...nodeTextDefects(laidOut),
      ]
    case 'sequence':
      return sequenceDefects(laidOut)
    case 'timeline':
      return timelineDefects(laidOut)
    case 'matrix':
      return matrixDefects(laidOut)
  }
}

interface Part {
  readonly el: ElementId
  readonly box: Box
}

const pairs = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]))

const overlap = (a: Part, b: Part): Defect => ({
  kind: 'overlap',
  elements: [a.el, b.el],
  says: `${a.el} and ${b.el} overlap`,
})

function overlapDefects(layout: LinkedLayout): Defect[] {
  const nodes = pairs<Part>(layout.nodes).filter(([a, b]) => overlaps(a.box, b.box))
  const groups = pairs<Part>(layout.groups).filter(
    ([a, b]) => overlaps(a.box, b.box) && !contains(a.box, b.box) && !contains(b.box, a.box),
  )
  const astride = layout.groups.flatMap((group) =>
    layout.nodes
      .filter((node) => overlaps(group.box, node.box) && !contains(group.box, node.box))
      .map((node): [Part, Part] => [group, node]),
  )
  return [...nodes, ...groups, ...astride].map(([a, b]) => overlap(a, b))
}

function edgeDefects(layout: LinkedLayout): Defect[] {
  return layout.edges.flatMap((edge): Defect[] => {
    if (edge.points.length < 2) return [{ kind: 'lost', elements: [edge.el], says: `${edge.el} has no line` }]
    return layout.nodes
      .filter((node) => node.el !== edge.from && node.el !== edge.to && crossesBox(edge, node.box))
      .map((node) => ({
        kind: 'edge-through-node',
        elements: [edge.el, node.el],
        says: `${edge.el} runs through ${node.el}`,
      }))
  })
}

const crossesBox = (edge: { readonly points: readonly Point[] }, box: Box): boolean =>
  segmentsOf(edge.points).some(([a, b]) => segmentHits(a, b, box))

/** A chip may lie on its own line, and on nothing else. */
function labelDefects(layout: LinkedLayout): Defect[] {
  const labelled = layout.edges.flatMap((edge) => (edge.label ? [{ edge, label: edge.label }] : []))
  const collision = (a: ElementId, b: ElementId, what: string): Defect => ({
    kind: 'label-collision',
    elements: [a, b],
    says: `the label of ${a} ${what} ${b}`,
  })
  const chips = pairs(labelled)
    .filter(([a, b]) => overlaps(a.label.box, b.label.box))
    .map(([a, b]) => collision(a.edge.el, b.edge.el, 'touches the label of'))
  const others = labelled.flatMap(({ edge, label }) => [
    ...layout.nodes
      .filter((node) => overlaps(node.box, label.box))
      .map((node) => collision(edge.el, node.el, 'covers')),
    ...layout.edges
      .filter((other) => other !== edge && crossesBox(other, grow(label.box, -1)))
      .map((other) => collision(edge.el, other.el, 'covers the line of')),
  ])
  const wide = labelled
    .filter(({ label }) => widestLine(label.lines, LABEL) > label.box.width)
    .map(({ edge }) => tooWide(edge.el))
  return [
    ...chips,
    ...others,
    ...wide,
    ...labelled.flatMap(({ edge, label }) => cutText(edge.el, label.lines)),
  ]
}

function captionDefects(layout: LinkedLayout): Defect[] {
  return layout.groups.flatMap((group) => {
    const hits = [
      ...layout.nodes.filter((node) => overlaps(node.box, group.captionBox)),
      ...layout.edges.filter(
        (edge) =>
          crossesBox(edge, group.captionBox) || (edge.label && overlaps(edge.label.box, group.captionBox)),
      ),
      ...layout.groups.filter((other) => other !== group && overlaps(other.captionBox, group.captionBox)),
    ]
    const found = hits.map(
      (hit): Defect => ({
        kind: 'label-collision',
        elements: [group.el, hit.el],
        says: `the caption of ${group.el} and ${hit.el} collide`,
      }),
    )
    const wide = textWidth(group.caption, CAPTION.size, CAPTION.weight) > group.captionBox.width
    return [...found, ...(wide ? [tooWide(group.el)] : []), ...cutText(group.el, [group.caption])]
  })
}

const tooWide = (el: ElementId): Defect => ({
  kind: 'text-too-wide',
  elements: [el],
  says: `the text of ${el} is wider than its box`,
})

const cutText = (el: ElementId, lines: readonly string[]): Defect[] =>
  lines.at(-1)?.endsWith('…')
    ? [{ kind: 'text-cut', elements: [el], says: `the text of ${el} is too long to be shown whole` }]
    : []

type Type = Style & { readonly line: number }

interface Written extends Part {
  readonly lines: readonly string[]
  readonly icon: string | null
}

function textDefects(part: Written, padding: number, style: Type = NAME): Defect[] {
  const room = part.box.width - 2 * padding - (part.icon === null ? 0 : 28)
  const wide = widestLine(part.lines, style) > room + 0.5 || part.lines.length * style.line > part.box.height
  return [...(wide ? [tooWide(part.el)] : []), ...cutText(part.el, part.lines)]
}

const nodeTextDefects = (layout: LinkedLayout): Defect[] =>
  layout.nodes
    .filter((node) => node.shape !== 'start' && node.shape !== 'end')
    .flatMap((node) => textDefects(node, node.shape === 'question' ? 20 : 8))

function sequenceDefects(layout: SequenceLayout): Defect[] {
  const page = { x: 0, y: 0, width: layout.width, height: layout.height }
  const heads = pairs<Part>(layout.participants).filter(([a, b]) => overlaps(a.box, b.box))
  const labels = layout.messages.flatMap((one) => (one.label ? [{ el: one.el, box: one.label.box }] : []))
  const chips = pairs<Part>(labels).filter(([a, b]) => overlaps(a.box, b.box))
  const lines = layout.messages.flatMap((message) =>
    labels
      .filter(({ el, box }) => el !== message.el && crossesBox(message, box))
      .map((label): [{ el: ElementId }, Part] => [message, label]),
  )
  return [
    ...heads.map(([a, b]) => overlap(a, b)),
    ...[...chips, ...lines].map(
      ([a, b]): Defect => ({
        kind: 'label-collision',
        elements: [a.el, b.el],
        says: `${a.el} runs into the label of ${b.el}`,
      }),
    ),
    ...labels.filter(({ box }) => !contains(page, box)).map(({ el }) => tooWide(el)),
    ...layout.participants.flatMap((one) => textDefects(one, 8)),
    ...layout.messages.flatMap((one) => cutText(one.el, one.label?.lines ?? [])),
  ]
}

const timelineDefects = (layout: TimelineLayout): Defect[] => [
  ...pairs<Part>(layout.events)
    .filter(([a, b]) => overlaps(a.box, b.box))
    .map(([a, b]) => overlap(a, b)),
  ...layout.events
    .filter((event) => event.textPlace.x + widestLine(event.lines, NAME) > layout.width)
    .map((event) => tooWide(event.el)),
  ...layout.events.flatMap((event) => [...cutText(event.el, event.lines), ...cutText(event.el, event.at)]),
]

function matrixDefects(layout: MatrixLayout): Defect[] {
  const heads = layout.rows.map((row) => row.head)
  const cells = layout.rows.flatMap((row) => row.cells)
  return [
    ...pairs<Part>([...layout.columns, ...heads, ...cells])
      .filter(([a, b]) => overlaps(a.box, b.box))
      .map(([a, b]) => overlap(a, b)),
    ...layout.columns.flatMap((cell) => textDefects(cell, 8, HEAD)),
    ...heads.flatMap((cell) => textDefects(cell, 8)),
    ...cells.flatMap((cell) => textDefects(cell, 8, CELL)),
  ]
}

/**
 * How often two lines cross: what readers feel most (Purchase 1997). Lines that share an end may meet
 * there.
 */
export function countCrossings(edges: readonly LaidEdge[]): number {
  const segments = edges.map((edge) => segmentsOf(edge.points))
  let count = 0
  for (const [one, other] of pairs(segments))
    for (const [a, b] of one) for (const [c, d] of other) if (segmentsCross(a, b, c, d)) count++
  return count
}

/** Lines nearer than this that run side by side can hardly be told apart. */
const CROWDED = 9

/** How often two lines run side by side closer than the eye can follow. */
export function countCrowded(edges: readonly LaidEdge[]): number {
  const segments = edges.map((edge) => segmentsOf(edge.points))
  let count = 0
  for (const [one, other] of pairs(segments))
    for (const first of one) for (const second of other) if (isCrowded(first, second)) count++
  return count
}

function isCrowded([a, b]: [Point, Point], [c, d]: [Point, Point]): boolean {
  const beside = (at: 'x' | 'y', along: 'x' | 'y') =>
    Math.abs(a[at] - b[at]) < 0.5 &&
    Math.abs(c[at] - d[at]) < 0.5 &&
    Math.abs(a[at] - c[at]) < CROWDED &&
    Math.min(Math.max(a[along], b[along]), Math.max(c[along], d[along])) -
      Math.max(Math.min(a[along], b[along]), Math.min(c[along], d[along])) >
      4
  return beside('x', 'y') || beside('y', 'x')
}
