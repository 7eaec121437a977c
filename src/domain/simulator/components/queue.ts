import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import * as clocked from '../engine/gauge.ts'
import { Gauge } from '../engine/gauge.ts'
import type { Site } from '../engine/parts.ts'
import type { Sampler } from '../engine/sampler.ts'
import { mixed, type Stream } from '../engine/stream.ts'
import { WaitingLine } from '../engine/waiting-line.ts'
import type { Distribution, FaultKind, Placed, Step } from '../model.ts'
import { Base } from './base.ts'
import { type Kind, real, whole } from './kind.ts'

const {
  CANCELLABLE,
  DEADLINE,
  DOWN,
  ENTERED,
  ERROR,
  FLAGS,
  FLOATS,
  INTS,
  KEY,
  NOBODY,
  OK,
  PARENT,
  PRESENT,
  PREVIOUS,
  REJECTED,
  REPLICA,
  REQUEST,
  STATION,
  TRACE,
} = slots
const { ENTERED_AT } = clocked

declare module '../model.ts' {
  interface Components {
    queue: Queue
  }
}

/** A queue or log: publishing is quick and acknowledged; consumers run the steps later, out of the caller's sight. */
export interface Queue extends Placed {
  readonly kind: 'queue'
  /** Seconds until a publish is acknowledged. */
  readonly time: Distribution
  /** Messages that may wait in a partition; null: no bound. A message too many is rejected. */
  readonly capacity: number | null
  /** A message goes to the partition of its key's hash; one partition is read by one consumer of each group. Default 1. */
  readonly partitions?: number
  readonly groups: readonly ConsumerGroup[]
}

export interface ConsumerGroup {
  readonly id: string
  /** Null: as many as `of` has workers in service. */
  readonly consumers: number | null
  /** The service or database that does the work: nobody reads while it has no worker in service. */
  readonly of?: string
  /** Seconds that a consumer takes for a message, before `steps`. */
  readonly time: Distribution
  /** What a consumer does with a message; it takes the next when this has ended, well or not. */
  readonly steps?: readonly Step[]
}

/** A consumer group at work: a line a partition, and consumers each of which reads its own partitions. */
interface Group {
  readonly id: string
  readonly site: Site
  readonly time: Sampler
  readonly lines: readonly WaitingLine[]
  readonly busy: Uint8Array
  readonly gauge: Gauge
  consumers: number | null
  readonly of: string | null
  /** Whose work it is, once it is known; null: nobody's that can be down. */
  staff: Gauge | null
}

interface GroupParts {
  readonly id: string
  readonly consumers: number | null
  readonly of: string | null
  readonly site: Site
  readonly time: Sampler
}

const ACKNOWLEDGED = 0
const CONSUMED = 1

const MOST_CONSUMERS = 10_000

/**
 * Publishing puts a message into a partition for every group, and is acknowledged; a message is a call of its own that
 * nobody waits for. Its station's gauge measures publishing; each group has its own.
 */
export class QueueStation extends Base {
  private readonly time: Sampler
  private readonly stream: Stream
  private readonly partitions: number
  private readonly groups: readonly Group[]
  private bound: number
  private slowness = 1
  private paused = false
  private down = Number.POSITIVE_INFINITY
  private full = false
  private hotShare = 0
  private published = 0
  private consumed = 0
  private failed = 0

  constructor(
    engine: Engine,
    index: number,
    queue: Queue,
    parts: { time: Sampler; stream: Stream; groups: readonly GroupParts[] },
  ) {
    super(engine, index, queue.id)
    this.time = parts.time
    this.stream = parts.stream
    this.partitions = queue.partitions ?? 1
    this.bound = queue.capacity ?? Number.POSITIVE_INFINITY
    this.groups = parts.groups.map((group) => ({
      ...group,
      lines: Array.from({ length: this.partitions }, () => new WaitingLine(engine)),
      busy: new Uint8Array(MOST_CONSUMERS),
      gauge: new Gauge(engine.clock),
      staff: null,
    }))
  }

  get messages(): readonly Gauge[] {
    return this.groups.map(({ gauge }) => gauge)
  }

  accept(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (this.hotShare > 0 && this.stream.uniform() < this.hotShare) ints[at + KEY] = 0
    const partition = this.partitionOf(ints[at + KEY] as number)
    if (this.down !== Number.POSITIVE_INFINITY) this.refuse(call, DOWN)
    else if (this.full) this.refuse(call, ERROR)
    else if (this.groups.some(({ lines }) => (lines[partition] as WaitingLine).length >= this.bound))
      this.refuse(call, REJECTED)
    else {
      this.arrive(call)
      this.engine.scheduleCall(this.seconds(call, this.time), this.code + ACKNOWLEDGED, call)
    }
  }

  fire(op: number, call: number): void {
    const { engine } = this
    if (!engine.mine(call)) return
    if (op === ACKNOWLEDGED) {
      this.published++
      for (const group of this.groups) this.publish(call, group)
      this.depart(call, OK)
    } else if (engine.siteOf(call).program >= 0) engine.perform(call)
    else this.processed(call, OK)
  }

  /** A consumer's steps are over. */
  override resume(call: number, outcome: number): void {
    this.processed(call, outcome)
  }

  private partitionOf(key: number): number {
    return this.partitions === 1 ? 0 : mixed(key) % this.partitions
  }

  private publish(from: number, group: Group): void {
    const { engine } = this
    const message = engine.create(from, group.site, 0, 0)
    if (message < 0) return
    const { ints, floats } = engine.calls
    const at = message * INTS
    ints[at + PARENT] = NOBODY
    ints[at + REQUEST] = engine.tally.later(ints[at + REQUEST] as number)
    ints[at + STATION] = this.index
    ints[at + FLAGS] = ((ints[at + FLAGS] as number) & ~CANCELLABLE) | PRESENT
    floats[message * FLOATS + DEADLINE] = Number.POSITIVE_INFINITY
    floats[message * FLOATS + ENTERED] = engine.now
    if ((ints[at + TRACE] as number) >= 0) engine.tracer?.open(message)
    group.gauge.enter()
    group.gauge.queue()
    const partition = this.partitionOf(ints[at + KEY] as number)
    const line = group.lines[partition] as WaitingLine
    line.add(message)
    const readers = this.readersOf(group)
    if (readers === 0) return
    const consumer = partition % readers
    if (group.busy[consumer] === 0) this.consume(group, consumer, partition)
  }

  /** Consumers at work now: those of a service are its workers in service. */
  private readersOf(group: Group): number {
    if (group.of === null) return group.consumers ?? 0
    if (group.staff === null) {
      group.staff = this.engine.stations.find(({ id }) => id === group.of)?.gauge ?? null
      group.staff?.watchers.push(() => this.wake())
    }
    const workers = Math.min(MOST_CONSUMERS, group.staff?.workers ?? 0)
    return workers === 0 ? 0 : (group.consumers ?? workers)
  }

  private consume(group: Group, consumer: number, partition: number): void {
    if (this.paused || this.down !== Number.POSITIVE_INFINITY) return
    const { engine } = this
    const line = group.lines[partition] as WaitingLine
    const message = line.first
    line.remove(message)
    const { ints, floats } = engine.calls
    const f = message * FLOATS
    group.busy[consumer] = 1
    group.gauge.unqueue()
    engine.clock[ENTERED_AT] = floats[f + ENTERED] as number
    group.gauge.work()
    ints[message * INTS + REPLICA] = consumer
    ints[message * INTS + PREVIOUS] = partition
    engine.scheduleCall(group.time.next() * this.slowness, this.code + CONSUMED, message)
  }

  private processed(message: number, outcome: number): void {
    const { engine } = this
    const { ints, floats } = engine.calls
    const at = message * INTS
    const group = this.groups.find(({ site }) => site === engine.siteOf(message)) as Group
    const consumer = ints[at + REPLICA] as number
    const partition = ints[at + PREVIOUS] as number
    if (outcome === OK) this.consumed++
    else this.failed++
    group.gauge.rest()
    engine.clock[ENTERED_AT] = floats[message * FLOATS + ENTERED] as number
    group.gauge.leave(outcome === OK)
    engine.finish(message, outcome)
    group.busy[consumer] = 0
    this.next(group, consumer, partition)
  }

  /** The next partition of a consumer that has something, after the one it read last. */
  private next(group: Group, consumer: number, after: number): void {
    const { lines } = group
    const consumers = this.readersOf(group)
    if (group.busy[consumer] !== 0 || consumer >= consumers) return
    for (let i = 1; i <= this.partitions; i++) {
      const partition = (after + i) % this.partitions
      if (partition % consumers !== consumer || (lines[partition] as WaitingLine).length === 0) continue
      this.consume(group, consumer, partition)
      return
    }
  }

  private wake(): void {
    for (const group of this.groups)
      for (let i = 0; i < Math.min(this.readersOf(group), this.partitions); i++) this.next(group, i, 0)
  }

  override set(parameter: string, value: number): boolean {
    if (parameter === 'capacity') this.bound = value
    else if (parameter === 'slowness') this.slowness = value
    else if (parameter === 'consumers') for (const group of this.groups) group.consumers = value
    else return false
    this.wake()
    return true
  }

  override fault(kind: FaultKind, factor: number | null): boolean {
    if (kind === 'crash') this.crash(factor !== null)
    else if (kind === 'pause') this.paused = factor !== null
    else if (kind === 'slow') this.slowness = factor ?? 1
    else if (kind === 'disk-full') this.full = factor !== null
    else if (kind === 'hot-key') this.hotShare = factor ?? 0
    else return false
    this.wake()
    return true
  }

  override downSince(): number {
    return this.down
  }

  /** What is being published is lost to its sender; what was acknowledged stays, and is read when it is back. */
  private crash(on: boolean): void {
    this.down = on ? this.engine.now : Number.POSITIVE_INFINITY
    if (!on) return
    const published = this.underWay().filter((call) => this.isPublished(call))
    this.kill(published, DOWN)
  }

  private isPublished(call: number): boolean {
    return !this.groups.some(({ site }) => site === this.engine.siteOf(call))
  }

  /** Publishing alone; messages are their groups'. */
  override secondsPresent(): number {
    return this.secondsOf(this.present().filter((call) => this.isPublished(call)))
  }

  private messagesOf(site: Site): number {
    return this.secondsOf(this.present().filter((call) => this.engine.siteOf(call) === site))
  }

  override counts(): Record<string, number> {
    const counts: Record<string, number> = {
      published: this.published,
      consumed: this.consumed,
      failed: this.failed,
    }
    for (const { id, gauge, lines, site } of this.groups) {
      counts[`${id}.waitingNow`] = lines.reduce((sum, { length }) => sum + length, 0)
      counts[`${id}.maxWaiting`] = gauge.maxWaiting
      counts[`${id}.meanWaitSeconds`] = gauge.meanWait
      counts[`${id}.p99Seconds`] = gauge.visits.quantile(0.99)
      counts[`${id}.littleGap`] = gauge.littleGap(this.messagesOf(site))
    }
    return counts
  }

  override resetCounts(): void {
    this.published = this.consumed = this.failed = 0
    for (const { gauge, site } of this.groups) gauge.reset(this.messagesOf(site))
  }
}

export const queue: Kind<Queue> = {
  kind: 'queue',
  faults: ['crash', 'pause', 'slow', 'disk-full', 'hot-key'],
  parameters: {
    capacity: whole(0, 1_000_000_000),
    consumers: whole(1, MOST_CONSUMERS),
    slowness: real(1e-6, 1e6),
  },
  steps: false,
  check(fields) {
    fields.distribution('time')
    fields.bound('capacity')
    if (fields.has('partitions')) fields.whole('partitions', 1, 10_000)
  },
  build: (component, context) =>
    new QueueStation(context.engine, context.index, component, {
      time: context.sampler(component.time, 'time'),
      stream: context.stream('chance'),
      groups: component.groups.map((group) => ({
        id: group.id,
        consumers: group.consumers,
        of: group.of ?? null,
        site: context.ownSite(group.id, group.steps),
        time: context.sampler(group.time, `group ${group.id}`),
      })),
    }),
}
