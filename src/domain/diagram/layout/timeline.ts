import type { TimelineDrawing } from '../model.ts'
import { displayName, type Vocabulary } from '../vocabulary.ts'
import { snapUp, tenth } from './geometry.ts'
import type { LaidEvent, TimelineLayout } from './laid-out.ts'
import { faceOf } from './look.ts'
import { LABEL, NAME, TIME, tabularWidth, textWidth, widestLine, wrapLabel } from './text.ts'

const MARGIN = 16
const RAIL_GAP = 24
const TEXT_WIDTH = 320
const TIME_WIDTH = 112
const TAG_WIDTH = 160
export const TAG_PADDING = 10
const TAG_HEIGHT = 24
const ROW_PADDING = 11
/** The baseline of a line lies this share of its height below the top. */
export const BASELINE = 0.74

/**
 * A timeline runs down: times at the left of a rail, what happened at its right, the lane as a tag in a
 * column of its own. Distances say order only, since an incident's minutes and hours do not fit one scale.
 */
export function layoutTimeline(drawing: TimelineDrawing, vocabulary: Vocabulary): TimelineLayout {
  const laneNames = [...new Set(drawing.events.map((event) => event.lane).filter((lane) => lane !== ''))]
  const tagText = (lane: string) => wrapLabel(displayName(vocabulary, lane), TAG_WIDTH, LABEL, 1)[0] ?? ''
  const written = drawing.events.map((event) => ({
    event,
    face: faceOf(vocabulary, event.label, TEXT_WIDTH),
    at: wrapLabel(event.at, TIME_WIDTH, TIME, 2),
  }))
  const timeWidth = Math.max(
    0,
    ...written.flatMap(({ at }) => at.map((line) => tabularWidth(line, TIME.size, TIME.weight))),
  )
  const railX = snapUp(MARGIN + timeWidth + (timeWidth > 0 ? RAIL_GAP : 0)) + 8
  const textX = railX + RAIL_GAP
  const textWide = Math.max(0, ...written.map(({ face }) => widestLine(face.lines, NAME)))
  const tagX = snapUp(textX + textWide + 24)
  const tagWide = (lane: string) =>
    Math.ceil(textWidth(tagText(lane), LABEL.size, LABEL.weight)) + 2 * TAG_PADDING
  const right = laneNames.length > 0 ? tagX + Math.max(...laneNames.map(tagWide)) : snapUp(textX + textWide)
  let y = MARGIN
  const events = written.map(({ event, face, at }): LaidEvent => {
    const lines = Math.max(1, face.lines.length, at.length)
    const height = snapUp(lines * NAME.line + 2 * ROW_PADDING)
    const top = y
    const first = top + (height - lines * NAME.line) / 2
    const middle = first + NAME.line / 2
    y += height
    const tag = event.lane === '' ? null : tagWide(event.lane)
    return {
      el: `event:${event.id}`,
      ...face,
      icon: null,
      box: { x: MARGIN, y: top, width: right - MARGIN, height },
      at,
      atPlace: { x: railX - RAIL_GAP, y: tenth(first + NAME.line * BASELINE) },
      dot: { x: railX, y: tenth(middle) },
      textPlace: { x: textX, y: tenth(first + NAME.line * BASELINE) },
      lane: event.lane === '' ? null : laneNames.indexOf(event.lane),
      tag:
        tag === null ? null : { x: tagX, y: tenth(middle - TAG_HEIGHT / 2), width: tag, height: TAG_HEIGHT },
    }
  })
  return {
    kind: 'timeline',
    width: snapUp(right + MARGIN),
    height: y + MARGIN,
    rail: { x: railX, top: events[0]?.dot.y ?? MARGIN, bottom: events.at(-1)?.dot.y ?? MARGIN },
    lanes: laneNames.map(tagText),
    events,
  }
}
