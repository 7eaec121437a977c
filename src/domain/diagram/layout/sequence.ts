import { invariant } from '#lib/invariant.ts'
import type { LinkedDrawing } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { GRID, snapUp, tenth } from './geometry.ts'
import type { LaidLabel, LaidMessage, LaidParticipant, SequenceLayout } from './laid-out.ts'
import { type ChipLook, edgeChip, nodeLooks } from './look.ts'

export const DISC_RADIUS = 9
const MARGIN = 16
const HEAD_GAP = 32
/** Between the label of a message and the message above. */
const ROW_GAP = 16
/** Between a label and its own line. */
const LABEL_RISE = 3
const LOOP_WIDTH = 32
/** More room above a call to oneself: its disc stands right below the one before. */
const LOOP_RISE = 6
const LOOP_HEIGHT = 24
const MESSAGE_LABEL_WIDTH = 176
const TAIL = 24

interface Row {
  readonly from: number
  readonly to: number
  readonly chip: ChipLook | null
}

/**
 * A sequence: a lifeline for each participant, in order, and the messages below each other, numbered.
 * Neighbouring lifelines stand as close as their heads and the words between them allow.
 */
export function layoutSequence(drawing: LinkedDrawing, vocabulary: Vocabulary): SequenceLayout {
  const looks = nodeLooks(drawing, vocabulary)
  const indexOf = new Map(drawing.nodes.map((node, i) => [node.id, i]))
  const rows = drawing.edges.map((edge): Row => {
    const from = indexOf.get(edge.from)
    const to = indexOf.get(edge.to)
    invariant(from !== undefined && to !== undefined, `message ${edge.id} has an end that is no participant`)
    return { from, to, chip: edgeChip(drawing, edge, vocabulary, MESSAGE_LABEL_WIDTH) }
  })
  const sizes = drawing.nodes.map((node) => {
    const look = looks.get(node.id)
    invariant(look, `no look for ${node.id}`)
    return look
  })
  const xs = lifelines(
    sizes.map((size) => size.width),
    rows,
  )
  const headHeight = Math.max(40, ...sizes.map((size) => size.height))
  const { messages, bottom } = messagesBelow(drawing, rows, xs, MARGIN + headHeight + ROW_GAP)
  const participants = drawing.nodes.map((node, i): LaidParticipant => {
    const size = sizes[i]
    const x = xs[i]
    invariant(size && x !== undefined, 'a lifeline for each participant')
    const { width, lines, icon, layer } = size
    return {
      el: `node:${node.id}`,
      lines,
      icon,
      layer,
      box: { x: x - width / 2, y: MARGIN, width, height: headHeight },
      lifeline: { x, bottom: bottom + TAIL },
    }
  })
  const right = Math.max(
    0,
    ...participants.map(({ box }) => box.x + box.width),
    ...messages.map(({ label }) => (label ? label.box.x + label.box.width : 0)),
    ...messages.flatMap(({ points }) => points.map((point) => point.x)),
  )
  return {
    kind: 'sequence',
    width: tenth(right + MARGIN),
    height: tenth(bottom + TAIL + MARGIN),
    participants,
    messages,
  }
}

/** The x of each lifeline: heads never touch, and each label fits between the ends of its message. */
function lifelines(widths: readonly number[], rows: readonly Row[]): number[] {
  const xs: number[] = []
  for (const [i, width] of widths.entries()) {
    const before = widths[i - 1]
    let x = before === undefined ? MARGIN + width / 2 : (xs[i - 1] ?? 0) + (before + width) / 2 + HEAD_GAP
    for (const row of rows) x = Math.max(x, roomFor(row, i, xs))
    xs.push(snapUp(x))
  }
  return xs
}

/** How far right lifeline `i` must stand for this message. */
function roomFor(row: Row, i: number, xs: readonly number[]): number {
  const width = row.chip?.width ?? 0
  if (row.from === row.to) {
    return row.from === i - 1 ? (xs[i - 1] ?? 0) + LOOP_WIDTH + GRID + width + GRID : 0
  }
  if (Math.max(row.from, row.to) !== i) return 0
  const other = xs[Math.min(row.from, row.to)] ?? 0
  return other + Math.max(width, 48) + DISC_RADIUS + 3 * GRID
}

function messagesBelow(
  drawing: LinkedDrawing,
  rows: readonly Row[],
  xs: readonly number[],
  top: number,
): { messages: LaidMessage[]; bottom: number } {
  const messages: LaidMessage[] = []
  let y = top
  for (const [i, edge] of drawing.edges.entries()) {
    const row = rows[i]
    invariant(row, 'a row for each message')
    const base = { el: `edge:${edge.id}`, number: i + 1, arrow: edge.arrow } as const
    const from = xs[row.from] ?? 0
    const to = xs[row.to] ?? 0
    if (row.from === row.to) {
      const height = Math.max(LOOP_HEIGHT, row.chip?.height ?? 0)
      const start = y + ROW_GAP + LOOP_RISE
      messages.push({ ...base, disc: { x: from, y: start }, ...selfCall(from, start, height, row.chip) })
      y = start + height
    } else {
      const line = tenth(y + ROW_GAP + Math.max(row.chip?.height ?? 0, DISC_RADIUS) + LABEL_RISE)
      messages.push({ ...base, disc: { x: from, y: line }, ...call(from, to, line, row.chip) })
      y = line + DISC_RADIUS / 2
    }
  }
  return { messages, bottom: y }
}

/** The label stands above the line, centred on what is left of it beside the disc. */
function call(
  from: number,
  to: number,
  y: number,
  chip: ChipLook | null,
): { points: LaidMessage['points']; label: LaidLabel | null } {
  const sign = Math.sign(to - from)
  const points = [
    { x: from + sign * DISC_RADIUS, y },
    { x: to, y },
  ]
  if (!chip) return { points, label: null }
  const middle = (from + sign * DISC_RADIUS + to) / 2
  const box = {
    x: tenth(middle - chip.width / 2),
    y: y - LABEL_RISE - chip.height,
    width: chip.width,
    height: chip.height,
  }
  return { points, label: { lines: chip.lines, box } }
}

function selfCall(
  x: number,
  y: number,
  height: number,
  chip: ChipLook | null,
): { points: LaidMessage['points']; label: LaidLabel | null } {
  const points = [
    { x: x + DISC_RADIUS, y },
    { x: x + LOOP_WIDTH, y },
    { x: x + LOOP_WIDTH, y: y + height },
    { x, y: y + height },
  ]
  if (!chip) return { points, label: null }
  const box = {
    x: x + LOOP_WIDTH + GRID / 2,
    y: tenth(y + (height - chip.height) / 2),
    width: chip.width,
    height: chip.height,
  }
  return { points, label: { lines: chip.lines, box } }
}
