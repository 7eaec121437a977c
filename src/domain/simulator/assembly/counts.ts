// What `Tally` and `Batches` do with an answer, on the same numbers.

import {
  ALL,
  COUNT,
  COUNTS,
  FULL,
  LARGEST,
  LATENCIES,
  LATENCY,
  LENGTH_OF_BATCH,
  MOST_BATCHES,
  REQUEST_WORDS,
  SUM,
  SUMS,
  WITHIN_BATCHES,
  WITHIN_BYTES,
  WITHIN_REQUEST,
  WITHIN_SECONDS,
} from '../engine/records'
import { addNum, int, num, requests, setInt, setNum, together, within, withins } from './memory'
import { record } from './stations'

/** A request of a type was answered after so many seconds. */
export function tally(kind: i32, seconds: f64): void {
  succeeded(requests + ((kind * (REQUEST_WORDS * 4)) as usize), seconds)
  if (together !== 0) succeeded(together, seconds)
  for (let i = 0; i < withins; i++) {
    const one = within + ((i * WITHIN_BYTES) as usize)
    const only = int(one, WITHIN_REQUEST)
    if (only < 0 || only === kind)
      add(int(one, WITHIN_BATCHES) as usize, seconds <= num(one, WITHIN_SECONDS) ? 1 : 0)
  }
}

function succeeded(counts: usize, seconds: f64): void {
  record(int(counts, LATENCY) as usize, int(counts, LARGEST) as usize, seconds)
  add(int(counts, LATENCIES) as usize, seconds)
}

/** `Batches.add`. */
function add(batches: usize, value: f64): void {
  const counts = batches + COUNTS
  addNum(batches, SUM, value)
  addNum(batches, ALL, value)
  const count = int(counts, COUNT) + 1
  setInt(counts, COUNT, count)
  if (count === int(counts, LENGTH_OF_BATCH)) close(batches)
}

function close(batches: usize): void {
  const counts = batches + COUNTS
  const full = int(counts, FULL)
  setNum(batches, SUMS + full, num(batches, SUM))
  setInt(counts, FULL, full + 1)
  setNum(batches, SUM, 0)
  setInt(counts, COUNT, 0)
  if (full + 1 < MOST_BATCHES) return
  for (let i = 0; i < MOST_BATCHES / 2; i++)
    setNum(batches, SUMS + i, num(batches, SUMS + 2 * i) + num(batches, SUMS + 2 * i + 1))
  setInt(counts, FULL, MOST_BATCHES / 2)
  setInt(counts, LENGTH_OF_BATCH, 2 * int(counts, LENGTH_OF_BATCH))
}
