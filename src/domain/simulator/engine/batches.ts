const MOST = 64

/**
 * Batch means in constant memory: when 64 batches are full, neighbours are merged and batches are twice as long from
 * then on. Batches long against the correlation of what is measured make their means nearly independent.
 */
export class Batches {
  private readonly sums = new Float64Array(MOST)
  private full = 0
  private readonly first: number
  private length: number
  private sum = 0
  private count = 0
  private totalSum = 0

  /** `first`: values of a batch to begin with. */
  constructor(first = 16) {
    this.first = first
    this.length = first
  }

  get mean(): number {
    return this.n === 0 ? 0 : this.totalSum / this.n
  }

  get n(): number {
    return this.full * this.length + this.count
  }

  add(value: number): void {
    this.sum += value
    this.totalSum += value
    if (++this.count === this.length) this.close()
  }

  /** The same value so many times. */
  addMany(value: number, times: number): void {
    for (let left = times; left > 0; ) {
      const some = Math.min(left, this.length - this.count)
      this.sum += value * some
      this.totalSum += value * some
      this.count += some
      left -= some
      if (this.count === this.length) this.close()
    }
  }

  get total(): number {
    return this.totalSum
  }

  /** Half-width of the 95% interval of the mean; null with fewer than 10 batches. */
  get halfWidth(): number | null {
    if (this.full < 10) return null
    let mean = 0
    for (let i = 0; i < this.full; i++) mean += (this.sums[i] as number) / this.length
    mean /= this.full
    let squares = 0
    for (let i = 0; i < this.full; i++) {
      const off = (this.sums[i] as number) / this.length - mean
      squares += off * off
    }
    return student95(this.full - 1) * Math.sqrt(squares / (this.full - 1) / this.full)
  }

  clear(): void {
    this.full = 0
    this.length = this.first
    this.sum = 0
    this.count = 0
    this.totalSum = 0
  }

  private close(): void {
    this.sums[this.full++] = this.sum
    this.sum = 0
    this.count = 0
    if (this.full < MOST) return
    for (let i = 0; i < MOST / 2; i++)
      this.sums[i] = (this.sums[2 * i] as number) + (this.sums[2 * i + 1] as number)
    this.full = MOST / 2
    this.length *= 2
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
