import type { Box, Point } from '../layout/geometry.ts'
import type { Face } from '../layout/laid-out.ts'
import { ICON_GAP, ICON_SIZE } from '../layout/look.ts'
import { NAME, type Style, widestLine } from '../layout/text.ts'
import { BASELINE } from '../layout/timeline.ts'
import type { ElementId } from '../model.ts'
import { escapeXml, tag } from './svg.ts'

/** One icon's drawing, as in content/icons.json. */
export interface Icon {
  readonly body: string
  readonly width: number
  readonly height: number
}

/**
 * How an element fared in a grade. The page makes them of a grade's elements.
 * `correction` is what should have stood where the label is wrong.
 */
export interface Mark {
  readonly verdict: 'matched' | 'missing' | 'extra' | 'wrong' | 'reversed'
  readonly correction?: string
}

export interface RenderOptions {
  readonly icons: Readonly<Record<string, Icon>>
  readonly title?: string
  /** Read to people who cannot see the drawing; see `describe`. */
  readonly description?: string
  /** Where given, nothing else is drawn. */
  readonly visible?: ReadonlySet<ElementId>
  /** Outlined in the accent colour: what a walkthrough has just revealed, or what a page points at. */
  readonly fresh?: ReadonlySet<ElementId>
  /** Drawn as blank dashed placeholders. Ids hold labels, so they stay a hint for who reads the markup. */
  readonly faded?: ReadonlySet<ElementId>
  readonly marks?: ReadonlyMap<ElementId, Mark>
  /** Goes before every id, where several drawings share a page. */
  readonly idPrefix?: string
}

type Part = { readonly el: ElementId }

/** Null where the element is not to be seen. */
export function classesOf(part: Part, base: string, options: RenderOptions): string | null {
  if (options.visible && !options.visible.has(part.el)) return null
  const mark = options.marks?.get(part.el)
  return [
    base,
    options.faded?.has(part.el) ? 'faded' : '',
    options.fresh?.has(part.el) ? 'fresh' : '',
    mark ? `m-${mark.verdict}` : '',
  ]
    .filter((one) => one !== '')
    .join(' ')
}

export const isFaded = (part: Part, options: RenderOptions): boolean => options.faded?.has(part.el) ?? false

/** What is drawn of an element, or of its label: a `<g data-el="node:ring">` of its own in the picture. */
export interface Drawn {
  /** No other part of the picture has it. */
  readonly id: string
  readonly el: ElementId
  readonly classes: string
  /** The markup inside. */
  readonly inside: string
}

export const drawn = ({ el }: Part, classes: string, children: readonly string[]): Drawn => ({
  id: el,
  el,
  classes,
  inside: children.join(''),
})

export const written = ({ el, classes, inside }: Drawn): string =>
  tag('g', { 'data-el': el, class: classes }, [inside])

export const element = (part: Part, classes: string, children: readonly string[]): string =>
  written(drawn(part, classes, children))

/** Lines of text around a centre; `anchor` says where each line starts. */
export function lines(
  texts: readonly string[],
  at: Point,
  style: Style & { readonly line: number },
  anchor: 'start' | 'middle' | 'end',
  className?: string,
): string {
  const top = at.y - (texts.length * style.line) / 2
  const spans = texts.map((text, i) =>
    tag('tspan', { x: at.x, y: top + i * style.line + style.line * BASELINE }, [escapeXml(text)]),
  )
  return tag('text', { 'text-anchor': anchor === 'start' ? undefined : anchor, class: className }, spans)
}

const isLogo = (name: string): boolean => name.startsWith('logos:')

/**
 * An icon in its square, its left top corner at `at`. Logos keep their colours, on a plate that the dark
 * theme fills.
 */
export function iconAt(name: string, at: Point, icons: RenderOptions['icons']): string {
  const icon = icons[name]
  if (!icon) return ''
  const drawn = tag(
    'svg',
    {
      class: 'icon',
      x: at.x,
      y: at.y,
      width: ICON_SIZE,
      height: ICON_SIZE,
      viewBox: `0 0 ${icon.width} ${icon.height}`,
      'aria-hidden': 'true',
    },
    [icon.body],
  )
  if (!isLogo(name)) return drawn
  const size = ICON_SIZE + 6
  return tag('rect', { class: 'plate', x: at.x - 3, y: at.y - 3, width: size, height: size, rx: 5 }) + drawn
}

/** Icon and name, centred in the box as one block. */
export function faceIn(
  face: Face,
  box: Box,
  options: RenderOptions,
  className?: string,
  style: Style & { readonly line: number } = NAME,
): string {
  const middle = box.y + box.height / 2
  const drawn = face.icon !== null && options.icons[face.icon] ? face.icon : null
  if (drawn === null)
    return lines(face.lines, { x: box.x + box.width / 2, y: middle }, style, 'middle', className)
  const width = widestLine(face.lines, style) + ICON_SIZE + ICON_GAP
  const left = box.x + (box.width - width) / 2
  return (
    iconAt(drawn, { x: left, y: middle - ICON_SIZE / 2 }, options.icons) +
    lines(face.lines, { x: left + ICON_SIZE + ICON_GAP, y: middle }, style, 'start', className)
  )
}

const CORNER = 7
const HEAD_LENGTH = 9
const HEAD_HALF = 4

/** A polyline with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  const parts = [`M${xy(first)}`]
  for (const [i, point] of rest.entries()) {
    const before = points[i] ?? first
    const after = rest[i + 1]
    if (!after) {
      parts.push(`L${xy(point)}`)
      continue
    }
    const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2)
    parts.push(`L${xy(towards(point, before, radius))}Q${xy(point)} ${xy(towards(point, after, radius))}`)
  }
  return parts.join('')
}

const xy = (p: Point): string => `${Math.round(p.x * 10) / 10 + 0},${Math.round(p.y * 10) / 10 + 0}`
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** The point `by` px away from `from` in the direction of `to`. */
function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length }
}

/** A line with its arrow heads. The line ends inside the head, so that the tip stays sharp. */
export function wire(points: readonly Point[], arrow: 'directed' | 'both' | 'undirected'): string {
  const drawn = [...points]
  const heads: string[] = []
  const trim = (end: number, next: number) => {
    const tip = drawn[end]
    const back = drawn[next]
    if (!tip || !back) return
    heads.push(head(tip, back))
    drawn[end] = towards(tip, back, Math.min(HEAD_LENGTH - 2, distance(tip, back)))
  }
  if (points.length > 1 && arrow !== 'undirected') trim(drawn.length - 1, drawn.length - 2)
  if (points.length > 1 && arrow === 'both') trim(0, 1)
  return tag('path', { class: 'wire', d: roundedPath(drawn) }) + heads.join('')
}

function head(tip: Point, from: Point): string {
  const length = distance(tip, from) || 1
  const u = { x: (from.x - tip.x) / length, y: (from.y - tip.y) / length }
  const back = { x: tip.x + u.x * HEAD_LENGTH, y: tip.y + u.y * HEAD_LENGTH }
  const left = { x: back.x - u.y * HEAD_HALF, y: back.y + u.x * HEAD_HALF }
  const right = { x: back.x + u.y * HEAD_HALF, y: back.y - u.x * HEAD_HALF }
  return tag('path', { class: 'head', d: `M${xy(tip)}L${xy(left)}L${xy(right)}Z` })
}
