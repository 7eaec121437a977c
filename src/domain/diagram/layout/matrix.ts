import type { ElementId, MatrixDrawing } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { snapUp } from './geometry.ts'
import type { Face, LaidCell, MatrixLayout } from './laid-out.ts'
import { faceOf, ICON_GAP, ICON_SIZE } from './look.ts'
import { CELL, HEAD, NAME, type Style, widestLine } from './text.ts'

const MARGIN = 16
export const CELL_PADDING = 12
const CELL_PADDING_Y = 11
/** px for a row's name: more where few columns leave the room. */
const headRoom = (columns: number): number => (columns <= 3 ? 208 : 144)
/** The table tries to stay this wide; its columns share the room. */
const TABLE_WIDTH = 880
const COLUMN_MIN = 88
const COLUMN_MAX = 168

/** Icons stand where each of a row of names has one; names with and without would not align. */
const allOrNone = (faces: readonly Face[]): readonly Face[] =>
  faces.every((face) => face.icon !== null) ? faces : faces.map((face) => ({ ...face, icon: null }))

/**
 * A table: the columns' names on top, each row with its head and its cells, as high as its longest text
 * needs.
 */
export function layoutMatrix(drawing: MatrixDrawing, vocabulary: Vocabulary): MatrixLayout {
  const count = Math.max(1, drawing.columns.length)
  const room = Math.min(
    COLUMN_MAX,
    Math.max(COLUMN_MIN, (TABLE_WIDTH - headRoom(count)) / count - 2 * CELL_PADDING),
  )
  const plain = (label: string, style: Style): Face => ({
    ...faceOf(vocabulary, label, room, { size: style.size, weight: style.weight as 400 | 600 }),
    icon: null,
    layer: 'none',
  })
  const columns = allOrNone(drawing.columns.map((label) => faceOf(vocabulary, label, room, HEAD)))
  const heads = allOrNone(drawing.rows.map((row) => faceOf(vocabulary, row.label, headRoom(count), NAME)))
  const cells = drawing.rows.map((row) => drawing.columns.map((_, c) => plain(row.cells[c] ?? '', CELL)))
  const wide = (face: Face, style: Style) =>
    widestLine(face.lines, style) + (face.icon === null ? 0 : ICON_SIZE + ICON_GAP) + 2 * CELL_PADDING
  const headWidth = snapUp(Math.max(COLUMN_MIN, ...heads.map((face) => wide(face, NAME))))
  const widths = columns.map((face, c) =>
    snapUp(Math.max(COLUMN_MIN, wide(face, HEAD), ...cells.map((row) => (row[c] ? wide(row[c], CELL) : 0)))),
  )
  const lefts = widths.map((_, c) => MARGIN + headWidth + widths.slice(0, c).reduce((a, b) => a + b, 0))
  const tall = (lines: number) => snapUp(Math.max(1, lines) * CELL.line + 2 * CELL_PADDING_Y)
  const cell = (el: ElementId, face: Face, c: number, y: number, height: number): LaidCell => ({
    el,
    ...face,
    box: { x: lefts[c] ?? MARGIN, y, width: widths[c] ?? COLUMN_MIN, height },
  })
  const headHeight = tall(Math.max(0, ...columns.map((face) => face.lines.length)))
  let y = MARGIN + headHeight
  const rows = heads.map((face, r) => {
    const faces = cells[r] ?? []
    const height = tall(Math.max(face.lines.length, ...faces.map((one) => one.lines.length)))
    const top = y
    y += height
    return {
      head: { el: `row:${r + 1}` as const, ...face, box: { x: MARGIN, y: top, width: headWidth, height } },
      cells: faces.map((one, c) => cell(`cell:${r + 1},${c + 1}`, one, c, top, height)),
    }
  })
  return {
    kind: 'matrix',
    width: MARGIN + headWidth + widths.reduce((a, b) => a + b, 0) + MARGIN,
    height: y + MARGIN,
    columns: columns.map((face, c) => cell(`column:${c + 1}`, face, c, MARGIN, headHeight)),
    rows,
  }
}
