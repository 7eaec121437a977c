/**
 * Log-linear histogram of seconds: a bucket is an exponent and the first bits of the mantissa of the value as a 32-bit
 * float, so that finding it takes no logarithm. From 2^-30 (a nanosecond) to 2^30 seconds.
 */
const LOWEST = 127 - 30
const OCTAVES = 60

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)
/** What is being recorded (see `EventQueue` for why not an argument). */
const exact = new Float64Array(1)

export class Histogram {
  readonly counts: Float64Array
  private readonly shift: number
  private readonly base: number
  total = 0
  max = 0

  /** `mantissaBits` 7: 128 buckets an octave, a midpoint is off by at most 1/256 of the value. */
  constructor(mantissaBits = 7) {
    this.shift = 23 - mantissaBits
    this.base = LOWEST << mantissaBits
    this.counts = new Float64Array((OCTAVES << mantissaBits) + 1)
  }

  private bucket(seconds: number): number {
    float[0] = seconds
    const at = ((bits[0] as number) >>> this.shift) - this.base
    if (at < 0) return 0
    return at >= this.counts.length ? this.counts.length - 1 : at
  }

  record(seconds: number): void {
    exact[0] = seconds
    this.recordNext()
  }

  private recordNext(): void {
    const seconds = exact[0] as number
    float[0] = seconds
    let at = ((bits[0] as number) >>> this.shift) - this.base
    if (at < 0) at = 0
    else if (at >= this.counts.length) at = this.counts.length - 1
    this.counts[at] = (this.counts[at] as number) + 1
    this.total++
    if (seconds > this.max) this.max = seconds
  }

  /** The value below which a share of the records lies; 0 where there are none. */
  quantile(share: number): number {
    if (this.total === 0) return 0
    const wanted = share * this.total
    let seen = 0
    for (let i = 0; i < this.counts.length; i++) {
      seen += this.counts[i] as number
      if (seen >= wanted && seen > 0) return Math.min(this.max, this.middle(i))
    }
    return this.max
  }

  /** Records in the buckets below that of a value, and its own. */
  below(seconds: number): number {
    let sum = 0
    const last = this.bucket(seconds)
    for (let i = 0; i <= last; i++) sum += this.counts[i] as number
    return sum
  }

  clear(): void {
    this.counts.fill(0)
    this.total = 0
    this.max = 0
  }

  /** A bucket's middle, in seconds. */
  middle(bucket: number): number {
    bits[0] = (bucket + this.base) << this.shift
    const low = float[0] as number
    if (bucket === 0) return 0
    bits[0] = (bucket + 1 + this.base) << this.shift
    return (low + (float[0] as number)) / 2
  }
}

/** Largest relative error of a quantile read from 7 bits of mantissa. */
export const HISTOGRAM_ERROR = 1 / 256
