import { tell } from '../engine/asking.ts'
import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import { Lru } from '../engine/lru.ts'
import type { Sampler } from '../engine/sampler.ts'
import type { Stream } from '../engine/stream.ts'
import { type Fields, MOST_SECONDS } from '../fields.ts'
import type { Distribution, FaultKind, Placed } from '../model.ts'
import { Base } from './base.ts'
import { type Kind, real } from './kind.ts'

const { DOWN, FLAGS, GENERATION, INTS, KEY, MARKED, OK, REPLICA } = slots

declare module '../model.ts' {
  interface Components {
    cache: Cache
    cdn: Cdn
  }
}

/** Its steps are what a miss does; after them the entry is filled. */
export interface Cache extends Placed {
  readonly kind: 'cache'
  /** Entries that fit, up to 4,000,000; the least recently used is evicted. */
  readonly entries: number
  /** Null: entries do not expire. */
  readonly ttlSeconds: number | null
  /** Seconds that a lookup takes, hit or miss. */
  readonly time: Distribution
  /** True: while one miss of a key is under way, other calls for this key wait for it. False (default): a stampede. */
  readonly singleFlight?: boolean
}

/** Edges with a cache each; a call comes to any of them, as users are everywhere. Steps are what the origin does on a miss. */
export interface Cdn extends Placed {
  readonly kind: 'cdn'
  readonly edges: number
  /** Entries that fit at each edge. */
  readonly entries: number
  readonly ttlSeconds: number | null
  readonly time: Distribution
  readonly singleFlight?: boolean
}

interface Spec {
  readonly id: string
  readonly edges: number
  readonly entries: number
  readonly ttlSeconds: number | null
  readonly singleFlight: boolean
}

interface Waiter {
  readonly call: number
  readonly generation: number
}

/** One cache, or the caches of edges: least recently used, with a time to live; a miss runs the call's steps and fills. */
export class CacheStation extends Base {
  private readonly time: Sampler
  private readonly stream: Stream
  private readonly stores: readonly Lru[]
  private readonly single: boolean
  private ttl: number
  private readonly flights = new Map<number, Waiter[]>()
  private down = Number.POSITIVE_INFINITY
  private hotShare = 0
  private hits = 0
  private misses = 0
  private joined = 0
  private evictedBefore = 0

  constructor(engine: Engine, index: number, spec: Spec, time: Sampler, stream: Stream) {
    super(engine, index, spec.id)
    this.time = time
    this.stream = stream
    this.single = spec.singleFlight
    this.ttl = spec.ttlSeconds ?? Number.POSITIVE_INFINITY
    this.stores = Array.from({ length: spec.edges }, () => new Lru(spec.entries))
  }

  accept(call: number): void {
    if (this.down !== Number.POSITIVE_INFINITY) {
      this.refuse(call, DOWN)
      return
    }
    if (this.hotShare > 0 && this.stream.uniform() < this.hotShare)
      this.engine.calls.ints[call * INTS + KEY] = 0
    this.arrive(call)
    const edges = this.stores.length
    this.engine.calls.ints[call * INTS + REPLICA] = edges === 1 ? 0 : this.stream.below(edges)
    this.engine.scheduleCall(this.seconds(call, this.time), this.code, call)
  }

  fire(_op: number, call: number): void {
    const { engine } = this
    if (!engine.mine(call)) return
    const { ints } = engine.calls
    const key = ints[call * INTS + KEY] as number
    const has = this.store(call).get(key, this.clock)
    const { asked } = engine.siteOf(call)
    if (has) this.hits++
    else this.misses++
    if (asked) tell(engine, call, has)
    if (has || asked) {
      this.depart(call, OK)
      return
    }
    if (this.single && this.joins(call)) return
    this.miss(call)
  }

  /** A miss's steps are over: what came is kept, and whoever waited for it has it. */
  override resume(call: number, outcome: number): void {
    const { engine } = this
    const { ints } = engine.calls
    const key = ints[call * INTS + KEY] as number
    if (outcome === OK) this.store(call).set(key, this.clock + this.ttl)
    const leads = ((ints[call * INTS + FLAGS] as number) & MARKED) !== 0
    const flight = this.flightOf(call)
    this.depart(call, outcome)
    if (leads) this.land(flight, outcome)
  }

  /** What a caller that asked has fetched itself. */
  keep(key: number): void {
    if (this.down === Number.POSITIVE_INFINITY) (this.stores[0] as Lru).set(key, this.clock + this.ttl)
  }

  /** Entries end by the cache's own clock. */
  private get clock(): number {
    return this.engine.now + this.engine.clocks.skewAt(this.index)
  }

  override downSince(): number {
    return this.down
  }

  override set(parameter: string, value: number): boolean {
    if (parameter !== 'ttlSeconds') return false
    this.ttl = value
    return true
  }

  override fault(kind: FaultKind, factor: number | null): boolean {
    if (kind === 'cache-flush') {
      if (factor !== null) for (const store of this.stores) store.clear()
    } else if (kind === 'hot-key') this.hotShare = factor ?? 0
    else if (kind === 'crash') {
      this.down = factor === null ? Number.POSITIVE_INFINITY : this.engine.now
      if (factor !== null) this.crash()
    } else return false
    return true
  }

  override counts(): Record<string, number> {
    const asked = this.hits + this.misses
    return {
      hits: this.hits,
      misses: this.misses,
      hitRatio: asked === 0 ? 0 : this.hits / asked,
      joined: this.joined,
      evictions: this.evicted() - this.evictedBefore,
      entries: this.stores.reduce((sum, { size }) => sum + size, 0),
    }
  }

  override resetCounts(): void {
    this.hits = this.misses = this.joined = 0
    this.evictedBefore = this.evicted()
  }

  private evicted(): number {
    return this.stores.reduce((sum, { evictions }) => sum + evictions, 0)
  }

  private store(call: number): Lru {
    return this.stores[this.engine.calls.ints[call * INTS + REPLICA] as number] as Lru
  }

  /** A key at one edge. */
  private flightOf(call: number): number {
    const { ints } = this.engine.calls
    const at = call * INTS
    return (ints[at + KEY] as number) * this.stores.length + (ints[at + REPLICA] as number)
  }

  private miss(call: number): void {
    if (this.engine.siteOf(call).program < 0) this.resume(call, OK)
    else this.served(call)
  }

  /** With single flight: true where the call now waits for another's miss. */
  private joins(call: number): boolean {
    const { ints } = this.engine.calls
    const at = call * INTS
    const flight = this.flights.get(this.flightOf(call))
    if (flight === undefined) {
      this.flights.set(this.flightOf(call), [])
      ints[at + FLAGS] = (ints[at + FLAGS] as number) | MARKED
      return false
    }
    this.joined++
    flight.push({ call, generation: ints[at + GENERATION] as number })
    return true
  }

  private land(key: number, outcome: number): void {
    const waiters = this.flights.get(key) ?? []
    this.flights.delete(key)
    for (const { call, generation } of waiters)
      if (this.engine.calls.ints[call * INTS + GENERATION] === generation) this.depart(call, outcome)
  }

  private crash(): void {
    for (const store of this.stores) store.clear()
    this.flights.clear()
    this.kill(this.underWay(), DOWN)
  }
}

function check(fields: Fields): void {
  fields.whole('entries', 1, 4_000_000)
  if (fields.value('ttlSeconds') !== null) fields.positive('ttlSeconds', MOST_SECONDS)
  fields.distribution('time')
  fields.flag('singleFlight')
}

const faults = ['crash', 'cache-flush', 'hot-key'] as const
const parameters = { ttlSeconds: real(1e-6, MOST_SECONDS) }

export const cache: Kind<Cache> = {
  kind: 'cache',
  faults,
  parameters,
  steps: true,
  check,
  build: (component, context) =>
    new CacheStation(
      context.engine,
      context.index,
      { ...component, edges: 1, singleFlight: component.singleFlight === true },
      context.sampler(component.time, 'time'),
      context.stream('chance'),
    ),
}

export const cdn: Kind<Cdn> = {
  kind: 'cdn',
  faults,
  parameters,
  steps: true,
  check(fields) {
    fields.whole('edges', 1, 1000)
    check(fields)
    if ((fields.value('edges') as number) * (fields.value('entries') as number) > 4_000_000)
      fields.problem('entries', 'times edges must be at most 4000000')
  },
  build: (component, context) =>
    new CacheStation(
      context.engine,
      context.index,
      { ...component, singleFlight: component.singleFlight === true },
      context.sampler(component.time, 'time'),
      context.stream('chance'),
    ),
}
