import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import type { Plain } from '../engine/express.ts'
import * as records from '../engine/records.ts'
import type { Sampler } from '../engine/sampler.ts'
import * as columns from '../engine/station-table.ts'
import { MOST_RATE } from '../fields.ts'
import type { Distribution, FaultKind, Placed } from '../model.ts'
import { type Kind, real } from './kind.ts'
import { Passing } from './passing.ts'

const { DOWN, LIMITED } = slots
const { PLAIN } = columns
const { BURST, FILLED_AT, LIMITS, PER_SECOND, TOKENS } = records

declare module '../model.ts' {
  interface Components {
    limiter: Limiter
  }
}

/** A token bucket: a call without a token is refused. Steps are what an admitted call does. */
export interface Limiter extends Placed {
  readonly kind: 'limiter'
  readonly perSecond: number
  readonly burst: number
  /** Seconds that the check takes. Default 0. */
  readonly time?: Distribution
}

/** A token bucket, filled continuously, full at the start. */
export class LimiterStation extends Passing implements Plain {
  private readonly time: Sampler | null
  private readonly bucket: Float64Array
  private readonly own: Int32Array

  constructor(engine: Engine, index: number, limiter: Limiter, time: Sampler | null) {
    super(engine, index, limiter.id)
    this.time = time
    this.own = engine.table.intsOf(index)
    this.bucket = engine.arena.floats(4)
    this.bucket[PER_SECOND] = limiter.perSecond
    this.bucket[BURST] = limiter.burst
    this.bucket[TOKENS] = limiter.burst
    engine.clocks.whenSet(index, () => this.review())
    this.review()
  }

  get recordAt(): number {
    return this.bucket.byteOffset
  }

  /** Whether all is so plain that calls may come by the express way. */
  private review(): void {
    const plain = this.time === null && !this.isDown && this.engine.clocks.skewAt(this.index) === 0
    this.own[PLAIN] = plain ? LIMITS : 0
  }

  override fault(kind: FaultKind, factor: number | null): boolean {
    const known = super.fault(kind, factor)
    this.review()
    return known
  }

  accept(call: number): void {
    if (this.isDown) {
      this.refuse(call, DOWN)
      return
    }
    this.refill()
    const tokens = this.bucket[TOKENS] as number
    if (tokens < 1) {
      this.refuse(call, LIMITED)
      return
    }
    this.bucket[TOKENS] = tokens - 1
    this.arrive(call)
    if (this.time === null) this.served(call)
    else this.engine.scheduleCall(this.seconds(call, this.time), this.code, call)
  }

  fire(_op: number, call: number): void {
    if (this.engine.mine(call)) this.served(call)
  }

  override set(parameter: string, value: number): boolean {
    this.refill()
    if (parameter === 'perSecond') this.bucket[PER_SECOND] = value
    else if (parameter === 'burst') this.bucket[BURST] = value
    else return false
    return true
  }

  private refill(): void {
    // By its own clock: one that jumps ahead fills the bucket, one that falls back fills nothing until it has caught up.
    const shown = this.engine.now + this.engine.clocks.skewAt(this.index)
    const { bucket } = this
    const filledAt = bucket[FILLED_AT] as number
    if (shown <= filledAt) return
    const tokens = (bucket[TOKENS] as number) + (shown - filledAt) * (bucket[PER_SECOND] as number)
    bucket[TOKENS] = Math.min(bucket[BURST] as number, tokens)
    bucket[FILLED_AT] = shown
  }
}

export const limiter: Kind<Limiter> = {
  kind: 'limiter',
  faults: ['crash'],
  parameters: { perSecond: real(0.001, MOST_RATE), burst: real(1, 1e9) },
  steps: true,
  check(fields) {
    fields.positive('perSecond', MOST_RATE)
    fields.number('burst', 1, 1e9)
    if (fields.has('time')) fields.distribution('time')
  },
  build: (component, context) => {
    const { time } = component
    return new LimiterStation(
      context.engine,
      context.index,
      component,
      time === undefined ? null : context.sampler(time, 'time'),
    )
  },
}
