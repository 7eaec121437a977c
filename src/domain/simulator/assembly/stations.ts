// What `Gauge`, `WaitingLine`, `Replicas` and `Histogram` do at a plain station, on the same numbers.

import {
  AT_WORK,
  BOUND,
  BUCKETS,
  BUSY,
  BUSY_SUM,
  CODE,
  CURSOR,
  FIRST,
  HEAD,
  HISTOGRAM,
  IDLE,
  LENGTH,
  LONGEST,
  MOST_WAITING,
  PLAIN,
  PRESENT,
  PRESENT_AT,
  PRESENT_SUM,
  RECORD_AT,
  REPLICA_WORDS,
  REPLICAS,
  REPLICAS_AT,
  SHIFT,
  STATION_BYTES,
  TAIL,
  TOTAL,
  VISIT_SUM,
  WAIT_SUM,
  WAITING,
  WAITING_SUM,
  WAITS,
  WORDS,
  WORKERS,
} from '../engine/columns'
import { CHOSEN, EACH, SAMPLER, SITE_WORDS } from '../engine/records'
import {
  AWAY,
  CANCELLABLE,
  CANCELLED,
  DEADLINE,
  ENTERED,
  EVENT,
  FLAGS,
  INTS,
  NEXT,
  PREVIOUS,
  QUEUED,
  REPLICA,
  REQUEST,
  SITE,
  PRESENT as THERE,
} from '../engine/slots'
import { draw } from './draws'
import { push } from './events'
import {
  addInt,
  addNum,
  bits,
  calls,
  columns,
  int,
  num,
  setInt,
  setInts,
  setNum,
  sites,
  spent,
  stations,
  visits,
} from './memory'

/** As bits. */
const INFINITY: i64 = 0x7ff0000000000000

/** What waits in the line of this station is not plain: its replica's workers are filled elsewhere. */
declare function fillElsewhere(station: i32, replica: i32): void

export function callAt(call: i32): usize {
  return calls + ((call * (INTS * 4)) as usize)
}

export function stationAt(station: i32): usize {
  return stations + ((station * STATION_BYTES) as usize)
}

export function siteAt(site: i32): usize {
  return sites + ((site * (SITE_WORDS * 4)) as usize)
}

function replicaAt(t: usize, replica: i32): usize {
  return (int(t, REPLICAS_AT) as usize) + ((replica * (REPLICA_WORDS * 4)) as usize)
}

function figuresAt(station: i32): usize {
  return stationAt(station) + WORDS * 4
}

function visitsAt(station: i32): usize {
  return visits + ((station * (HISTOGRAM * 4)) as usize)
}

/** Nobody may cancel it, and it has no deadline. */
export function isUnbound(call: i32): bool {
  const c = callAt(call)
  const bound = int(c, FLAGS) & (CANCELLED | CANCELLABLE)
  return (bound | i32(bits(c, DEADLINE) !== INFINITY)) === 0
}

/** Into a histogram, and the longest that was recorded. */
export function record(histogram: usize, longest: usize, seconds: f64): void {
  let bucket = (reinterpret<i32>(seconds as f32) >>> SHIFT) - FIRST
  if (bucket < 0) bucket = 0
  else if (bucket >= BUCKETS) bucket = BUCKETS - 1
  addInt(histogram, bucket, 1)
  addInt(histogram, TOTAL, 1)
  if (seconds > load<f64>(longest)) store<f64>(longest, seconds)
}

function presence(now: f64, station: i32, more: i32): void {
  const t = stationAt(station)
  const g = figuresAt(station)
  const present = int(t, PRESENT)
  setInt(t, PRESENT, present + more)
  addNum(g, PRESENT_SUM, (now - num(g, PRESENT_AT)) * (present as f64))
  setNum(g, PRESENT_AT, now)
}

export function arrive(now: f64, station: i32, call: i32): void {
  const c = callAt(call)
  setInt(c, FLAGS, int(c, FLAGS) | THERE)
  setNum(c, ENTERED, now)
  presence(now, station, 1)
}

/** The measures of a departure. */
export function leave(now: f64, station: i32, call: i32): void {
  const c = callAt(call)
  const g = figuresAt(station)
  const seconds = now - num(c, ENTERED)
  setInt(c, FLAGS, int(c, FLAGS) & ~THERE)
  presence(now, station, -1)
  addNum(g, VISIT_SUM, seconds)
  record(visitsAt(station), g + LONGEST * 8, seconds)
  addNum(spent, int(c, REQUEST) * columns + station, seconds - num(c, AWAY))
}

/** Seconds of a call's service: by its site's law, or its station's. */
function secondsOf(t: usize, site: i32): f64 {
  const own = int(siteAt(site), SAMPLER)
  return draw((own !== 0 ? own : int(t, RECORD_AT)) as usize)
}

/** A worker takes a call: its time is drawn, and its end put among the events. */
function begin(now: f64, station: i32, call: i32, replica: i32, site: i32): void {
  const t = stationAt(station)
  addInt(replicaAt(t, replica), AT_WORK, 1)
  if (replica < int(t, REPLICAS)) addInt(t, IDLE, -1)
  addInt(t, BUSY, 1)
  addNum(figuresAt(station), BUSY_SUM, -now)
  occupy(now, station, call, replica, site)
}

function occupy(now: f64, station: i32, call: i32, replica: i32, site: i32): void {
  const t = stationAt(station)
  const g = figuresAt(station)
  const c = callAt(call)
  setInt(c, REPLICA, replica)
  addNum(g, WAIT_SUM, now - num(c, ENTERED))
  addInt(visitsAt(station), WAITS, 1)
  setInt(c, EVENT, push(now + secondsOf(t, site), int(t, CODE), call))
}

/** A call comes to a station with workers and one line: one takes it, or it waits. False: there is no room for it. */
export function serve(now: f64, station: i32, call: i32, site: i32): bool {
  const t = stationAt(station)
  const isFree = int(t, IDLE) > 0
  if (!isFree && int(t, LENGTH) >= int(t, BOUND)) return false
  arrive(now, station, call)
  if (isFree) begin(now, station, call, int(t, REPLICAS) === 1 ? 0 : freeReplica(t), site)
  else wait(now, station, call, t, -1)
  return true
}

/** The same with a line before each replica. False: there is no room in the line whose turn it is, or it is no turn. */
export function serveInTurn(now: f64, station: i32, call: i32, site: i32): bool {
  const t = stationAt(station)
  const replicas = int(t, REPLICAS)
  const turn = int(t, CURSOR)
  let replica = 0
  if (replicas > 1) {
    if ((int(t, PLAIN) & CHOSEN) !== 0) return false
    replica = ((turn as u32) % (replicas as u32)) as i32
  }
  const own = replicaAt(t, replica)
  const isFree = int(own, AT_WORK) < int(t, WORKERS)
  if (!isFree && int(own, LENGTH) >= int(t, BOUND)) return false
  if (replicas > 1) setInt(t, CURSOR, turn + 1)
  arrive(now, station, call)
  if (isFree) begin(now, station, call, replica, site)
  else wait(now, station, call, own, replica)
  return true
}

/** It comes to one without. */
export function delay(now: f64, station: i32, call: i32, site: i32): void {
  const t = stationAt(station)
  const c = callAt(call)
  arrive(now, station, call)
  setInt(c, EVENT, push(now + secondsOf(t, site), int(t, CODE), call))
}

/** Searched from where the last was found: there is one. */
function freeReplica(t: usize): i32 {
  const replicas = int(t, REPLICAS)
  const workers = int(t, WORKERS)
  let replica = int(t, CURSOR)
  if (replica >= replicas) replica %= replicas
  while (int(replicaAt(t, replica), AT_WORK) >= workers) replica = replica + 1 < replicas ? replica + 1 : 0
  setInt(t, CURSOR, replica + 1 < replicas ? replica + 1 : 0)
  return replica
}

/** At the end of a line. */
function wait(now: f64, station: i32, call: i32, line: usize, replica: i32): void {
  const t = stationAt(station)
  const c = callAt(call)
  const tail = int(line, TAIL)
  const waiting = int(t, WAITING) + 1
  setInts(c, REPLICA, replica, int(c, FLAGS) | QUEUED)
  setInt(c, NEXT, -1)
  setInt(c, PREVIOUS, tail)
  if (tail >= 0) setInt(callAt(tail), NEXT, call)
  else setInt(line, HEAD, call)
  setInt(line, TAIL, call)
  addInt(line, LENGTH, 1)
  setInt(t, WAITING, waiting)
  if (waiting > int(t, MOST_WAITING)) setInt(t, MOST_WAITING, waiting)
  addNum(figuresAt(station), WAITING_SUM, -now)
}

/** The line that a replica's workers take from. */
function lineOf(t: usize, replica: i32): usize {
  return (int(t, PLAIN) & EACH) !== 0 ? replicaAt(t, replica) : t
}

/** Whether it may take another: one that is no longer wanted only goes on with its own line. */
function mayTake(t: usize, replica: i32, busy: i32): bool {
  if (busy >= int(t, WORKERS)) return false
  return replica < int(t, REPLICAS) || (int(t, PLAIN) & EACH) !== 0
}

/** A worker has finished: the first that waits is next. */
export function release(now: f64, station: i32, replica: i32): void {
  const t = stationAt(station)
  const own = replicaAt(t, replica)
  const line = lineOf(t, replica)
  const first = int(line, HEAD)
  if (first >= 0 && mayTake(t, replica, int(own, AT_WORK) - 1) && isUnbound(first)) {
    unqueue(now, station, line, first)
    // As a rest and a beginning, which for fractions is not nothing.
    const g = figuresAt(station)
    setNum(g, BUSY_SUM, num(g, BUSY_SUM) + now - now)
    occupy(now, station, first, replica, int(callAt(first), SITE))
    if (int(line, HEAD) >= 0 && mayTake(t, replica, int(own, AT_WORK))) fill(now, station, replica)
    return
  }
  addInt(own, AT_WORK, -1)
  if (replica < int(t, REPLICAS)) addInt(t, IDLE, 1)
  addInt(t, BUSY, -1)
  addNum(figuresAt(station), BUSY_SUM, now)
  if (first >= 0) fill(now, station, replica)
}

/** Its free workers take what waits. */
function fill(now: f64, station: i32, replica: i32): void {
  const t = stationAt(station)
  const own = replicaAt(t, replica)
  const line = lineOf(t, replica)
  for (let first = int(line, HEAD); first >= 0; first = int(line, HEAD)) {
    if (!mayTake(t, replica, int(own, AT_WORK))) return
    if (!isUnbound(first)) {
      fillElsewhere(station, replica)
      return
    }
    unqueue(now, station, line, first)
    begin(now, station, first, replica, int(callAt(first), SITE))
  }
}

/** Takes the first out of a line. */
function unqueue(now: f64, station: i32, line: usize, first: i32): void {
  const c = callAt(first)
  const after = int(c, NEXT)
  setInt(line, HEAD, after)
  if (after >= 0) setInt(callAt(after), PREVIOUS, -1)
  else setInt(line, TAIL, -1)
  addInt(line, LENGTH, -1)
  setInt(c, FLAGS, int(c, FLAGS) & ~QUEUED)
  addInt(stationAt(station), WAITING, -1)
  addNum(figuresAt(station), WAITING_SUM, now)
}
