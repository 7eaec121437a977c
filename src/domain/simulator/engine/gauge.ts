import { Histogram } from './histogram.ts'
import * as columns from './station-table.ts'

const {
  BUSY,
  BUSY_SUM,
  FIGURES,
  MOST_WAITING,
  PRESENT,
  PRESENT_AT,
  PRESENT_SUM,
  VISIT_SUM,
  WAIT_SUM,
  WAITING,
  WAITING_SUM,
  WAITS,
  WORDS,
} = columns

/** Places of the engine's clock: now, and when the call that a gauge is told of came. */
const NOW = 0
const ENTERED = 1
export const ENTERED_AT = ENTERED

/**
 * Measures of one station: integrals over time of what is present, waiting and busy, and the times of its visits. Time
 * is the engine's clock, not an argument (see `EventQueue`). The integral of what is present is added up step by step,
 * for Little's law to be checked against; the others as sums of the times of changes, which takes one addition.
 */
export class Gauge {
  /** By outcome. */
  readonly refusals = new Float64Array(12)
  readonly visits: Histogram
  /** Replicas and workers in service; a station without workers has 0. */
  replicas = 1
  workers = 0
  /** Told when there are other replicas or workers than before. */
  readonly watchers: (() => void)[] = []
  private readonly clock: Float64Array
  private readonly figures: Float64Array
  private readonly counts: Int32Array
  private fixedAt = 0
  private replicaSum = 0
  private workerSum = 0
  private failedSum = 0
  /** Visits that failed, and calls refused at the door. */
  private failed = 0
  /** At the end of the warm-up: how many were present, and how long they had been there. */
  private stayed = 0
  private carried = 0

  constructor(
    clock: Float64Array,
    figures = new Float64Array(FIGURES),
    counts = new Int32Array(WORDS),
    visits = new Histogram(),
  ) {
    this.clock = clock
    this.figures = figures
    this.counts = counts
    this.visits = visits
  }

  get present(): number {
    return this.counts[PRESENT] as number
  }
  get waiting(): number {
    return this.counts[WAITING] as number
  }
  get busy(): number {
    return this.counts[BUSY] as number
  }
  get maxWaiting(): number {
    return this.counts[MOST_WAITING] as number
  }
  get completions(): number {
    return this.visits.total
  }
  /** Whoever came has gone or is there. */
  get arrivals(): number {
    return this.completions + this.failed + this.present - this.stayed
  }

  get areaPresent(): number {
    const since = (this.clock[NOW] as number) - (this.figures[PRESENT_AT] as number)
    return (this.figures[PRESENT_SUM] as number) + since * this.present
  }
  get areaWaiting(): number {
    return (this.figures[WAITING_SUM] as number) + (this.clock[NOW] as number) * this.waiting
  }
  get areaBusy(): number {
    return (this.figures[BUSY_SUM] as number) + (this.clock[NOW] as number) * this.busy
  }
  get areaReplicas(): number {
    return this.replicaSum + ((this.clock[NOW] as number) - this.fixedAt) * this.replicas
  }
  get areaWorkers(): number {
    return this.workerSum + ((this.clock[NOW] as number) - this.fixedAt) * this.workers
  }

  enter(): void {
    this.presence(1)
  }

  /** A visit that began at `clock[ENTERED_AT]` is over. */
  leave(ok: boolean): void {
    const { figures } = this
    this.presence(-1)
    const seconds = (this.clock[NOW] as number) - (this.clock[ENTERED] as number)
    if (ok) {
      figures[VISIT_SUM] = (figures[VISIT_SUM] as number) + seconds
      this.visits.record(seconds)
    } else {
      this.failed++
      this.failedSum += seconds
    }
  }

  private presence(more: number): void {
    const { figures, counts } = this
    const now = this.clock[NOW] as number
    const since = now - (figures[PRESENT_AT] as number)
    const present = counts[PRESENT] as number
    figures[PRESENT_SUM] = (figures[PRESENT_SUM] as number) + since * present
    figures[PRESENT_AT] = now
    counts[PRESENT] = present + more
  }

  /** Turned away at the door. */
  refuse(outcome: number): void {
    this.failed++
    this.fail(outcome)
  }

  /** How a visit failed. */
  fail(outcome: number): void {
    this.refusals[outcome] = (this.refusals[outcome] as number) + 1
  }

  queue(): void {
    const { figures, counts } = this
    const waiting = (counts[WAITING] as number) + 1
    figures[WAITING_SUM] = (figures[WAITING_SUM] as number) - (this.clock[NOW] as number)
    counts[WAITING] = waiting
    if (waiting > (counts[MOST_WAITING] as number)) counts[MOST_WAITING] = waiting
  }

  unqueue(): void {
    const { figures, counts } = this
    figures[WAITING_SUM] = (figures[WAITING_SUM] as number) + (this.clock[NOW] as number)
    counts[WAITING] = (counts[WAITING] as number) - 1
  }

  /** Work begins on a call that came at `clock[ENTERED_AT]`. */
  work(): void {
    const { figures, counts } = this
    const now = this.clock[NOW] as number
    figures[BUSY_SUM] = (figures[BUSY_SUM] as number) - now
    counts[BUSY] = (counts[BUSY] as number) + 1
    figures[WAIT_SUM] = (figures[WAIT_SUM] as number) + (now - (this.clock[ENTERED] as number))
    this.visits.all[WAITS] = (this.visits.all[WAITS] as number) + 1
  }

  rest(): void {
    const { figures, counts } = this
    figures[BUSY_SUM] = (figures[BUSY_SUM] as number) + (this.clock[NOW] as number)
    counts[BUSY] = (counts[BUSY] as number) - 1
  }

  /** Replicas and workers are others from now on. */
  staff(replicas: number, workers: number): void {
    this.replicaSum = this.areaReplicas
    this.workerSum = this.areaWorkers
    this.fixedAt = this.clock[0] as number
    this.replicas = replicas
    this.workers = workers
    for (const watcher of this.watchers) watcher()
  }

  /** Forgets what was measured; what is present stays, having been there `carried` seconds in sum. */
  reset(carried: number): void {
    const { figures } = this
    const now = this.clock[NOW] as number
    figures.fill(0)
    figures[PRESENT_AT] = now
    figures[WAITING_SUM] = -now * this.waiting
    figures[BUSY_SUM] = -now * this.busy
    this.counts[MOST_WAITING] = this.waiting
    this.carried = carried
    this.stayed = this.present
    this.replicaSum = this.workerSum = this.failedSum = this.failed = 0
    this.fixedAt = now
    this.refusals.fill(0)
    this.visits.clear()
  }

  get meanVisit(): number {
    return this.completions === 0 ? 0 : (this.figures[VISIT_SUM] as number) / this.completions
  }

  get meanWait(): number {
    const waits = this.visits.all[WAITS] as number
    return waits === 0 ? 0 : (this.figures[WAIT_SUM] as number) / waits
  }

  get utilization(): number {
    return this.areaWorkers === 0 ? 0 : this.areaBusy / this.areaWorkers
  }

  /**
   * Little's law inside the run: the integral of N(t) against the sum of the sojourns, those of calls still present
   * (`under` seconds in sum) up to now. Relative; rounding alone keeps it from 0.
   */
  littleGap(under: number): number {
    const sum = (this.figures[VISIT_SUM] as number) + this.failedSum + under - this.carried
    const area = this.areaPresent
    return area === 0 ? Math.abs(sum) : Math.abs(area - sum) / area
  }
}
