import { places } from './batches.ts'
import * as slots from './calls.ts'
import { type Engine, OPERATIONS } from './engine.ts'
import type { Actor, Site, Station } from './parts.ts'
import { BLOCK_SIZE, type Sampler } from './sampler.ts'
import type { Sender } from './sender.ts'
import { OpenSender } from './sources.ts'
import * as columns from './station-table.ts'
import * as steps from './steps.ts'

const { CALL } = steps
const { CANCELLABLE, CANCELLED, FORKING, GUARDED, OK, PRESENT: THERE, QUEUED, ROOT, WRITE } = slots
const { COUNTER, EVENT, FLAGS, GENERATION, INTS, KEY, LANE_SEQUENCE, NEED, NEXT, PARENT } = slots
const { PARENT_GENERATION, PENDING, PREVIOUS, REPLICA, REQUEST, SITE, SOURCE, SPAN, STATION, TRACE } = slots
const { AWAY, DEADLINE, ENTERED, FLOATS, START, SUSPENDED } = slots
const { BOUND, BUSY, CURSOR, HEAD, IDLE, LENGTH, MOST_WAITING, PLAIN, PRESENT, REPLICAS } = columns
const { TAIL, WAITING, WORDS, WORKERS } = columns
const { BUSY_SUM, FIGURES, PRESENT_AT, PRESENT_SUM, VISIT_SUM, WAITING_SUM, WAIT_SUM, WAITS } = columns
const { BUCKETS, FIRST, HISTOGRAM, LONGEST, SHIFT, TOTAL, bits, float } = columns
const { ALL, COUNT, LENGTH: MOST_OF_BATCH, SUM } = places
const BLOCK = BLOCK_SIZE
/** An event draws at most twice from one block. */
const FEW = BLOCK - 2
const NEVER = Number.POSITIVE_INFINITY

// Why gliding ends: an event that is not plain is next; a block is low; a call has ended; a batch is full.
const ODD = 1
const TIRED = 2
const FINISHED = 3
const FULL = 4

/** A station that may be plain: one line, first come first served, nothing that fails or is slowed. */
export interface Plain extends Station {
  readonly time: Sampler
  readonly eventCode: number
  /** After a call's own time. */
  endService(call: number, replica: number): void
}

const isPlain = (station: Station): station is Plain => 'endService' in station

/**
 * The loop of events with the same arithmetic as the general way, for what is plain at the moment: arrivals of a source
 * without a policy, and calls that are served at plain stations, wait there, and go back to their callers or on to their
 * callers' next calls. What takes some twenty methods there is one long function here, because V8 keeps what it knows of
 * arrays only from one call to the next. An event is looked at first: is anything about it not plain (a guard, a fault, a
 * deadline, a trace, a full queue), it goes the general way as a whole, which finds all state where it expects it.
 * `express.test.ts` compares the reports of the two ways.
 */
export class Express {
  private readonly engine: Engine
  /** By actor: the station that may be plain, or -1; and the source, or null. */
  private readonly stationOf: Int32Array
  private readonly sources: (OpenSender | null)[]
  private readonly placeOf: Int32Array
  /** By station, and after them by source: the block of what is drawn next, where in it, and whose it is. */
  private readonly blocks: Float64Array<ArrayBuffer>
  private readonly next: Int32Array<ArrayBuffer>
  private readonly samplers: (Sampler | null)[]
  private readonly codes: Int32Array
  /** Why gliding ended, and of what. */
  private readonly left = new Int32Array(2)

  constructor(engine: Engine, senders: readonly Sender[]) {
    const { stations, actors } = engine
    const n = stations.length + senders.length
    this.engine = engine
    this.stationOf = new Int32Array(actors.length).fill(-1)
    this.placeOf = new Int32Array(actors.length)
    this.sources = actors.map(() => null)
    this.blocks = new Float64Array(n * BLOCK)
    this.next = new Int32Array(n)
    this.samplers = Array.from({ length: n }, () => null)
    this.codes = new Int32Array(n)
    for (const station of stations)
      if (isPlain(station)) {
        this.stationOf[station.eventCode / OPERATIONS] = station.index
        this.keep(station.index, station.time, station.eventCode)
      }
    for (const [i, sender] of senders.entries())
      if (sender instanceof OpenSender) {
        this.sources[sender.actor] = sender
        this.placeOf[sender.actor] = stations.length + i
        this.keep(stations.length + i, sender.gap, sender.code)
      }
  }

  private keep(place: number, sampler: Sampler, code: number): void {
    this.samplers[place] = sampler
    this.codes[place] = code
    sampler.keepIn(
      this.blocks.subarray(place * BLOCK, (place + 1) * BLOCK),
      this.next.subarray(place, place + 1),
    )
  }

  /** As the general loop: at most so many events up to `until[0]`; how many there were. */
  stretch(most: number, until: Float64Array): number {
    const { engine } = this
    const { queue, clock, actors } = engine
    const end = until[0] as number
    let count = 0
    while (count < most && !engine.full) {
      queue.makeReady()
      if (queue.size === 0) break
      if ((queue.time[0] as number) > end) break
      this.left[0] = 0
      count += this.glide(most - count, until)
      const why = this.left[0] as number
      if (why === TIRED) (this.samplers[this.left[1] as number] as Sampler).refill()
      else if (why === FINISHED) engine.finish(this.left[1] as number, OK)
      else if (why === FULL) engine.tally.all.latencies.close()
      else if (why === ODD) {
        const code = queue.data[1] as number
        const event = queue.data[2] as number
        clock[0] = queue.time[0] as number
        engine.sequence = queue.data[0] as number
        queue.take()
        count++
        ;(actors[code >> 4] as Actor).fire(code & 15, event)
      }
    }
    return count
  }

  /**
   * Plain events one after another, without a call of any method, until there is something else to do: `left` says what.
   */
  private glide(most: number, until: Float64Array): number {
    const { engine, stationOf, sources, placeOf, blocks, next, codes, left } = this
    const { queue, clock, calls, sites, program, tally, network, tracer, table } = engine
    const { time, data } = queue
    const { ints: all, floats } = calls
    const { ints, figures, visits, busy } = table
    const { spent, columns: types } = tally
    const { begun, latency, latencies } = tally.all
    const { all: records, largest } = latency
    const { own: batch, fill } = latencies
    const end = until[0] as number
    const direct = network === null
    const room = time.length - 2
    let latest = clock[0] as number
    let size = queue.size
    let sequence = queue.sequence
    let free = calls.free
    let count = 0
    let hole = false
    while (count < most) {
      if (hole || size > room) break
      const now = time[0] as number
      if (now > end) break
      const mine = data[0] as number
      const code = data[1] as number
      const event = data[2] as number
      const actor = code >> 4
      const station = stationOf[actor] as number
      const at = station * WORDS
      const source = sources[actor] as OpenSender | null
      // What is to be done: a call that comes to a station, one that begins there, a source whose next arrival is due.
      let coming = -1
      let to = -1
      let starting = -1
      let place = station
      let root = false
      let scale = 0
      if (station >= 0 && (code & 15) === 0 && ints[at + PLAIN] === 1) {
        const c = event * INTS
        const f = event * FLOATS
        if (all[c + EVENT] !== mine) {
          left[0] = ODD
          break
        }
        const flags = all[c + FLAGS] as number
        const first = ints[at + HEAD] as number
        const d = first * INTS
        if (
          (flags & CANCELLED) !== 0 ||
          (sites[all[c + SITE] as number] as Site).program >= 0 ||
          (first >= 0 &&
            (((all[d + FLAGS] as number) & (CANCELLED | CANCELLABLE)) !== 0 ||
              floats[first * FLOATS + DEADLINE] !== NEVER ||
              (sites[all[d + SITE] as number] as Site).sampler !== null))
        ) {
          left[0] = ODD
          break
        }
        if ((next[station] as number) > FEW) {
          left[0] = TIRED
          left[1] = station
          break
        }
        const parent = all[c + PARENT] as number
        root = true
        if (parent >= 0 && direct && (all[c + TRACE] as number) < 0 && all[c + LANE_SEQUENCE] === 0) {
          const up = parent * INTS
          const pc = all[up + COUNTER] as number
          if (
            program[pc] === CALL &&
            all[up + NEED] === 1 &&
            all[up + GENERATION] === all[c + PARENT_GENERATION] &&
            ((all[up + FLAGS] as number) & (GUARDED | FORKING | CANCELLED)) === 0 &&
            (all[up + TRACE] as number) < 0 &&
            floats[parent * FLOATS + DEADLINE] === NEVER
          ) {
            const site = sites[program[pc + 1] as number] as Site
            const there = site.only * WORDS
            if (
              site.only >= 0 &&
              site.guard === null &&
              site.sampler === null &&
              ints[there + PLAIN] === 1 &&
              (ints[there + LENGTH] as number) < (ints[there + BOUND] as number)
            ) {
              if ((next[site.only] as number) > FEW) {
                left[0] = TIRED
                left[1] = site.only
                break
              }
              root = false
              coming = event
              to = site.only
            }
          }
        }
        // Its worker is free again, and the first of the line is next.
        const g = station * FIGURES
        const workers = busy[station] as Int32Array
        const replica = all[c + REPLICA] as number
        workers[replica] = (workers[replica] as number) - 1
        ints[at + IDLE] = (ints[at + IDLE] as number) + 1
        ints[at + BUSY] = (ints[at + BUSY] as number) - 1
        figures[g + BUSY_SUM] = (figures[g + BUSY_SUM] as number) + now
        if (first >= 0) {
          const after = all[d + NEXT] as number
          ints[at + HEAD] = after
          if (after >= 0) all[after * INTS + PREVIOUS] = -1
          else ints[at + TAIL] = -1
          ints[at + LENGTH] = (ints[at + LENGTH] as number) - 1
          all[d + FLAGS] = (all[d + FLAGS] as number) & ~QUEUED
          all[d + REPLICA] = replica
          ints[at + WAITING] = (ints[at + WAITING] as number) - 1
          figures[g + WAITING_SUM] = (figures[g + WAITING_SUM] as number) + now
          starting = first
        }
        // It leaves the station.
        const present = ints[at + PRESENT] as number
        const seconds = now - (floats[f + ENTERED] as number)
        const since = now - (figures[g + PRESENT_AT] as number)
        all[c + FLAGS] = flags & ~THERE
        ints[at + PRESENT] = present - 1
        figures[g + PRESENT_SUM] = (figures[g + PRESENT_SUM] as number) + since * present
        figures[g + PRESENT_AT] = now
        figures[g + VISIT_SUM] = (figures[g + VISIT_SUM] as number) + seconds
        const h = station * HISTOGRAM
        float[0] = seconds
        let bucket = ((bits[0] as number) >>> SHIFT) - FIRST
        if (bucket < 0) bucket = 0
        else if (bucket >= BUCKETS) bucket = BUCKETS - 1
        visits[h + bucket] = (visits[h + bucket] as number) + 1
        visits[h + TOTAL] = (visits[h + TOTAL] as number) + 1
        if (seconds > (figures[g + LONGEST] as number)) figures[g + LONGEST] = seconds
        const own = (all[c + REQUEST] as number) * types + station
        spent[own] = (spent[own] as number) + (seconds - (floats[f + AWAY] as number))
        if (coming >= 0) {
          // Its caller's next call takes the slot that it leaves.
          const up = parent * INTS
          const pc = all[up + COUNTER] as number
          const site = program[pc + 1] as number
          const generation = ((all[up + GENERATION] as number) + 1) | 0
          all[up + GENERATION] = generation
          all[up + COUNTER] = pc + 2
          all[up + PENDING] = 1
          all[c + GENERATION] = ((all[c + GENERATION] as number) + 1) | 0
          all[c + PARENT_GENERATION] = generation
          all[c + EVENT] = 0
          all[c + SITE] = site
          all[c + REPLICA] = -1
          all[c + SPAN] = all[up + SPAN] as number
          all[c + STATION] = to
          all[c + FLAGS] =
            ((sites[site] as Site).write ? WRITE : 0) | ((all[up + FLAGS] as number) & CANCELLABLE)
          floats[f + START] = now
          floats[f + AWAY] = 0
          floats[f + SUSPENDED] = -1
        }
      } else if (source !== null && (code & 15) === 0 && source.plainScale > 0 && source.only !== null) {
        if (source.armed !== mine) {
          left[0] = ODD
          break
        }
        const { site, request, keys } = source.only
        const there = site.only * WORDS
        const call = free
        if (
          !direct ||
          !tally.plain ||
          call < 0 ||
          keys !== null ||
          site.guard !== null ||
          site.only < 0 ||
          site.sampler !== null ||
          ints[there + PLAIN] !== 1 ||
          (ints[there + LENGTH] as number) >= (ints[there + BOUND] as number) ||
          (tracer !== null && tracer.left <= 1)
        ) {
          left[0] = ODD
          break
        }
        place = placeOf[actor] as number
        if ((next[place] as number) > FEW || (next[site.only] as number) > FEW) {
          left[0] = TIRED
          left[1] = (next[place] as number) > FEW ? place : site.only
          break
        }
        // A request begins.
        scale = source.plainScale
        coming = call
        to = site.only
        const c = call * INTS
        const f = call * FLOATS
        free = all[c + NEXT] as number
        calls.underWay++
        begun[0] = (begun[0] as number) + 1
        if (tracer !== null) tracer.left--
        all[c + PARENT] = ROOT
        all[c + SITE] = site.index
        all[c + REPLICA] = -1
        all[c + LANE_SEQUENCE] = 0
        all[c + KEY] = 0
        all[c + REQUEST] = request
        all[c + SOURCE] = actor
        all[c + TRACE] = -1
        all[c + SPAN] = -1
        all[c + STATION] = to
        all[c + FLAGS] = site.write ? WRITE : 0
        floats[f + START] = now
        floats[f + AWAY] = 0
        floats[f + SUSPENDED] = -1
        floats[f + DEADLINE] = NEVER
      } else {
        left[0] = ODD
        break
      }
      hole = true
      count++
      latest = now
      for (;;) {
        let call = starting
        let works = false
        let last = false
        if (scale === 0) {
          if (starting >= 0) {
            starting = -1
            works = true
          } else if (coming >= 0) {
            call = coming
            coming = -1
            place = to
            const there = to * WORDS
            const c = call * INTS
            const g = to * FIGURES
            const present = ints[there + PRESENT] as number
            const since = now - (figures[g + PRESENT_AT] as number)
            floats[call * FLOATS + ENTERED] = now
            ints[there + PRESENT] = present + 1
            figures[g + PRESENT_SUM] = (figures[g + PRESENT_SUM] as number) + since * present
            figures[g + PRESENT_AT] = now
            works = (ints[there + IDLE] as number) > 0
            if (!works) {
              // It waits.
              const tail = ints[there + TAIL] as number
              const waiting = (ints[there + LENGTH] as number) + 1
              all[c + FLAGS] = (all[c + FLAGS] as number) | THERE | QUEUED
              all[c + NEXT] = -1
              all[c + PREVIOUS] = tail
              if (tail >= 0) all[tail * INTS + NEXT] = call
              else ints[there + HEAD] = call
              ints[there + TAIL] = call
              ints[there + LENGTH] = waiting
              ints[there + WAITING] = waiting
              if (waiting > (ints[there + MOST_WAITING] as number)) ints[there + MOST_WAITING] = waiting
              figures[g + WAITING_SUM] = (figures[g + WAITING_SUM] as number) - now
            } else {
              all[c + FLAGS] = (all[c + FLAGS] as number) | THERE
              const workers = busy[to] as Int32Array
              const replicas = ints[there + REPLICAS] as number
              const most = ints[there + WORKERS] as number
              let replica = 0
              if (replicas > 1) {
                replica = ints[there + CURSOR] as number
                while ((workers[replica] as number) >= most)
                  replica = replica + 1 < replicas ? replica + 1 : 0
                ints[there + CURSOR] = replica + 1 < replicas ? replica + 1 : 0
              }
              all[c + REPLICA] = replica
            }
          }
          if (works) {
            // A worker takes it.
            const there = place * WORDS
            const g = place * FIGURES
            const workers = busy[place] as Int32Array
            const replica = all[call * INTS + REPLICA] as number
            workers[replica] = (workers[replica] as number) + 1
            ints[there + IDLE] = (ints[there + IDLE] as number) - 1
            ints[there + BUSY] = (ints[there + BUSY] as number) + 1
            const waited = now - (floats[call * FLOATS + ENTERED] as number)
            figures[g + BUSY_SUM] = (figures[g + BUSY_SUM] as number) - now
            figures[g + WAIT_SUM] = (figures[g + WAIT_SUM] as number) + waited
            const began = place * HISTOGRAM + WAITS
            visits[began] = (visits[began] as number) + 1
          } else if (hole) last = true
          else break
        }
        // Its time is drawn, and its end is put among the events: in place of the one that happens, or at the end.
        let due = 0
        let number = 0
        let what = 0
        let whom = call
        if (last) {
          size--
          due = time[size] as number
          number = data[4 * size] as number
          what = data[4 * size + 1] as number
          whom = data[4 * size + 2] as number
        } else {
          const drawn = next[place] as number
          next[place] = drawn + 1
          const length = blocks[place * BLOCK + drawn] as number
          due = now + (scale > 0 ? length * scale : length)
          sequence = (sequence + 1) | 0 || 1
          number = sequence
          what = codes[place] as number
          if (scale > 0) {
            whom = 0
            scale = 0
            ;(source as OpenSender).armed = number
          } else all[call * INTS + EVENT] = number
        }
        let i = 0
        if (hole) {
          hole = false
          for (;;) {
            let down = 2 * i + 1
            if (down >= size) break
            let least = time[down] as number
            if (down + 1 < size) {
              const other = time[down + 1] as number
              if (
                other < least ||
                (other === least && ((data[4 * down + 4] as number) - (data[4 * down] as number)) << 0 < 0)
              ) {
                down++
                least = other
              }
            }
            if (due < least || (due === least && (number - (data[4 * down] as number)) << 0 < 0)) break
            time[i] = least
            data[4 * i] = data[4 * down] as number
            data[4 * i + 1] = data[4 * down + 1] as number
            data[4 * i + 2] = data[4 * down + 2] as number
            i = down
          }
        } else {
          i = size++
          while (i > 0) {
            const up = (i - 1) >> 1
            const above = time[up] as number
            if (above <= due) break
            time[i] = above
            data[4 * i] = data[4 * up] as number
            data[4 * i + 1] = data[4 * up + 1] as number
            data[4 * i + 2] = data[4 * up + 2] as number
            i = up
          }
        }
        time[i] = due
        data[4 * i] = number
        data[4 * i + 1] = what
        data[4 * i + 2] = whom
        if (last) break
      }
      if (root) {
        const c = event * INTS
        const answers =
          tally.plain &&
          direct &&
          all[c + PARENT] === ROOT &&
          (all[c + TRACE] as number) < 0 &&
          all[c + LANE_SEQUENCE] === 0 &&
          sources[all[c + SOURCE] as number] !== null
        if (!answers) {
          engine.sequence = mine
          left[0] = FINISHED
          left[1] = event
          break
        }
        const seconds = now - (floats[event * FLOATS + START] as number)
        float[0] = seconds
        let bucket = ((bits[0] as number) >>> SHIFT) - FIRST
        if (bucket < 0) bucket = 0
        else if (bucket >= BUCKETS) bucket = BUCKETS - 1
        records[bucket] = (records[bucket] as number) + 1
        records[TOTAL] = (records[TOTAL] as number) + 1
        if (seconds > (largest[0] as number)) largest[0] = seconds
        batch[SUM] = (batch[SUM] as number) + seconds
        batch[ALL] = (batch[ALL] as number) + seconds
        const n = (fill[COUNT] as number) + 1
        fill[COUNT] = n
        all[c + GENERATION] = ((all[c + GENERATION] as number) + 1) | 0
        all[c + EVENT] = 0
        all[c + FLAGS] = 0
        all[c + NEXT] = free
        free = event
        calls.underWay--
        if (n === fill[MOST_OF_BATCH]) {
          left[0] = FULL
          break
        }
      }
    }
    clock[0] = latest
    queue.size = size
    queue.sequence = sequence
    queue.hole = hole
    calls.free = free
    return count
  }
}
