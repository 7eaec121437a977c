import type { Box } from '../layout/index.ts'
import type { Drawing } from '../model.ts'
import { LIMITS } from '../notation/index.ts'
import type { Notes } from './notes.ts'
import { oneLine } from './plain-text.ts'
import type { Scene } from './scene.ts'

/** Timelines and matrices in a picture: words in rows and columns. */

interface Cell {
  readonly label: string
  readonly box: Box
}

export function readTable(scene: Scene, form: 'timeline' | 'matrix', notes: Notes): Drawing {
  if (scene.arrows.length > 0) notes.add(`arrows: a ${form} has none`)
  const words = [...scene.shapes, ...scene.texts.map(({ text, box, key }) => ({ label: text, box, key }))]
    .map(({ label, box }): Cell => ({ label: oneLine(label), box }))
    .filter(({ label }) => label !== '')
  if (words.length > LIMITS.elements) notes.add(`more than ${LIMITS.elements} cells; the rest was not read`)
  const table = gridOf(words.slice(0, LIMITS.elements))
  return tableDrawing(table, form)
}

/** A table of words as a drawing: a matrix names its columns in its first row. */
export const tableDrawing = (table: readonly (readonly string[])[], form: 'timeline' | 'matrix'): Drawing =>
  form === 'matrix' ? matrixOf(table) : timelineOf(table)

/** The words by row and column; '' where a row has nothing in a column. */
function gridOf(cells: readonly Cell[]): string[][] {
  const rows = bands(cells, ({ y, height }) => [y, y + height])
  const columns = bands(cells, ({ x, width }) => [x, x + width])
  return rows.map((row) =>
    columns.map((column) =>
      column
        .filter((cell) => row.includes(cell))
        .map(({ label }) => label)
        .join(' '),
    ),
  )
}

/** Cells that overlap along one axis stand in one band; bands in the order of that axis. */
function bands(cells: readonly Cell[], span: (box: Box) => [number, number]): Cell[][] {
  const sorted = [...cells].sort((a, b) => span(a.box)[0] - span(b.box)[0])
  const found: { cells: Cell[]; end: number }[] = []
  for (const cell of sorted) {
    const [start, end] = span(cell.box)
    const last = found.at(-1)
    const middle = (start + end) / 2
    if (last && middle < last.end && start < last.end - 1) {
      last.cells.push(cell)
      last.end = Math.min(last.end, end)
    } else found.push({ cells: [cell], end })
  }
  return found.map((band) => band.cells)
}

function matrixOf(table: readonly (readonly string[])[]): Drawing {
  const [head = [], ...body] = table
  const columns = head.slice(1).map(given)
  const rows = body.map(([label = '', ...cells]) => ({
    label: given(label),
    cells: columns.map((_, c) => empty(cells[c])),
  }))
  return { form: 'matrix', columns, rows: columns.length === 0 ? [] : rows }
}

/** What stands for an empty time or cell where a picture needs a word. */
export const NOTHING = '–'

const empty = (word: string | undefined): string => (word === undefined || word === NOTHING ? '' : word)
/** Rows and columns have names; one that the file does not name is called so. */
export const given = (label: string): string => (label === '' ? 'unnamed' : label)

/** One column: what happened. Two: when and what. Three: when, what and who. */
function timelineOf(table: readonly (readonly string[])[]): Drawing {
  const wide = (table[0]?.length ?? 0) > 1
  const events = table.flatMap((row) => {
    const [at = '', label = '', ...lane] = wide ? row : ['', ...row]
    const event = { at: empty(at), label: label === '' ? at : label, lane: empty(oneLine(lane.join(' '))) }
    return event.label === '' ? [] : [label === '' ? { ...event, at: '' } : event]
  })
  return { form: 'timeline', events: events.map((event, i) => ({ id: String(i + 1), ...event })) }
}
