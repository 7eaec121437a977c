import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import * as clocked from '../engine/gauge.ts'
import type { Sampler } from '../engine/sampler.ts'
import type { Distribution, FaultKind, Placed } from '../model.ts'
import { Base } from './base.ts'
import { type Kind, real } from './kind.ts'

const { DOWN, DROPPED, REJECTED } = slots
const { ENTERED_AT } = clocked

declare module '../model.ts' {
  interface Components {
    sharing: Sharing
  }
}

/** A processor shared equally by all calls present (processor sharing); no queue. */
export interface Sharing extends Placed {
  readonly kind: 'sharing'
  readonly time: Distribution
  /** Calls present at most; null: no bound. */
  readonly limit: number | null
}

/**
 * Egalitarian processor sharing. A virtual clock tells the work that each call present has been given; a call that came
 * at clock v with work w ends at clock v + w, so a heap of those tags gives who is next, and nothing is touched when the
 * others' number changes.
 */
export class SharingStation extends Base {
  private readonly time: Sampler
  private limit: number
  private speed = 1
  private down = Number.POSITIVE_INFINITY
  private clock = 0
  private last = 0
  private readonly tags: number[] = []
  private readonly calls: number[] = []
  /** The event of the next departure; others are stale. */
  private expected = 0

  constructor(engine: Engine, index: number, sharing: Sharing, time: Sampler) {
    super(engine, index, sharing.id)
    this.time = time
    this.limit = sharing.limit ?? Number.POSITIVE_INFINITY
    this.gauge.staff(1, 1)
  }

  accept(call: number): void {
    const { gauge, engine } = this
    if (this.down !== Number.POSITIVE_INFINITY) this.refuse(call, DOWN)
    else if (this.tags.length >= this.limit) this.refuse(call, REJECTED)
    else {
      this.wind()
      this.arrive(call)
      if (this.tags.length === 0) {
        engine.clock[ENTERED_AT] = engine.now
        gauge.work()
      }
      this.insert(this.clock + this.seconds(call, this.time), call)
      this.arm()
    }
  }

  fire(): void {
    if (this.engine.sequence !== this.expected) return
    this.wind()
    const call = this.calls[0] as number
    this.clock = Math.max(this.clock, this.tags[0] as number)
    this.removeAt(0)
    if (this.tags.length === 0) {
      this.gauge.rest()
      this.clock = 0
    }
    this.arm()
    this.served(call)
  }

  /** A call given up takes no more of the processor. */
  override withdraw(call: number): boolean {
    const at = this.calls.indexOf(call)
    if (at < 0) return false
    this.wind()
    this.removeAt(at)
    if (this.tags.length === 0) {
      this.gauge.rest()
      this.clock = 0
    }
    this.left(call, DROPPED)
    this.arm()
    return true
  }

  override downSince(): number {
    return this.down
  }

  override set(parameter: string, value: number): boolean {
    if (parameter === 'limit') this.limit = value
    else if (parameter === 'slowness') this.change(1 / value)
    else return false
    return true
  }

  override fault(kind: FaultKind, factor: number | null): boolean {
    if (kind === 'slow') this.change(1 / (factor ?? 1))
    else if (kind === 'capacity') this.change(Math.max(1e-6, factor ?? 1))
    else if (kind === 'crash') {
      this.down = factor === null ? Number.POSITIVE_INFINITY : this.engine.now
      if (factor !== null) this.crash()
    } else return false
    return true
  }

  private change(speed: number): void {
    this.wind()
    this.speed = speed
    this.arm()
  }

  private crash(): void {
    if (this.tags.length > 0) this.gauge.rest()
    this.tags.length = this.calls.length = 0
    this.expected = 0
    this.kill(this.underWay(), DOWN)
  }

  /** Brings the virtual clock up to now. */
  private wind(): void {
    const { now } = this.engine
    const n = this.tags.length
    if (n > 0) this.clock += ((now - this.last) * this.speed) / n
    this.last = now
  }

  private arm(): void {
    const n = this.tags.length
    this.expected = 0
    if (n === 0) return
    const left = Math.max(0, (this.tags[0] as number) - this.clock)
    this.expected = this.engine.schedule((left * n) / this.speed, this.code, 0)
  }

  private insert(tag: number, call: number): void {
    this.tags.push(tag)
    this.calls.push(call)
    this.rise(this.tags.length - 1, tag, call)
  }

  /** The last takes the place of what goes, and finds its own from there. */
  private removeAt(at: number): void {
    const tag = this.tags.pop() as number
    const call = this.calls.pop() as number
    if (at === this.tags.length) return
    this.rise(this.sink(at, tag), tag, call)
  }

  /** Moves smaller ones up from a place that is free, until a tag may stand there. */
  private sink(from: number, tag: number): number {
    const { tags, calls } = this
    let i = from
    for (;;) {
      let down = 2 * i + 1
      if (down >= tags.length) return i
      if (down + 1 < tags.length && (tags[down + 1] as number) < (tags[down] as number)) down++
      if (tag <= (tags[down] as number)) return i
      tags[i] = tags[down] as number
      calls[i] = calls[down] as number
      i = down
    }
  }

  private rise(from: number, tag: number, call: number): void {
    const { tags, calls } = this
    let i = from
    while (i > 0) {
      const up = (i - 1) >> 1
      if ((tags[up] as number) <= tag) break
      tags[i] = tags[up] as number
      calls[i] = calls[up] as number
      i = up
    }
    tags[i] = tag
    calls[i] = call
  }
}

export const sharing: Kind<Sharing> = {
  kind: 'sharing',
  faults: ['slow', 'capacity', 'crash'],
  parameters: { limit: { low: 1, high: 1_000_000, whole: true }, slowness: real(1e-6, 1e6) },
  steps: true,
  check(fields) {
    fields.distribution('time')
    if (fields.value('limit') !== null) fields.whole('limit', 1, 1_000_000)
  },
  build: (component, context) =>
    new SharingStation(context.engine, context.index, component, context.sampler(component.time, 'time')),
}
