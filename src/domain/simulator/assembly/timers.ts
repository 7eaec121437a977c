// `Lane`, on the same numbers.

import { LANE_ARMED, LANE_CODE, LANE_DELAY, LANE_HEAD, LANE_TAIL } from '../engine/records'
import { DUE, LANE_NEXT, LANE_PREVIOUS, LANE_SEQUENCE } from '../engine/slots'
import { nextSequence, put } from './events'
import { int, num, setInt, setNum } from './memory'
import { callAt } from './stations'

export function setTimer(now: f64, lane: usize, call: i32): void {
  const c = callAt(call)
  const tail = int(lane, LANE_TAIL)
  const due = now + num(lane, LANE_DELAY)
  const sequence = nextSequence()
  setNum(c, DUE, due)
  setInt(c, LANE_SEQUENCE, sequence)
  setInt(c, LANE_NEXT, -1)
  setInt(c, LANE_PREVIOUS, tail)
  if (tail >= 0) setInt(callAt(tail), LANE_NEXT, call)
  else setInt(lane, LANE_HEAD, call)
  setInt(lane, LANE_TAIL, call)
  if (int(lane, LANE_ARMED) !== 0) return
  const head = int(lane, LANE_HEAD)
  setInt(lane, LANE_ARMED, 1)
  put(num(callAt(head), DUE), int(callAt(head), LANE_SEQUENCE), int(lane, LANE_CODE), 0)
}

export function cancelTimer(lane: usize, call: i32): void {
  const c = callAt(call)
  const next = int(c, LANE_NEXT)
  const previous = int(c, LANE_PREVIOUS)
  if (previous >= 0) setInt(callAt(previous), LANE_NEXT, next)
  else setInt(lane, LANE_HEAD, next)
  if (next >= 0) setInt(callAt(next), LANE_PREVIOUS, previous)
  else setInt(lane, LANE_TAIL, previous)
  setInt(c, LANE_SEQUENCE, 0)
}
