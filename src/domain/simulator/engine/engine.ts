import type { Distribution } from '../model.ts'
import type { Arena } from './arena.ts'
import { beginAsking, couldNotAsk, fill, hasMissed } from './asking.ts'
import { forget, fork } from './branching.ts'
import * as slots from './calls.ts'
import { Calls } from './calls.ts'
import { choose } from './choose.ts'
import { Clocks } from './clocks.ts'
import { EITHER_HEAD, siteOfEither } from './either.ts'
import { EventQueue } from './event-queue.ts'
import type { Express } from './express.ts'
import { fateOf } from './fate.ts'
import * as clocked from './gauge.ts'
import type { Network } from './network.ts'
import type { Actor, Site, Station } from './parts.ts'
import * as operations from './parts.ts'
import { CLOCK_AT, HEADS_AT } from './places.ts'
import * as records from './records.ts'
import { Sampler } from './sampler.ts'
import { StationTable } from './station-table.ts'
import * as steps from './steps.ts'
import type { Stream } from './stream.ts'
import type { Shared, Tally } from './tally.ts'
import type { Tracer } from './tracer.ts'

const { COUNTER, EVENT, FLAGS, GENERATION, INTS, KEY, LANE_SEQUENCE, NEED, NEXT } = slots
const { PARENT, PARENT_GENERATION, PENDING, REPLICA, REQUEST, SITE, SOURCE, SPAN, STATION, TRACE } = slots
const { AWAY, DEADLINE, FLOATS, START, SUSPENDED } = slots
const { CANCELLABLE, CANCELLED, DROPPED, FORKING, GUARDED, OK, ROOT, WRITE } = slots
const { AGAIN, ASK, ASYNC, CALL, EITHER, FILL, FORK, MAYBE, MISSED } = steps
const { ENTERED_AT } = clocked
const { ENDED } = operations
const { HEADS, STOPPED, TOP } = records

/** An event's code is its actor's index and one of 16 operations. */
export const OPERATIONS = 16

/** Events of one call of the inner loop: few enough for it to be entered anew once it has been compiled. */
const STRETCH = 16_384

/**
 * The loop of events and the life of a call: launched, sent, accepted by a station, its steps run, finished, answered.
 * Built once by `assemble`; what a component does is in `components/`.
 */
export class Engine {
  /** Virtual time and what else crosses calls as a fraction: see `Gauge`. */
  readonly clock: Float64Array<ArrayBuffer>
  /** What of the queue, the calls and the counts changes with every event: see `records.ts`. */
  readonly heads: Int32Array<ArrayBuffer>
  readonly arena: Arena
  events = 0
  /** Sequence number of the event that is happening. */
  sequence = 0
  /** True: the bound of memory was reached; nothing goes on. */
  full = false
  readonly queue: EventQueue
  readonly calls: Calls
  readonly actors: Actor[] = []
  stations: readonly Station[] = []
  sites: readonly Site[] = []
  program: Int32Array = new Int32Array(0)
  shares: Float64Array = new Float64Array(0)
  readonly samplers: Sampler[] = []
  network: Network | null = null
  tracer: Tracer | null = null
  readonly clocks = new Clocks()
  readonly tally: Tally
  readonly table: StationTable
  /** Null: all events go the general way. */
  express: Express | null = null
  private readonly until = new Float64Array(1)
  /** For the choices that steps leave to chance. */
  readonly stream: Stream

  constructor(arena: Arena, mostCalls: number, tally: (shared: Shared) => Tally, stream: Stream) {
    this.arena = arena
    const clock = arena.fixed(CLOCK_AT, 16, 64)
    this.clock = new Float64Array(clock.buffer, clock.byteOffset, 2)
    const heads = arena.fixed(HEADS_AT, 4 * HEADS, 64)
    this.heads = new Int32Array(heads.buffer, heads.byteOffset, HEADS)
    this.queue = new EventQueue(arena, this.heads)
    this.calls = new Calls(arena, this.heads, mostCalls)
    this.tally = tally(this)
    this.table = new StationTable(arena, this.tally.columns - 2)
    this.stream = stream
  }

  sampler(distribution: Distribution, stream: Stream): Sampler {
    const sampler = new Sampler(distribution, stream, this.arena, this.samplers.length)
    this.samplers.push(sampler)
    return sampler
  }

  /** Registers an actor; its events' codes begin at what is given back. */
  enlist(actor: Actor): number {
    this.actors.push(actor)
    return (this.actors.length - 1) * OPERATIONS
  }

  get now(): number {
    return this.clock[0] as number
  }

  /** Events until a count or a virtual time (inclusive). False: the time is reached. */
  run(most: number, until: number): boolean {
    const { clock } = this
    this.until[0] = until
    for (let left = most; left > 0 && !this.full; ) {
      const { express } = this
      const wanted = Math.min(left, STRETCH)
      const done = express === null ? this.stretch(wanted) : express.run(wanted, until)
      this.events += done
      left -= done
      if (done === wanted || this.full) continue
      // What it knew has moved out of its reach.
      if (express?.isOver) this.express = null
      else {
        clock[0] = Math.max(until, clock[0] as number)
        return false
      }
    }
    return true
  }

  /** At most so many events up to `until`; how many there were. */
  private stretch(most: number): number {
    const { queue, actors, clock } = this
    const until = this.until[0] as number
    let count = 0
    while (count < most && !this.full) {
      if (!queue.advance()) break
      const time = queue.time[TOP] as number
      if (time > until) break
      clock[0] = time
      const { data } = queue
      const code = data[4 * TOP + 1] as number
      const arg = data[4 * TOP + 2] as number
      this.sequence = data[4 * TOP] as number
      queue.take()
      count++
      ;(actors[code >> 4] as Actor).fire(code & 15, arg)
    }
    return count
  }

  schedule(delay: number, code: number, arg: number): number {
    return this.queue.push(this.now + delay, code, arg)
  }

  /** Schedules the one event of a call; `mine` tells whether a popped event is still that one. */
  scheduleCall(delay: number, code: number, call: number): void {
    this.calls.ints[call * INTS + EVENT] = this.queue.push(this.now + delay, code, call)
  }

  mine(call: number): boolean {
    return this.calls.ints[call * INTS + EVENT] === this.sequence
  }

  // ------------------------------------------------------------------------------------------- starting calls

  /** A request of a source. -1: the bound of memory is reached. */
  begin(site: Site, source: number, request: number, key: number): void {
    this.tally.sent(request)
    const call = this.create(ROOT, site, request, key)
    if (call < 0) return
    const at = call * INTS
    this.calls.ints[at + SOURCE] = source
    if (this.tracer !== null) this.tracer.begin(call, request)
    if (site.guard !== null) site.guard.begin(call)
    else this.send(call, site)
  }

  launch(parent: number, site: Site): void {
    const call = this.create(parent, site, 0, 0)
    if (call < 0) return
    if (site.guard !== null) site.guard.begin(call)
    else this.send(call, site)
  }

  /** Takes a slot; a parent's request, key, deadline and trace are its children's. */
  create(parent: number, site: Site, request: number, key: number): number {
    const { calls } = this
    const call = calls.take()
    if (call < 0) {
      this.full = true
      this.heads[STOPPED] = 1
      return -1
    }
    const { ints, floats } = calls
    const at = call * INTS
    const f = call * FLOATS
    ints[at + PARENT] = parent
    ints[at + SITE] = site.index
    ints[at + REPLICA] = -1
    ints[at + LANE_SEQUENCE] = 0
    floats[f + START] = this.now
    floats[f + AWAY] = 0
    floats[f + SUSPENDED] = -1
    let flags = site.write ? WRITE : 0
    if (parent >= 0) {
      const up = parent * INTS
      ints[at + PARENT_GENERATION] = ints[up + GENERATION] as number
      ints[at + KEY] = ints[up + KEY] as number
      ints[at + REQUEST] = ints[up + REQUEST] as number
      ints[at + SOURCE] = ints[up + SOURCE] as number
      ints[at + TRACE] = ints[up + TRACE] as number
      ints[at + SPAN] = ints[up + SPAN] as number
      floats[f + DEADLINE] = floats[parent * FLOATS + DEADLINE] as number
      flags |= (ints[up + FLAGS] as number) & CANCELLABLE
    } else {
      ints[at + KEY] = key
      ints[at + REQUEST] = request
      ints[at + TRACE] = -1
      ints[at + SPAN] = -1
      floats[f + DEADLINE] = Number.POSITIVE_INFINITY
    }
    ints[at + FLAGS] = flags
    return call
  }

  /** To a station of its site, over the network where there is one. */
  send(call: number, site: Site): void {
    const at = call * INTS
    const station = site.only >= 0 ? site.only : choose(this, call, site)
    this.calls.ints[at + STATION] = station
    if ((this.calls.ints[at + TRACE] as number) >= 0) this.tracer?.open(call)
    if (this.network?.forward(call, station)) return
    ;(this.stations[station] as Station).accept(call)
  }

  // ------------------------------------------------------------------------------------------ finishing calls

  /** The end of a call at its station: the answer goes to whoever waits, and the slot is free. */
  finish(call: number, outcome: number): void {
    const { ints } = this.calls
    const at = call * INTS
    if ((ints[at + TRACE] as number) >= 0) this.tracer?.close(call, outcome)
    if (this.network?.back(call, outcome)) return
    this.answer(call, outcome)
  }

  answer(call: number, outcome: number): void {
    const { ints } = this.calls
    const at = call * INTS
    const parent = ints[at + PARENT] as number
    if (ints[at + LANE_SEQUENCE] !== 0) this.siteOf(call).guard?.unlane(call)
    if (parent === ROOT) {
      const source = ints[at + SOURCE] as number
      this.clock[ENTERED_AT] = this.calls.floats[call * FLOATS + START] as number
      this.tally.ended(ints[at + REQUEST] as number, outcome)
      if ((ints[at + TRACE] as number) >= 0) this.tracer?.end(call)
      this.calls.give(call)
      ;(this.actors[source] as Actor).fire(ENDED, 0)
      return
    }
    const waits = parent >= 0 && ints[parent * INTS + GENERATION] === ints[at + PARENT_GENERATION]
    const { optional, asked } = this.sites[ints[at + SITE] as number] as Site
    this.calls.give(call)
    if (!waits) return
    if (((ints[parent * INTS + FLAGS] as number) & GUARDED) !== 0)
      this.siteOf(parent).guard?.attemptEnded(parent, outcome)
    else {
      if (asked && outcome !== OK) couldNotAsk(this, parent)
      this.replied(parent, optional ? OK : outcome)
    }
  }

  /** Frees a call that nobody will hear of. */
  drop(call: number): void {
    const { ints } = this.calls
    const at = call * INTS
    if ((ints[at + TRACE] as number) >= 0) this.tracer?.close(call, DROPPED)
    this.calls.give(call)
  }

  siteOf(call: number): Site {
    return this.sites[this.calls.ints[call * INTS + SITE] as number] as Site
  }

  fate(call: number): number {
    return fateOf(this, call)
  }

  // ------------------------------------------------------------------------------------------------- steps

  /** Runs a call's steps; its station's `resume` hears the end. */
  perform(call: number): void {
    const { ints, floats } = this.calls
    const { program } = this.siteOf(call)
    floats[call * FLOATS + SUSPENDED] = this.now
    if (program < 0) {
      this.resume(call, OK)
      return
    }
    ints[call * INTS + COUNTER] = program
    this.proceed(call)
  }

  resume(call: number, outcome: number): void {
    const { ints, floats } = this.calls
    const f = call * FLOATS
    floats[f + AWAY] = (floats[f + AWAY] as number) + this.now - (floats[f + SUSPENDED] as number)
    ;(this.stations[ints[call * INTS + STATION] as number] as Station).resume(call, outcome)
  }

  proceed(call: number): void {
    const { program, shares, stream } = this
    const at = call * INTS
    let pc = this.calls.ints[at + COUNTER] as number
    for (;;) {
      switch (program[pc]) {
        case ASK:
        case CALL: {
          this.calls.ints[at + COUNTER] = pc + 2
          if (program[pc] === ASK) beginAsking(this, call)
          this.await(call, this.sites[program[pc + 1] as number] as Site)
          return
        }
        case FORK:
          fork(this, call, pc)
          return
        case MAYBE:
          pc =
            stream.uniform() < (shares[program[pc + 1] as number] as number)
              ? pc + 3
              : (program[pc + 2] as number)
          break
        case AGAIN:
          pc =
            stream.uniform() < (shares[program[pc + 1] as number] as number)
              ? (program[pc + 2] as number)
              : pc + 3
          break
        case MISSED: {
          const share = shares[program[pc + 1] as number]
          pc = hasMissed(this, call, share, stream) ? pc + 3 : (program[pc + 2] as number)
          break
        }
        case FILL:
          fill(this, call, this.sites[program[pc + 1] as number] as Site)
          pc += 2
          break
        case EITHER:
          this.calls.ints[at + COUNTER] = pc + EITHER_HEAD + (program[pc + 3] as number)
          this.await(call, siteOfEither(this, call, pc))
          return
        case ASYNC:
          forget(this, call, this.sites[program[pc + 1] as number] as Site)
          pc += 2
          break
        default:
          this.resume(call, OK)
          return
      }
      if (((this.calls.ints[at + FLAGS] as number) & CANCELLED) !== 0) {
        this.resume(call, DROPPED)
        return
      }
    }
  }

  /** Calls, and goes on when the answer is there. */
  private await(call: number, site: Site): void {
    const { ints } = this.calls
    const at = call * INTS
    ints[at + PENDING] = 1
    ints[at + NEED] = 1
    this.launch(call, site)
  }

  /** An answer to a call that waits for its steps. */
  replied(call: number, outcome: number): void {
    const { ints } = this.calls
    const at = call * INTS
    ints[at + PENDING] = (ints[at + PENDING] as number) - 1
    if (outcome === OK) ints[at + NEED] = (ints[at + NEED] as number) - 1
    else ints[at + NEXT] = outcome
    if (((ints[at + FLAGS] as number) & FORKING) === 0) this.settle(call)
  }

  settle(call: number): void {
    const { ints } = this.calls
    const at = call * INTS
    const need = ints[at + NEED] as number
    const flags = ints[at + FLAGS] as number
    if (need > 0 && (ints[at + PENDING] as number) >= need) return
    // Answers that are still under way are nobody's from here on.
    ints[at + GENERATION] = ((ints[at + GENERATION] as number) + 1) | 0
    if (need > 0) this.resume(call, ints[at + NEXT] as number)
    else if ((flags & CANCELLED) !== 0) this.resume(call, DROPPED)
    else this.proceed(call)
  }
}
