import {
  DOWN,
  DROPPED,
  ENTERED,
  ERROR,
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
} from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import { ENTERED_AT } from '../engine/gauge.ts'
import type { Sampler } from '../engine/sampler.ts'
import { mixed, type Stream } from '../engine/stream.ts'
import { WaitingLine } from '../engine/waiting-line.ts'
import { MOST_SECONDS } from '../fields.ts'
import type { Database, FaultKind } from '../model.ts'
import { Base } from './base.ts'
import { type Kind, real, whole } from './kind.ts'

// Which line a call waits in (its NEED, which a database does not need).
const FOR_CONNECTION = 1
const FOR_WORKER = 2
const FOR_LOCK = 3

/** A primary or a read replica. */
interface Node {
  busy: number
  connections: number
  down: number
  readonly forConnection: WaitingLine
  readonly forWorker: WaitingLine
}

/** Partitions of a primary and its read replicas; connections, workers and locks to wait for. */
export class DatabaseStation extends Base {
  private readonly nodes: readonly Node[]
  private readonly perPartition: number
  private readonly partitions: number
  private readonly time: Sampler
  private readonly writeTime: Sampler
  private readonly stream: Stream
  /** Keys being written, and who waits to. */
  private readonly locks: Map<number, WaitingLine> | null
  /** Keys written within the lag, oldest first. */
  private readonly written = new Map<number, number>()
  private lag: number
  private workers: number
  private pool: number
  private bound: number
  private turn = 0
  private readonly slowness = { slow: 1, capacity: 1, set: 1 }
  private hotShare = 0
  private full = false
  private leakRate = 0
  private leakSince = 0
  private reads = 0
  private writes = 0
  private stale = 0
  private lockWaits = 0

  constructor(
    engine: Engine,
    index: number,
    spec: Database,
    times: { time: Sampler; writeTime: Sampler },
    stream: Stream,
  ) {
    super(engine, index, spec.id)
    this.perPartition = 1 + (spec.replicas ?? 0)
    this.partitions = spec.partitions ?? 1
    this.time = times.time
    this.writeTime = times.writeTime
    this.stream = stream
    this.locks = spec.locks === true ? new Map() : null
    this.lag = spec.lagSeconds ?? 0
    this.workers = spec.workers
    this.pool = spec.pool
    this.bound = spec.queue ?? Number.POSITIVE_INFINITY
    this.nodes = Array.from({ length: this.perPartition * this.partitions }, () => ({
      busy: 0,
      connections: 0,
      down: Number.POSITIVE_INFINITY,
      forConnection: new WaitingLine(engine),
      forWorker: new WaitingLine(engine),
    }))
    this.count()
  }

  accept(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (this.hotShare > 0 && this.stream.uniform() < this.hotShare) ints[at + KEY] = 0
    const write = ((ints[at + FLAGS] as number) & WRITE) !== 0
    const index = this.nodeFor(ints[at + KEY] as number, write)
    const node = this.nodes[index] as Node
    if (node.down !== Number.POSITIVE_INFINITY) this.refuse(call, DOWN)
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

  fire(_op: number, call: number): void {
    const { engine } = this
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
    const key = ints[at + KEY] as number
    if (where === FOR_LOCK) this.locks?.get(key)?.remove(call)
    else (where === FOR_WORKER ? node.forWorker : node.forConnection).remove(call)
    this.gauge.unqueue()
    if (where === FOR_WORKER) this.unlock(call)
    if (where !== FOR_CONNECTION) node.connections--
    this.left(call, DROPPED)
    this.fill(node)
    return true
  }

  override downSince(): number {
    const up = this.nodes.some(({ down }) => down === Number.POSITIVE_INFINITY)
    return up ? Number.POSITIVE_INFINITY : Math.min(...this.nodes.map(({ down }) => down))
  }

  /** A read goes to a replica that is up, in turn; a write, or a read without one, to the primary. */
  private nodeFor(key: number, write: boolean): number {
    const first = (this.partitions === 1 ? 0 : mixed(key) % this.partitions) * this.perPartition
    if (write || this.perPartition === 1) return first
    const replicas = this.perPartition - 1
    this.turn = (this.turn + 1) % replicas
    for (let i = 0; i < replicas; i++) {
      const at = first + 1 + ((this.turn + i) % replicas)
      if ((this.nodes[at] as Node).down === Number.POSITIVE_INFINITY) return at
    }
    return first
  }

  private nodeOf(call: number): Node {
    return this.nodes[this.engine.calls.ints[call * INTS + REPLICA] as number] as Node
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

  private connect(call: number, node: Node): void {
    node.connections++
    const { ints } = this.engine.calls
    const at = call * INTS
    const key = ints[at + KEY] as number
    if (this.locks !== null && ((ints[at + FLAGS] as number) & WRITE) !== 0) {
      const line = this.locks.get(key)
      if (line !== undefined) {
        this.lockWaits++
        this.wait(call, line, FOR_LOCK)
        return
      }
      this.locks.set(key, new WaitingLine(this.engine))
    }
    this.ready(call, node)
  }

  private ready(call: number, node: Node): void {
    if (node.busy < this.workers) this.execute(call, node)
    else this.wait(call, node.forWorker, FOR_WORKER)
  }

  private execute(call: number, node: Node): void {
    const { engine } = this
    const { ints, floats } = engine.calls
    const at = call * INTS
    node.busy++
    engine.clock[ENTERED_AT] = floats[call * FLOATS + ENTERED] as number
    this.gauge.work()
    const write = ((ints[at + FLAGS] as number) & WRITE) !== 0
    const { slow, capacity, set } = this.slowness
    const seconds = this.seconds(call, write ? this.writeTime : this.time) * slow * capacity * set
    engine.scheduleCall(seconds, this.code, call)
  }

  /** Gives a lock on to the first that waits for it. */
  private unlock(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (this.locks === null || ((ints[at + FLAGS] as number) & WRITE) === 0) return
    const key = ints[at + KEY] as number
    const line = this.locks.get(key)
    if (line === undefined) return
    if (line.length === 0) {
      this.locks.delete(key)
      return
    }
    const next = line.first
    line.remove(next)
    this.gauge.unqueue()
    this.ready(next, this.nodeOf(next))
  }

  private fill(node: Node): void {
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
    if (((ints[at + FLAGS] as number) & WRITE) !== 0) {
      this.writes++
      if (this.lag === 0) return
      this.written.delete(key)
      this.written.set(key, now)
      for (const [old, when] of this.written) {
        if (when > now - this.lag) break
        this.written.delete(old)
      }
      return
    }
    this.reads++
    const replica = (ints[at + REPLICA] as number) % this.perPartition !== 0
    if (replica && (this.written.get(key) ?? Number.NEGATIVE_INFINITY) > now - this.lag) this.stale++
  }

  // ---------------------------------------------------------------------------------------- what changes it

  override set(parameter: string, value: number): boolean {
    if (parameter === 'workers') this.workers = value
    else if (parameter === 'pool') this.pool = value
    else if (parameter === 'queue') this.bound = value
    else if (parameter === 'lagSeconds') this.lag = value
    else if (parameter === 'slowness') this.slowness.set = value
    else return false
    this.count()
    for (const node of this.nodes) this.fill(node)
    return true
  }

  override fault(kind: FaultKind, factor: number | null, share: number): boolean {
    if (kind === 'crash') this.crash(factor !== null, Math.max(1, Math.ceil(share * this.nodes.length)))
    else if (kind === 'slow') this.slowness.slow = factor ?? 1
    else if (kind === 'capacity') this.slowness.capacity = 1 / Math.max(1e-6, factor ?? 1)
    else if (kind === 'disk-full') this.full = factor !== null
    else if (kind === 'hot-key') this.hotShare = factor ?? 0
    else if (kind === 'leak') {
      if (this.leakRate === 0) this.leakSince = this.engine.now
      this.leakRate = factor ?? 0
    } else return false
    for (const node of this.nodes) this.fill(node)
    return true
  }

  override counts(): Record<string, number> {
    return { reads: this.reads, writes: this.writes, staleReads: this.stale, lockWaits: this.lockWaits }
  }

  override resetCounts(): void {
    this.reads = this.writes = this.stale = this.lockWaits = 0
  }

  private count(): void {
    const up = this.nodes.filter(({ down }) => down === Number.POSITIVE_INFINITY).length
    this.gauge.staff(this.nodes.length, up * this.workers)
  }

  /** The first nodes go down: with a share below 1, the primary of the first partition is among them. */
  private crash(on: boolean, hit: number): void {
    const { engine, gauge } = this
    for (const [i, node] of this.nodes.entries())
      if (!on || i < hit) node.down = on ? engine.now : Number.POSITIVE_INFINITY
    this.count()
    if (!on) return
    const { ints } = engine.calls
    for (const call of this.present()) {
      const at = call * INTS
      if ((ints[at + REPLICA] as number) >= hit) continue
      if (((ints[at + FLAGS] as number) & QUEUED) === 0) {
        this.nodeOf(call).busy--
        gauge.rest()
      } else this.dequeue(call)
      this.kill(call, DOWN)
    }
    for (const node of this.nodes.slice(0, hit)) node.connections = 0
    this.dropLocks()
  }

  private dequeue(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    const node = this.nodeOf(call)
    const where = ints[at + NEED]
    if (where === FOR_LOCK) this.locks?.get(ints[at + KEY] as number)?.remove(call)
    else (where === FOR_WORKER ? node.forWorker : node.forConnection).remove(call)
    this.gauge.unqueue()
  }

  /** Locks die with the primary that held them; nobody waits for one any more where it is down. */
  private dropLocks(): void {
    for (const [key, line] of this.locks ?? []) {
      const node = this.nodes[this.nodeFor(key, true)] as Node
      if (node.down !== Number.POSITIVE_INFINITY && line.length === 0) this.locks?.delete(key)
    }
  }
}

export const database: Kind<Database> = {
  kind: 'database',
  faults: ['crash', 'slow', 'capacity', 'disk-full', 'hot-key', 'leak'],
  parameters: {
    workers: whole(1, 100_000),
    pool: whole(1, 1_000_000),
    queue: whole(0, 1_000_000_000),
    lagSeconds: real(0, MOST_SECONDS),
    slowness: real(1e-6, 1e6),
  },
  steps: false,
  check(fields) {
    fields.whole('workers', 1, 100_000)
    fields.whole('pool', 1, 1_000_000)
    fields.bound('queue')
    fields.distribution('time')
    if (fields.has('writeTime')) fields.distribution('writeTime')
    if (fields.has('replicas')) fields.whole('replicas', 0, 100)
    if (fields.has('lagSeconds')) fields.number('lagSeconds', 0, MOST_SECONDS)
    if (fields.has('partitions')) fields.whole('partitions', 1, 1000)
    fields.flag('locks')
  },
  build: (component, context) =>
    new DatabaseStation(
      context.engine,
      context.index,
      component,
      {
        time: context.sampler(component.time, 'time'),
        writeTime: context.sampler(component.writeTime ?? component.time, 'write time'),
      },
      context.stream('chance'),
    ),
}
