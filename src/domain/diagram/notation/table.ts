import type { MatrixDrawing, TimelineDrawing } from '../model.ts'
import { LIMITS, type NotationProblem } from './problem.ts'

interface Line {
  readonly line: number
  readonly cells: readonly string[]
}

/** The lines of a table as cells; `\|`, `\#` and `\\` stand for themselves. Blank lines and comments are no rows. */
function readTable(text: string, problems: NotationProblem[]): Line[] {
  const lines: Line[] = []
  for (const [index, raw] of text.replace(/\r\n?/g, '\n').split('\n').entries()) {
    const trimmed = raw.trim()
    if (trimmed === '' || trimmed.startsWith('#') || isRule(trimmed)) continue
    if (lines.length >= LIMITS.elements) {
      problems.push(at(index + 1, `more than ${LIMITS.elements} rows; the rest was not read`))
      break
    }
    lines.push({ line: index + 1, cells: cellsOf(trimmed, index + 1, problems) })
  }
  return withoutFrame(lines)
}

/** A Markdown table's rule: `| --- | --- |`. */
const isRule = (line: string): boolean =>
  /^\|?(\s*:?-{3,}:?\s*\|)*\s*:?-{3,}:?\s*\|?$/.test(line) && line.includes('|')

/** Markdown closes every line in pipes; then the outer ones separate nothing. Where no cell says anything, there is no frame. */
function withoutFrame(lines: readonly Line[]): Line[] {
  const said = lines.some(({ cells }) => cells.some((cell) => cell !== ''))
  const framed =
    said && lines.every(({ cells }) => cells.length > 2 && cells[0] === '' && cells.at(-1) === '')
  return framed ? lines.map(({ line, cells }) => ({ line, cells: cells.slice(1, -1) })) : [...lines]
}

function cellsOf(text: string, line: number, problems: NotationProblem[]): string[] {
  const cells: string[] = []
  let cell = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (char === '\\' && /[|#\\]/.test(text[i + 1] ?? '')) cell += text[++i] ?? ''
    else if (char === '|') {
      cells.push(cell)
      cell = ''
    } else cell += char
  }
  cells.push(cell)
  return cells.map((raw) => {
    const kept = raw.trim().replace(/\s+/g, ' ')
    if (kept.length <= LIMITS.label) return kept
    problems.push(at(line, `a cell of ${kept.length} characters; at most ${LIMITS.label} are kept`))
    return kept.slice(0, LIMITS.label).trim()
  })
}

const at = (line: number, message: string): NotationProblem => ({
  line,
  column: 1,
  message,
  suggestion: null,
})

export function parseTimeline(text: string): { drawing: TimelineDrawing; problems: NotationProblem[] } {
  const problems: NotationProblem[] = []
  const events: TimelineDrawing['events'][number][] = []
  for (const { line, cells } of readTable(text, problems)) {
    const [first = '', second, lane = ''] = cells
    if (cells.length > 3)
      problems.push(at(line, 'an event has a time, what happened and who; here are more columns'))
    const label = second ?? first
    if (label === '') problems.push(at(line, 'this event says only when; write `time | event`'))
    else events.push({ id: String(events.length + 1), at: second === undefined ? '' : first, label, lane })
  }
  return { drawing: { form: 'timeline', events }, problems }
}

/** Far more than fit on a page. */
const COLUMNS_MAX = 60

export function parseMatrix(text: string): { drawing: MatrixDrawing; problems: NotationProblem[] } {
  const problems: NotationProblem[] = []
  const [head, ...body] = readTable(text, problems)
  if (!head) return { drawing: { form: 'matrix', columns: [], rows: [] }, problems }
  const columns = head.cells.slice(1, 1 + COLUMNS_MAX)
  if (head.cells.length - 1 > COLUMNS_MAX)
    problems.push(at(head.line, `more than ${COLUMNS_MAX} columns; the rest was not read`))
  if (columns.length === 0)
    problems.push(at(head.line, 'the first line names the columns: ` | column | column`'))
  const rowsMax = Math.floor((LIMITS.elements - columns.length) / (columns.length + 1))
  const beyond = body[rowsMax]
  if (beyond)
    problems.push(at(beyond.line, `more than ${LIMITS.elements} names and cells; the rest was not read`))
  const rows = body.slice(0, rowsMax).flatMap(({ line, cells }) => {
    const [label = '', ...values] = cells
    if (label === '') {
      problems.push(at(line, 'this row has no name in its first cell'))
      return []
    }
    if (values.length > columns.length) {
      problems.push(at(line, `\`${label}\` has ${values.length} cells for ${columns.length} columns`))
    }
    return [{ label, cells: columns.map((_, c) => values[c] ?? '') }]
  })
  return { drawing: { form: 'matrix', columns, rows }, problems }
}

const escapeCell = (cell: string): string => cell.replace(/[|\\]/g, '\\$&').replace(/^#/, '\\#')

export function printTimeline(drawing: TimelineDrawing): string {
  return drawing.events
    .map(({ at: time, label, lane }) =>
      [time, label, ...(lane === '' ? [] : [lane])].map(escapeCell).join(' | '),
    )
    .join('\n')
}

/** Columns are padded to line up. */
export function printMatrix(drawing: MatrixDrawing): string {
  if (drawing.columns.length === 0) return ''
  const table = [['', ...drawing.columns], ...drawing.rows.map((row) => [row.label, ...row.cells])]
  const cells = table.map((row) => row.map(escapeCell))
  const widths = [...drawing.columns, ''].map((_, c) => Math.max(...cells.map((row) => row[c]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, c) => cell.padEnd(widths[c] ?? 0))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n')
}
