// What `Gauge`, `WaitingLine`, `Replicas` and `Histogram` do at a plain station, on the same numbers.

import {
  BUCKETS,
  BUSY,
  BUSY_AT,
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
  PRESENT,
  PRESENT_AT,
  PRESENT_SUM,
  RECORD_AT,
  REPLICAS,
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
import { SAMPLER, SITE_WORDS } from '../engine/records'
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
  setNum(callAt(call), ENTERED, now)
  presence(now, station, 1)
}

/** The measures of a departure. */
export function leave(now: f64, station: i32, call: i32): void {
  const c = callAt(call)
  const f = callAt(call)
  const g = figuresAt(station)
  const seconds = now - num(f, ENTERED)
  setInt(c, FLAGS, int(c, FLAGS) & ~THERE)
  presence(now, station, -1)
  addNum(g, VISIT_SUM, seconds)
  record(visitsAt(station), g + LONGEST * 8, seconds)
  addNum(spent, int(c, REQUEST) * columns + station, seconds - num(f, AWAY))
}

/** Seconds of a call's service: by its site's law, or its station's. */
function secondsOf(t: usize, c: usize): f64 {
  const own = int(siteAt(int(c, SITE)), SAMPLER)
  return draw((own !== 0 ? own : int(t, RECORD_AT)) as usize)
}

/** A worker takes a call: its time is drawn, and its end put among the events. */
function begin(now: f64, station: i32, call: i32, replica: i32): void {
  const t = stationAt(station)
  addInt(int(t, BUSY_AT) as usize, replica, 1)
  addInt(t, IDLE, -1)
  addInt(t, BUSY, 1)
  addNum(figuresAt(station), BUSY_SUM, -now)
  occupy(now, station, call, replica)
}

function occupy(now: f64, station: i32, call: i32, replica: i32): void {
  const t = stationAt(station)
  const g = figuresAt(station)
  const c = callAt(call)
  setInt(c, REPLICA, replica)
  addNum(g, WAIT_SUM, now - num(callAt(call), ENTERED))
  addInt(visitsAt(station), WAITS, 1)
  setInt(c, EVENT, push(now + secondsOf(t, c), int(t, CODE), call))
}

/** A call comes to a station with workers: one takes it, or it waits. */
export function serve(now: f64, station: i32, call: i32): void {
  const t = stationAt(station)
  arrive(now, station, call)
  if (int(t, IDLE) > 0) begin(now, station, call, int(t, REPLICAS) === 1 ? 0 : freeReplica(t))
  else wait(now, station, call)
}

/** It comes to one without. */
export function delay(now: f64, station: i32, call: i32): void {
  const t = stationAt(station)
  const c = callAt(call)
  arrive(now, station, call)
  setInt(c, EVENT, push(now + secondsOf(t, c), int(t, CODE), call))
}

/** Searched from where the last was found: there is one. */
function freeReplica(t: usize): i32 {
  const busy = int(t, BUSY_AT) as usize
  const replicas = int(t, REPLICAS)
  const workers = int(t, WORKERS)
  let replica = int(t, CURSOR)
  if (replica >= replicas) replica -= replicas
  while (int(busy, replica) >= workers) replica = replica + 1 < replicas ? replica + 1 : 0
  setInt(t, CURSOR, replica + 1 < replicas ? replica + 1 : 0)
  return replica
}

function wait(now: f64, station: i32, call: i32): void {
  const t = stationAt(station)
  const c = callAt(call)
  const tail = int(t, TAIL)
  const waiting = int(t, LENGTH) + 1
  setInt(c, REPLICA, -1)
  setInt(c, FLAGS, int(c, FLAGS) | QUEUED)
  setInt(c, NEXT, -1)
  setInt(c, PREVIOUS, tail)
  if (tail >= 0) setInt(callAt(tail), NEXT, call)
  else setInt(t, HEAD, call)
  setInt(t, TAIL, call)
  setInt(t, LENGTH, waiting)
  setInt(t, WAITING, waiting)
  if (waiting > int(t, MOST_WAITING)) setInt(t, MOST_WAITING, waiting)
  addNum(figuresAt(station), WAITING_SUM, -now)
}

/** A worker has finished: the first that waits is next. */
export function release(now: f64, station: i32, replica: i32): void {
  const t = stationAt(station)
  const first = int(t, HEAD)
  if (first >= 0 && int(int(t, BUSY_AT) as usize, replica) <= int(t, WORKERS) && isUnbound(first)) {
    unqueue(now, station, first)
    // As a rest and a beginning, which for fractions is not nothing.
    const g = figuresAt(station)
    setNum(g, BUSY_SUM, num(g, BUSY_SUM) + now - now)
    occupy(now, station, first, replica)
    if (int(t, HEAD) < 0 || int(int(t, BUSY_AT) as usize, replica) >= int(t, WORKERS)) return
    fill(now, station, replica)
    return
  }
  const busy = int(t, BUSY_AT) as usize
  addInt(busy, replica, -1)
  addInt(t, IDLE, 1)
  addInt(t, BUSY, -1)
  addNum(figuresAt(station), BUSY_SUM, now)
  if (first >= 0) fill(now, station, replica)
}

/** Its free workers take what waits. */
function fill(now: f64, station: i32, replica: i32): void {
  const t = stationAt(station)
  const busy = int(t, BUSY_AT) as usize
  for (let first = int(t, HEAD); first >= 0; first = int(t, HEAD)) {
    if (int(busy, replica) >= int(t, WORKERS)) return
    if (!isUnbound(first)) {
      fillElsewhere(station, replica)
      return
    }
    unqueue(now, station, first)
    begin(now, station, first, replica)
  }
}

/** Takes the first out of the line. */
function unqueue(now: f64, station: i32, first: i32): void {
  const t = stationAt(station)
  const c = callAt(first)
  const after = int(c, NEXT)
  setInt(t, HEAD, after)
  if (after >= 0) setInt(callAt(after), PREVIOUS, -1)
  else setInt(t, TAIL, -1)
  addInt(t, LENGTH, -1)
  setInt(c, FLAGS, int(c, FLAGS) & ~QUEUED)
  addInt(t, WAITING, -1)
  addNum(figuresAt(station), WAITING_SUM, now)
}
