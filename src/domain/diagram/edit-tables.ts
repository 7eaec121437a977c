import { cleanLabel, swapped } from './edit.ts'
import type { MatrixDrawing, TimelineDrawing, TimelineEvent } from './model.ts'

/** Changes to the drawings that are tables. Rows and columns are counted from 0 here. */

type EventWords = Omit<TimelineEvent, 'id'>

const numbered = (events: readonly EventWords[]): TimelineDrawing => ({
  form: 'timeline',
  events: events.map(({ at, label, lane }, i) => ({ id: String(i + 1), at, label, lane })),
})

export function addEvent(
  drawing: TimelineDrawing,
  event: EventWords,
  at = drawing.events.length,
): TimelineDrawing {
  const clean = { at: cleanLabel(event.at), label: cleanLabel(event.label), lane: cleanLabel(event.lane) }
  return numbered([...drawing.events.slice(0, at), clean, ...drawing.events.slice(at)])
}

export function setEvent(drawing: TimelineDrawing, at: number, words: Partial<EventWords>): TimelineDrawing {
  return numbered(
    drawing.events.map((event, i) => {
      if (i !== at) return event
      return {
        at: cleanLabel(words.at ?? event.at),
        label: cleanLabel(words.label ?? event.label),
        lane: cleanLabel(words.lane ?? event.lane),
      }
    }),
  )
}

export const removeEvent = (drawing: TimelineDrawing, at: number): TimelineDrawing =>
  numbered(drawing.events.filter((_, i) => i !== at))

export const shiftEvent = (drawing: TimelineDrawing, at: number, by: -1 | 1): TimelineDrawing =>
  numbered(swapped(drawing.events, at, by))

export function addColumn(drawing: MatrixDrawing, label: string): MatrixDrawing {
  return {
    ...drawing,
    columns: [...drawing.columns, cleanLabel(label)],
    rows: drawing.rows.map((row) => ({ ...row, cells: [...row.cells, ''] })),
  }
}

export function addRow(drawing: MatrixDrawing, label: string, cells: readonly string[] = []): MatrixDrawing {
  const row = { label: cleanLabel(label), cells: drawing.columns.map((_, c) => cleanLabel(cells[c] ?? '')) }
  return { ...drawing, rows: [...drawing.rows, row] }
}

export function removeColumn(drawing: MatrixDrawing, column: number): MatrixDrawing {
  const without = <T>(items: readonly T[]) => items.filter((_, c) => c !== column)
  return {
    ...drawing,
    columns: without(drawing.columns),
    rows: drawing.rows.map((row) => ({ ...row, cells: without(row.cells) })),
  }
}

export const removeRow = (drawing: MatrixDrawing, row: number): MatrixDrawing => ({
  ...drawing,
  rows: drawing.rows.filter((_, r) => r !== row),
})

export const shiftRow = (drawing: MatrixDrawing, row: number, by: -1 | 1): MatrixDrawing => ({
  ...drawing,
  rows: swapped(drawing.rows, row, by),
})

/**
 * Writes into the table as a person sees it: row 0 is the heads of the columns, column 0 the heads of the rows. One row
 * or column past the end makes a new one, so that a table grows by being typed.
 */
export function setCell(drawing: MatrixDrawing, row: number, column: number, text: string): MatrixDrawing {
  if (row === 0 && column === 0) return drawing
  let grown = drawing
  while (grown.columns.length < column) grown = addColumn(grown, '')
  while (grown.rows.length < row) grown = addRow(grown, '')
  const clean = cleanLabel(text)
  const set = (items: readonly string[], at: number) => items.map((item, i) => (i === at ? clean : item))
  if (row === 0) return trimmed({ ...grown, columns: set(grown.columns, column - 1) })
  const rows = grown.rows.map((one, r) => {
    if (r !== row - 1) return one
    return column === 0 ? { ...one, label: clean } : { ...one, cells: set(one.cells, column - 1) }
  })
  return trimmed({ ...grown, rows })
}

/** Without rows and columns at the end that say nothing. */
function trimmed(drawing: MatrixDrawing): MatrixDrawing {
  const last = drawing.rows.at(-1)
  if (last && last.label === '' && last.cells.every((cell) => cell === ''))
    return trimmed(removeRow(drawing, drawing.rows.length - 1))
  const c = drawing.columns.length - 1
  if (c >= 0 && drawing.columns[c] === '' && drawing.rows.every((row) => (row.cells[c] ?? '') === ''))
    return trimmed(removeColumn(drawing, c))
  return drawing
}

/** Cells of a pasted table: Markdown, tabs or our own lines with `|`. A Markdown rule is no row. */
export function pastedCells(text: string): string[][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const rows = lines.filter((line) => !/^\s*\|?(\s*:?-{3,}:?\s*\|?)+\s*$/.test(line))
  return rows.map((line) => {
    if (line.includes('\t')) return line.split('\t').map(cleanLabel)
    // A Markdown table with an empty first head begins with two pipes or a pipe and space: the first pipe is its frame.
    const framed = /^\s*\|.*\|\s*$/.test(line)
    const cells = line.split(/(?<!\\)\|/).map((cell) => cleanLabel(cell.replaceAll('\\|', '|')))
    return framed ? cells.slice(1, -1) : cells
  })
}

/** Pastes cells with their top left corner at `row`, `column` of the table as a person sees it. */
export function pasteCells(
  drawing: MatrixDrawing,
  row: number,
  column: number,
  cells: readonly (readonly string[])[],
): MatrixDrawing {
  let next = drawing
  for (const [r, line] of cells.entries())
    for (const [c, text] of line.entries())
      if (text !== '' || row + r <= next.rows.length) next = setCell(next, row + r, column + c, text)
  return next
}
