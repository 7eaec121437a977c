import { places } from './batches.ts'
import * as slots from './calls.ts'
import type { Known } from './express.ts'
import type { Site } from './parts.ts'
import { follow, occupy } from './plain-calls.ts'
import { BLOCK_SIZE } from './sampler.ts'
import type { OpenSender } from './sources.ts'
import * as columns from './station-table.ts'
import * as steps from './steps.ts'

const { CALL } = steps
const { CANCELLABLE, CANCELLED, FORKING, GUARDED, PRESENT: THERE, QUEUED, ROOT } = slots
const { COUNTER, EVENT, FLAGS, GENERATION, INTS, LANE_SEQUENCE, NEED, NEXT, PARENT } = slots
const { PARENT_GENERATION, PREVIOUS, REPLICA, REQUEST, SITE, SOURCE, STATION, TRACE } = slots
const { AWAY, DEADLINE, ENTERED, FLOATS, START } = slots
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
export const ends = { ODD, TIRED, FINISHED, FULL } as const

/**
 * Plain events one after another, without a call of any method, until there is something else to do: `left` says what.
 */
export function glide(known: Known, most: number, until: Float64Array): number {
  const { engine, stationOf, sources, placeOf, blocks, next, codes, left } = known
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
      const flags = all[c + FLAGS] as number
      const first = ints[at + HEAD] as number
      const d = first * INTS
      if (
        all[c + EVENT] !== mine ||
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
        const site = sites[program[(all[parent * INTS + COUNTER] as number) + 1] as number] as Site
        follow(all, floats, event, parent, site)
        floats[f + START] = now
      }
    } else if (source !== null && (code & 15) === 0 && source.plainScale > 0 && source.only !== null) {
      const { site, request, keys } = source.only
      const there = site.only * WORDS
      const call = free
      if (
        source.armed !== mine ||
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
      occupy(all, floats, call, site, request, actor)
      all[c + STATION] = to
      floats[f + START] = now
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
              while ((workers[replica] as number) >= most) replica = replica + 1 < replicas ? replica + 1 : 0
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
