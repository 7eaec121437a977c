import type { Layer } from '#domain/curriculum/index.ts'
import type { Arrow, ElementId, LinkedForm } from '../model.ts'
import type { Box, Point } from './geometry.ts'

/**
 * A drawing with its geometry: absolute places in CSS pixels, texts already broken into lines. Plain JSON,
 * because it is baked into files and sent to browsers. Every item carries the id of the element that it
 * shows.
 */
export type LaidOut = LinkedLayout | SequenceLayout | TimelineLayout | MatrixLayout

/** `start` and `end` are the dots of a state machine, `question` the flat hexagon of a decision. */
export type Shape = 'box' | 'pill' | 'question' | 'start' | 'end'

/** What is written in a place: its lines, and the icon left of them. */
export interface Face {
  readonly lines: readonly string[]
  /** An iconify name (`lucide:database`), or null. */
  readonly icon: string | null
  readonly layer: Layer
}

export interface LaidNode extends Face {
  readonly el: ElementId
  readonly shape: Shape
  readonly box: Box
}

export interface LaidGroup {
  readonly el: ElementId
  readonly box: Box
  readonly caption: string
  readonly captionBox: Box
  /** 0 for a group at the top. */
  readonly depth: number
}

export interface LaidLabel {
  readonly lines: readonly string[]
  /** The chip behind the text. */
  readonly box: Box
}

export interface LaidEdge {
  readonly el: ElementId
  readonly arrow: Arrow
  /** From the border of the one end to the border of the other. */
  readonly points: readonly Point[]
  readonly label: LaidLabel | null
  /** The elements at its ends: what it may touch. */
  readonly from: ElementId
  readonly to: ElementId
}

export interface LinkedLayout {
  readonly kind: 'linked'
  readonly form: LinkedForm
  readonly width: number
  readonly height: number
  /** Outer groups before the groups inside them. */
  readonly groups: readonly LaidGroup[]
  readonly nodes: readonly LaidNode[]
  readonly edges: readonly LaidEdge[]
}

export interface LaidParticipant extends Face {
  readonly el: ElementId
  readonly box: Box
  /** The lifeline below the box: its x, and where it ends. */
  readonly lifeline: { readonly x: number; readonly bottom: number }
}

export interface LaidMessage {
  readonly el: ElementId
  /** From 1, in order. */
  readonly number: number
  readonly arrow: Arrow
  /** Two points; four where a participant calls itself. */
  readonly points: readonly Point[]
  /** The centre of the disc with the number, on the sender's lifeline. */
  readonly disc: Point
  readonly label: LaidLabel | null
}

export interface SequenceLayout {
  readonly kind: 'sequence'
  readonly width: number
  readonly height: number
  readonly participants: readonly LaidParticipant[]
  readonly messages: readonly LaidMessage[]
}

export interface LaidEvent extends Face {
  readonly el: ElementId
  /** The whole row. */
  readonly box: Box
  readonly at: readonly string[]
  /** The right end of the time, on the first line. */
  readonly atPlace: Point
  readonly dot: Point
  /** Left end of the event's first line. */
  readonly textPlace: Point
  /** Which lane, from 0; null without one. */
  readonly lane: number | null
  readonly tag: Box | null
}

export interface TimelineLayout {
  readonly kind: 'timeline'
  readonly width: number
  readonly height: number
  readonly rail: { readonly x: number; readonly top: number; readonly bottom: number }
  readonly lanes: readonly string[]
  readonly events: readonly LaidEvent[]
}

export interface LaidCell extends Face {
  readonly el: ElementId
  readonly box: Box
}

export interface MatrixLayout {
  readonly kind: 'matrix'
  readonly width: number
  readonly height: number
  readonly columns: readonly LaidCell[]
  /** Each row with its head and its cells. */
  readonly rows: readonly { readonly head: LaidCell; readonly cells: readonly LaidCell[] }[]
}
