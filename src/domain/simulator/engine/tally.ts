import type { Objective } from '../model.ts'
import { Batches } from './batches.ts'
import { type Calls, INTS, OK, REQUEST } from './calls.ts'
import { Histogram } from './histogram.ts'

/** Bits of mantissa of a window's histogram: 32 buckets an octave. */
const WINDOW_BITS = 5

/** What happened to the requests of one type since the warm-up. */
export class RequestTally {
  sent = 0
  readonly outcomes = new Float64Array(12)
  readonly latency = new Histogram()
  readonly latencies = new Batches()
  readonly successes = new Batches()
  /** Successes of each window, a second. */
  readonly goodput = new Batches()
  inWindow = 0
}

/** Share of successes within a latency objective's seconds. */
export interface Within {
  readonly objective: Extract<Objective, { kind: 'latency' }>
  readonly request: number
  readonly batches: Batches
}

/** Counts of the whole system: by request type, by window, and where time goes. */
export class Tally {
  readonly requests: readonly RequestTally[]
  readonly within: readonly Within[]
  /** All requests together, for objectives that name none. */
  readonly all = new RequestTally()
  /** Seconds by request type and station; the last two columns are the network and waits before retries. */
  readonly spent: Float64Array
  readonly columns: number
  readonly window = { sent: 0, succeeded: 0, failed: 0, guarded: 0, attempts: 0, retries: 0, seconds: 0 }
  readonly windowLatency = new Histogram(WINDOW_BITS)
  guardedCalls = 0
  attempts = 0
  private readonly single: boolean

  constructor(requests: number, stations: number, within: readonly Within[]) {
    this.requests = Array.from({ length: requests }, () => new RequestTally())
    this.within = within
    this.columns = stations + 2
    this.spent = new Float64Array(requests * this.columns)
    this.single = within.length === 0
  }

  sent(request: number): void {
    ;(this.requests[request] as RequestTally).sent++
    this.window.sent++
  }

  ended(request: number, outcome: number, seconds: number): void {
    const tally = this.requests[request] as RequestTally
    ;(tally.outcomes[outcome] as number)++
    if (outcome !== OK) {
      tally.successes.add(0)
      this.all.successes.add(0)
      this.window.failed++
      return
    }
    tally.inWindow++
    tally.latency.record(seconds)
    tally.latencies.add(seconds)
    tally.successes.add(1)
    this.all.successes.add(1)
    this.window.succeeded++
    this.window.seconds += seconds
    this.windowLatency.record(seconds)
    if (!this.single) this.compare(request, seconds)
  }

  private compare(request: number, seconds: number): void {
    for (const { objective, request: only, batches } of this.within)
      if (only < 0 || only === request) batches.add(seconds <= objective.seconds ? 1 : 0)
  }

  /** Own seconds of a visit. */
  visited(request: number, station: number, seconds: number): void {
    const at = request * this.columns + station
    this.spent[at] = (this.spent[at] as number) + seconds
  }

  network(calls: Calls, call: number, seconds: number): void {
    this.visited(calls.ints[call * INTS + REQUEST] as number, this.columns - 2, seconds)
  }

  waited(calls: Calls, call: number, seconds: number): void {
    this.visited(calls.ints[call * INTS + REQUEST] as number, this.columns - 1, seconds)
  }

  guarded(): void {
    this.guardedCalls++
    this.window.guarded++
  }

  attempted(again: boolean): void {
    this.attempts++
    this.window.attempts++
    if (again) this.window.retries++
  }

  closeWindow(seconds: number): void {
    for (const tally of this.requests) {
      tally.goodput.add(tally.inWindow / seconds)
      tally.inWindow = 0
    }
    this.all.goodput.add(this.window.succeeded / seconds)
    const { window } = this
    window.sent = window.succeeded = window.failed = window.guarded = window.attempts = 0
    window.retries = window.seconds = 0
    this.windowLatency.clear()
  }

  /** At the end of the warm-up. */
  reset(): void {
    for (const tally of [...this.requests, this.all]) {
      tally.sent = 0
      tally.outcomes.fill(0)
      tally.latency.clear()
      tally.latencies.clear()
      tally.successes.clear()
      tally.goodput.clear()
    }
    for (const { batches } of this.within) batches.clear()
    this.spent.fill(0)
    this.guardedCalls = this.attempts = 0
  }
}
