/**
 * What changes at a station with every call, for all stations in a few typed arrays: the gauge, the histogram of visits,
 * the one line and the free workers of a plain service. Objects of one station (`Gauge`, `WaitingLine`, `Replicas`) are
 * views of it, so that `Express` may go on wherever they left off, and they wherever it did.
 */
export class StationTable {
  readonly figures: Float64Array<ArrayBuffer>
  readonly visits: Uint32Array<ArrayBuffer>
  readonly ints: Int32Array<ArrayBuffer>
  /** By station: busy workers of each replica. */
  readonly busy: Int32Array[]

  constructor(stations: number) {
    this.figures = new Float64Array(stations * FIGURES)
    this.visits = new Uint32Array(stations * HISTOGRAM)
    this.ints = new Int32Array(stations * WORDS)
    this.busy = Array.from({ length: stations }, () => new Int32Array(0))
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

/** Floats of one gauge: integrals over time and sums (see `Gauge`). */
export const FIGURES = 8
export const PRESENT_SUM = 0
export const PRESENT_AT = 1
export const WAITING_SUM = 2
export const BUSY_SUM = 3
export const WAIT_SUM = 4
export const VISIT_SUM = 5
/** The longest visit. */
export const LONGEST = 6

/** Integers of one station. The first three are its line: first and last call, and how many. */
export const WORDS = 16
export const HEAD = 0
export const TAIL = 1
export const LENGTH = 2
/** 1: plain, at the moment (see `Express`). */
export const PLAIN = 3
/** Workers that have nothing to do, those of one replica, and how many replicas there are. */
export const IDLE = 4
export const WORKERS = 5
export const REPLICAS = 6
/** The replica at which the search for a free one begins. */
export const CURSOR = 7
/** Calls that may wait. */
export const BOUND = 8
/** What its gauge counts: calls there, waiting, in service, and the most that ever waited. */
export const PRESENT = 9
export const WAITING = 10
export const BUSY = 11
export const MOST_WAITING = 12

/**
 * A histogram: buckets, 60 octaves of 128 and one above, how many records, and beside those of visits how many were
 * begun. A run has fewer events than 32 bits count.
 */
export const BUCKETS = 60 * 128 + 1
export const TOTAL = BUCKETS
export const WAITS = BUCKETS + 1
export const HISTOGRAM = BUCKETS + 2

/** How a value finds its bucket: as a 32-bit float, of whose bits the exponent and 7 of the mantissa are taken. */
export const SHIFT = 23 - 7
export const FIRST = (127 - 30) << 7
export const float = new Float32Array(1)
export const bits = new Uint32Array(float.buffer)
