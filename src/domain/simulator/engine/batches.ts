import { Arena } from './arena.ts'
import * as records from './records.ts'

const { ALL, BATCHES_BYTES, COUNT, COUNTS, FULL, MOST_BATCHES: MOST, SUM, SUMS } = records
const { LENGTH_OF_BATCH: LENGTH } = records

/**
 * Batch means in constant memory: when 64 batches are full, neighbours are merged and batches are twice as long from
 * then on. Batches long against the correlation of what is measured make their means nearly independent.
 */
export class Batches {
  /** Of the batch that is being filled, and of all; how many are in it, and fill it, and how many are full. */
  private readonly own: Float64Array
  private readonly fill: Int32Array
  private readonly sums: Float64Array
  private readonly first: number

  /** `first`: values of a batch to begin with. */
  constructor(first = 16, arena?: Arena) {
    const { ints, floats } = (arena ?? new Arena(BATCHES_BYTES, false)).record(BATCHES_BYTES)
    this.own = floats
    this.sums = floats.subarray(SUMS, SUMS + MOST)
    this.fill = ints.subarray(COUNTS / 4)
    this.first = first
    this.fill[LENGTH] = first
  }

  /** Where its record is. */
  get address(): number {
    return this.own.byteOffset
  }

  private get full(): number {
    return this.fill[FULL] as number
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
    this.fill[FULL] = 0
    this.own.fill(0)
    this.fill[COUNT] = 0
    this.fill[LENGTH] = this.first
  }

  /** The batch is full: the next begins. */
  private close(): void {
    const { own, fill, sums, full } = this
    sums[full] = own[SUM] as number
    fill[FULL] = full + 1
    own[SUM] = 0
    fill[COUNT] = 0
    if (full + 1 < MOST) return
    for (let i = 0; i < MOST / 2; i++) sums[i] = (sums[2 * i] as number) + (sums[2 * i + 1] as number)
    fill[FULL] = MOST / 2
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
