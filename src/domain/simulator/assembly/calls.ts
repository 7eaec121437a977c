// The life of a call, as `Engine`, `Guard` and `Tally` have it, as long as all about it is plain. What is not goes on
// elsewhere: a call out of here finds all state as the general way would have left it.

import { PLAIN, RECORD_AT } from '../engine/columns'
import {
  ACTOR_WORDS,
  ATTEMPTS,
  BEGUN,
  BURST,
  DELAYS,
  EACH,
  FILLED_AT,
  FREE,
  GUARD,
  GUARDED_CALLS,
  HOLDS,
  KIND,
  LIMITS,
  NEAR,
  ONLY,
  PER_SECOND,
  PROGRAM,
  REQUEST_WORDS,
  SERVES,
  SLOT_LIMIT,
  SLOTS,
  SOURCE_KIND,
  TOKENS,
  UNTRACED,
  WAYS,
  WRITES,
} from '../engine/records'
import {
  AWAY,
  CANCELLABLE,
  CANCELLED,
  COUNTER,
  DEADLINE,
  EVENT,
  FLAGS,
  FORKING,
  GENERATION,
  GUARDED,
  KEY,
  LANE_SEQUENCE,
  NEED,
  NEXT,
  PARENT,
  PARENT_GENERATION,
  PENDING,
  REPLICA,
  REQUEST,
  ROOT,
  SITE,
  SOURCE,
  START,
  STATION,
  SUSPENDED,
  TRACE,
  TRIES,
  WRITE,
} from '../engine/slots'
import { AGAIN, CALL, END, MAYBE } from '../engine/steps'
import { tally } from './counts'
import { uniform } from './draws'
import {
  actors,
  addInt,
  addNum,
  heads,
  int,
  num,
  program,
  requests,
  setInt,
  setInts,
  setNum,
  shares,
  steps,
} from './memory'
import {
  arrive,
  callAt,
  delay,
  isUnbound,
  leave,
  release,
  serve,
  serveInTurn,
  siteAt,
  stationAt,
} from './stations'
import { cancelTimer, setTimer } from './timers'

// The engine's own ways for what is not plain.
declare function sendElsewhere(call: i32): void
declare function guardElsewhere(call: i32): void
declare function finishElsewhere(call: i32): void
declare function proceedElsewhere(call: i32): void
declare function resumeElsewhere(call: i32): void
declare function settleElsewhere(call: i32): void
declare function attemptEndedElsewhere(call: i32): void
declare function endedElsewhere(source: i32): void

// ---------------------------------------------------------------------------------------------- starting calls

/** So many slots can be had without growing. */
export function hasSlots(count: i32): bool {
  return int(heads, SLOTS) + count <= int(heads, SLOT_LIMIT)
}

function take(): i32 {
  const call = int(heads, FREE)
  if (call >= 0) {
    setInt(heads, FREE, int(callAt(call), NEXT))
    return call
  }
  const slot = int(heads, SLOTS)
  setInt(heads, SLOTS, slot + 1)
  return slot
}

function give(call: i32): void {
  const c = callAt(call)
  addInt(c, GENERATION, 1)
  setInt(c, EVENT, 0)
  setInt(c, FLAGS, 0)
  setInt(c, NEXT, int(heads, FREE))
  setInt(heads, FREE, call)
}

function create(now: f64, parent: i32, site: i32, trace: i32, bound: i32): i32 {
  const call = take()
  const c = callAt(call)
  const flags = bound | (int(siteAt(site), WRITES) !== 0 ? WRITE : 0)
  setInt(c, PARENT, parent)
  setInt(c, SITE, site)
  setInts(c, REPLICA, -1, flags)
  setNum(c, START, now)
  setNum(c, AWAY, 0)
  setNum(c, SUSPENDED, -1)
  setInts(c, TRACE, trace, 0)
  return call
}

function createChild(now: f64, parent: i32, site: i32): i32 {
  const up = callAt(parent)
  const call = create(now, parent, site, int(up, TRACE), int(up, FLAGS) & CANCELLABLE)
  const c = callAt(call)
  setInt(c, PARENT_GENERATION, int(up, GENERATION))
  setInt(c, REQUEST, int(up, REQUEST))
  setInt(c, SOURCE, int(up, SOURCE))
  store<i64>(c + KEY * 4, load<i64>(up + KEY * 4))
  store<i64>(c + DEADLINE * 8, load<i64>(up + DEADLINE * 8))
  return call
}

/** A request of a source, without a key. */
export function request(now: f64, source: i32, site: i32, kind: i32): void {
  addInt(int(requests + ((kind * (REQUEST_WORDS * 4)) as usize), BEGUN) as usize, 0, 1)
  const call = create(now, ROOT, site, -1, 0)
  const c = callAt(call)
  setInt(c, REQUEST, kind)
  setInt(c, SOURCE, source)
  setInts(c, KEY, 0, -1)
  setNum(c, DEADLINE, Infinity)
  const untraced = int(heads, UNTRACED)
  if (untraced > 0) setInt(heads, UNTRACED, untraced - 1)
  start(now, call, site)
}

function start(now: f64, call: i32, site: i32): void {
  const guard = int(siteAt(site), GUARD)
  if (guard === 0) send(now, call, site)
  else if (guard === 1) guardElsewhere(call)
  else attempt(now, call, site, guard as usize)
}

/** The first attempt under a policy of a timeout. */
function attempt(now: f64, call: i32, site: i32, lane: usize): void {
  const c = callAt(call)
  const parent = int(c, PARENT)
  setInt(c, STATION, parent >= 0 ? int(callAt(parent), STATION) : -1)
  setInt(c, FLAGS, int(c, FLAGS) | GUARDED)
  setInt(c, TRIES, 1)
  setInt(c, PENDING, 1)
  addInt(heads, GUARDED_CALLS, 1)
  const first = createChild(now, call, site)
  setInt(callAt(first), TRIES, 1)
  addInt(heads, ATTEMPTS, 1)
  setTimer(now, lane, first)
  send(now, first, site)
}

/** To the station of its site, if it is plain. */
function send(now: f64, call: i32, site: i32): void {
  const c = callAt(call)
  const station = int(siteAt(site), ONLY)
  if (station < 0 || int(c, TRACE) >= 0 || int(heads, NEAR) === 0 || !isUnbound(call)) {
    sendElsewhere(call)
    return
  }
  setInt(c, STATION, station)
  if (!accept(now, station, call, site)) sendElsewhere(call)
}

/** False: it is not plain, and nothing was done. */
function accept(now: f64, station: i32, call: i32, site: i32): bool {
  const t = stationAt(station)
  const plain = int(t, PLAIN)
  if (plain === SERVES || plain === HOLDS) return serve(now, station, call, site)
  if ((plain & EACH) !== 0) return serveInTurn(now, station, call, site)
  if (plain === DELAYS) {
    delay(now, station, call, site)
    return true
  }
  if (plain !== LIMITS || !takesToken(now, t)) return false
  arrive(now, station, call)
  served(now, station, call, int(siteAt(site), PROGRAM))
  return true
}

/** `LimiterStation.accept`: refilling twice at one time is as refilling once. */
function takesToken(now: f64, t: usize): bool {
  const bucket = int(t, RECORD_AT) as usize
  const filledAt = num(bucket, FILLED_AT)
  if (now > filledAt) {
    const tokens = num(bucket, TOKENS) + (now - filledAt) * num(bucket, PER_SECOND)
    setNum(bucket, TOKENS, Math.min(num(bucket, BURST), tokens))
    setNum(bucket, FILLED_AT, now)
  }
  if (num(bucket, TOKENS) < 1) return false
  addNum(bucket, TOKENS, -1)
  return true
}

// -------------------------------------------------------------------------------------------------------- steps

/** After its own time at a plain station: the call's steps, or its end. */
export function served(now: f64, station: i32, call: i32, steps: i32): void {
  if (steps < 0) {
    depart(now, station, call)
    return
  }
  const c = callAt(call)
  setNum(c, SUSPENDED, now)
  setInt(c, COUNTER, steps)
  proceed(now, call)
}

function proceed(now: f64, call: i32): void {
  const c = callAt(call)
  let pc = int(c, COUNTER)
  for (;;) {
    const step = int(program, pc)
    if (step === CALL && hasSlots(2)) {
      const site = int(program, pc + 1)
      setInt(c, COUNTER, pc + 2)
      setInt(c, PENDING, 1)
      setInt(c, NEED, 1)
      start(now, createChild(now, call, site), site)
      return
    }
    if (step === END) {
      resume(now, call)
      return
    }
    if (step !== MAYBE && step !== AGAIN) {
      setInt(c, COUNTER, pc)
      proceedElsewhere(call)
      return
    }
    const taken = uniform(steps) < num(shares, int(program, pc + 1))
    pc = taken === (step === MAYBE) ? pc + 3 : int(program, pc + 2)
  }
}

/** Its steps are over. */
function resume(now: f64, call: i32): void {
  const c = callAt(call)
  const station = int(c, STATION)
  const plain = int(stationAt(station), PLAIN) & WAYS
  if (plain === 0) {
    resumeElsewhere(call)
    return
  }
  addNum(c, AWAY, now - num(c, SUSPENDED))
  if (plain === HOLDS) release(now, station, int(c, REPLICA))
  depart(now, station, call)
}

// ---------------------------------------------------------------------------------------------- finishing calls

export function depart(now: f64, station: i32, call: i32): void {
  leave(now, station, call)
  if (int(callAt(call), TRACE) >= 0 || int(heads, NEAR) === 0) finishElsewhere(call)
  else answer(now, call)
}

/** The answer, a good one, goes to whoever waits, and the slot is free. */
function answer(now: f64, call: i32): void {
  for (;;) {
    const c = callAt(call)
    const parent = int(c, PARENT)
    if (int(c, LANE_SEQUENCE) !== 0) {
      const lane = int(siteAt(int(c, SITE)), GUARD)
      if (lane === 1) {
        finishElsewhere(call)
        return
      }
      cancelTimer(lane as usize, call)
    }
    if (parent < 0) {
      end(now, call, parent)
      return
    }
    const up = callAt(parent)
    const waits = int(up, GENERATION) === int(c, PARENT_GENERATION)
    give(call)
    if (!waits) return
    if ((int(up, FLAGS) & GUARDED) === 0) {
      replied(now, parent)
      return
    }
    if (int(siteAt(int(up, SITE)), GUARD) === 1) {
      attemptEndedElsewhere(parent)
      return
    }
    addInt(up, PENDING, -1)
    setInt(up, EVENT, 0)
    call = parent
  }
}

/** Of a request, or of what nobody waits for. */
function end(now: f64, call: i32, parent: i32): void {
  const c = callAt(call)
  const source = int(c, SOURCE)
  if (parent === ROOT) tally(int(c, REQUEST), now - num(c, START))
  give(call)
  if (parent !== ROOT) return
  if (int(actors + ((source * (ACTOR_WORDS * 4)) as usize), KIND) !== SOURCE_KIND) endedElsewhere(source)
}

function replied(now: f64, call: i32): void {
  const c = callAt(call)
  const need = int(c, NEED) - 1
  addInt(c, PENDING, -1)
  setInt(c, NEED, need)
  if ((int(c, FLAGS) & FORKING) !== 0) return
  if (need > 0 || (int(c, FLAGS) & CANCELLED) !== 0) settleElsewhere(call)
  else {
    addInt(c, GENERATION, 1)
    proceed(now, call)
  }
}
