import type { Arena } from './arena.ts'
import * as columns from './columns.ts'
import * as places from './places.ts'

export * from './columns.ts'

const { FIGURES, HISTOGRAM, LONGEST, STATION_BYTES, WORDS } = columns
const { STATIONS, STATIONS_AT, VISITS_AT } = places

/**
 * What changes at a station with every call, for all stations in a few typed arrays: the gauge, the histogram of visits,
 * the one line and the free workers of a plain service. Objects of one station (`Gauge`, `WaitingLine`, `Replicas`) are
 * views of it, so that `Express` may go on wherever they left off, and they wherever it did.
 */
export class StationTable {
  private readonly records: ArrayBuffer
  private readonly first: number
  private readonly visits: Uint32Array<ArrayBuffer>

  constructor(arena: Arena, stations: number) {
    const { buffer, byteOffset } = arena.fixed(
      STATIONS_AT,
      stations * STATION_BYTES,
      STATIONS * STATION_BYTES,
    )
    this.records = buffer
    this.first = byteOffset
    const visits = arena.fixed(VISITS_AT, stations * HISTOGRAM * 4, STATIONS * HISTOGRAM * 4)
    this.visits = new Uint32Array(visits.buffer, visits.byteOffset, stations * HISTOGRAM)
  }

  figuresOf(station: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.records, this.first + station * STATION_BYTES + 4 * WORDS, FIGURES)
  }

  longestOf(station: number): Float64Array<ArrayBuffer> {
    return this.figuresOf(station).subarray(LONGEST, LONGEST + 1)
  }

  visitsOf(station: number): Uint32Array<ArrayBuffer> {
    return this.visits.subarray(station * HISTOGRAM, (station + 1) * HISTOGRAM)
  }

  intsOf(station: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.records, this.first + station * STATION_BYTES, WORDS)
  }
}

export const float = new Float32Array(1)
export const bits = new Uint32Array(float.buffer)
