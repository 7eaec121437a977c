import { Histogram } from './histogram.ts'

/** Measures of one station: integrals over time of what is present, waiting and busy, and the times of its visits. */
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
  areaPresent = 0
  areaWaiting = 0
  areaBusy = 0
  areaReplicas = 0
  areaWorkers = 0
  /** Replicas and workers in service; a station without them leaves both at what it has. */
  replicas = 1
  workers = 0
  private last = 0
  private since = 0
  private sojourn = 0
  private visitSum = 0
  private waitSum = 0
  private waits = 0
  /** Sum of the entry times of those present. */
  private entries = 0

  /** Brings the integrals up to now; before every change of what they integrate. */
  touch(now: number): void {
    const dt = now - this.last
    if (dt === 0) return
    this.last = now
    this.areaPresent += dt * this.present
    this.areaWaiting += dt * this.waiting
    this.areaBusy += dt * this.busy
    this.areaReplicas += dt * this.replicas
    this.areaWorkers += dt * this.workers
  }

  enter(now: number): void {
    this.touch(now)
    this.present++
    this.arrivals++
    this.entries += now
  }

  leave(now: number, entered: number, ok: boolean): void {
    this.touch(now)
    this.present--
    const counted = entered > this.since ? entered : this.since
    this.entries -= counted
    this.sojourn += now - counted
    if (ok) {
      this.completions++
      this.visitSum += now - entered
      this.visits.record(now - entered)
    }
  }

  refuse(outcome: number): void {
    this.arrivals++
    ;(this.refusals[outcome] as number)++
  }

  fail(outcome: number): void {
    ;(this.refusals[outcome] as number)++
  }

  queue(now: number): void {
    this.touch(now)
    if (++this.waiting > this.maxWaiting) this.maxWaiting = this.waiting
  }

  unqueue(now: number): void {
    this.touch(now)
    this.waiting--
  }

  work(now: number, entered: number): void {
    this.touch(now)
    this.busy++
    this.waitSum += now - entered
    this.waits++
  }

  rest(now: number): void {
    this.touch(now)
    this.busy--
  }

  /** Forgets what was measured; what is present stays. */
  reset(now: number): void {
    this.touch(now)
    this.since = now
    this.areaPresent = this.areaWaiting = this.areaBusy = this.areaReplicas = this.areaWorkers = 0
    this.arrivals = this.completions = this.sojourn = this.visitSum = this.waitSum = this.waits = 0
    this.maxWaiting = this.waiting
    this.entries = this.present * now
    this.refusals.fill(0)
    this.visits.clear()
  }

  get meanVisit(): number {
    return this.completions === 0 ? 0 : this.visitSum / this.completions
  }

  get meanWait(): number {
    return this.waits === 0 ? 0 : this.waitSum / this.waits
  }

  /** Mean seconds of a service; W and Wq and this are of the same run. */
  get utilization(): number {
    return this.areaWorkers === 0 ? 0 : this.areaBusy / this.areaWorkers
  }

  /**
   * Little's law inside the run: the integral of N(t) against the sum of the sojourns (those of calls still present up
   * to now), each added up on its own. Relative; rounding alone keeps it from 0.
   */
  littleGap(now: number): number {
    this.touch(now)
    const sum = this.sojourn + (this.present * now - this.entries)
    return this.areaPresent === 0 ? Math.abs(sum) : Math.abs(this.areaPresent - sum) / this.areaPresent
  }
}
