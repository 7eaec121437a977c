import type { ComponentWindow, LogLine, Observation, TimelinePoint } from '../run.ts'
import type { Engine } from './engine.ts'
import type { Gauge } from './gauge.ts'
import type { Actor } from './parts.ts'

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
  /** Windows that one point of the timeline covers. */
  private stride = 1

  constructor(engine: Engine, seconds: number) {
    this.engine = engine
    this.seconds = seconds
    this.code = engine.enlist(this)
    this.before = engine.stations.map(({ gauge }) => readGauge(gauge))
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

  /** Gauges begin anew at the end of the warm-up. */
  rebase(): void {
    for (const [i, { gauge }] of this.engine.stations.entries()) this.before[i] = readGauge(gauge)
  }

  private close(): void {
    const { tally, now } = this.engine
    const { window, windowLatency } = tally
    const mean = window.succeeded === 0 ? null : window.seconds / window.succeeded
    const span = { fromSeconds: this.from, toSeconds: now }
    const { sent, succeeded, failed, retries, guarded, attempts } = window
    const some = succeeded > 0
    this.unseen.push({
      ...span,
      sent,
      succeeded,
      failed,
      retries,
      meanSeconds: mean,
      p50Seconds: some ? windowLatency.quantile(0.5) : null,
      p99Seconds: some ? windowLatency.quantile(0.99) : null,
      components: this.engine.stations.map((station, i) => this.component(station.id, station.gauge, i)),
    })
    if (this.unseen.length > 2 * MOST_WINDOWS) this.unseen.splice(0, MOST_WINDOWS)
    this.extend({ ...span, sent, succeeded, failed, retries, meanSeconds: mean, guarded, attempts })
    tally.closeWindow(now - this.from)
    this.from = now
  }

  private component(id: string, gauge: Gauge, i: number): ComponentWindow {
    gauge.touch(this.engine.now)
    const was = this.before[i] as Before
    const is = readGauge(gauge)
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

function readGauge(gauge: Gauge): Before {
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
  }
}
