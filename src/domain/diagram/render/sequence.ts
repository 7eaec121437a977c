import { centre } from '../layout/geometry.ts'
import type { LaidMessage, LaidParticipant, SequenceLayout } from '../layout/laid-out.ts'
import { DISC_RADIUS } from '../layout/sequence.ts'
import { LABEL } from '../layout/text.ts'
import { badge, cornerOf, correction, hatched, isStruck } from './marks.ts'
import { classesOf, element, faceIn, isFaded, lines, type RenderOptions, wire } from './parts.ts'
import { escapeXml, tag } from './svg.ts'

export function renderSequence(layout: SequenceLayout, options: RenderOptions): string[] {
  return [
    ...layout.participants.map((one) => renderParticipant(one, options)),
    ...layout.messages.map((one) => renderMessage(one, options)),
  ]
}

function renderParticipant(one: LaidParticipant, options: RenderOptions): string {
  const faded = isFaded(one, options)
  const classes = classesOf(one, `node t-${faded ? 'none' : one.layer}`, options)
  if (classes === null) return ''
  const mark = options.marks?.get(one.el)
  const { x, y, width, height } = one.box
  const shape = { x, y, width, height, rx: 7 }
  return element(one, classes, [
    tag('line', {
      class: 'lifeline',
      x1: one.lifeline.x,
      y1: y + height,
      x2: one.lifeline.x,
      y2: one.lifeline.bottom,
    }),
    tag('rect', { class: 'shape', ...shape }),
    mark?.verdict === 'extra' ? tag('rect', { class: 'hatch', fill: hatched(options), ...shape }) : '',
    faded ? '' : faceIn(one, one.box, options, isStruck(mark)),
    correction(mark, { x: x + width / 2, y: y + height + 10 }),
    badge(mark, cornerOf(one.box)),
  ])
}

function renderMessage(one: LaidMessage, options: RenderOptions): string {
  const classes = classesOf(one, 'edge label', options)
  if (classes === null) return ''
  const mark = options.marks?.get(one.el)
  const label = isFaded(one, options) ? null : one.label
  const end = one.points.at(-1) ?? one.disc
  const middle = label ? centre(label.box).x : (one.disc.x + end.x) / 2
  const side = label ? label.box.x + label.box.width + 6 : middle
  return element(one, classes, [
    wire(one.points, one.arrow),
    label ? tag('rect', { class: 'chip', ...label.box, rx: 4 }) : '',
    label ? lines(label.lines, centre(label.box), LABEL, 'middle', isStruck(mark)) : '',
    tag('g', { class: 'number' }, [
      tag('circle', { class: 'disc', cx: one.disc.x, cy: one.disc.y, r: DISC_RADIUS }),
      tag('text', { x: one.disc.x, y: one.disc.y + 4, 'text-anchor': 'middle' }, [
        escapeXml(String(one.number)),
      ]),
    ]),
    correction(mark, { x: middle, y: end.y + 11 }),
    mark?.verdict === 'matched' ? '' : badge(mark, { x: side, y: label ? centre(label.box).y : end.y }),
  ])
}
