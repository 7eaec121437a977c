const MOST = 64

// Places of `own`, and of `fill`.
const SUM = 0
const ALL = 1
const COUNT = 0
const LENGTH = 1
export const places = { SUM, ALL, COUNT, LENGTH } as const

/**
 * Batch means in constant memory: when 64 batches are full, neighbours are merged and batches are twice as long from
 * then on. Batches long against the correlation of what is measured make their means nearly independent.
 */
export class Batches {
  /** Of the batch that is being filled, and of all: see the places below. */
  readonly own = new Float64Array(2)
  readonly fill = new Int32Array(2)
  private readonly sums = new Float64Array(MOST)
  private full = 0
  private readonly first: number

  /** `first`: values of a batch to begin with. */
  constructor(first = 16) {
    this.first = first
    this.fill[LENGTH] = first
  }

  get mean(): number {
    return this.n === 0 ? 0 : this.total / this.n
  }

  get n(): number {
    return this.full * (this.fill[LENGTH] as number) + (this.fill[COUNT] as number)
  }

  get total(): number {
    return this.own[ALL] as number
  }

  add(value: number): void {
    const { own, fill } = this
    own[SUM] = (own[SUM] as number) + value
    own[ALL] = (own[ALL] as number) + value
    const count = (fill[COUNT] as number) + 1
    fill[COUNT] = count
    if (count === fill[LENGTH]) this.close()
  }

  /** The same value so many times. */
  addMany(value: number, times: number): void {
    const { own, fill } = this
    for (let left = times; left > 0; ) {
      const some = Math.min(left, (fill[LENGTH] as number) - (fill[COUNT] as number))
      own[SUM] = (own[SUM] as number) + value * some
      own[ALL] = (own[ALL] as number) + value * some
      fill[COUNT] = (fill[COUNT] as number) + some
      left -= some
      if (fill[COUNT] === fill[LENGTH]) this.close()
    }
  }

  /** Half-width of the 95% interval of the mean; null with fewer than 10 batches. */
  get halfWidth(): number | null {
    if (this.full < 10) return null
    const length = this.fill[LENGTH] as number
    let mean = 0
    for (let i = 0; i < this.full; i++) mean += (this.sums[i] as number) / length
    mean /= this.full
    let squares = 0
    for (let i = 0; i < this.full; i++) {
      const off = (this.sums[i] as number) / length - mean
      squares += off * off
    }
    return student95(this.full - 1) * Math.sqrt(squares / (this.full - 1) / this.full)
  }

  clear(): void {
    this.full = 0
    this.own.fill(0)
    this.fill[COUNT] = 0
    this.fill[LENGTH] = this.first
  }

  /** The batch is full: the next begins. */
  close(): void {
    const { own, fill, sums } = this
    sums[this.full++] = own[SUM] as number
    own[SUM] = 0
    fill[COUNT] = 0
    if (this.full < MOST) return
    for (let i = 0; i < MOST / 2; i++) sums[i] = (sums[2 * i] as number) + (sums[2 * i + 1] as number)
    this.full = MOST / 2
    fill[LENGTH] = 2 * (fill[LENGTH] as number)
  }
}

/** 97.5% point of Student's t, by the expansion of Abramowitz and Stegun 26.7.5 (error < 0.001 from 5 degrees on). */
export function student95(degrees: number): number {
  const z = 1.959963984540054
  const q = z * z
  const g1 = (z * (q + 1)) / 4
  const g2 = (z * ((5 * q + 16) * q + 3)) / 96
  const g3 = (z * (((3 * q + 19) * q + 17) * q - 15)) / 384
  const g4 = (z * ((((79 * q + 776) * q + 1482) * q - 1920) * q - 945)) / 92160
  return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees
}
