import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import * as clocked from '../engine/gauge.ts'
import type { Sampler } from '../engine/sampler.ts'
import type { Stream } from '../engine/stream.ts'
import type { WaitingLine } from '../engine/waiting-line.ts'
import { MOST_SECONDS } from '../fields.ts'
import type { FaultKind } from '../model.ts'
import { Base } from './base.ts'
import { Cluster, type DatabaseNode } from './cluster.ts'
import { checkDatabase, type Database } from './database-fields.ts'
import { type Kind, real, whole } from './kind.ts'
import { Replication } from './replication.ts'
import { RowLocks } from './row-locks.ts'

const {
  DOWN,
  DROPPED,
  ENTERED,
  ERROR,
  EXPIRED,
  FLAGS,
  FLOATS,
  INTS,
  KEY,
  NEED,
  OK,
  QUEUED,
  REJECTED,
  REPLICA,
  WRITE,
} = slots
const { ENTERED_AT } = clocked

const EXECUTED = 0
const PROMOTE = 1

// Which line a call waits in (its NEED, which a database does not need).
const FOR_CONNECTION = 1
const FOR_WORKER = 2
const FOR_LOCK = 3

interface Parts {
  readonly time: Sampler
  readonly writeTime: Sampler
  readonly stream: Stream
  readonly log: (message: string) => void
}

/** Partitions of a primary and its read replicas; connections, workers and locks to wait for. */
export class DatabaseStation extends Base {
  private readonly cluster: Cluster
  private readonly time: Sampler
  private readonly writeTime: Sampler
  private readonly stream: Stream
  private readonly locks: RowLocks | null
  private readonly replication: Replication
  private readonly failover: number | null
  private readonly log: (message: string) => void
  private workers: number
  private pool: number
  private bound: number
  private readonly slowness = { slow: 1, capacity: 1, set: 1 }
  private hotShare = 0
  private full = false
  private leakRate = 0
  private leakSince = 0
  private reads = 0
  private writes = 0
  private stale = 0
  private lockWaits = 0
  private failovers = 0
  private lostWrites = 0

  constructor(engine: Engine, index: number, spec: Database, parts: Parts) {
    super(engine, index, spec.id)
    this.cluster = new Cluster(engine, spec.partitions ?? 1, spec.replicas ?? 0)
    this.time = parts.time
    this.writeTime = parts.writeTime
    this.stream = parts.stream
    this.log = parts.log
    this.locks = spec.locks === true ? new RowLocks(engine) : null
    this.replication = new Replication(spec.lagSeconds ?? 0, this.cluster.partitions)
    this.failover = spec.failoverSeconds ?? null
    this.workers = spec.workers
    this.pool = spec.pool
    this.bound = spec.queue ?? Number.POSITIVE_INFINITY
    this.count()
  }

  accept(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (this.hotShare > 0 && this.stream.uniform() < this.hotShare) ints[at + KEY] = 0
    const write = ((ints[at + FLAGS] as number) & WRITE) !== 0
    const index = this.cluster.nodeFor(ints[at + KEY] as number, write)
    const node = this.cluster.nodes[index] as DatabaseNode
    if (node.down !== Number.POSITIVE_INFINITY) this.refuse(call, DOWN)
    else if (this.isLate(call)) this.refuse(call, EXPIRED)
    else if (write && this.full) this.refuse(call, ERROR)
    else if (node.connections < this.connections()) {
      this.arrive(call)
      ints[at + REPLICA] = index
      this.connect(call, node)
    } else if (node.forConnection.length >= this.bound) this.refuse(call, REJECTED)
    else {
      this.arrive(call)
      ints[at + REPLICA] = index
      this.wait(call, node.forConnection, FOR_CONNECTION)
    }
  }

  fire(op: number, call: number): void {
    const { engine } = this
    if (op === PROMOTE) {
      this.promote(call)
      return
    }
    if (!engine.mine(call)) return
    const node = this.nodeOf(call)
    node.busy--
    this.gauge.rest()
    this.unlock(call)
    node.connections--
    this.noteEnd(call)
    this.depart(call, OK)
    this.fill(node)
  }

  override withdraw(call: number): boolean {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (((ints[at + FLAGS] as number) & QUEUED) === 0) return false
    const node = this.nodeOf(call)
    const where = ints[at + NEED] as number
    this.dequeue(call)
    if (where === FOR_WORKER) this.unlock(call)
    if (where !== FOR_CONNECTION) node.connections--
    this.left(call, DROPPED)
    this.fill(node)
    return true
  }

  override downSince(): number {
    return this.cluster.downSince
  }

  private nodeOf(call: number): DatabaseNode {
    return this.cluster.nodes[this.engine.calls.ints[call * INTS + REPLICA] as number] as DatabaseNode
  }

  /** Connections to a node that are not leaked. */
  private connections(): number {
    if (this.leakRate === 0) return this.pool
    return this.pool - Math.floor((this.engine.now - this.leakSince) * this.leakRate)
  }

  private wait(call: number, line: WaitingLine, where: number): void {
    this.engine.calls.ints[call * INTS + NEED] = where
    line.add(call)
    this.gauge.queue()
  }

  private connect(call: number, node: DatabaseNode): void {
    node.connections++
    const { ints } = this.engine.calls
    const at = call * INTS
    const key = ints[at + KEY] as number
    if (this.locks !== null && ((ints[at + FLAGS] as number) & WRITE) !== 0) {
      const line = this.locks.take(key)
      if (line !== null) {
        this.lockWaits++
        this.wait(call, line, FOR_LOCK)
        return
      }
    }
    this.ready(call, node)
  }

  private ready(call: number, node: DatabaseNode): void {
    if (node.busy < this.workers) this.execute(call, node)
    else this.wait(call, node.forWorker, FOR_WORKER)
  }

  private execute(call: number, node: DatabaseNode): void {
    const { engine } = this
    const { ints, floats } = engine.calls
    const at = call * INTS
    node.busy++
    engine.clock[ENTERED_AT] = floats[call * FLOATS + ENTERED] as number
    this.gauge.work()
    const write = ((ints[at + FLAGS] as number) & WRITE) !== 0
    const { slow, capacity, set } = this.slowness
    const seconds = this.seconds(call, write ? this.writeTime : this.time) * slow * capacity * set
    engine.scheduleCall(seconds, this.code + EXECUTED, call)
  }

  /** Gives a lock on to the first that waits for it. */
  private unlock(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (this.locks === null || ((ints[at + FLAGS] as number) & WRITE) === 0) return
    const next = this.locks.pass(ints[at + KEY] as number)
    if (next < 0) return
    this.gauge.unqueue()
    this.ready(next, this.nodeOf(next))
  }

  private fill(node: DatabaseNode): void {
    const { engine, gauge } = this
    while (node.busy < this.workers && node.forWorker.length > 0) {
      const call = node.forWorker.first
      node.forWorker.remove(call)
      gauge.unqueue()
      const fate = engine.fate(call)
      if (fate === OK) this.execute(call, node)
      else {
        this.unlock(call)
        node.connections--
        this.depart(call, fate)
      }
    }
    while (node.forConnection.length > 0 && node.connections < this.connections()) {
      const call = node.forConnection.first
      node.forConnection.remove(call)
      gauge.unqueue()
      const fate = engine.fate(call)
      if (fate === OK) this.connect(call, node)
      else this.depart(call, fate)
    }
  }

  private noteEnd(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    const key = ints[at + KEY] as number
    const { now } = this.engine
    const partition = this.cluster.partitionOf(key)
    if (((ints[at + FLAGS] as number) & WRITE) !== 0) {
      this.writes++
      this.replication.wrote(key, partition, now)
      return
    }
    this.reads++
    const replica = ints[at + REPLICA] !== this.cluster.primaries[partition]
    if (replica && this.replication.isStale(key, now)) this.stale++
  }

  // ---------------------------------------------------------------------------------------- what changes it

  override set(parameter: string, value: number): boolean {
    if (parameter === 'workers') this.workers = value
    else if (parameter === 'pool') this.pool = value
    else if (parameter === 'queue') this.bound = value
    else if (parameter === 'lagSeconds') this.replication.setLag(value)
    else if (parameter === 'slowness') this.slowness.set = value
    else return false
    this.count()
    for (const node of this.cluster.nodes) this.fill(node)
    return true
  }

  override fault(kind: FaultKind, factor: number | null, share: number): boolean {
    if (factor === null && (kind === 'crash' || kind === 'primary-crash')) {
      this.cluster.restart()
      this.count()
    } else if (kind === 'crash') this.crash(this.cluster.firstOf('all', share))
    else if (kind === 'primary-crash') this.crash(this.cluster.firstOf('primaries', share))
    else if (kind === 'slow') this.slowness.slow = factor ?? 1
    else if (kind === 'capacity') this.slowness.capacity = 1 / Math.max(1e-6, factor ?? 1)
    else if (kind === 'disk-full') this.full = factor !== null
    else if (kind === 'hot-key') this.hotShare = factor ?? 0
    else if (kind === 'leak') {
      if (this.leakRate === 0) this.leakSince = this.engine.now
      this.leakRate = factor ?? 0
    } else return false
    for (const node of this.cluster.nodes) this.fill(node)
    return true
  }

  override counts(): Record<string, number> {
    return {
      reads: this.reads,
      writes: this.writes,
      staleReads: this.stale,
      lockWaits: this.lockWaits,
      failovers: this.failovers,
      lostWrites: this.lostWrites,
    }
  }

  override resetCounts(): void {
    this.reads = this.writes = this.stale = this.lockWaits = this.failovers = this.lostWrites = 0
  }

  private count(): void {
    this.gauge.staff(this.cluster.nodes.length, this.cluster.up * this.workers)
  }

  /** These nodes go down, with all that they have; where one is a primary, a replica may take its place. */
  private crash(hit: readonly number[]): void {
    const { engine, gauge, cluster } = this
    cluster.stop(hit, engine.now)
    this.count()
    const { ints } = engine.calls
    const there = this.present().filter((call) => hit.includes(ints[call * INTS + REPLICA] as number))
    this.kill(there, DOWN, (call) => {
      if (((engine.calls.ints[call * INTS + FLAGS] as number) & QUEUED) === 0) {
        this.nodeOf(call).busy--
        gauge.rest()
      } else this.dequeue(call)
    })
    for (const i of hit) (cluster.nodes[i] as DatabaseNode).connections = 0
    this.locks?.drop((key) => cluster.isDown(cluster.primaryOf(key)))
    if (this.failover === null) return
    for (const [partition, primary] of cluster.primaries.entries())
      if (hit.includes(primary)) engine.schedule(this.failover, this.code + PROMOTE, partition)
  }

  /** The failover of a partition whose primary has been down for all of its time, where a replica is up. */
  private promote(partition: number): void {
    const { cluster } = this
    const since = cluster.nodes[cluster.primaries[partition] as number]?.down ?? Number.POSITIVE_INFINITY
    const replica = cluster.replicaUp(partition, 0)
    if (replica < 0 || since + (this.failover as number) > this.engine.now + 1e-9) return
    const lost = this.replication.unsent(partition, since)
    cluster.promote(partition, replica)
    this.failovers++
    this.lostWrites += lost
    const which = cluster.partitions === 1 ? '' : ` of partition ${partition + 1}`
    this.log(`a replica is promoted to primary${which}; ${lost} writes that it never got are lost`)
  }

  private dequeue(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    const node = this.nodeOf(call)
    const where = ints[at + NEED]
    if (where === FOR_LOCK) this.locks?.leave(ints[at + KEY] as number, call)
    else (where === FOR_WORKER ? node.forWorker : node.forConnection).remove(call)
    this.gauge.unqueue()
  }
}

export const database: Kind<Database> = {
  kind: 'database',
  faults: ['crash', 'primary-crash', 'slow', 'capacity', 'disk-full', 'hot-key', 'leak'],
  partly: ['crash', 'primary-crash'],
  parameters: {
    workers: whole(1, 100_000),
    pool: whole(1, 1_000_000),
    queue: whole(0, 1_000_000_000),
    lagSeconds: real(0, MOST_SECONDS),
    slowness: real(1e-6, 1e6),
  },
  steps: false,
  check: checkDatabase,
  build: (component, context) =>
    new DatabaseStation(context.engine, context.index, component, {
      time: context.sampler(component.time, 'time'),
      writeTime: context.sampler(component.writeTime ?? component.time, 'write time'),
      stream: context.stream('chance'),
      log: context.log,
    }),
}
