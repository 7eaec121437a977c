import { type KeyboardEvent, useRef } from 'react'
import {
  addEvent,
  type OwnName,
  removeEvent,
  shiftEvent,
  type TimelineDrawing,
} from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import { Cell } from './cell.tsx'
import { Examples } from './examples.tsx'
import { LiveDrawing, Small } from './sequence.tsx'
import type { Session } from './session.ts'

type Column = 'at' | 'label' | 'lane'
const COLUMNS: readonly (readonly [Column, string])[] = [
  ['at', 'Time'],
  ['label', 'Event'],
  ['lane', 'Who or what'],
]

interface Props {
  readonly session: Session
  readonly field: Field
  /** The learner's own names so far. */
  readonly own: readonly OwnName[]
}

/** Rows of time, event and lane, as fast as a table can be; the drawing beside them follows. */
export function TimelineBoard({ session, field, own }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const { drawing } = session.work
  if (drawing.form !== 'timeline') return null
  const take = (next: TimelineDrawing, merge: string | null = null) =>
    session.change({ ...session.work, drawing: next }, merge)
  // As in a spreadsheet, what is typed into a cell that was gone to takes the place of what stands there.
  const cellAt = (row: number, column: number) =>
    requestAnimationFrame(() => {
      const cell = table.current?.querySelector<HTMLInputElement>(`input[data-at="${row},${column}"]`)
      cell?.focus({ preventScroll: true })
      cell?.select()
    })
  const write = (row: number, column: Column, value: string) => {
    const known = row < drawing.events.length
    const base = known ? drawing : addEvent(drawing, { at: '', label: '', lane: '' })
    // What is typed is kept as it is typed: a space at its end is the beginning of the next word.
    const events = base.events.map((event, i) => (i === row ? { ...event, [column]: value } : event))
    take({ ...base, events }, `event ${row} ${column}`)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    const last = row >= drawing.events.length
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && !last) {
      const by = event.key === 'ArrowUp' ? -1 : 1
      if (row + by >= 0 && row + by < drawing.events.length) {
        take(shiftEvent(drawing, row, by))
        cellAt(row + by, column)
      }
    } else if (event.key === 'ArrowUp') cellAt(Math.max(0, row - 1), column)
    else if (event.key === 'ArrowDown') cellAt(row + 1, column)
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !last) {
      if (row + 1 < drawing.events.length) take(addEvent(drawing, { at: '', label: '', lane: '' }, row + 1))
      cellAt(row + 1, 0)
    } else return
    event.preventDefault()
  }
  const lanes = new Set(drawing.events.map(({ lane }) => lane))
  const ownOf = { at: null, label: [], lane: own.filter(({ label }) => lanes.has(label)) }
  const rows = [...drawing.events, { id: 'new', at: '', label: '', lane: '' }]
  return (
    <div className="board">
      <div className="board-list">
        <table ref={table} className="sheet-table timeline-table">
          <thead>
            <tr>
              {COLUMNS.map(([column, name]) => (
                <th key={column} scope="col" className="col-head">
                  {name}
                </th>
              ))}
              <th>
                <span className="hidden-words">Order</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((event, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an event is its place in the order
              <tr key={row}>
                {COLUMNS.map(([column, name], c) => (
                  <td key={column} className="grid-cell">
                    <Cell
                      field={field}
                      own={ownOf[column]}
                      data-at={`${row},${c}`}
                      aria-label={`${name}, ${row < drawing.events.length ? `event ${row + 1}` : 'new event'}`}
                      className={column === 'at' ? 'times' : undefined}
                      value={event[column]}
                      placeholder={row === drawing.events.length && column === 'label' ? 'What happened' : ''}
                      change={(value) => write(row, column, value)}
                      onward={() => cellAt(row, Math.min(c + 1, COLUMNS.length - 1))}
                      onKeyDown={(press_) => press(press_, row, c)}
                    />
                  </td>
                ))}
                <td className="smalls">
                  {row < drawing.events.length && (
                    <>
                      <Small
                        words={`Move event ${row + 1} up`}
                        sign="↑"
                        off={row === 0}
                        run={() => take(shiftEvent(drawing, row, -1))}
                      />
                      <Small
                        words={`Move event ${row + 1} down`}
                        sign="↓"
                        off={row === drawing.events.length - 1}
                        run={() => take(shiftEvent(drawing, row, 1))}
                      />
                      <Small
                        words={`Delete event ${row + 1}`}
                        sign="×"
                        run={() => take(removeEvent(drawing, row))}
                      />
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="board-drawing">
        {drawing.events.some((event) => event.label !== '') ? (
          <LiveDrawing work={session.work} field={field} />
        ) : (
          <div className="soft blank">
            <p>The timeline appears here as you write it, in the rows or in the line below.</p>
            <Examples form="timeline" />
          </div>
        )}
      </div>
    </div>
  )
}
