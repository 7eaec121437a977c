import type { Box, Point } from '../layout/geometry.ts'
import { CAPTION, textWidth } from '../layout/text.ts'
import { lines, type Mark, type RenderOptions } from './parts.ts'
import { tag } from './svg.ts'

const RADIUS = 8

/** A glyph for each verdict, around (0, 0): the shape says it, the colour only repeats it. */
const GLYPHS: Readonly<Record<Mark['verdict'], string>> = {
  matched: 'M-3.5,0.5L-1,3L3.5,-2.5',
  missing: 'M-3.5,0L3.5,0',
  extra: 'M-3.5,0L3.5,0M0,-3.5L0,3.5',
  wrong: 'M-3,-3L3,3M-3,3L3,-3',
  reversed: 'M-4.5,-2L4,-2M2,-4L4,-2L2,0M4.5,2L-4,2M-2,0L-4,2L-2,4',
}

const NAMES: Readonly<Record<Mark['verdict'], string>> = {
  matched: 'right',
  missing: 'missing',
  extra: 'extra',
  wrong: 'wrong',
  reversed: 'reversed',
}

/** What is right is marked too, but quietly: the eye should find what is not. */
const QUIET = 0.75

/** A disc with the verdict's glyph. `small` where text stands close. */
export function badge(mark: Mark | undefined, at: Point, small = false): string {
  if (!mark) return ''
  const scale = small || mark.verdict === 'matched' ? ` scale(${QUIET})` : ''
  return tag(
    'g',
    {
      class: `badge m-${mark.verdict}`,
      transform: `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})${scale}`,
    },
    [
      tag('title', {}, [NAMES[mark.verdict]]),
      tag('circle', { class: 'disc', r: RADIUS }),
      tag('path', { d: GLYPHS[mark.verdict] }),
    ],
  )
}

/** What should have stood there, in a chip around the centre. */
export function correction(mark: Mark | undefined, at: Point): string {
  if (mark?.correction === undefined || mark.correction === '') return ''
  const width = textWidth(mark.correction, CAPTION.size, CAPTION.weight) + 12
  return tag('g', { class: 'correction' }, [
    tag('rect', { class: 'chip', x: at.x - width / 2, y: at.y - 9, width, height: 18, rx: 4 }),
    lines([mark.correction], at, CAPTION, 'middle'),
  ])
}

/**
 * Room around the drawing for corrections that are wider than what they correct, or stand below the last
 * row.
 */
export function correctionRoom(options: RenderOptions): { readonly x: number; readonly y: number } {
  const widths = [...(options.marks?.values() ?? [])].flatMap(({ correction: text }) =>
    text ? [textWidth(text, CAPTION.size, CAPTION.weight)] : [],
  )
  return widths.length === 0 ? { x: 0, y: 0 } : { x: Math.max(0, Math.max(...widths) / 2 - 40), y: 8 }
}

export const isStruck = (mark: Mark | undefined): 'struck' | undefined =>
  mark?.verdict === 'wrong' ? 'struck' : undefined

const hatchId = (options: RenderOptions): string => `${options.idPrefix ?? ''}hatch`

/** The pattern over what is extra; only where something is. */
export function hatchDefinition(options: RenderOptions): string {
  const needed = [...(options.marks?.values() ?? [])].some((mark) => mark.verdict === 'extra')
  if (!needed) return ''
  return tag('defs', {}, [
    tag(
      'pattern',
      {
        id: hatchId(options),
        width: 7,
        height: 7,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      [tag('line', { class: 'hatch-line', x1: 0, y1: 0, x2: 0, y2: 7 })],
    ),
  ])
}

/** The attribute that fills a shape with the hatch. */
export const hatched = (options: RenderOptions): string => `url(#${hatchId(options)})`

/** The right top corner of a box, where its badge sits. */
export const cornerOf = (box: Box): Point => ({ x: box.x + box.width - 2, y: box.y + 1 })
