import * as slots from '../engine/calls.ts'
import type { Spreader } from '../engine/choose.ts'
import type { Engine } from '../engine/engine.ts'
import type { Site, Station } from '../engine/parts.ts'
import type { Sampler } from '../engine/sampler.ts'
import type { Stream } from '../engine/stream.ts'
import { MOST_SECONDS } from '../fields.ts'
import type { Distribution, Placed } from '../model.ts'
import type { Kind } from './kind.ts'
import { Passing } from './passing.ts'
import { POLICIES, type Policy, type Pool, pick } from './pick.ts'

const { DOWN, INTS, KEY, REPLICA } = slots

declare module '../model.ts' {
  interface Components {
    balancer: Balancer
  }
}

/** Passes a call on: its steps' calls go to a replica that its policy chooses, among all replicas of all their `to`. */
export interface Balancer extends Placed {
  readonly kind: 'balancer'
  readonly policy: Policy
  /** Seconds that passing on takes. Default 0. */
  readonly time?: Distribution
  /** A replica that is down is passed over once it has been down this long. Default 0: at once. */
  readonly healthCheckSeconds?: number
}

/** All replicas of a site's targets, one after another. */
class Replicas implements Pool {
  private readonly stations: readonly Station[]
  private readonly healthy: (downSince: number) => boolean

  constructor(stations: readonly Station[], healthy: (downSince: number) => boolean) {
    this.stations = stations
    this.healthy = healthy
  }

  get count(): number {
    let sum = 0
    for (const station of this.stations) sum += station.replicaCount()
    return sum
  }

  load(i: number): number {
    const { station, replica } = this.at(i)
    return station.loadOf(replica)
  }

  usable(i: number): boolean {
    const { station, replica } = this.at(i)
    return this.healthy(station.downSince(replica))
  }

  at(i: number): { station: Station; replica: number } {
    let left = i
    for (const station of this.stations) {
      if (left < station.replicaCount()) return { station, replica: left }
      left -= station.replicaCount()
    }
    return { station: this.stations[0] as Station, replica: 0 }
  }
}

/** Chooses a replica for each call that its own calls make. */
export class BalancerStation extends Passing implements Spreader {
  private readonly policy: Policy
  private readonly time: Sampler | null
  private readonly stream: Stream
  private readonly checkSeconds: number
  private readonly pools = new Map<Site, Replicas>()

  constructor(engine: Engine, index: number, balancer: Balancer, time: Sampler | null, stream: Stream) {
    super(engine, index, balancer.id)
    this.policy = balancer.policy
    this.time = time
    this.stream = stream
    this.checkSeconds = balancer.healthCheckSeconds ?? 0
  }

  accept(call: number): void {
    if (this.isDown) {
      this.refuse(call, DOWN)
      return
    }
    this.arrive(call)
    if (this.time === null) this.served(call)
    else this.engine.scheduleCall(this.seconds(call, this.time), this.code, call)
  }

  fire(_op: number, call: number): void {
    if (this.engine.mine(call)) this.served(call)
  }

  spread(call: number, site: Site): number {
    let pool = this.pools.get(site)
    if (pool === undefined) {
      const stations = site.targets.map((target) => this.engine.stations[target] as Station)
      // Knowing that a replica is down takes the time of a health check.
      pool = new Replicas(
        stations,
        (since) => since === Number.POSITIVE_INFINITY || since + this.checkSeconds > this.engine.now,
      )
      this.pools.set(site, pool)
    }
    const { ints } = this.engine.calls
    const key = ints[call * INTS + KEY] as number
    const { station, replica } = pool.at(pick(this.policy, pool, key, site.turn++, this.stream))
    ints[call * INTS + REPLICA] = replica
    return station.index
  }
}

export const balancer: Kind<Balancer> = {
  kind: 'balancer',
  faults: ['crash'],
  parameters: {},
  steps: true,
  check(fields) {
    fields.one('policy', POLICIES)
    if (fields.has('time')) fields.distribution('time')
    if (fields.has('healthCheckSeconds')) fields.number('healthCheckSeconds', 0, MOST_SECONDS)
  },
  build: (component, context) => {
    const { time } = component
    return new BalancerStation(
      context.engine,
      context.index,
      component,
      time === undefined ? null : context.sampler(time, 'time'),
      context.stream('choice'),
    )
  },
}
