import type { Arena } from './arena.ts'
import * as columns from './columns.ts'

export * from './columns.ts'

const { FIGURES, HISTOGRAM, LONGEST, WORDS } = columns

/**
 * What changes at a station with every call, for all stations in a few typed arrays: the gauge, the histogram of visits,
 * the one line and the free workers of a plain service. Objects of one station (`Gauge`, `WaitingLine`, `Replicas`) are
 * views of it, so that `Express` may go on wherever they left off, and they wherever it did.
 */
export class StationTable {
  readonly figures: Float64Array<ArrayBuffer>
  readonly visits: Uint32Array<ArrayBuffer>
  readonly ints: Int32Array<ArrayBuffer>

  constructor(arena: Arena, stations: number) {
    this.figures = arena.floats(stations * FIGURES)
    this.visits = arena.counts(stations * HISTOGRAM)
    this.ints = arena.ints(stations * WORDS)
  }

  figuresOf(station: number): Float64Array<ArrayBuffer> {
    return this.figures.subarray(station * FIGURES, (station + 1) * FIGURES)
  }

  longestOf(station: number): Float64Array<ArrayBuffer> {
    const at = station * FIGURES + LONGEST
    return this.figures.subarray(at, at + 1)
  }

  visitsOf(station: number): Uint32Array<ArrayBuffer> {
    return this.visits.subarray(station * HISTOGRAM, (station + 1) * HISTOGRAM)
  }

  intsOf(station: number): Int32Array<ArrayBuffer> {
    return this.ints.subarray(station * WORDS, (station + 1) * WORDS)
  }
}

export const float = new Float32Array(1)
export const bits = new Uint32Array(float.buffer)
