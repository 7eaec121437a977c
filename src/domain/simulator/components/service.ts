import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import type { Plain } from '../engine/express.ts'
import * as clocked from '../engine/gauge.ts'
import * as records from '../engine/records.ts'
import type { Sampler } from '../engine/sampler.ts'
import * as columns from '../engine/station-table.ts'
import type { Stream } from '../engine/stream.ts'
import { WaitingLine } from '../engine/waiting-line.ts'
import type { FaultKind } from '../model.ts'
import { Base } from './base.ts'
import { type Kind, real, whole } from './kind.ts'
import { Parking } from './parking.ts'
import { type Policy, type Pool, pick } from './pick.ts'
import { Replicas } from './replicas.ts'
import { checkService, type Service } from './service-fields.ts'

const {
  ABANDONED,
  DOWN,
  DROPPED,
  ENTERED,
  ERROR,
  EXPIRED,
  FLAGS,
  FLOATS,
  INTS,
  KEY,
  OK,
  QUEUED,
  REJECTED,
  REPLICA,
  SHED,
  SUSPENDED,
} = slots
const { ENTERED_AT } = clocked
const { BOUND, CURSOR, PLAIN, REPLICAS_AT } = columns
const { CHOSEN, EACH, HOLDS, SERVES } = records

const SERVED = 0
const IMPATIENT = 1

interface Parts {
  readonly time: Sampler
  readonly patience: Sampler | null
  readonly stream: Stream
}

/** Replicas with workers, and a line before each or before all. */
export class ServiceStation extends Base implements Plain {
  readonly replicas: Replicas
  private readonly lines: WaitingLine[] = []
  private readonly shared: boolean
  private readonly policy: Policy
  private readonly pool: Pool
  private readonly lifo: boolean
  private readonly holds: boolean
  private readonly patience: Sampler | null
  private readonly shedding: { readonly from: number; readonly to: number } | null
  private readonly stream: Stream
  readonly time: Sampler
  private readonly own: Int32Array<ArrayBuffer>
  private bound: number
  private errors: number
  /** Services that ended on a paused replica. */
  private readonly parking: Parking

  constructor(engine: Engine, index: number, service: Service, parts: Parts) {
    super(engine, index, service.id)
    this.shared = (service.balance ?? 'shared') === 'shared'
    this.policy = service.balance === undefined || service.balance === 'shared' ? 'random' : service.balance
    this.lifo = service.discipline === 'lifo'
    this.holds = service.holds === true
    this.bound = service.queue ?? Number.POSITIVE_INFINITY
    this.errors = service.errors ?? 0
    this.shedding = service.shed ?? null
    this.time = parts.time
    this.patience = parts.patience
    this.stream = parts.stream
    this.parking = new Parking(engine)
    this.own = engine.table.intsOf(index)
    this.replicas = new Replicas(engine, this.gauge, this.own, service)
    this.extendLines()
    this.review()
    const { replicas: all } = this
    this.pool = {
      get count() {
        return all.serving
      },
      load: (replica) => this.loadOf(replica),
      usable: (replica) => all.isUp(replica),
    }
  }

  get recordAt(): number {
    return this.time.address
  }

  accept(call: number): void {
    const { replicas } = this
    const replica = this.shared ? this.freeReplica() : this.replicaFor(call)
    if (this.isLate(call)) this.refuse(call, EXPIRED)
    else if (replica >= 0 && replicas.free(replica)) {
      this.arrive(call)
      this.begin(call, replica)
    } else this.wait(call, replica)
  }

  fire(op: number, call: number): void {
    const { engine, replicas, gauge } = this
    if (!engine.mine(call)) return
    const at = call * INTS
    const { ints } = engine.calls
    if (op === IMPATIENT) {
      if (((ints[at + FLAGS] as number) & QUEUED) === 0) return
      this.takeOut(call)
      this.depart(call, ABANDONED)
      return
    }
    const replica = ints[at + REPLICA] as number
    if (replicas.isPaused(replica)) {
      this.parking.add(call)
      return
    }
    if (this.holds && engine.siteOf(call).program >= 0) {
      this.endService(call, replica)
      return
    }
    replicas.release(replica)
    gauge.rest()
    this.fill(replica)
    this.endService(call, replica)
  }

  override resume(call: number, outcome: number): void {
    if (this.holds) {
      const replica = this.engine.calls.ints[call * INTS + REPLICA] as number
      this.replicas.release(replica)
      this.gauge.rest()
      this.fill(replica)
    }
    this.depart(call, outcome)
  }

  override withdraw(call: number): boolean {
    if (((this.engine.calls.ints[call * INTS + FLAGS] as number) & QUEUED) === 0) return false
    this.takeOut(call)
    this.left(call, DROPPED)
    return true
  }

  override replicaCount(): number {
    return this.replicas.serving
  }

  override loadOf(replica: number): number {
    return this.replicas.busy(replica) + (this.shared ? 0 : (this.lines[replica]?.length ?? 0))
  }

  override downSince(replica: number): number {
    return this.replicas.downSince(replica)
  }

  endService(call: number, replica: number): void {
    const errors = this.errors + this.replicas.errors(replica)
    if (errors > 0 && this.stream.uniform() < errors) {
      if (this.holds && this.engine.siteOf(call).program >= 0) this.resume(call, ERROR)
      else this.depart(call, ERROR)
    } else this.served(call)
  }

  begin(call: number, replica: number): void {
    const { engine, replicas, gauge } = this
    const { ints, floats } = engine.calls
    ints[call * INTS + REPLICA] = replica
    replicas.take(replica)
    engine.clock[ENTERED_AT] = floats[call * FLOATS + ENTERED] as number
    gauge.work()
    const seconds = this.seconds(call, this.time) * replicas.slowness(replica)
    engine.scheduleCall(seconds, this.code + SERVED, call)
  }

  /** No worker is free: it waits, or is turned away. */
  private wait(call: number, replica: number): void {
    const { engine, gauge } = this
    if (!this.replicas.anyUp || (replica >= 0 && !this.replicas.isUp(replica))) {
      this.refuse(call, DOWN)
      return
    }
    const line = this.lines[this.shared ? 0 : replica] as WaitingLine
    if (line.length >= this.bound) {
      this.refuse(call, REJECTED)
      return
    }
    const { shedding } = this
    if (shedding !== null && line.length > shedding.from) {
      const share = (line.length - shedding.from) / (shedding.to - shedding.from)
      if (this.stream.uniform() < share) {
        this.refuse(call, SHED)
        return
      }
    }
    this.arrive(call)
    gauge.queue()
    engine.calls.ints[call * INTS + REPLICA] = replica
    line.add(call)
    if (this.patience !== null) engine.scheduleCall(this.patience.next(), this.code + IMPATIENT, call)
  }

  /** Gives the free workers of a replica the calls that wait for it. */
  fill(replica: number): void {
    const line = this.lines[this.shared ? 0 : replica] as WaitingLine
    while (line.length > 0 && (this.shared ? this.replicas.free(replica) : this.replicas.goesOn(replica))) {
      const call = this.lifo ? line.last : line.first
      line.remove(call)
      this.gauge.unqueue()
      const fate = this.engine.fate(call)
      if (fate === OK) this.begin(call, replica)
      else this.depart(call, fate)
    }
  }

  private takeOut(call: number): void {
    const replica = this.engine.calls.ints[call * INTS + REPLICA] as number
    const line = this.lines[this.shared ? 0 : replica] as WaitingLine
    line.remove(call)
    this.gauge.unqueue()
  }

  /** With one line: a replica with a free worker, searched from where the last was found; -1: none. */
  freeReplica(): number {
    const { replicas } = this
    const n = replicas.serving
    if (n === 1) return replicas.free(0) ? 0 : -1
    if (replicas.idle <= 0) return -1
    // There may have been more of them when it was set.
    const from = (this.own[CURSOR] as number) % n
    for (let i = 0; i < n; i++) {
      const replica = from + i < n ? from + i : from + i - n
      if (replicas.free(replica)) {
        this.own[CURSOR] = replica + 1 < n ? replica + 1 : 0
        return replica
      }
    }
    return -1
  }

  /** With a line each: the balancer's choice, or its own. */
  private replicaFor(call: number): number {
    const { ints } = this.engine.calls
    const chosen = ints[call * INTS + REPLICA] as number
    if (chosen >= 0) return chosen
    if (this.replicas.serving === 1) return 0
    const key = ints[call * INTS + KEY] as number
    const turn = this.own[CURSOR] as number
    this.own[CURSOR] = (turn + 1) | 0
    return pick(this.policy, this.pool, key, turn >>> 0, this.stream)
  }

  private extendLines(): void {
    const { engine, lines, replicas, shared } = this
    for (const [i, line] of lines.entries()) if (!shared) line.moveTo(replicas.recordOf(i))
    const wanted = shared ? 1 : replicas.capacity
    while (lines.length < wanted)
      lines.push(new WaitingLine(engine, shared ? this.own : replicas.recordOf(lines.length)))
  }

  // ---------------------------------------------------------------------------------------- what changes it

  override set(parameter: string, value: number): boolean {
    if (parameter === 'replicas') {
      this.replicas.scale(value)
      this.extendLines()
    } else if (parameter === 'workers') this.replicas.setWorkers(value)
    else if (parameter === 'queue') this.bound = value
    else if (parameter === 'errors') this.errors = value
    else if (parameter === 'slowness') this.replicas.slow('set', 0, this.replicas.capacity, value)
    else return false
    this.fillAll()
    return true
  }

  override fault(kind: FaultKind, factor: number | null, share: number): boolean {
    const { replicas } = this
    const on = factor !== null
    // What ends, ends for all: meanwhile the number of replicas may have changed.
    const hit = on ? Math.max(1, Math.ceil(share * replicas.serving)) : replicas.capacity
    if (kind === 'crash') {
      replicas.crash(0, hit, on)
      if (on) this.killOn(hit)
    } else if (kind === 'pause') {
      replicas.pause(0, hit, on)
      if (!on) this.parking.leave(this.code + SERVED)
    } else if (kind === 'slow') replicas.slow('slow', 0, hit, factor ?? 1)
    else if (kind === 'capacity') replicas.slow('capacity', 0, hit, 1 / Math.max(1e-6, factor ?? 1))
    else if (kind === 'errors') replicas.fail('fault', 0, hit, factor ?? 0)
    else if (kind === 'bad-deploy') {
      if (factor === null) replicas.rollBack()
      else this.version(0, hit, Math.max(1, factor), factor > 1 ? 0 : factor)
    } else return false
    this.fillAll()
    return true
  }

  /** A deployment takes replicas out of service (they finish what they have) or brings them back. */
  deploy(first: number, count: number, out: boolean): void {
    this.replicas.drain(first, count, out)
    this.fillAll()
  }

  /** The new version of some replicas. */
  version(first: number, count: number, slower: number, errors: number): void {
    this.replicas.slow('version', first, count, slower)
    this.replicas.fail('version', first, count, errors)
    this.review()
  }

  get standing(): { readonly slower: number; readonly errors: number } {
    return this.replicas.standing
  }

  /** A deployment is over: all replicas, and those added later, have this version. */
  settle(slower: number, errors: number): void {
    this.replicas.settle(slower, errors)
    this.review()
  }

  /** Whether all is so plain that calls may come and go by the express way. */
  private review(): void {
    const { own, replicas } = this
    const here = this.engine.arena.holds(replicas.records)
    const plain = here && !this.lifo && this.errors === 0 && replicas.whole
    const all = plain && this.patience === null && this.shedding === null
    const lines = this.shared ? 0 : this.policy === 'round-robin' ? EACH : EACH | CHOSEN
    own[PLAIN] = all ? (this.holds ? HOLDS : SERVES) | lines : 0
    own[BOUND] = Math.min(this.bound, 2 ** 31 - 1)
    own[REPLICAS_AT] = replicas.records.byteOffset
  }

  private fillAll(): void {
    this.review()
    // Those that are no longer wanted, too: they may have been paused when they last could have gone on.
    for (let i = 0; i < this.replicas.capacity; i++) this.fill(i)
  }

  private killOn(hit: number): void {
    const { ints } = this.engine.calls
    const on = (call: number) => (ints[call * INTS + REPLICA] as number) < hit
    this.kill(this.underWay().filter(on), DOWN, (call) => {
      const { ints, floats } = this.engine.calls
      if (!this.holds && (floats[call * FLOATS + SUSPENDED] as number) >= 0) return
      this.replicas.release(ints[call * INTS + REPLICA] as number)
      this.gauge.rest()
    })
    const lines = this.shared ? (this.replicas.anyUp ? [] : this.lines) : this.lines.slice(0, hit)
    for (const line of lines)
      while (line.length > 0) {
        const call = line.first
        line.remove(call)
        this.gauge.unqueue()
        this.depart(call, DOWN)
      }
  }
}

export const service: Kind<Service> = {
  kind: 'service',
  faults: ['crash', 'pause', 'slow', 'capacity', 'errors', 'bad-deploy'],
  partly: ['crash', 'pause', 'slow', 'capacity', 'errors', 'bad-deploy'],
  parameters: {
    replicas: whole(1, 10_000),
    workers: whole(1, 100_000),
    queue: whole(0, 1_000_000_000),
    errors: real(0, 1),
    slowness: real(1e-6, 1e6),
  },
  steps: true,
  check: checkService,
  build: (component, context) =>
    new ServiceStation(context.engine, context.index, component, {
      time: context.sampler(component.time, 'time'),
      patience: component.patience === undefined ? null : context.sampler(component.patience, 'patience'),
      stream: context.stream('chance'),
    }),
}
