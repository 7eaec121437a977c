import type { Engine } from '../engine/engine.ts'
import type { Gauge } from '../engine/gauge.ts'
import * as columns from '../engine/station-table.ts'

const { AT_WORK, IDLE, REPLICA_WORDS, REPLICAS, WORKERS } = columns

// Why a replica takes no call.
const CRASHED = 1
const PAUSED = 2
const OUT = 4
const BEYOND = 8
const NOT_UP = CRASHED | OUT | BEYOND

type Slowing = 'slow' | 'capacity' | 'version' | 'set'
type Failing = 'fault' | 'version'
const SLOWINGS: readonly Slowing[] = ['slow', 'capacity', 'version', 'set']

/** A slow start begins at this share of full speed. */
const FIRST_SPEED = 0.1

/** Replicas of a service: which are up, how many of their workers are busy, how fast each is. */
export class Replicas {
  serving = 0
  capacity = 0
  anyUp = true
  private workers: number
  private readonly engine: Engine
  private readonly gauge: Gauge
  private readonly slowStart: number
  private state = new Uint8Array(0)
  /** Its words of the station table. */
  private readonly own: Int32Array<ArrayBuffer>
  /** A record of each (`columns.ts`): the line before it, and its busy workers. */
  records = new Int32Array(0)
  private downAt = new Float64Array(0)
  private born = new Float64Array(0)
  private readonly failing: Record<Failing, Float64Array>
  /** What a replica that is added later is like: the version that the last deployment left. */
  standing = { slower: 1, errors: 0 }
  private factor = new Float64Array(0)
  private readonly factors: Record<Slowing, Float64Array>
  /** True: all run at full speed. */
  private plain = true

  constructor(
    engine: Engine,
    gauge: Gauge,
    own: Int32Array<ArrayBuffer>,
    spec: { replicas: number; workers: number; slowStartSeconds?: number },
  ) {
    this.engine = engine
    this.gauge = gauge
    this.own = own
    this.workers = spec.workers
    this.slowStart = spec.slowStartSeconds ?? 0
    const none = () => new Float64Array(0)
    this.factors = { slow: none(), capacity: none(), version: none(), set: none() }
    this.failing = { fault: none(), version: none() }
    this.scale(spec.replicas)
    this.born.fill(Number.NEGATIVE_INFINITY)
  }

  get idle(): number {
    return this.own[IDLE] as number
  }

  /** True: all that are wanted are in service, at full speed, and none fails; those beyond finish what they have. */
  get whole(): boolean {
    const { fault, version } = this.failing
    const sound = (share: number) => share === 0
    const there = (state: number, i: number) => state === (i < this.serving ? 0 : BEYOND)
    return this.plain && this.state.every(there) && fault.every(sound) && version.every(sound)
  }

  recordOf(replica: number): Int32Array<ArrayBuffer> {
    return this.records.subarray(replica * REPLICA_WORDS, (replica + 1) * REPLICA_WORDS)
  }

  free(replica: number): boolean {
    return this.state[replica] === 0 && this.busy(replica) < this.workers
  }

  /** It may go on with what waits for it alone, though it may take nothing new. */
  goesOn(replica: number): boolean {
    return ((this.state[replica] as number) & (CRASHED | PAUSED)) === 0 && this.busy(replica) < this.workers
  }

  isUp(replica: number): boolean {
    return ((this.state[replica] as number) & NOT_UP) === 0
  }

  isPaused(replica: number): boolean {
    return ((this.state[replica] as number) & PAUSED) !== 0
  }

  busy(replica: number): number {
    return this.records[replica * REPLICA_WORDS + AT_WORK] as number
  }

  downSince(replica: number): number {
    const state = this.state[replica] as number
    if ((state & NOT_UP) === 0) return Number.POSITIVE_INFINITY
    return (state & CRASHED) === 0 ? Number.NEGATIVE_INFINITY : (this.downAt[replica] as number)
  }

  take(replica: number): void {
    this.records[replica * REPLICA_WORDS + AT_WORK] = this.busy(replica) + 1
    if (this.state[replica] === 0) this.own[IDLE] = this.idle - 1
  }

  release(replica: number): void {
    this.records[replica * REPLICA_WORDS + AT_WORK] = this.busy(replica) - 1
    if (this.state[replica] === 0) this.own[IDLE] = this.idle + 1
  }

  /** What a service time is multiplied by. */
  slowness(replica: number): number {
    if (this.plain) return 1
    const age = this.engine.now - (this.born[replica] as number)
    const slow = this.factor[replica] as number
    if (age >= this.slowStart) return slow
    return slow / (FIRST_SPEED + (1 - FIRST_SPEED) * (age / this.slowStart))
  }

  /** Share of its calls that fail, for whichever reason. */
  errors(replica: number): number {
    const { fault, version } = this.failing
    return 1 - (1 - (fault[replica] as number)) * (1 - (version[replica] as number))
  }

  scale(replicas: number): void {
    this.extend(replicas)
    for (let i = 0; i < this.capacity; i++) {
      const was = ((this.state[i] as number) & BEYOND) === 0
      if (i < replicas && !was) {
        this.state[i] = (this.state[i] as number) & ~BEYOND
        this.born[i] = this.engine.now
      } else if (i >= replicas && was) this.state[i] = (this.state[i] as number) | BEYOND
    }
    this.serving = replicas
    this.recount()
  }

  setWorkers(workers: number): void {
    this.workers = workers
    this.recount()
  }

  crash(first: number, count: number, on: boolean): void {
    for (let i = first; i < first + count; i++) {
      if (on) this.downAt[i] = this.engine.now
      else if (((this.state[i] as number) & CRASHED) !== 0) this.born[i] = this.engine.now
    }
    this.mark(CRASHED, first, count, on)
  }

  pause(first: number, count: number, on: boolean): void {
    this.mark(PAUSED, first, count, on)
  }

  drain(first: number, count: number, on: boolean): void {
    for (let i = first; !on && i < first + count; i++) this.born[i] = this.engine.now
    this.mark(OUT, first, count, on)
  }

  slow(why: Slowing, first: number, count: number, factor: number): void {
    this.factors[why].fill(factor, first, first + count)
    this.recount()
  }

  fail(why: Failing, first: number, count: number, share: number): void {
    this.failing[why].fill(share, first, first + count)
  }

  /** All replicas have the version, and those to come will have it. */
  settle(slower: number, errors: number): void {
    this.standing = { slower, errors }
    this.slow('version', 0, this.capacity, slower)
    this.fail('version', 0, this.capacity, errors)
  }

  /** All replicas have again the version that the last deployment left. */
  rollBack(): void {
    this.settle(this.standing.slower, this.standing.errors)
  }

  private mark(why: number, first: number, count: number, on: boolean): void {
    // What ends, ends for all: meanwhile the number of replicas may have changed.
    const last = on ? Math.min(first + count, this.capacity) : why === OUT ? first + count : this.capacity
    for (let i = first; i < Math.min(last, this.capacity); i++)
      this.state[i] = on ? (this.state[i] as number) | why : (this.state[i] as number) & ~why
    this.recount()
  }

  private recount(): void {
    const { gauge } = this
    let up = 0
    let idle = 0
    this.plain = this.slowStart === 0
    for (let i = 0; i < this.capacity; i++) {
      let factor = 1
      for (const why of SLOWINGS) factor *= this.factors[why][i] as number
      this.factor[i] = factor
      if (factor !== 1) this.plain = false
      if (this.isUp(i)) up++
      if (this.state[i] === 0) idle += this.workers - this.busy(i)
    }
    this.own[IDLE] = idle
    this.own[WORKERS] = this.workers
    this.own[REPLICAS] = this.serving
    this.anyUp = up > 0
    gauge.staff(this.serving, up * this.workers)
  }

  private extend(replicas: number): void {
    if (replicas <= this.capacity) return
    const before = this.capacity
    this.capacity = replicas
    this.state = grown(this.state, new Uint8Array(replicas))
    this.state.fill(BEYOND, before)
    this.extendRecords(replicas)
    this.downAt = grown(this.downAt, new Float64Array(replicas))
    this.born = grown(this.born, new Float64Array(replicas))
    for (const why of ['fault', 'version'] as const)
      this.failing[why] = grown(this.failing[why], new Float64Array(replicas))
    this.factor = grown(this.factor, new Float64Array(replicas))
    for (const why of SLOWINGS) {
      this.factors[why] = grown(this.factors[why], new Float64Array(replicas))
      this.factors[why].fill(1, before)
    }
    this.factors.version.fill(this.standing.slower, before)
    this.failing.version.fill(this.standing.errors, before)
  }

  /** Twice as many as before, so that many small steps do not fill the arena. */
  private extendRecords(replicas: number): void {
    const before = this.records.length / REPLICA_WORDS
    if (replicas <= before) return
    const ints = REPLICA_WORDS * Math.max(replicas, 2 * before)
    this.records = grown(this.records, this.engine.arena.ints(ints))
  }
}

function grown<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from)
  return to
}
