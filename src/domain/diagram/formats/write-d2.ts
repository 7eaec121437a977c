import { type Drawing, isLinked } from '../model.ts'
import { printDrawing } from '../notation/index.ts'

/** D2: our notation, with the one line that tells D2 what a sequence is; a table as a block of Markdown. */
export function writeD2(drawing: Drawing): string {
  if (isLinked(drawing))
    return `${drawing.form === 'sequence' ? 'shape: sequence_diagram\n' : ''}${printDrawing(drawing)}\n`
  const [head, ...body] =
    drawing.form === 'matrix'
      ? [['', ...drawing.columns], ...drawing.rows.map(({ label, cells }) => [label, ...cells])]
      : [['', '', ''], ...drawing.events.map(({ at, label, lane }) => [at, label, lane])]
  const row = (cells: readonly string[]): string =>
    `  | ${cells.map((cell) => cell.replace(/[|\\]/g, '\\$&').replace(/^#/, '\\#')).join(' | ')} |`
  const rule = `  |${(head ?? []).map(() => ' --- |').join('')}`
  return ['table: |||md', row(head ?? []), rule, ...body.map(row), '|||', ''].join('\n')
}
