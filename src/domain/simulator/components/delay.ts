import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import type { Plain } from '../engine/express.ts'
import * as records from '../engine/records.ts'
import type { Sampler } from '../engine/sampler.ts'
import * as columns from '../engine/station-table.ts'
import type { Stream } from '../engine/stream.ts'
import type { Distribution, FaultKind, Placed } from '../model.ts'
import { Base } from './base.ts'
import { type Kind, real } from './kind.ts'
import { Parking } from './parking.ts'

const { DOWN, ERROR } = slots
const { PLAIN } = columns
const { DELAYS } = records

declare module '../model.ts' {
  interface Components {
    delay: Delay
  }
}

/** An infinite server: every call takes its time, none waits. A dependency of somebody else, or thinking. */
export interface Delay extends Placed {
  readonly kind: 'delay'
  readonly time: Distribution
  readonly errors?: number
}

/** Every call takes its time; none waits. */
export class DelayStation extends Base implements Plain {
  private readonly own: Int32Array
  private readonly time: Sampler
  private readonly stream: Stream
  private errors: number
  private extraErrors = 0
  private slowness = 1
  private paused = false
  private readonly parking: Parking
  private downAt = Number.POSITIVE_INFINITY

  constructor(engine: Engine, index: number, delay: Delay, time: Sampler, stream: Stream) {
    super(engine, index, delay.id)
    this.time = time
    this.stream = stream
    this.errors = delay.errors ?? 0
    this.parking = new Parking(engine)
    this.own = engine.table.intsOf(index)
    this.review()
  }

  get recordAt(): number {
    return this.time.address
  }

  /** Whether all is so plain that calls may come and go by the express way. */
  private review(): void {
    const errors = this.errors + this.extraErrors
    const up = this.downAt === Number.POSITIVE_INFINITY && !this.paused
    this.own[PLAIN] = up && errors === 0 && this.slowness === 1 ? DELAYS : 0
  }

  accept(call: number): void {
    if (this.downAt !== Number.POSITIVE_INFINITY) {
      this.refuse(call, DOWN)
      return
    }
    this.arrive(call)
    this.engine.scheduleCall(this.seconds(call, this.time) * this.slowness, this.code, call)
  }

  fire(_op: number, call: number): void {
    if (!this.engine.mine(call)) return
    if (this.paused) {
      this.parking.add(call)
      return
    }
    const errors = this.errors + this.extraErrors
    if (errors > 0 && this.stream.uniform() < errors) this.depart(call, ERROR)
    else this.served(call)
  }

  override downSince(): number {
    return this.downAt
  }

  override set(parameter: string, value: number): boolean {
    if (parameter === 'errors') this.errors = value
    else if (parameter === 'slowness') this.slowness = value
    else return false
    this.review()
    return true
  }

  override fault(kind: FaultKind, factor: number | null): boolean {
    if (kind === 'crash') {
      this.downAt = factor === null ? Number.POSITIVE_INFINITY : this.engine.now
      this.review()
      if (factor !== null) this.kill(this.underWay(), DOWN)
    } else if (kind === 'pause') {
      this.paused = factor !== null
      if (!this.paused) this.parking.leave(this.code)
    } else if (kind === 'slow') this.slowness = factor ?? 1
    else if (kind === 'errors') this.extraErrors = factor ?? 0
    else return false
    this.review()
    return true
  }
}

export const delay: Kind<Delay> = {
  kind: 'delay',
  faults: ['crash', 'pause', 'slow', 'errors'],
  parameters: { errors: real(0, 1), slowness: real(1e-6, 1e6) },
  steps: true,
  check(fields) {
    fields.distribution('time')
    if (fields.has('errors')) fields.share('errors')
  },
  build: (component, context) =>
    new DelayStation(
      context.engine,
      context.index,
      component,
      context.sampler(component.time, 'time'),
      context.stream('chance'),
    ),
}
