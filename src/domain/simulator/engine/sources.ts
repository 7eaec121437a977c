import type { ClosedSource, RandomArrivals } from '../model.ts'
import type { Engine } from './engine.ts'
import * as operations from './parts.ts'
import type { Sampler } from './sampler.ts'
import { Sender } from './sender.ts'
import type { Stream } from './stream.ts'

const { ENDED } = operations

/** 0 is an arrival. */
const SWITCH = 1

/** Requests come whatever happens to those before. */
export class OpenSender extends Sender {
  private readonly arrivals: RandomArrivals
  /** Of mean 1 for a memoryless source. */
  readonly gap: Sampler
  /** What its draws are multiplied by at the rate of now; 0: nothing comes. */
  private scale = 0
  /** The same, where every arrival is a request; else 0. */
  readonly plainScale: Float64Array
  private factor = 1
  /** A rate set while it runs; null: the model's. */
  private override: number | null = null
  private surged = 1
  private bursting = false
  /** The event that is its next arrival; another is stale. */
  readonly armed: Int32Array

  constructor(engine: Engine, id: string, arrivals: RandomArrivals, stream: Stream, choices: Stream) {
    super(engine, id, choices)
    this.arrivals = arrivals
    this.gap = engine.sampler(
      arrivals.law === 'renewal' ? arrivals.gap : { law: 'exponential', mean: 1 },
      stream,
    )
    this.plainScale = engine.arena.floats(1)
    this.armed = engine.arena.ints(1)
  }

  start(): void {
    const { arrivals } = this
    this.retime()
    if (arrivals.law === 'bursty')
      this.engine.schedule(arrivals.calmSeconds * this.choices.exponential(), this.code + SWITCH, 0)
    this.next()
  }

  fire(op: number): void {
    if (op === ENDED) return
    if (op === SWITCH) this.toggle()
    else if (this.engine.sequence === this.armed[0]) {
      this.next()
      if (this.accepts()) this.send()
    }
  }

  set(parameter: string, value: number): boolean {
    if (parameter === 'perSecond' && this.arrivals.law !== 'renewal') this.override = value
    else if (parameter === 'factor') this.factor = value
    else return false
    this.retime()
    this.next()
    return true
  }

  surge(factor: number): void {
    this.surged = factor
    this.retime()
    this.next()
  }

  private retime(): void {
    const rate = (this.arrivals.law === 'renewal' ? 1 : this.topRate()) * this.factor * this.surged
    this.scale = rate > 0 ? 1 / rate : 0
    this.plainScale[0] = this.arrivals.law === 'profile' && this.override === null ? 0 : this.scale
  }

  /** Schedules the next arrival; one that was scheduled before is stale. A memoryless gap may be drawn again at any time. */
  private next(): void {
    if (this.scale === 0) this.armed[0] = 0
    else this.armed[0] = this.engine.schedule(this.gap.next() * this.scale, this.code, 0)
  }

  /** The rate of a Poisson process, of which a profile accepts a share (thinning). */
  private topRate(): number {
    const { arrivals } = this
    if (this.override !== null) return this.override
    if (arrivals.law === 'poisson') return arrivals.perSecond
    if (arrivals.law === 'bursty') return this.bursting ? arrivals.burstPerSecond : arrivals.perSecond
    return arrivals.law === 'profile' ? Math.max(...arrivals.points.map((point) => point.perSecond)) : 0
  }

  private accepts(): boolean {
    const { arrivals } = this
    if (arrivals.law !== 'profile' || this.override !== null) return true
    return this.choices.uniform() * this.topRate() < profileRate(arrivals.points, this.engine.now)
  }

  private toggle(): void {
    const { arrivals } = this
    if (arrivals.law !== 'bursty') return
    this.bursting = !this.bursting
    const mean = this.bursting ? arrivals.burstSeconds : arrivals.calmSeconds
    this.engine.schedule(mean * this.choices.exponential(), this.code + SWITCH, 0)
    if (this.override !== null) return
    this.retime()
    this.next()
  }
}

/** Rate of a profile at a time: linear between its points, repeating with the time of the last. */
export function profileRate(
  points: readonly { readonly atSeconds: number; readonly perSecond: number }[],
  seconds: number,
): number {
  const last = points[points.length - 1]
  if (last === undefined) return 0
  const at = last.atSeconds > 0 ? seconds % last.atSeconds : 0
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as (typeof points)[number]
    const b = points[i] as (typeof points)[number]
    if (at <= b.atSeconds)
      return a.perSecond + ((b.perSecond - a.perSecond) * (at - a.atSeconds)) / (b.atSeconds - a.atSeconds)
  }
  return last.perSecond
}

/** Users that send, wait, think and send again. */
export class ClosedSender extends Sender {
  private readonly think: Sampler
  private users: number
  /** Users who are there; with fewer wanted, one goes when its request has ended. */
  private there = 0
  private extra = 1

  constructor(engine: Engine, source: ClosedSource, stream: Stream, choices: Stream) {
    super(engine, source.id, choices)
    this.think = engine.sampler(source.think, stream)
    this.users = source.users
  }

  start(): void {
    this.fillUp()
  }

  fire(op: number): void {
    if (op === ENDED) {
      if (this.there > this.wanted()) this.there--
      else this.engine.schedule(this.think.next(), this.code, 0)
    } else this.send()
  }

  set(parameter: string, value: number): boolean {
    if (parameter !== 'users') return false
    this.users = value
    this.fillUp()
    return true
  }

  surge(factor: number): void {
    this.extra = factor
    this.fillUp()
  }

  private wanted(): number {
    return Math.round(this.users * this.extra)
  }

  private fillUp(): void {
    for (; this.there < this.wanted(); this.there++) this.engine.schedule(this.think.next(), this.code, 0)
  }
}
