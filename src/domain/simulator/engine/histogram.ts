import * as columns from './station-table.ts'

const { BUCKETS, FIRST, HISTOGRAM, SHIFT, TOTAL, bits, float } = columns

/** What is being recorded (see `EventQueue` for why not an argument). */
const exact = new Float64Array(1)

/**
 * Log-linear histogram of seconds: a bucket is an exponent and the first 7 bits of the mantissa of the value as a 32-bit
 * float, so that finding it takes no logarithm: 128 buckets an octave, of which a midpoint is off by at most 1/256 of the
 * value. From 2^-30 (a nanosecond) to 2^30 seconds.
 */
export class Histogram {
  /** Buckets, and after them the total. */
  readonly all: Uint32Array
  readonly largest: Float64Array
  readonly counts: Uint32Array

  constructor(all = new Uint32Array(HISTOGRAM), largest = new Float64Array(1)) {
    this.all = all
    this.largest = largest
    this.counts = all.subarray(0, BUCKETS)
  }

  get total(): number {
    return this.all[TOTAL] as number
  }

  get max(): number {
    return this.largest[0] as number
  }

  private bucket(seconds: number): number {
    float[0] = seconds
    const at = ((bits[0] as number) >>> SHIFT) - FIRST
    if (at < 0) return 0
    return at >= BUCKETS ? BUCKETS - 1 : at
  }

  record(seconds: number): void {
    exact[0] = seconds
    this.recordNext()
  }

  private recordNext(): void {
    const { all, largest } = this
    const seconds = exact[0] as number
    float[0] = seconds
    let at = ((bits[0] as number) >>> SHIFT) - FIRST
    if (at < 0) at = 0
    else if (at >= BUCKETS) at = BUCKETS - 1
    all[at] = (all[at] as number) + 1
    all[TOTAL] = (all[TOTAL] as number) + 1
    if (seconds > (largest[0] as number)) largest[0] = seconds
  }

  /** The value below which a share of the records lies; 0 where there are none. */
  quantile(share: number): number {
    if (this.total === 0) return 0
    const wanted = share * this.total
    let seen = 0
    for (let i = 0; i < BUCKETS; i++) {
      seen += this.all[i] as number
      if (seen >= wanted && seen > 0) return Math.min(this.max, this.middle(i))
    }
    return this.max
  }

  /** Records in the buckets below that of a value, and its own. */
  below(seconds: number): number {
    let sum = 0
    const last = this.bucket(seconds)
    for (let i = 0; i <= last; i++) sum += this.all[i] as number
    return sum
  }

  clear(): void {
    this.all.fill(0)
    this.largest[0] = 0
  }

  /** A bucket's middle, in seconds. */
  middle(bucket: number): number {
    bits[0] = (bucket + FIRST) << SHIFT
    const low = float[0] as number
    if (bucket === 0) return 0
    bits[0] = (bucket + 1 + FIRST) << SHIFT
    return (low + (float[0] as number)) / 2
  }
}

/** Largest relative error of a quantile read from 7 bits of mantissa. */
export const HISTOGRAM_ERROR = 1 / 256
