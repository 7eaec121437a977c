import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import type { Sampler } from '../engine/sampler.ts'
import { MOST_RATE } from '../fields.ts'
import type { Limiter } from '../model.ts'
import { type Kind, real } from './kind.ts'
import { Passing } from './passing.ts'

const { DOWN, LIMITED } = slots

/** A token bucket, filled continuously, full at the start. */
export class LimiterStation extends Passing {
  private readonly time: Sampler | null
  private perSecond: number
  private burst: number
  private tokens: number
  private filledAt = 0

  constructor(engine: Engine, index: number, limiter: Limiter, time: Sampler | null) {
    super(engine, index, limiter.id)
    this.time = time
    this.perSecond = limiter.perSecond
    this.burst = limiter.burst
    this.tokens = limiter.burst
  }

  accept(call: number): void {
    if (this.isDown) {
      this.refuse(call, DOWN)
      return
    }
    this.refill()
    if (this.tokens < 1) {
      this.refuse(call, LIMITED)
      return
    }
    this.tokens--
    this.arrive(call)
    if (this.time === null) this.served(call)
    else this.engine.scheduleCall(this.seconds(call, this.time), this.code, call)
  }

  fire(_op: number, call: number): void {
    if (this.engine.mine(call)) this.served(call)
  }

  override set(parameter: string, value: number): boolean {
    this.refill()
    if (parameter === 'perSecond') this.perSecond = value
    else if (parameter === 'burst') this.burst = value
    else return false
    return true
  }

  private refill(): void {
    // By its own clock: one that jumps ahead fills the bucket, one that falls back fills nothing until it has caught up.
    const shown = this.engine.now + this.engine.clocks.skewAt(this.index)
    if (shown <= this.filledAt) return
    this.tokens = Math.min(this.burst, this.tokens + (shown - this.filledAt) * this.perSecond)
    this.filledAt = shown
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
