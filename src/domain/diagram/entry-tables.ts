import { err, ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import { cleanLabel } from './edit.ts'
import { addColumn, addEvent, addRow, removeColumn, removeEvent, removeRow, setEvent } from './edit-tables.ts'
import type { EntryProblem } from './entry.ts'
import type { MatrixDrawing, TimelineDrawing } from './model.ts'
import { parseDrawing, sameName } from './notation/index.ts'

/**
 * The entry line of the forms that are tables.
 *
 * Timeline: `09:37 | wrong command | operator` adds an event, `del 3` takes the third away, `rename 3 = words`.
 * Matrix: `| ordering | replay` adds columns, `kafka | per partition | yes` a row, or fills in the one that is there;
 * `del kafka` takes a row or a column away, `rename kafka = apache kafka`.
 */
const problem = (message: string, suggestion: string | null = null): Result<never, EntryProblem> =>
  err({ message, suggestion })

const DEL = /^(?:del|delete)\s+(.+)$/i
const RENAME = /^rename\s+(.+?)\s*(?:=|->)\s*(.+)$/i

export function readTimelineEntry(
  drawing: TimelineDrawing,
  line: string,
): Result<TimelineDrawing, EntryProblem> {
  const del = DEL.exec(line.trim())
  const rename = RENAME.exec(line.trim())
  const name = del?.[1] ?? rename?.[1]
  if (name !== undefined) {
    const at = eventAt(drawing, name)
    if (at < 0) return problem(`there is no event \`${name}\``)
    return ok(del ? removeEvent(drawing, at) : setEvent(drawing, at, { label: rename?.[2] ?? '' }))
  }
  const parsed = parseDrawing(line, 'timeline')
  const [wrong] = parsed.problems
  if (wrong) return problem(wrong.message, wrong.suggestion)
  let next = drawing
  if (parsed.drawing.form === 'timeline')
    for (const event of parsed.drawing.events) next = addEvent(next, event)
  return ok(next)
}

function eventAt(drawing: TimelineDrawing, name: string): number {
  if (/^\d+$/.test(name) && drawing.events[Number(name) - 1]) return Number(name) - 1
  return drawing.events.findIndex(
    (event) => sameName(event.label) === sameName(name) || sameName(event.at) === sameName(name),
  )
}

export function readMatrixEntry(drawing: MatrixDrawing, line: string): Result<MatrixDrawing, EntryProblem> {
  const text = line.trim()
  const del = DEL.exec(text)
  const rename = RENAME.exec(text)
  if (del) return removeNamed(drawing, del[1] ?? '')
  if (rename) return renameNamed(drawing, rename[1] ?? '', rename[2] ?? '')
  const cells = text.split(/(?<!\\)\|/).map((cell) => cleanLabel(cell.replaceAll('\\|', '|')))
  if (cells[0] === '') {
    const fresh = cells.slice(1).filter((cell) => cell !== '')
    return ok(fresh.reduce(addColumn, drawing))
  }
  if (drawing.columns.length === 0) return problem('first name the columns: `| ordering | replay`')
  const [head = '', ...values] = cells
  if (values.length > drawing.columns.length)
    return problem(`\`${head}\` has ${values.length} cells for ${drawing.columns.length} columns`)
  const at = drawing.rows.findIndex((row) => sameName(row.label) === sameName(head))
  if (at < 0) return ok(addRow(drawing, head, values))
  const rows = drawing.rows.map((row, r) =>
    r === at ? { ...row, cells: row.cells.map((cell, c) => values[c] || cell) } : row,
  )
  return ok({ ...drawing, rows })
}

function headAt(drawing: MatrixDrawing, name: string): { row: number } | { column: number } | null {
  const row = drawing.rows.findIndex((one) => sameName(one.label) === sameName(name))
  if (row >= 0) return { row }
  const column = drawing.columns.findIndex((one) => sameName(one) === sameName(name))
  return column >= 0 ? { column } : null
}

const unknownHead = (drawing: MatrixDrawing, name: string) =>
  problem(
    `no row or column is called \`${name}\``,
    nearest(name, [...drawing.columns, ...drawing.rows.map((row) => row.label)]),
  )

function removeNamed(drawing: MatrixDrawing, name: string): Result<MatrixDrawing, EntryProblem> {
  const at = headAt(drawing, name)
  if (!at) return unknownHead(drawing, name)
  return ok('row' in at ? removeRow(drawing, at.row) : removeColumn(drawing, at.column))
}

function renameNamed(
  drawing: MatrixDrawing,
  name: string,
  label: string,
): Result<MatrixDrawing, EntryProblem> {
  const at = headAt(drawing, name)
  if (!at) return unknownHead(drawing, name)
  const clean = cleanLabel(label)
  if ('column' in at)
    return ok({ ...drawing, columns: drawing.columns.map((one, c) => (c === at.column ? clean : one)) })
  const rows = drawing.rows.map((row, r) => (r === at.row ? { ...row, label: clean } : row))
  return ok({ ...drawing, rows })
}
