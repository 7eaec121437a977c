// The loop of events.

import { PLAIN } from '../engine/columns'
import {
  ACTOR_WORDS,
  ARMED_AT,
  CHOICES,
  GAP,
  HOLDS,
  HOLE,
  INDEX,
  KIND,
  MIX,
  MIX_BYTES,
  MIX_REQUEST,
  MIX_SITE,
  MIXED,
  PROGRAM,
  RATE_AT,
  SIZE,
  SOURCE_KIND,
  STATION_KIND,
  STOPPED,
  TOP,
  UNTRACED,
  UP_TO,
  WAYS,
} from '../engine/records'
import { CANCELLABLE, CANCELLED, EVENT, FLAGS, REPLICA, SITE } from '../engine/slots'
import { hasSlots, request, served } from './calls'
import { draw, uniform } from './draws'
import { advance, push } from './events'
import { actors, clock, data, heads, int, num, room, setInt, setNum, times } from './memory'
import { callAt, release, siteAt, stationAt } from './stations'

/** An event that is not plain. */
declare function fire(code: i32, arg: i32, sequence: i32): void

/** At most so many events, up to a virtual time; how many there were. */
export function run(most: i32, until: f64): i32 {
  let count = 0
  while (count < most && int(heads, STOPPED) === 0) {
    advance()
    const size = int(heads, SIZE)
    if (size === 0 || size > room) break
    const now = num(times, TOP)
    if (now > until) break
    const sequence = int(data, 4 * TOP)
    const code = int(data, 4 * TOP + 1)
    const arg = int(data, 4 * TOP + 2)
    setNum(clock, 0, now)
    setInt(heads, HOLE, 1)
    count++
    if (!happens(now, sequence, code, arg)) fire(code, arg, sequence)
  }
  return count
}

/** False: it is not plain, and nothing was done. */
function happens(now: f64, sequence: i32, code: i32, arg: i32): bool {
  if ((code & 15) !== 0) return false
  const actor = code >> 4
  const a = actors + ((actor * (ACTOR_WORDS * 4)) as usize)
  const kind = int(a, KIND)
  if (kind === STATION_KIND) return ends(now, sequence, int(a, INDEX), arg)
  return kind === SOURCE_KIND && arrives(now, sequence, code, a)
}

/** The end of a call's own time at a station. */
function ends(now: f64, sequence: i32, station: i32, call: i32): bool {
  const plain = int(stationAt(station), PLAIN) & WAYS
  if (plain === 0) return false
  const c = callAt(call)
  if (int(c, EVENT) !== sequence) return true
  const steps = int(siteAt(int(c, SITE)), PROGRAM)
  if ((int(c, FLAGS) & (steps < 0 ? CANCELLED : CANCELLED | CANCELLABLE)) !== 0) return false
  if (plain < HOLDS || (plain === HOLDS && steps < 0)) release(now, station, int(c, REPLICA))
  served(now, station, call, steps)
  return true
}

/** An arrival: the next is drawn, and a request begins. */
function arrives(now: f64, sequence: i32, code: i32, a: usize): bool {
  const rate = load<f64>(int(a, RATE_AT) as usize)
  const armed = int(a, ARMED_AT) as usize
  if (rate === 0 || load<i32>(armed) !== sequence || int(heads, UNTRACED) === 1 || !hasSlots(2)) return false
  store<i32>(armed, push(now + draw(int(a, GAP) as usize) * rate, code, 0))
  let one = int(a, MIX) as usize
  const mixed = int(a, MIXED)
  if (mixed > 1) {
    const point = uniform(int(a, CHOICES) as usize)
    for (let i = 1; i < mixed && point > num(one, UP_TO); i++) one += MIX_BYTES
  }
  request(now, code >> 4, int(one, MIX_SITE), int(one, MIX_REQUEST))
  return true
}
