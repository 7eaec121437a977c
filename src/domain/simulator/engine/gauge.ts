import { Histogram } from './histogram.ts'

/**
 * Measures of one station: integrals over time of what is present, waiting and busy, and the times of its visits. Time
 * is the engine's clock, not an argument (see `EventQueue`). The integral of what is present is added up step by step,
 * for Little's law to be checked against; the others as sums of the times of changes, which takes one addition.
 */
export class Gauge {
  present = 0
  waiting = 0
  busy = 0
  arrivals = 0
  completions = 0
  maxWaiting = 0
  /** By outcome. */
  readonly refusals = new Float64Array(12)
  readonly visits = new Histogram()
  /** Replicas and workers in service; a station without workers has 0. */
  replicas = 1
  workers = 0
  private readonly clock: Float64Array
  private presentSum = 0
  private presentAt = 0
  private waitingSum = 0
  private busySum = 0
  private fixedAt = 0
  private replicaSum = 0
  private workerSum = 0
  private visitSum = 0
  private failedSum = 0
  private waitSum = 0
  private waits = 0
  /** At the end of the warm-up: how long those present had been there. */
  private carried = 0

  constructor(clock: Float64Array) {
    this.clock = clock
  }

  get areaPresent(): number {
    return this.presentSum + ((this.clock[0] as number) - this.presentAt) * this.present
  }
  get areaWaiting(): number {
    return this.waitingSum + (this.clock[0] as number) * this.waiting
  }
  get areaBusy(): number {
    return this.busySum + (this.clock[0] as number) * this.busy
  }
  get areaReplicas(): number {
    return this.replicaSum + ((this.clock[0] as number) - this.fixedAt) * this.replicas
  }
  get areaWorkers(): number {
    return this.workerSum + ((this.clock[0] as number) - this.fixedAt) * this.workers
  }

  enter(): void {
    const now = this.clock[0] as number
    this.presentSum += (now - this.presentAt) * this.present
    this.presentAt = now
    this.present++
    this.arrivals++
  }

  /** A visit that began at `clock[ENTERED_AT]` is over. */
  leave(ok: boolean): void {
    const now = this.clock[0] as number
    this.presentSum += (now - this.presentAt) * this.present
    this.presentAt = now
    this.present--
    const seconds = now - (this.clock[ENTERED_AT] as number)
    if (ok) {
      this.completions++
      this.visitSum += seconds
      this.visits.record(seconds)
    } else this.failedSum += seconds
  }

  refuse(outcome: number): void {
    this.arrivals++
    this.fail(outcome)
  }

  fail(outcome: number): void {
    this.refusals[outcome] = (this.refusals[outcome] as number) + 1
  }

  queue(): void {
    this.waitingSum -= this.clock[0] as number
    if (++this.waiting > this.maxWaiting) this.maxWaiting = this.waiting
  }

  unqueue(): void {
    this.waitingSum += this.clock[0] as number
    this.waiting--
  }

  /** Work begins on a call that came at `clock[ENTERED_AT]`. */
  work(): void {
    const now = this.clock[0] as number
    this.busySum -= now
    this.busy++
    this.waitSum += now - (this.clock[ENTERED_AT] as number)
    this.waits++
  }

  rest(): void {
    this.busySum += this.clock[0] as number
    this.busy--
  }

  /** Replicas and workers are others from now on. */
  staff(replicas: number, workers: number): void {
    this.replicaSum = this.areaReplicas
    this.workerSum = this.areaWorkers
    this.fixedAt = this.clock[0] as number
    this.replicas = replicas
    this.workers = workers
  }

  /** Forgets what was measured; what is present stays, having been there `carried` seconds in sum. */
  reset(carried: number): void {
    const now = this.clock[0] as number
    this.carried = carried
    this.presentSum = this.replicaSum = this.workerSum = 0
    this.presentAt = this.fixedAt = now
    this.waitingSum = -now * this.waiting
    this.busySum = -now * this.busy
    this.arrivals = this.completions = this.waits = 0
    this.visitSum = this.failedSum = this.waitSum = 0
    this.maxWaiting = this.waiting
    this.refusals.fill(0)
    this.visits.clear()
  }

  get meanVisit(): number {
    return this.completions === 0 ? 0 : this.visitSum / this.completions
  }

  get meanWait(): number {
    return this.waits === 0 ? 0 : this.waitSum / this.waits
  }

  get utilization(): number {
    return this.areaWorkers === 0 ? 0 : this.areaBusy / this.areaWorkers
  }

  /**
   * Little's law inside the run: the integral of N(t) against the sum of the sojourns, those of calls still present
   * (`under` seconds in sum) up to now. Relative; rounding alone keeps it from 0.
   */
  littleGap(under: number): number {
    const sum = this.visitSum + this.failedSum + under - this.carried
    const area = this.areaPresent
    return area === 0 ? Math.abs(sum) : Math.abs(area - sum) / area
  }
}

/** Places of the engine's clock: now, and when the call that a gauge is told of came. */
export const NOW = 0
export const ENTERED_AT = 1
