import { CAPTION, CELL, HEAD, LABEL, NAME, TIME } from '../layout/text.ts'
import { colour, LAYERS } from './palette.ts'

export const FONT = "'Inter Variable',Inter,system-ui,-apple-system,'Segoe UI',sans-serif"

const set = (type: { readonly size: number; readonly weight: number }) =>
  `font-size:${type.size}px;font-weight:${type.weight}`

const tiers = LAYERS.map(
  (layer) =>
    `.drawing .t-${layer} .shape{fill:${colour(`${layer}-fill`)};stroke:${colour(`${layer}-line`)}}` +
    `.drawing .t-${layer} .icon{color:${colour(`${layer}-line`)}}`,
)

const marks = (['missing', 'extra', 'wrong', 'reversed'] as const).map(
  (mark) =>
    `.drawing .m-${mark}>.shape,.drawing .m-${mark} .wire{stroke:${colour(mark)}}` +
    `.drawing .m-${mark} .head{fill:${colour(mark)};stroke:${colour(mark)}}`,
)
const badges = (['matched', 'missing', 'extra', 'wrong', 'reversed'] as const).map(
  (mark) => `.drawing .badge.m-${mark} .disc{fill:${colour(mark)}}`,
)

/**
 * How the classes of a drawing look, in the palette's properties. A page takes it once; a file of its own
 * has it inside.
 */
export const DRAWING_CSS = [
  `.drawing{font-family:${FONT};font-kerning:normal;color:${colour('ink')}}`,
  `.drawing text{fill:${colour('ink')};${set(NAME)}}`,
  `.drawing .shape{stroke-width:1.25}`,
  ...tiers,
  `.drawing .group .shape{fill:${colour('group-0')};stroke:${colour('group-line')};stroke-width:1}`,
  `.drawing .group.d1 .shape{fill:${colour('group-1')}}`,
  `.drawing .group.d2 .shape{fill:${colour('group-2')}}`,
  `.drawing .group text{fill:${colour('muted')};${set(CAPTION)}}`,
  `.drawing .wire{fill:none;stroke:${colour('line')};stroke-width:1.5;stroke-linejoin:round}`,
  `.drawing .head{fill:${colour('line')};stroke:${colour('line')};stroke-width:1;stroke-linejoin:round}`,
  `.drawing .chip{fill:${colour('canvas')}}`,
  `.drawing .on-0 .chip{fill:${colour('group-0')}}`,
  `.drawing .on-1 .chip{fill:${colour('group-1')}}`,
  `.drawing .on-2 .chip{fill:${colour('group-2')}}`,
  `.drawing .label text{${set(LABEL)}}`,
  `.drawing .plate{fill:${colour('plate')}}`,
  `.drawing .dot{fill:${colour('ink')};stroke:none}`,
  `.drawing .ring{fill:none;stroke:${colour('ink')};stroke-width:1.5}`,
  `.drawing .lifeline{stroke:${colour('group-line')};stroke-width:1;stroke-dasharray:3 4}`,
  `.drawing .number .disc{fill:${colour('canvas')};stroke:${colour('line')};stroke-width:1.25}`,
  `.drawing .number text{font-size:11px;font-weight:600;font-variant-numeric:tabular-nums}`,
  `.drawing .rail{stroke:${colour('group-line')};stroke-width:1.5}`,
  `.drawing .at{fill:${colour('muted')};${set(TIME)};font-variant-numeric:tabular-nums}`,
  `.drawing .tag text{${set(LABEL)}}`,
  `.drawing .tag .shape{stroke:none}`,
  `.drawing .rule{stroke:${colour('hairline')};stroke-width:1}`,
  `.drawing .rule.strong{stroke:${colour('group-line')}}`,
  `.drawing .column text{${set(HEAD)}}`,
  `.drawing :is(.row,.column,.cell)>.shape{fill:none}`,
  `.drawing .cell text{${set(CELL)};font-variant-numeric:tabular-nums}`,
  ...marks,
  ...badges,
  `.drawing .m-missing>.shape{fill:none;stroke-dasharray:5 4}`,
  `.drawing .m-missing .wire{stroke-dasharray:5 4}`,
  `.drawing .m-missing text{fill:${colour('muted')}}`,
  `.drawing .m-missing .icon{color:${colour('muted')}}`,
  `.drawing .m-extra>.hatch{stroke:none}`,
  `.drawing .hatch-line{stroke:${colour('extra')};stroke-width:1;opacity:.45}`,
  `.drawing .m-wrong text.struck{text-decoration:line-through;fill:${colour('muted')}}`,
  `.drawing .correction text{${set(CAPTION)};fill:${colour('wrong')}}`,
  `.drawing .badge path{fill:none;stroke:${colour('canvas')};stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}`,
  `.drawing .badge .disc{stroke:${colour('canvas')};stroke-width:1.5}`,
  `.drawing .faded>.shape{fill:${colour('canvas')};stroke:${colour('muted')};stroke-dasharray:4 4}`,
  `.drawing .faded .wire{stroke-dasharray:4 4}`,
  `.drawing .fresh>.shape{stroke:${colour('accent')};stroke-width:2}`,
  `.drawing .fresh .wire{stroke:${colour('accent')};stroke-width:2}`,
  `.drawing .fresh .head{fill:${colour('accent')};stroke:${colour('accent')}}`,
  `.drawing .fresh .number .disc,.drawing .number.fresh .disc{stroke:${colour('accent')}}`,
].join('\n')
