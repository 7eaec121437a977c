import type { Objective } from '../model.ts'
import type { Arena } from './arena.ts'
import { Batches } from './batches.ts'
import type { Calls } from './calls.ts'
import * as slots from './calls.ts'
import * as columns from './columns.ts'
import { Histogram } from './histogram.ts'
import { ROOM, SPENT_AT } from './places.ts'
import * as records from './records.ts'

const { INTS, OK, REQUEST } = slots
const { HISTOGRAM } = columns
const { ATTEMPTS, GUARDED_CALLS, RETRIES } = records

/** What happened to the requests of one type since the warm-up. */
export class RequestTally {
  /** Requests sent. */
  readonly begun: Uint32Array
  private readonly ends = new Float64Array(12)
  readonly latency: Histogram
  readonly latencies: Batches
  readonly successes = new Batches()
  /** Successes of each window, a second. */
  readonly goodput = new Batches(1)
  /** Successes that are in `successes`. */
  private settled = 0

  constructor(arena: Arena) {
    this.begun = arena.counts(1)
    this.latency = new Histogram(arena.counts(HISTOGRAM), arena.floats(1))
    this.latencies = new Batches(16, arena)
  }

  /** Where its counts are, in the order of a request's record. */
  get addresses(): number[] {
    const { begun, latency, latencies } = this
    return [begun.byteOffset, latency.all.byteOffset, latency.largest.byteOffset, latencies.address]
  }

  get sent(): number {
    return this.begun[0] as number
  }

  /** By outcome. */
  get outcomes(): Float64Array {
    this.ends[OK] = this.latency.total
    return this.ends
  }

  succeeded(seconds: number): void {
    this.latency.record(seconds)
    this.latencies.add(seconds)
  }

  failed(outcome: number): void {
    this.ends[outcome] = (this.ends[outcome] as number) + 1
    this.settle()
    this.successes.add(0)
  }

  /** Brings `successes` up to date. */
  settle(): void {
    this.successes.addMany(1, this.latency.total - this.settled)
    this.settled = this.latency.total
  }

  get ended(): number {
    let sum = 0
    for (const count of this.outcomes) sum += count
    return sum
  }

  reset(): void {
    this.begun[0] = 0
    this.settled = 0
    this.ends.fill(0)
    this.latency.clear()
    this.latencies.clear()
    this.successes.clear()
    this.goodput.clear()
  }
}

/** Share of successes within a latency objective's seconds. */
export interface Within {
  readonly objective: Extract<Objective, { kind: 'latency' }>
  readonly request: number
  readonly batches: Batches
}

/** What the counts of a run share with its engine. */
export interface Shared {
  readonly arena: Arena
  readonly clock: Float64Array
  readonly heads: Int32Array
}

/** Counts of the whole system: by request type, and where time goes. Windows are differences of these. */
export class Tally {
  readonly requests: readonly RequestTally[]
  readonly within: readonly Within[]
  /** All requests together, for objectives that name none. */
  readonly all: RequestTally
  /**
   * Seconds by request type and station; the last two columns are the network and waits before retries. After the rows
   * of what a request waits for come those of what it started and nobody waits for.
   */
  readonly spent: Float64Array
  readonly columns: number
  readonly single: boolean
  private readonly clock: Float64Array
  private readonly heads: Int32Array

  constructor(
    { arena, clock, heads }: Shared,
    requests: number,
    stations: number,
    within: readonly Within[],
  ) {
    this.clock = clock
    this.heads = heads
    this.requests = Array.from({ length: requests }, () => new RequestTally(arena))
    this.single = requests === 1
    this.all = this.single ? (this.requests[0] as RequestTally) : new RequestTally(arena)
    this.within = within
    this.columns = stations + 2
    const all = 2 * requests * this.columns
    const spent = arena.fixed(SPENT_AT, 8 * all, ROOM)
    this.spent = new Float64Array(spent.buffer, spent.byteOffset, all)
  }

  sent(request: number): void {
    const { begun } = this.requests[request] as RequestTally
    begun[0] = (begun[0] as number) + 1
  }

  /** A request that began at `clock[ENTERED_AT]` has ended. */
  ended(request: number, outcome: number): void {
    const tally = this.requests[request] as RequestTally
    if (outcome !== OK) {
      tally.failed(outcome)
      if (!this.single) this.all.failed(outcome)
      return
    }
    const seconds = (this.clock[0] as number) - (this.clock[1] as number)
    tally.succeeded(seconds)
    if (!this.single) this.all.succeeded(seconds)
    if (this.within.length > 0) this.compare(request)
  }

  private compare(request: number): void {
    const seconds = (this.clock[0] as number) - (this.clock[1] as number)
    for (const { objective, request: only, batches } of this.within)
      if (only < 0 || only === request) batches.add(seconds <= objective.seconds ? 1 : 0)
  }

  /** The row of what nobody waits for. */
  later(request: number): number {
    const { length } = this.requests
    return request < length ? request + length : request
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

  get guardedCalls(): number {
    return (this.heads[GUARDED_CALLS] as number) >>> 0
  }

  get attempts(): number {
    return (this.heads[ATTEMPTS] as number) >>> 0
  }

  get retries(): number {
    return (this.heads[RETRIES] as number) >>> 0
  }

  guarded(): void {
    this.count(GUARDED_CALLS)
  }

  attempted(again: boolean): void {
    this.count(ATTEMPTS)
    if (again) this.count(RETRIES)
  }

  private count(what: number): void {
    this.heads[what] = (this.heads[what] as number) + 1
  }

  /** At the end of the warm-up. */
  reset(): void {
    for (const tally of [...this.requests, this.all]) tally.reset()
    for (const { batches } of this.within) batches.clear()
    this.spent.fill(0)
    for (const what of [GUARDED_CALLS, ATTEMPTS, RETRIES]) this.heads[what] = 0
  }
}
