import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react'
import { type MatrixDrawing, type OwnName, pasteCells, pastedCells, setCell } from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import { Cell } from './cell.tsx'
import { Examples } from './examples.tsx'
import type { Session } from './session.ts'

/** What stands in the table as a person sees it: row 0 the heads of columns, column 0 the heads of rows. */
function textAt(drawing: MatrixDrawing, row: number, column: number): string {
  if (row === 0) return drawing.columns[column - 1] ?? ''
  const line = drawing.rows[row - 1]
  return (column === 0 ? line?.label : line?.cells[column - 1]) ?? ''
}

const headName = (drawing: MatrixDrawing, row: number, column: number): string => {
  if (row === 0) return `Column ${column}`
  const rowName = drawing.rows[row - 1]?.label || `row ${row}`
  if (column === 0) return `Row ${row}`
  return `${rowName}, ${drawing.columns[column - 1] || `column ${column}`}`
}

interface Props {
  readonly session: Session
  readonly field: Field
  /** The learner's own names so far. */
  readonly own: readonly OwnName[]
}

/** A grid that is typed like a spreadsheet: one free row and one free column are always there to grow into. */
export function MatrixBoard({ session, field, own }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const { drawing } = session.work
  if (drawing.form !== 'matrix') return null
  const width = drawing.columns.length + 2
  const height = drawing.rows.length + 2
  const take = (next: MatrixDrawing, merge: string | null = null) =>
    session.change({ ...session.work, drawing: next }, merge)
  // As in a spreadsheet, what is typed into a cell that was gone to takes the place of what stands there.
  const go = (row: number, column: number) =>
    requestAnimationFrame(() => {
      const cell = table.current?.querySelector<HTMLInputElement>(`input[data-at="${row},${column}"]`)
      cell?.focus({ preventScroll: true })
      cell?.select()
    })
  const write = (row: number, column: number, value: string) => {
    const next = setCell(drawing, row, column, value === '' ? '' : value.trim() === '' ? ' ' : value)
    take(value === value.trimEnd() ? next : spaced(next, row, column, value), `cell ${row} ${column}`)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    const { selectionStart, selectionEnd, value } = event.currentTarget
    const caret = selectionStart === selectionEnd ? selectionStart : null
    const all = selectionStart === 0 && selectionEnd === value.length
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') go(Math.max(0, row + (event.shiftKey ? -1 : 1)), column)
    else if (event.key === 'ArrowDown') go(row + 1, column)
    else if (event.key === 'ArrowUp') go(row - 1, column)
    else if (event.key === 'ArrowRight' && (all || caret === value.length)) go(row, column + 1)
    else if (event.key === 'ArrowLeft' && (all || caret === 0)) go(row, column - 1)
    else return
    event.preventDefault()
  }
  const paste = (event: ClipboardEvent, row: number, column: number) => {
    const text = event.clipboardData.getData('text')
    if (!/[|\t\n]/.test(text.trim())) return
    event.preventDefault()
    take(pasteCells(drawing, row, column, pastedCells(text)))
  }
  const cell = (row: number, column: number) => (
    <Cell
      field={field}
      own={own}
      data-at={`${row},${column}`}
      aria-label={headName(drawing, row, column)}
      value={textAt(drawing, row, column)}
      placeholder={row === 0 ? 'column' : column === 0 ? 'row' : ''}
      change={(value) => write(row, column, value)}
      onward={() => go(row + 1, column)}
      onKeyDown={(event) => press(event, row, column)}
      onPaste={(event) => paste(event, row, column)}
    />
  )
  const indices = (n: number) => Array.from({ length: n }, (_, i) => i)
  return (
    <div className="board single">
      <table ref={table} className="sheet-table matrix-table">
        <thead>
          <tr>
            <td />
            {indices(width - 1).map((c) => (
              <th key={c} scope="col" className={c === width - 2 ? 'grid-head spare' : 'grid-head'}>
                {cell(0, c + 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indices(height - 1).map((r) => (
            <tr key={r} className={r === height - 2 ? 'spare' : undefined}>
              <th scope="row" className="grid-head">
                {cell(r + 1, 0)}
              </th>
              {indices(width - 2).map((c) => (
                <td key={c} className="grid-cell">
                  {cell(r + 1, c + 1)}
                </td>
              ))}
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft small blank">
        Arrow keys and Enter go from cell to cell; a table pasted into a cell fills the grid from there.
      </p>
      {drawing.columns.length === 0 && drawing.rows.length === 0 && <Examples form="matrix" />}
    </div>
  )
}

/** While a cell is typed it may end in a space. */
function spaced(drawing: MatrixDrawing, row: number, column: number, value: string): MatrixDrawing {
  const set = (items: readonly string[], at: number) => items.map((item, i) => (i === at ? value : item))
  if (row === 0) return { ...drawing, columns: set(drawing.columns, column - 1) }
  const rows = drawing.rows.map((line, r) => {
    if (r !== row - 1) return line
    return column === 0 ? { ...line, label: value } : { ...line, cells: set(line.cells, column - 1) }
  })
  return { ...drawing, rows }
}
