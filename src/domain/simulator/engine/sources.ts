import type { ClosedSource, RandomArrivals } from '../model.ts'
import type { Engine } from './engine.ts'
import { ENDED } from './parts.ts'
import { Sampler } from './sampler.ts'
import { Sender } from './sender.ts'
import type { Stream } from './stream.ts'

/** 0 is an arrival. */
const SWITCH = 1

/** Requests come whatever happens to those before. */
export class OpenSender extends Sender {
  private readonly arrivals: RandomArrivals
  private readonly gap: Sampler | null
  private factor = 1
  /** A rate set while it runs; null: the model's. */
  private override: number | null = null
  private surged = 1
  private bursting = false
  private armed = 0

  constructor(engine: Engine, id: string, arrivals: RandomArrivals, stream: Stream, choices: Stream) {
    super(engine, id, stream, choices)
    this.arrivals = arrivals
    this.gap = arrivals.law === 'renewal' ? new Sampler(arrivals.gap, stream) : null
  }

  start(): void {
    const { arrivals } = this
    if (arrivals.law === 'bursty')
      this.engine.schedule(arrivals.calmSeconds * this.stream.exponential(), this.code + SWITCH, 0)
    this.next()
  }

  fire(op: number): void {
    if (op === ENDED) return
    if (op === SWITCH) this.toggle()
    else if (this.engine.sequence === this.armed) {
      this.next()
      if (this.accepts()) this.send()
    }
  }

  set(parameter: string, value: number): boolean {
    if (parameter === 'perSecond' && this.arrivals.law !== 'renewal') this.override = value
    else if (parameter === 'factor') this.factor = value
    else return false
    this.next()
    return true
  }

  surge(factor: number): void {
    this.surged = factor
    this.next()
  }

  /** Schedules the next arrival; one that was scheduled before is stale. A memoryless gap may be drawn again at any time. */
  private next(): void {
    const { engine } = this
    const factor = this.factor * this.surged
    const rate = this.gap === null ? this.topRate() * factor : factor
    if (rate <= 0) {
      this.armed = 0
      return
    }
    const gap = this.gap === null ? this.stream.exponential() / rate : this.gap.next() / rate
    this.armed = engine.schedule(gap, this.code, 0)
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
    return this.stream.uniform() * this.topRate() < profileRate(arrivals.points, this.engine.now)
  }

  private toggle(): void {
    const { arrivals } = this
    if (arrivals.law !== 'bursty') return
    this.bursting = !this.bursting
    const mean = this.bursting ? arrivals.burstSeconds : arrivals.calmSeconds
    this.engine.schedule(mean * this.stream.exponential(), this.code + SWITCH, 0)
    if (this.override === null) this.next()
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
    super(engine, source.id, stream, choices)
    this.think = new Sampler(source.think, stream)
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
