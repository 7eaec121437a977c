import { invariant } from '#lib/invariant.ts'
import type { Box, LaidOut, LinkedLayout, Point, SequenceLayout, Shape } from '../layout/index.ts'
import type { Arrow, Drawing, LinkedDrawing } from '../model.ts'
import { isLinked } from '../model.ts'
import { NOTHING } from './scene-table.ts'

/** A drawing with its geometry, as drawing tools keep it: boxes, arrows and words. Absolute px, whole numbers. */
export interface Picture {
  /** Outer groups first. */
  readonly groups: readonly PicturedGroup[]
  readonly nodes: readonly PicturedNode[]
  readonly edges: readonly PicturedEdge[]
  /** Of a sequence: from the bottom of each participant down. */
  readonly lifelines: readonly {
    readonly of: string
    readonly x: number
    readonly top: number
    readonly bottom: number
  }[]
  /** Of a timeline or a matrix. */
  readonly cells: readonly { readonly label: string; readonly box: Box; readonly head: boolean }[]
}

export interface PicturedGroup {
  readonly id: string
  readonly label: string
  readonly parent: string | null
  readonly box: Box
  readonly empty: boolean
}

export interface PicturedNode {
  readonly id: string
  readonly label: string
  readonly group: string | null
  readonly box: Box
  readonly shape: Shape
}

export interface PicturedEdge {
  readonly from: string
  readonly to: string
  readonly arrow: Arrow
  readonly label: string
  /** Two or more. */
  readonly points: readonly Point[]
}

const NONE: Picture = { groups: [], nodes: [], edges: [], lifelines: [], cells: [] }

/** `laidOut` is the layout of this drawing; a table needs none, its cells stand in a grid. */
export function pictureOf(drawing: Drawing, laidOut: LaidOut): Picture {
  if (!isLinked(drawing)) return { ...NONE, cells: cellsOf(tableOf(drawing)) }
  if (laidOut.kind === 'sequence') return sequencePicture(drawing, laidOut)
  invariant(laidOut.kind === 'linked', 'a layout is of the form of its drawing')
  return linkedPicture(drawing, laidOut)
}

const whole = ({ x, y, width, height }: Box): Box => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
})

const wholePoints = (points: readonly Point[]): Point[] =>
  points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))

function found<T>(value: T | undefined): T {
  invariant(value !== undefined, 'a layout holds every element of its drawing')
  return value
}

function linkedPicture(drawing: LinkedDrawing, laidOut: LinkedLayout): Picture {
  const nodes = new Map(laidOut.nodes.map((node) => [node.el, node]))
  const order = new Map(laidOut.groups.map((group, i) => [group.el, { box: group.box, i }]))
  const edges = new Map(laidOut.edges.map((edge) => [edge.el, edge.points]))
  const holding = new Set([
    ...drawing.nodes.map(({ group }) => group),
    ...drawing.groups.map(({ parent }) => parent),
  ])
  const groups = drawing.groups.map(({ id, label, parent }) => {
    const { box, i } = found(order.get(`group:${id}`))
    return { i, group: { id, label, parent, box: whole(box), empty: !holding.has(id) } }
  })
  return {
    ...NONE,
    groups: groups.sort((a, b) => a.i - b.i).map(({ group }) => group),
    nodes: drawing.nodes.map(({ id, label, group }) => {
      const { box, shape } = found(nodes.get(`node:${id}`))
      return { id, label, group, box: whole(box), shape }
    }),
    edges: drawing.edges.map(({ id, from, to, arrow, label }) => {
      const points = wholePoints(found(edges.get(`edge:${id}`)))
      return { from, to, arrow, label, points }
    }),
  }
}

function sequencePicture(drawing: LinkedDrawing, laidOut: SequenceLayout): Picture {
  const participants = new Map(laidOut.participants.map((one) => [one.el, one]))
  const messages = new Map(laidOut.messages.map(({ el, points }) => [el, points]))
  return {
    ...NONE,
    nodes: drawing.nodes.map(({ id, label }) => {
      const { box } = found(participants.get(`node:${id}`))
      return { id, label, group: null, box: whole(box), shape: 'box' }
    }),
    edges: drawing.edges.map(({ id, from, to, arrow, label }) => {
      return { from, to, arrow, label, points: wholePoints(found(messages.get(`edge:${id}`))) }
    }),
    lifelines: drawing.nodes.map(({ id }) => {
      const { box, lifeline } = found(participants.get(`node:${id}`))
      const top = Math.round(box.y + box.height)
      return {
        of: id,
        x: Math.round(lifeline.x),
        top,
        bottom: Math.max(top + 80, Math.round(lifeline.bottom)),
      }
    }),
  }
}

/** The words of a table drawing by row; an empty place is a dash where a picture needs a word. */
export function tableOf(drawing: Exclude<Drawing, LinkedDrawing>): string[][] {
  const word = (text: string): string => (text === '' ? NOTHING : text)
  if (drawing.form === 'matrix')
    return [
      [NOTHING, ...drawing.columns.map(word)],
      ...drawing.rows.map(({ label, cells }) => [word(label), ...cells.map(word)]),
    ]
  const lanes = drawing.events.some(({ lane }) => lane !== '')
  return drawing.events.map(({ at, label, lane }) => [word(at), word(label), ...(lanes ? [word(lane)] : [])])
}

const CELL = { width: 200, height: 64, gap: 16 }

const cellsOf = (table: readonly (readonly string[])[]): Picture['cells'] =>
  table.flatMap((row, r) =>
    row.map((label, c) => ({
      label,
      box: {
        x: c * (CELL.width + CELL.gap),
        y: r * (CELL.height + CELL.gap),
        width: CELL.width,
        height: CELL.height,
      },
      head: r === 0 || c === 0,
    })),
  )
