import type { Drawing } from '#domain/diagram/index.ts'
import { element, exact } from './element.ts'
import type { GradedElement, Part } from './grade.ts'
import { STRUCTURE } from './weights.ts'

export const SPEED = 10

/**
 * The time, in seconds, in which a drawing still earns all of speed: 15 s to think, then 5 s a node, row, column or
 * cell, 4 s an edge, message or group, 12 s an event; never under 75 s or over 300 s. It is the keystroke-level model at 40
 * words a minute (0.3 s a key): an element is 7 to 11 keys, an event 23, and the rest is for thinking. `npm run bench -- drawing`
 * types 15 nodes and 20 labelled edges in 115 s of 170, and finds no diagram whose clock is too short. Only drawing is timed.
 */
export function parSeconds(drawing: Drawing): number {
  const seconds = 15 + elementSeconds(drawing)
  return Math.min(300, Math.max(75, seconds))
}

function elementSeconds(drawing: Drawing): number {
  if (drawing.form === 'timeline') return 12 * drawing.events.length
  if (drawing.form === 'matrix') {
    const cells = drawing.rows.reduce((sum, row) => sum + row.cells.filter((cell) => cell !== '').length, 0)
    return 5 * (drawing.rows.length + drawing.columns.length + cells)
  }
  return 5 * drawing.nodes.length + 4 * drawing.edges.length + 4 * drawing.groups.length
}

/** 1 up to par, falling evenly to 0 at twice par; 1 where no clock ran. */
export function pace(seconds: number | null, par: number): number {
  return seconds === null ? 1 : Math.min(1, Math.max(0, 2 - seconds / par))
}

/** 10 · (structure / 40) · pace: fast and empty earns nothing. */
export function gradeSpeed(
  structure: number,
  seconds: number | null,
  par: number,
): { part: Part; elements: readonly GradedElement[] } {
  const share = structure / STRUCTURE
  const score = exact(SPEED * share * pace(seconds, par))
  const time =
    seconds === null
      ? 'No clock ran'
      : `${Math.round(seconds)} s of ${Math.round(par)} s${seconds > par ? ', over par' : ''}`
  const line = element({
    kind: 'speed',
    label: 'Speed',
    verdict: score === SPEED ? 'matched' : 'wrong',
    points: score,
    of: SPEED,
    because: share < 1 ? `${time}; it counts by the share of the drawing that is right.` : `${time}.`,
  })
  return { part: { score, max: SPEED }, elements: [line] }
}
