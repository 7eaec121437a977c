import type { LaidCell, MatrixLayout } from '../layout/laid-out.ts'
import { ICON_GAP, ICON_SIZE } from '../layout/look.ts'
import { CELL_PADDING } from '../layout/matrix.ts'
import { CAPTION, CELL, HEAD, NAME, type Style } from '../layout/text.ts'
import { badge, hatched, isStruck } from './marks.ts'
import { classesOf, element, iconAt, isFaded, lines, type RenderOptions } from './parts.ts'
import { tag } from './svg.ts'

type Type = Style & { readonly line: number }

/** Hairlines between rows, a stronger one below the columns' names, no verticals. */
export function renderMatrix(layout: MatrixLayout, options: RenderOptions): string[] {
  const left = layout.rows[0]?.head.box.x ?? 16
  const right = layout.width - 16
  const rules = layout.rows.map(({ head }, r) =>
    tag('line', {
      class: r === 0 ? 'rule strong' : 'rule',
      x1: left,
      y1: head.box.y,
      x2: right,
      y2: head.box.y,
    }),
  )
  return [
    ...layout.columns.map((cell) => renderCell(cell, 'column', HEAD, options)),
    ...layout.rows.flatMap(({ head, cells }) => [
      renderCell(head, `row t-${head.layer}`, NAME, options),
      ...cells.map((cell) => renderCell(cell, 'cell', CELL, options)),
    ]),
    ...rules,
  ]
}

function renderCell(cell: LaidCell, base: string, type: Type, options: RenderOptions): string {
  const classes = classesOf(cell, base, options)
  if (classes === null) return ''
  const { x, y, width, height } = cell.box
  const mark = options.marks?.get(cell.el)
  const inset = { x: x + 4, y: y + 4, width: width - 8, height: height - 8, rx: 5 }
  if (isFaded(cell, options)) return element(cell, classes, [tag('rect', { class: 'shape', ...inset })])
  const frame =
    mark && mark.verdict !== 'matched' && mark.verdict !== 'wrong'
      ? tag('rect', {
          class: 'shape',
          ...inset,
          fill: mark.verdict === 'extra' ? hatched(options) : 'none',
        })
      : options.fresh?.has(cell.el)
        ? tag('rect', { class: 'shape', ...inset, fill: 'none' })
        : ''
  return element(cell, classes, [
    frame,
    words(cell, type, options),
    badge(mark, { x: x + width - 12, y: y + 12 }),
  ])
}

function words(cell: LaidCell, type: Type, options: RenderOptions): string {
  const mark = options.marks?.get(cell.el)
  const { x, y, height } = cell.box
  const icon = cell.icon !== null && options.icons[cell.icon] ? cell.icon : null
  const middle = y + height / 2
  const left = x + CELL_PADDING + (icon ? ICON_SIZE + ICON_GAP : 0)
  const right = mark?.correction ?? ''
  const shift = right === '' ? 0 : 8
  return [
    icon ? iconAt(icon, { x: x + CELL_PADDING, y: middle - ICON_SIZE / 2 }, options.icons) : '',
    lines(cell.lines, { x: left, y: middle - shift }, type, 'start', isStruck(mark)),
    right === ''
      ? ''
      : tag('g', { class: 'correction' }, [
          lines([right], { x: left, y: middle + (cell.lines.length * type.line) / 2 }, CAPTION, 'start'),
        ]),
  ].join('')
}
