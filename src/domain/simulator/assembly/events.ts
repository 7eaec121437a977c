// `EventQueue`, on the same arrays. Sequence numbers wrap: only their difference says which is first.

import { HOLE, SEQUENCE, SIZE, TOP } from '../engine/records'
import { data, heads, int, num, setInt, setNum, times } from './memory'

/** Moves an event within the heap. */
function copy(from: i32, to: i32): void {
  const a = data + ((from as usize) << 4)
  const b = data + ((to as usize) << 4)
  store<i64>(b, load<i64>(a))
  store<i32>(b, load<i32>(a, 8), 8)
}

function write(i: i32, time: f64, sequence: i32, code: i32, arg: i32): void {
  const at = data + ((i as usize) << 4)
  setNum(times, i, time)
  store<i32>(at, sequence)
  store<i32>(at, code, 4)
  store<i32>(at, arg, 8)
}

function sequenceOf(i: i32): i32 {
  return load<i32>(data + ((i as usize) << 4))
}

/**
 * Where the least of the four from `first` on is, all of them there. Times are not below 0, so that their bits, taken for
 * whole numbers, are in the same order.
 */
function leastOfFour(first: i32): i32 {
  const at = times + ((first as usize) << 3)
  const a = load<i64>(at)
  const b = load<i64>(at, 8)
  const c = load<i64>(at, 16)
  const d = load<i64>(at, 24)
  // Which is less is chance: arithmetic, where a branch would be wrong every other time.
  const left = (b < a) as i32
  const right = 2 + ((d < c) as i32)
  const one = load<i64>(at + ((left as usize) << 3))
  const other = load<i64>(at + ((right as usize) << 3))
  if (i32(a === b) | i32(c === d) | i32(one === other)) return leastOf(first, first + 4)
  return first + left + ((right - left) & -((other < one) as i32))
}

function leastOf(first: i32, end: i32): i32 {
  let least = first
  for (let i = first + 1; i < end; i++) if (isBefore(i, least)) least = i
  return least
}

function timeOf(i: i32): i64 {
  return load<i64>(times + ((i as usize) << 3))
}

function isBefore(i: i32, j: i32): bool {
  const a = timeOf(i)
  const b = timeOf(j)
  return a < b || (a === b && sequenceOf(i) - sequenceOf(j) < 0)
}

function sink(time: f64, sequence: i32, code: i32, arg: i32): void {
  const end = int(heads, SIZE) + TOP
  const when = reinterpret<i64>(time)
  let i = TOP
  for (;;) {
    const first = 4 * i - 8
    if (first >= end) break
    const down = first + 4 <= end ? leastOfFour(first) : leastOf(first, end)
    const least = timeOf(down)
    if (when < least || (when === least && sequence - sequenceOf(down) < 0)) break
    store<i64>(times + ((i as usize) << 3), least)
    copy(down, i)
    i = down
  }
  write(i, time, sequence, code, arg)
}

function rise(time: f64, sequence: i32, code: i32, arg: i32): void {
  const when = reinterpret<i64>(time)
  const size = int(heads, SIZE)
  setInt(heads, SIZE, size + 1)
  let i = size + TOP
  while (i > TOP) {
    const up = (i >> 2) + 2
    const above = timeOf(up)
    if (above < when || (above === when && sequenceOf(up) - sequence < 0)) break
    store<i64>(times + ((i as usize) << 3), above)
    copy(up, i)
    i = up
  }
  write(i, time, sequence, code, arg)
}

export function nextSequence(): i32 {
  let sequence = int(heads, SEQUENCE) + 1
  if (sequence === 0) sequence = 1
  setInt(heads, SEQUENCE, sequence)
  return sequence
}

export function put(time: f64, sequence: i32, code: i32, arg: i32): void {
  if (int(heads, HOLE) !== 0) {
    setInt(heads, HOLE, 0)
    sink(time, sequence, code, arg)
  } else rise(time, sequence, code, arg)
}

export function push(time: f64, code: i32, arg: i32): i32 {
  const sequence = nextSequence()
  put(time, sequence, code, arg)
  return sequence
}

/** Brings the first event to the top. */
export function advance(): void {
  if (int(heads, HOLE) === 0) return
  setInt(heads, HOLE, 0)
  const size = int(heads, SIZE) - 1
  setInt(heads, SIZE, size)
  if (size === 0) return
  const last = size + TOP
  const at = data + ((last as usize) << 4)
  sink(num(times, last), load<i32>(at), load<i32>(at, 4), load<i32>(at, 8))
}
