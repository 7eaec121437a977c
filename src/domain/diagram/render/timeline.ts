import { centre } from '../layout/geometry.ts'
import type { LaidEvent, TimelineLayout } from '../layout/laid-out.ts'
import { CAPTION, LABEL, NAME, TIME, textWidth, widestLine } from '../layout/text.ts'
import { badge, hatched, isStruck } from './marks.ts'
import { LANE_TINTS } from './palette.ts'
import { classesOf, element, isFaded, lines, type RenderOptions } from './parts.ts'
import { tag } from './svg.ts'

export function renderTimeline(layout: TimelineLayout, options: RenderOptions): string[] {
  const { x, top, bottom } = layout.rail
  return [
    tag('line', { class: 'rail', x1: x, y1: top, x2: x, y2: bottom }),
    ...layout.events.map((event) => renderEvent(event, layout, options)),
  ]
}

const tintOf = (lane: number | null): string =>
  lane === null ? 'none' : (LANE_TINTS[lane % LANE_TINTS.length] ?? 'none')

function renderEvent(event: LaidEvent, layout: TimelineLayout, options: RenderOptions): string {
  const faded = isFaded(event, options)
  const classes = classesOf(event, `event t-${faded ? 'none' : tintOf(event.lane)}`, options)
  if (classes === null) return ''
  const mark = options.marks?.get(event.el)
  const right = event.textPlace.x + widestLine(event.lines, NAME)
  return element(event, classes, [
    time(event),
    tag('circle', { class: 'shape', cx: event.dot.x, cy: event.dot.y, r: 6 }),
    faded ? placeholder(event, layout) : words(event, options),
    faded ? '' : tagOf(event, layout),
    badge(mark, { x: right + 16, y: event.dot.y }),
  ])
}

function time(event: LaidEvent): string {
  const middle = event.dot.y + ((event.at.length - 1) * TIME.line) / 2
  return lines(event.at, { x: event.atPlace.x, y: middle }, TIME, 'end', 'at')
}

function words(event: LaidEvent, options: RenderOptions): string {
  const mark = options.marks?.get(event.el)
  const middle = event.dot.y + ((event.lines.length - 1) * NAME.line) / 2
  const x = event.textPlace.x
  const hatch =
    mark?.verdict === 'extra'
      ? tag('rect', {
          class: 'hatch',
          fill: hatched(options),
          x: x - 8,
          y: event.box.y + 4,
          width: widestLine(event.lines, NAME) + 16,
          height: event.box.height - 8,
          rx: 5,
        })
      : ''
  const right = mark?.correction ?? ''
  if (right === '') return hatch + lines(event.lines, { x, y: middle }, NAME, 'start')
  const wide = textWidth(right, CAPTION.size, CAPTION.weight)
  return [
    hatch,
    lines(event.lines, { x, y: middle - 8 }, NAME, 'start', isStruck(mark)),
    tag('g', { class: 'correction' }, [
      tag('rect', {
        class: 'chip',
        x: x - 2,
        y: middle + event.lines.length * 9 - 9,
        width: wide + 4,
        height: 16,
      }),
      lines([right], { x, y: middle + event.lines.length * 9 - 1 }, CAPTION, 'start'),
    ]),
  ].join('')
}

function placeholder(event: LaidEvent, layout: TimelineLayout): string {
  const right = event.tag ? event.tag.x - 16 : layout.width - 16
  const { x } = event.textPlace
  const size = { y: event.dot.y - 14, height: 28, rx: 5 }
  return tag('rect', { class: 'shape', x, width: Math.max(80, right - x), ...size })
}

function tagOf(event: LaidEvent, layout: TimelineLayout): string {
  if (!event.tag || event.lane === null) return ''
  return tag('g', { class: 'tag' }, [
    tag('rect', { class: 'shape', ...event.tag, rx: event.tag.height / 2 }),
    lines([layout.lanes[event.lane] ?? ''], centre(event.tag), LABEL, 'middle'),
  ])
}
