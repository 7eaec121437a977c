/** Counts of recent writes are kept in so many slices of the lag: what they say is right to a slice. */
const SLICES = 256

/** What a primary has written and its replicas do not have yet, in constant memory but for the keys of the lag. */
export class Replication {
  private lag: number
  /** Keys written within the lag, oldest first. */
  private readonly written = new Map<number, number>()
  /** By partition: writes of each slice of time, and which slice a place holds. */
  private readonly counts: Float64Array
  private readonly slices: Float64Array

  constructor(lagSeconds: number, partitions: number) {
    this.lag = lagSeconds
    this.counts = new Float64Array(partitions * SLICES)
    this.slices = new Float64Array(partitions * SLICES).fill(-1)
  }

  setLag(seconds: number): void {
    this.lag = seconds
    this.slices.fill(-1)
  }

  wrote(key: number, partition: number, now: number): void {
    if (this.lag === 0) return
    this.written.delete(key)
    this.written.set(key, now)
    for (const [old, when] of this.written) {
      if (when > now - this.lag) break
      this.written.delete(old)
    }
    const slice = this.sliceOf(now)
    const at = partition * SLICES + (slice % SLICES)
    if (this.slices[at] !== slice) this.counts[at] = 0
    this.slices[at] = slice
    this.counts[at] = (this.counts[at] as number) + 1
  }

  /** True: a replica does not have the key's last write yet. */
  isStale(key: number, now: number): boolean {
    return (this.written.get(key) ?? Number.NEGATIVE_INFINITY) > now - this.lag
  }

  /** Writes of a partition in the lag before a time: a replica promoted in the place of its primary never gets them. */
  unsent(partition: number, at: number): number {
    if (this.lag === 0) return 0
    const last = this.sliceOf(at)
    let sum = 0
    for (let i = partition * SLICES; i < (partition + 1) * SLICES; i++) {
      const slice = this.slices[i] as number
      if (slice > last - SLICES && slice <= last) sum += this.counts[i] as number
    }
    return sum
  }

  private sliceOf(time: number): number {
    return Math.floor((time / this.lag) * SLICES)
  }
}
