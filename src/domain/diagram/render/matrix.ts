import type { LaidCell, MatrixLayout } from '../layout/laid-out.ts'
import { ICON_GAP, ICON_SIZE } from '../layout/look.ts'
import { CELL_PADDING } from '../layout/matrix.ts'
import { CAPTION, CELL, HEAD, NAME, type Style, wrapLabel } from '../layout/text.ts'
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
  return element(cell, classes, [
    isFramed(cell, options) ? tag('rect', { class: 'shape', ...inset, fill: 'none' }) : '',
    mark?.verdict === 'extra' ? tag('rect', { class: 'hatch', ...inset, fill: hatched(options) }) : '',
    words(cell, type, options),
    badge(mark, { x: x + width - 7, y: y + 7 }, true),
  ])
}

/** A cell has no frame of its own, but gets one to show that it is missing, extra, or has just appeared. */
const isFramed = (cell: LaidCell, options: RenderOptions): boolean => {
  const verdict = options.marks?.get(cell.el)?.verdict
  return verdict === 'missing' || verdict === 'extra' || (options.fresh?.has(cell.el) ?? false)
}

function words(cell: LaidCell, type: Type, options: RenderOptions): string {
  const mark = options.marks?.get(cell.el)
  const { x, y, height } = cell.box
  const icon = cell.icon !== null && options.icons[cell.icon] ? cell.icon : null
  const middle = y + height / 2
  const left = x + CELL_PADDING + (icon ? ICON_SIZE + ICON_GAP : 0)
  const room = cell.box.width - 2 * CELL_PADDING - (icon ? ICON_SIZE + ICON_GAP : 0)
  const [right = ''] = wrapLabel(mark?.correction ?? '', room, CAPTION, 1)
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
