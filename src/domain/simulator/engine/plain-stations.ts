import * as slots from './calls.ts'
import type { Known } from './plain-events.ts'
import * as columns from './station-table.ts'

const { AWAY, ENTERED, FLAGS, FLOATS, INTS, NEXT, PREVIOUS } = slots
const { PRESENT: THERE, QUEUED, REPLICA, REQUEST } = slots
const { CURSOR, HEAD, IDLE, LENGTH, MOST_WAITING, PRESENT, REPLICAS, TAIL, WAITING, WORDS, WORKERS } = columns
const { FIGURES, PRESENT_AT, PRESENT_SUM, VISIT_SUM, WAITING_SUM } = columns
const { BUCKETS, FIRST, HISTOGRAM, LONGEST, SHIFT, TOTAL, bits, float } = columns

// What `Gauge`, `WaitingLine` and `Replicas` do at a plain station, on the same numbers.

/** A call comes. True: it has a worker; false: it waits. */
export function enter(known: Known, station: number, call: number): boolean {
  const now = known.clock[0] as number
  const { all, ints } = known
  const at = station * WORDS
  const c = call * INTS
  presence(known, station, 1)
  known.floats[call * FLOATS + ENTERED] = now
  if ((ints[at + IDLE] as number) > 0) {
    all[c + FLAGS] = (all[c + FLAGS] as number) | THERE
    all[c + REPLICA] = (ints[at + REPLICAS] as number) === 1 ? 0 : freeReplica(known, station)
    return true
  }
  const tail = ints[at + TAIL] as number
  const waiting = (ints[at + LENGTH] as number) + 1
  all[c + FLAGS] = (all[c + FLAGS] as number) | THERE | QUEUED
  all[c + NEXT] = -1
  all[c + PREVIOUS] = tail
  if (tail >= 0) all[tail * INTS + NEXT] = call
  else ints[at + HEAD] = call
  ints[at + TAIL] = call
  ints[at + LENGTH] = waiting
  ints[at + WAITING] = waiting
  if (waiting > (ints[at + MOST_WAITING] as number)) ints[at + MOST_WAITING] = waiting
  const sum = station * FIGURES + WAITING_SUM
  known.figures[sum] = (known.figures[sum] as number) - now
  return false
}

/** Searched from where the last was found: there is one. */
function freeReplica(known: Known, station: number): number {
  const { ints } = known
  const at = station * WORDS
  const workers = known.busy[station] as Int32Array
  const replicas = ints[at + REPLICAS] as number
  const most = ints[at + WORKERS] as number
  let replica = ints[at + CURSOR] as number
  while ((workers[replica] as number) >= most) replica = replica + 1 < replicas ? replica + 1 : 0
  ints[at + CURSOR] = replica + 1 < replicas ? replica + 1 : 0
  return replica
}

/** A call that has been served goes. */
export function leave(known: Known, station: number, call: number): void {
  const now = known.clock[0] as number
  const { all, floats, figures, spent } = known
  const c = call * INTS
  const g = station * FIGURES
  const seconds = now - (floats[call * FLOATS + ENTERED] as number)
  all[c + FLAGS] = (all[c + FLAGS] as number) & ~THERE
  presence(known, station, -1)
  figures[g + VISIT_SUM] = (figures[g + VISIT_SUM] as number) + seconds
  record(known.visits, station * HISTOGRAM, figures, g + LONGEST, seconds)
  const own = (all[c + REQUEST] as number) * known.types + station
  spent[own] = (spent[own] as number) + (seconds - (floats[call * FLOATS + AWAY] as number))
}

function presence(known: Known, station: number, more: number): void {
  const now = known.clock[0] as number
  const { ints, figures } = known
  const at = station * WORDS + PRESENT
  const g = station * FIGURES
  const present = ints[at] as number
  const since = now - (figures[g + PRESENT_AT] as number)
  ints[at] = present + more
  figures[g + PRESENT_SUM] = (figures[g + PRESENT_SUM] as number) + since * present
  figures[g + PRESENT_AT] = now
}

/** As `Histogram.record`, into the histogram that begins at `h`; its longest is `longest[g]`. */
export function record(
  visits: Uint32Array,
  h: number,
  longest: Float64Array,
  g: number,
  seconds: number,
): void {
  float[0] = seconds
  let bucket = ((bits[0] as number) >>> SHIFT) - FIRST
  if (bucket < 0) bucket = 0
  else if (bucket >= BUCKETS) bucket = BUCKETS - 1
  visits[h + bucket] = (visits[h + bucket] as number) + 1
  visits[h + TOTAL] = (visits[h + TOTAL] as number) + 1
  if (seconds > (longest[g] as number)) longest[g] = seconds
}
