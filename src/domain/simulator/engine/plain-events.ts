import { places } from './batches.ts'
import type { Calls } from './calls.ts'
import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import type { EventQueue } from './event-queue.ts'
import { follow, nextStop, occupy, traits, waitsPlainly } from './plain-calls.ts'
import { enter, leave, record } from './plain-stations.ts'
import { BLOCK_SIZE } from './sampler.ts'
import type { OpenSender } from './sources.ts'
import * as columns from './station-table.ts'
import type { Tally } from './tally.ts'

const { CANCELLED, EVENT, FLAGS, FLOATS, GENERATION, INTS, LANE_SEQUENCE, NEXT, PARENT } = slots
const { ENTERED, PREVIOUS, QUEUED, REPLICA, ROOT, SITE, SOURCE, START, STATION, TRACE } = slots
const { BOUND, BUSY, BUSY_SUM, FIGURES, HEAD, HISTOGRAM, IDLE, LENGTH, PLAIN } = columns
const { TAIL, WAITING, WAITING_SUM, WAITS, WAIT_SUM, WORDS } = columns
const { ALL, COUNT, LENGTH: MOST, SUM } = places
const { DIRECT, LEAF } = traits
const BLOCK = BLOCK_SIZE
/** An event draws at most twice from one block. */
const FEW = BLOCK - 2

// Why gliding ends: an event that is not plain is next; a block is low; a call has ended; a batch is full.
const ODD = 1
const TIRED = 2
const FINISHED = 3
const FULL = 4
export const ends = { ODD, TIRED, FINISHED, FULL } as const

/** What plain events need of a run, at hand. */
export interface Known {
  readonly engine: Engine
  readonly queue: EventQueue
  readonly clock: Float64Array
  readonly calls: Calls
  readonly tally: Tally
  /** Those of `calls`, as they are now. */
  readonly all: Int32Array
  readonly floats: Float64Array
  readonly program: Int32Array
  /** Those of the station table. */
  readonly ints: Int32Array
  readonly figures: Float64Array
  readonly visits: Uint32Array
  readonly busy: readonly Int32Array[]
  /** By request and station: see `Tally.spent`. */
  readonly spent: Float64Array
  readonly types: number
  /** By site: its traits, and the only station it goes to. */
  readonly traits: Int32Array
  readonly targets: Int32Array
  /** By actor: the station that may be plain, or -1; the source, or null; and where its block of draws is. */
  readonly stationOf: Int32Array
  readonly sources: readonly (OpenSender | null)[]
  readonly placeOf: Int32Array
  /** By station, and after them by source: the block of what is drawn next, and where in it. */
  readonly blocks: Float64Array
  readonly next: Int32Array
  /** What their events are called. */
  readonly codes: Int32Array
  /** There is no network between stations. */
  readonly near: boolean
  /** Why gliding ended, and of what. */
  readonly left: Int32Array
}

/** The end of a service: the first that waits is next, and the call goes on to its caller's next call, or ends. */
export function serve(known: Known, station: number, call: number): number {
  const { queue, all, ints, figures } = known
  const c = call * INTS
  const first = ints[station * WORDS + HEAD] as number
  if (
    all[c + EVENT] !== queue.data[0] ||
    ((all[c + FLAGS] as number) & CANCELLED) !== 0 ||
    ((known.traits[all[c + SITE] as number] as number) & LEAF) === 0 ||
    (first >= 0 && !waitsPlainly(known, first))
  )
    return ODD
  if (isLow(known, station)) return TIRED
  const to = (all[c + PARENT] as number) < 0 ? -1 : nextStop(known, call)
  if (to >= 0 && isLow(known, to)) return TIRED
  const number = queue.data[0] as number
  const now = queue.time[0] as number
  known.clock[0] = now
  queue.hole = true
  // Its worker is free again, and that of the first of the line.
  const at = station * WORDS
  const g = station * FIGURES
  const workers = known.busy[station] as Int32Array
  const replica = all[c + REPLICA] as number
  workers[replica] = (workers[replica] as number) - 1
  ints[at + IDLE] = (ints[at + IDLE] as number) + 1
  ints[at + BUSY] = (ints[at + BUSY] as number) - 1
  figures[g + BUSY_SUM] = (figures[g + BUSY_SUM] as number) + now
  if (first >= 0) {
    const d = first * INTS
    const after = all[d + NEXT] as number
    ints[at + HEAD] = after
    if (after >= 0) all[after * INTS + PREVIOUS] = -1
    else ints[at + TAIL] = -1
    ints[at + LENGTH] = (ints[at + LENGTH] as number) - 1
    all[d + FLAGS] = (all[d + FLAGS] as number) & ~QUEUED
    all[d + REPLICA] = replica
    ints[at + WAITING] = (ints[at + WAITING] as number) - 1
    figures[g + WAITING_SUM] = (figures[g + WAITING_SUM] as number) + now
  }
  leave(known, station, call)
  if (first >= 0) begin(known, station, first)
  if (to < 0) return answer(known, call, number)
  follow(known, call)
  if (enter(known, to, call)) begin(known, to, call)
  return 0
}

/** An arrival: the next is drawn, and a request goes to its station. */
export function send(known: Known, source: OpenSender, actor: number): number {
  const { engine, queue, calls, all, ints, tally, next } = known
  const { tracer } = engine
  const { only, plainScale: scale } = source
  const call = calls.free
  if (scale === 0 || only === null || source.armed !== queue.data[0]) return ODD
  if (!known.near || !tally.plain || call < 0 || only.keys !== null || (tracer !== null && tracer.left <= 1))
    return ODD
  const to = only.site.only
  const there = to * WORDS
  if (((known.traits[only.site.index] as number) & DIRECT) === 0 || ints[there + PLAIN] !== 1) return ODD
  if ((ints[there + LENGTH] as number) >= (ints[there + BOUND] as number)) return ODD
  const place = known.placeOf[actor] as number
  if (isLow(known, place) || isLow(known, to)) return TIRED
  const now = queue.time[0] as number
  known.clock[0] = now
  queue.hole = true
  const drawn = next[place] as number
  next[place] = drawn + 1
  queue.when[0] = now + (known.blocks[place * BLOCK + drawn] as number) * scale
  source.armed = queue.pushNext(known.codes[place] as number, 0)
  calls.free = all[call * INTS + NEXT] as number
  calls.underWay++
  const { begun } = tally.all
  begun[0] = (begun[0] as number) + 1
  if (tracer !== null) tracer.left--
  occupy(all, known.floats, call, only.site, only.request, actor)
  all[call * INTS + STATION] = to
  known.floats[call * FLOATS + START] = now
  if (enter(known, to, call)) begin(known, to, call)
  return 0
}

/** A block has not enough draws for one more event. */
function isLow(known: Known, place: number): boolean {
  if ((known.next[place] as number) <= FEW) return false
  known.left[1] = place
  return true
}

/** A worker takes a call: its time is drawn, and its end put among the events. */
function begin(known: Known, station: number, call: number): void {
  const now = known.clock[0] as number
  const { next, queue } = known
  const { ints, figures, visits, all } = known
  const at = station * WORDS
  const g = station * FIGURES
  const workers = known.busy[station] as Int32Array
  const replica = all[call * INTS + REPLICA] as number
  workers[replica] = (workers[replica] as number) + 1
  ints[at + IDLE] = (ints[at + IDLE] as number) - 1
  ints[at + BUSY] = (ints[at + BUSY] as number) + 1
  const waited = now - (known.floats[call * FLOATS + ENTERED] as number)
  figures[g + BUSY_SUM] = (figures[g + BUSY_SUM] as number) - now
  figures[g + WAIT_SUM] = (figures[g + WAIT_SUM] as number) + waited
  const begun = station * HISTOGRAM + WAITS
  visits[begun] = (visits[begun] as number) + 1
  const drawn = next[station] as number
  next[station] = drawn + 1
  queue.when[0] = now + (known.blocks[station * BLOCK + drawn] as number)
  known.all[call * INTS + EVENT] = queue.pushNext(known.codes[station] as number, call)
}

/** A call's end is heard by its source, which does not care; what is not so plain, `Engine.finish` has to see to. */
function answer(known: Known, call: number, number: number): number {
  const now = known.clock[0] as number
  const { engine, calls, all, tally } = known
  const c = call * INTS
  const plain = known.near && tally.plain && all[c + PARENT] === ROOT
  const bare = (all[c + TRACE] as number) < 0 && all[c + LANE_SEQUENCE] === 0
  if (!plain || !bare || known.sources[all[c + SOURCE] as number] === null) {
    engine.sequence = number
    known.left[1] = call
    return FINISHED
  }
  const { latency, latencies } = tally.all
  const { own, fill } = latencies
  const seconds = now - (known.floats[call * FLOATS + START] as number)
  record(latency.all, 0, latency.largest, 0, seconds)
  own[SUM] = (own[SUM] as number) + seconds
  own[ALL] = (own[ALL] as number) + seconds
  const n = (fill[COUNT] as number) + 1
  fill[COUNT] = n
  all[c + GENERATION] = ((all[c + GENERATION] as number) + 1) | 0
  all[c + EVENT] = 0
  all[c + FLAGS] = 0
  all[c + NEXT] = calls.free
  calls.free = call
  calls.underWay--
  return n === fill[MOST] ? FULL : 0
}
