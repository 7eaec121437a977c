import type { ComponentWindow, LogLine, Observation, TimelinePoint } from '../run.ts'
import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import type { Actor, Station } from './parts.ts'
import type { RequestTally } from './tally.ts'

const { OK } = slots

const MOST_WINDOWS = 600
const MOST_LINES = 1000

interface Before {
  present: number
  waiting: number
  busy: number
  workers: number
  arrivals: number
  completions: number
  refusals: number
  backlog: number
}

/** Counts since the warm-up. */
interface Counted {
  readonly sent: number
  readonly succeeded: number
  readonly failed: number
  readonly seconds: number
  readonly retries: number
  readonly guarded: number
  readonly attempts: number
}

type Point = { -readonly [K in keyof TimelinePoint]: TimelinePoint[K] } & {
  guarded: number
  attempts: number
}

/** Closes windows of virtual time: for whoever watches, and as the timeline of the report, in bounded memory. */
export class Monitor implements Actor {
  readonly timeline: Point[] = []
  private readonly engine: Engine
  private readonly seconds: number
  private readonly code: number
  private readonly before: Before[]
  private unseen: Observation[] = []
  private readonly lines: LogLine[] = []
  private from = 0
  private counted: Counted
  private readonly successes: Float64Array
  /** The histogram of all successes at the end of the last window. */
  private readonly latencies: Int32Array
  /** The open window began before the warm-up ended. */
  private across = false
  /** Windows that one point of the timeline covers. */
  private stride = 1

  constructor(engine: Engine, seconds: number) {
    this.engine = engine
    this.seconds = seconds
    this.code = engine.enlist(this)
    this.before = engine.stations.map(readStation)
    this.counted = this.count()
    this.successes = new Float64Array(engine.tally.requests.length)
    this.latencies = new Int32Array(engine.tally.all.latency.counts.length)
  }

  start(): void {
    this.engine.schedule(this.seconds, this.code, 0)
  }

  fire(): void {
    this.engine.schedule(this.seconds, this.code, 0)
    this.close()
  }

  take(): readonly Observation[] {
    const { unseen } = this
    this.unseen = []
    return unseen
  }

  log(where: string, message: string): void {
    this.lines.push({ atSeconds: this.engine.now, where, message })
    if (this.lines.length > 2 * MOST_LINES) this.lines.splice(0, MOST_LINES)
  }

  logs(): readonly LogLine[] {
    return this.lines.slice(-MOST_LINES)
  }

  /**
   * Counts begin anew at the end of the warm-up; the window that is open goes on with what it has seen: what it began
   * from falls by as much as the counts do.
   */
  rebase(reset: () => void): void {
    const { tally, stations } = this.engine
    const counted = this.count()
    const gauges = stations.map(readStation)
    const successes = tally.requests.map(({ outcomes }) => outcomes[OK] as number)
    const latencies = tally.all.latency.counts.slice()
    reset()
    this.counted = fallen(this.counted, counted, this.count())
    for (const [i, station] of stations.entries())
      this.before[i] = fallen(this.before[i] as Before, gauges[i] as Before, readStation(station))
    for (const [i, count] of successes.entries()) this.successes[i] = (this.successes[i] as number) - count
    for (const [i, count] of latencies.entries()) this.latencies[i] = (this.latencies[i] as number) - count
    this.across = true
  }

  private close(): void {
    const { tally, now } = this.engine
    const dt = now - this.from
    const was = this.counted
    const is = this.count()
    this.counted = is
    const of = (field: keyof Counted) => is[field] - was[field]
    const succeeded = of('succeeded')
    const mean = succeeded === 0 ? null : of('seconds') / succeeded
    const span = { fromSeconds: this.from, toSeconds: now, sent: of('sent'), succeeded, failed: of('failed') }
    const retries = of('retries')
    const components = this.engine.stations.map((station, i) => this.component(station, i))
    const [p50Seconds = null, p99Seconds = null] = this.quantiles([0.5, 0.99], succeeded)
    this.unseen.push({
      ...span,
      retries,
      meanSeconds: mean,
      p50Seconds,
      p99Seconds,
      components,
    })
    if (this.unseen.length > 2 * MOST_WINDOWS) this.unseen.splice(0, MOST_WINDOWS)
    const waiting = components.map((one) => one.waiting + one.backlog)
    const points = { retries, meanSeconds: mean, guarded: of('guarded'), attempts: of('attempts'), waiting }
    this.extend({ ...span, ...points })
    for (const [i, { outcomes, goodput }] of tally.requests.entries()) {
      if (!this.across) goodput.add(((outcomes[OK] as number) - (this.successes[i] as number)) / dt)
      this.successes[i] = outcomes[OK] as number
    }
    if (tally.requests.length > 1 && !this.across) tally.all.goodput.add(succeeded / dt)
    this.across = false
    this.latencies.set(tally.all.latency.counts)
    this.from = now
  }

  private count(): Counted {
    const { tally } = this.engine
    const total = (of: (request: RequestTally) => number) =>
      tally.requests.reduce((sum, request) => sum + of(request), 0)
    const succeeded = total(({ outcomes }) => outcomes[OK] as number)
    return {
      sent: total(({ sent }) => sent),
      succeeded,
      failed: total(({ ended }) => ended) - succeeded,
      seconds: total(({ latencies }) => latencies.total),
      retries: tally.retries,
      guarded: tally.guardedCalls,
      attempts: tally.attempts,
    }
  }

  /** Of this window alone: the histogram since the last; the values below which the shares lie, least share first. */
  private quantiles(shares: readonly number[], succeeded: number): (number | null)[] {
    if (succeeded === 0) return shares.map(() => null)
    const { latency } = this.engine.tally.all
    const { counts } = latency
    const found: number[] = []
    let seen = 0
    for (let i = 0; i < counts.length && found.length < shares.length; i++) {
      seen += (counts[i] as number) - (this.latencies[i] as number)
      while (seen > 0 && seen >= (shares[found.length] ?? Infinity) * succeeded) found.push(latency.middle(i))
    }
    return shares.map((_, i) => found[i] ?? latency.max)
  }

  private component(station: Station, i: number): ComponentWindow {
    const { id, gauge } = station
    const was = this.before[i] as Before
    const is = readStation(station)
    this.before[i] = is
    const dt = this.engine.now - this.from
    const workers = is.workers - was.workers
    return {
      id,
      present: (is.present - was.present) / dt,
      waiting: (is.waiting - was.waiting) / dt,
      utilization: workers === 0 ? 0 : (is.busy - was.busy) / workers,
      arrivals: is.arrivals - was.arrivals,
      completions: is.completions - was.completions,
      refusals: is.refusals - was.refusals,
      backlog: (is.backlog - was.backlog) / dt,
      replicas: gauge.replicas,
    }
  }

  private extend(point: Point): void {
    const { timeline } = this
    const last = timeline[timeline.length - 1]
    const width = this.stride * this.seconds
    if (last !== undefined && last.toSeconds - last.fromSeconds < width - this.seconds / 2) join(last, point)
    else timeline.push(point)
    if (timeline.length <= MOST_WINDOWS) return
    for (let i = 0; i + 1 < timeline.length; i++) join(timeline[i] as Point, ...timeline.splice(i + 1, 1))
    this.stride *= 2
  }
}

function join(a: Point, b?: Point): void {
  if (b === undefined) return
  const [lasted, lasts] = [a.toSeconds - a.fromSeconds, b.toSeconds - b.fromSeconds]
  a.waiting = a.waiting.map((mean, i) => (mean * lasted + (b.waiting[i] ?? 0) * lasts) / (lasted + lasts))
  const seconds = (a.meanSeconds ?? 0) * a.succeeded + (b.meanSeconds ?? 0) * b.succeeded
  a.toSeconds = b.toSeconds
  a.sent += b.sent
  a.succeeded += b.succeeded
  a.failed += b.failed
  a.retries += b.retries
  a.guarded += b.guarded
  a.attempts += b.attempts
  a.meanSeconds = a.succeeded === 0 ? null : seconds / a.succeeded
}

/** What a window began from, after the counts that it is of have fallen. */
function fallen<T extends object>(began: T, before: T, after: T): T {
  const of = (counts: T) => counts as Record<string, number>
  return Object.fromEntries(
    Object.entries(of(began)).map(([name, value]) => [
      name,
      value - (of(before)[name] as number) + (of(after)[name] as number),
    ]),
  ) as T
}

function readStation({ gauge, messages = [] }: Station): Before {
  let refusals = 0
  for (const count of gauge.refusals) refusals += count
  return {
    present: gauge.areaPresent,
    waiting: gauge.areaWaiting,
    busy: gauge.areaBusy,
    workers: gauge.areaWorkers,
    arrivals: gauge.arrivals,
    completions: gauge.completions,
    refusals,
    backlog: messages.reduce((sum, { areaWaiting }) => sum + areaWaiting, 0),
  }
}
