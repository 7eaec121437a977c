// `EventQueue`, on the same arrays. Sequence numbers wrap: only their difference says which is first.

import { HOLE, SEQUENCE, SIZE } from '../engine/records'
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

function sink(time: f64, sequence: i32, code: i32, arg: i32): void {
  const size = int(heads, SIZE)
  let i = 0
  for (;;) {
    let down = 2 * i + 1
    if (down >= size) break
    let least = num(times, down)
    const right = down + 1
    if (right < size) {
      const other = num(times, right)
      if (other < least || (other === least && sequenceOf(right) - sequenceOf(down) < 0)) {
        down = right
        least = other
      }
    }
    if (time < least || (time === least && sequence - sequenceOf(down) < 0)) break
    setNum(times, i, least)
    copy(down, i)
    i = down
  }
  write(i, time, sequence, code, arg)
}

function rise(time: f64, sequence: i32, code: i32, arg: i32): void {
  let i = int(heads, SIZE)
  setInt(heads, SIZE, i + 1)
  while (i > 0) {
    const up = (i - 1) >> 1
    const above = num(times, up)
    if (above < time || (above === time && sequenceOf(up) - sequence < 0)) break
    setNum(times, i, above)
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
  const last = int(heads, SIZE) - 1
  setInt(heads, SIZE, last)
  if (last === 0) return
  const at = data + ((last as usize) << 4)
  sink(num(times, last), load<i32>(at), load<i32>(at, 4), load<i32>(at, 8))
}
