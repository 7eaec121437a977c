import type { ElementId, MatrixDrawing } from '#domain/diagram/index.ts'
import { parseQuantity, sameQuantity } from '#lib/quantity.ts'
import { bestMapping } from './branch-and-bound.ts'
import { element, partOf } from './element.ts'
import type { GradedElement } from './grade.ts'
import type { Labels } from './labels.ts'
import { type Link, type LinkTable, linkTable, type Placing } from './mapping.ts'
import { type Options, optionsOf } from './options.ts'
import * as say from './sentences.ts'
import { settle } from './settle.ts'
import type { Structure } from './solved.ts'
import { type Counts, SHARES, STRUCTURE, type Units, unitsOf } from './weights.ts'

/** A row or a column of a matrix, rows first; `at` counts from 0 among its own kind. */
interface Header {
  readonly kind: 'row' | 'column'
  readonly label: string
  readonly at: number
  readonly linked: boolean
}

interface Grid {
  readonly headers: readonly Header[]
  readonly rows: number
  readonly cell: (row: number, column: number) => string
  readonly filled: number
}

function gridOf(drawing: MatrixDrawing): Grid {
  const cell = (row: number, column: number) => drawing.rows[row]?.cells[column]?.trim() ?? ''
  const rows = drawing.rows.map(({ label }, at): Header => {
    return { kind: 'row', label, at, linked: drawing.columns.some((_, c) => cell(at, c) !== '') }
  })
  const columns = drawing.columns.map((label, at): Header => {
    return { kind: 'column', label, at, linked: drawing.rows.some((_, r) => cell(r, at) !== '') }
  })
  const filled = drawing.rows.reduce(
    (sum, _, r) => sum + drawing.columns.filter((_, c) => cell(r, c) !== '').length,
    0,
  )
  return { headers: [...rows, ...columns], rows: rows.length, cell, filled }
}

interface Solved {
  readonly mine: Grid
  readonly theirs: Grid
  readonly labels: Labels
  readonly units: Units
  readonly placing: Placing
  readonly holder: Int32Array
}

/**
 * Structure of a matrix: rows and columns by name, in any order, and the cells where they cross. A cell is right when
 * it means the same, has the same words, or is the same quantity. One mapping of rows and columns together earns most.
 * A table with rows for columns says the same: where more of its names fit that way, the better of both ways counts.
 */
export function gradeMatrix(reference: MatrixDrawing, drawing: MatrixDrawing, labels: Labels): Structure {
  const asDrawn = gradeUpright(reference, drawing, labels)
  const other = transposed(drawing)
  if (knownHeaders(reference, other, labels) <= knownHeaders(reference, drawing, labels)) return asDrawn
  const turned = gradeUpright(reference, other, labels)
  if (partOf(turned.elements, STRUCTURE).score <= partOf(asDrawn.elements, STRUCTURE).score) return asDrawn
  const at = turned.elements.findIndex(({ verdict }) => verdict === 'matched')
  const elements = turned.elements.map((one, i) => ({
    ...one,
    drawn: one.drawn && transposedId(one.drawn),
    because: i === at ? `${one.because} ${say.turnedTable}` : one.because,
  }))
  return { ...turned, elements }
}

/** How many rows and columns bear a name that the reference has in the same direction. */
function knownHeaders(reference: MatrixDrawing, drawing: MatrixDrawing, labels: Labels): number {
  const known = (drawn: readonly string[], theirs: readonly string[]) =>
    drawn.filter((label) => theirs.some((other) => labels.same(label, other))).length
  const rows = (one: MatrixDrawing) => one.rows.map(({ label }) => label)
  return known(drawing.columns, reference.columns) + known(rows(drawing), rows(reference))
}

const transposed = ({ columns, rows }: MatrixDrawing): MatrixDrawing => ({
  form: 'matrix',
  columns: rows.map(({ label }) => label),
  rows: columns.map((label, c) => ({ label, cells: rows.map(({ cells }) => cells[c] ?? '') })),
})

/** `row:2` was `column:2`, and `cell:1,2` was `cell:2,1`. */
function transposedId(id: ElementId): ElementId {
  const [kind, at = ''] = id.split(':')
  if (kind === 'cell') return `cell:${at.split(',').reverse().join(',')}`
  return kind === 'row' ? `column:${at}` : `row:${at}`
}

function gradeUpright(reference: MatrixDrawing, drawing: MatrixDrawing, labels: Labels): Structure {
  const theirs = gridOf(reference)
  const mine = gridOf(drawing)
  const counts = (grid: Grid): Counts => ({
    elements: grid.headers.length,
    relations: grid.filled,
    groups: 0,
  })
  const units = unitsOf(counts(theirs), counts(mine), SHARES.matrix)
  const options = optionsOf(mine.headers, theirs.headers, labels)
  const { placing, proven } = placeHeaders(mine, theirs, options, units, labels)
  const holder = new Int32Array(theirs.headers.length).fill(-1)
  placing.forEach((j, i) => {
    if (j >= 0) holder[j] = i
  })
  const solved: Solved = { mine, theirs, labels, units, placing, holder }
  return { elements: [...tellHeaders(solved), ...tellCells(solved)], proven }
}

function sameCell(labels: Labels, drawn: string, right: string): boolean {
  if (labels.same(drawn, right)) return true
  const [a, b] = [parseQuantity(drawn), parseQuantity(right)]
  if (a === null || b === null) return false
  // `72` in a cell in percent is in percent, as it would be in any table.
  return sameQuantity(b, a.unit === '' && b.unit === '%' ? { ...a, unit: '%' } : a, 0)
}

const cellOnAppeal = (labels: Labels, theirs: Grid, row: number, column: number, drawn: string): boolean =>
  labels.cellOnAppeal(
    theirs.headers[row]?.label ?? '',
    theirs.headers[theirs.rows + column]?.label ?? '',
    drawn,
  )

/** Rows and columns are the things, cells the links between them. */
function placeHeaders(mine: Grid, theirs: Grid, options: Options, units: Units, labels: Labels) {
  const size = theirs.headers.length
  const gain = new Float64Array(options.named.length)
  options.named.forEach((named, at) => {
    if (named) gain[at] = units.pair * units.elements
  })
  const tables = new Map<string, LinkTable>()
  const columns = size - theirs.rows
  const tableOf = (text: string, fromRow: boolean): LinkTable => {
    const key = `${fromRow} ${labels.meaning(text)} ${text}`
    const known = tables.get(key)
    if (known) return known
    const worth = new Float64Array(size * size)
    for (let r = 0; r < theirs.rows; r++)
      for (let c = 0; c < columns; c++) {
        const right = theirs.cell(r, c)
        const fits = sameCell(labels, text, right) || cellOnAppeal(labels, theirs, r, c, text)
        if (right === '' || !fits) continue
        const [from, to] = fromRow ? [r, theirs.rows + c] : [theirs.rows + c, r]
        worth[from * size + to] = units.pair * units.relations
      }
    const table = linkTable(worth, size)
    tables.set(key, table)
    return table
  }
  const links = mine.headers.map((header, i) =>
    mine.headers.flatMap((other, o): Link[] => {
      if (other.kind === header.kind) return []
      const fromRow = i < mine.rows
      const text = fromRow ? mine.cell(header.at, other.at) : mine.cell(other.at, header.at)
      return text === '' ? [] : [{ other: o, table: tableOf(text, fromRow) }]
    }),
  )
  const { required } = options
  const problem = {
    drawn: mine.headers.length,
    reference: size,
    options: options.options,
    required,
    gain,
    links,
  }
  const { placing, proven } = bestMapping(problem)
  settle(problem, placing, options.named, mine.headers, theirs.headers)
  return { placing, proven }
}

const idOf = ({ kind, at }: Header): ElementId => `${kind}:${at + 1}`

function tellHeaders({ mine, theirs, labels, units, placing, holder }: Solved): GradedElement[] {
  const u = units.elements
  const pair = units.pair * u
  const told = theirs.headers.map((header, j): GradedElement => {
    const label = labels.name(header.label)
    const by = mine.headers[holder[j] as number]
    const common = { kind: header.kind, label, reference: idOf(header) }
    if (!by)
      return element({
        ...common,
        verdict: 'missing',
        points: 0,
        of: units.missing * u,
        because: say.missingHeader,
      })
    const right = labels.same(by.label, header.label)
    return element({
      ...common,
      verdict: right ? 'matched' : 'wrong',
      points: right ? pair : 0,
      of: pair,
      because: right ? say.rightName(by.label, header.label, labels) : say.wrongHeader(by.label, label),
      drawn: idOf(by),
    })
  })
  const extra = mine.headers
    .filter((_, i) => (placing[i] as number) < 0)
    .map((header) =>
      element({
        kind: header.kind,
        label: labels.name(header.label),
        verdict: 'extra',
        points: 0,
        of: u,
        because: say.extraThing,
        drawn: idOf(header),
      }),
    )
  return [...told, ...extra]
}

function tellCells(solved: Solved): GradedElement[] {
  const { mine, theirs, labels, units, placing, holder } = solved
  const u = units.relations
  const pair = units.pair * u
  const title = (grid: Grid, r: number, c: number) =>
    `${labels.name(grid.headers[r]?.label ?? '')} × ${labels.name(grid.headers[grid.rows + c]?.label ?? '')}`
  const told: GradedElement[] = []
  for (const [r, c, right] of cellsOf(theirs)) {
    const [row, column] = [holder[r] as number, (holder[theirs.rows + c] as number) - mine.rows]
    const drawn = row >= 0 && column >= 0 ? mine.cell(row, column) : ''
    const common = { kind: 'cell', label: title(theirs, r, c), reference: `cell:${r + 1},${c + 1}` } as const
    if (drawn === '') {
      told.push(
        element({
          ...common,
          verdict: 'missing',
          points: 0,
          of: units.missing * u,
          because: say.missingCell(right),
        }),
      )
      continue
    }
    const same = sameCell(labels, drawn, right)
    const fits = same || cellOnAppeal(labels, theirs, r, c, drawn)
    const word = same ? say.rightCell : fits ? say.cellOnAppeal : say.wrongCell
    told.push(
      element({
        ...common,
        verdict: fits ? 'matched' : 'wrong',
        points: fits ? pair : 0,
        of: pair,
        because: word(drawn, right, labels),
        drawn: `cell:${row + 1},${column + 1}`,
      }),
    )
  }
  for (const [r, c] of cellsOf(mine)) {
    const [row, column] = [placing[r] as number, (placing[mine.rows + c] as number) - theirs.rows]
    if (row >= 0 && column >= 0 && theirs.cell(row, column) !== '') continue
    const drawn = `cell:${r + 1},${c + 1}` as const
    const label = title(mine, r, c)
    told.push(
      element({ kind: 'cell', label, verdict: 'extra', points: 0, of: u, because: say.extraCell, drawn }),
    )
  }
  return told
}

/** The cells that say something: row, column and text, from 0. */
function cellsOf(grid: Grid): [number, number, string][] {
  const found: [number, number, string][] = []
  for (let r = 0; r < grid.rows; r++)
    for (let c = 0; c < grid.headers.length - grid.rows; c++) {
      const text = grid.cell(r, c)
      if (text !== '') found.push([r, c, text])
    }
  return found
}
