import type { Arena } from './arena.ts'
import { EVENTS, EVENTS_AT, TIMES_AT } from './places.ts'
import * as heads from './records.ts'

const { HOLE, SEQUENCE, SIZE, STOPPED, TOP } = heads

/** Integers of an event in `data`: sequence number, code, argument, unused (a power of two keeps them in one line). */
const STRIDE = 4

/**
 * What is to happen, ordered by (time, sequence): a heap in two typed arrays, four below each (see `TOP`). The top is
 * taken lazily: the next event pushed falls into the hole it left, so that "take one, push one", the common case, sifts
 * once.
 * Sequence numbers wrap at 2^32; only events of equal time compare them.
 */
export class EventQueue {
  time: Float64Array<ArrayBuffer>
  data: Int32Array<ArrayBuffer>
  /**
   * The time of the event that is being put. Numbers that are no integers cross calls in typed arrays all through the
   * engine: an argument or a result would be an object on the heap wherever the compiler does not inline the call.
   */
  readonly when = new Float64Array(1)
  private readonly heads: Int32Array

  constructor(arena: Arena, heads: Int32Array, size = EVENTS) {
    const times = arena.fixed(TIMES_AT, size * 8, EVENTS * 8)
    this.time = new Float64Array(times.buffer, times.byteOffset, size)
    const data = arena.fixed(EVENTS_AT, size * 4 * STRIDE, EVENTS * 4 * STRIDE)
    this.data = new Int32Array(data.buffer, data.byteOffset, size * STRIDE)
    this.heads = heads
  }

  get size(): number {
    return this.heads[SIZE] as number
  }

  get pending(): number {
    return (this.heads[SIZE] as number) - (this.heads[HOLE] as number)
  }

  /** The number that orders events of equal time, and names an event that is alive (see `Calls`). Never 0. */
  nextSequence(): number {
    const sequence = ((this.heads[SEQUENCE] as number) + 1) | 0 || 1
    this.heads[SEQUENCE] = sequence
    return sequence
  }

  push(time: number, code: number, arg: number): number {
    this.when[0] = time
    return this.pushNext(code, arg)
  }

  put(time: number, sequence: number, code: number, arg: number): void {
    this.when[0] = time
    this.putNext(sequence, code, arg)
  }

  pushNext(code: number, arg: number): number {
    const sequence = this.nextSequence()
    this.putNext(sequence, code, arg)
    return sequence
  }

  private putNext(sequence: number, code: number, arg: number): void {
    const { heads } = this
    if (heads[HOLE] !== 0) {
      heads[HOLE] = 0
      this.sink(sequence, code, arg)
      return
    }
    const time = this.when[0] as number
    let i = (heads[SIZE] as number) + TOP
    if (i === this.time.length) this.grow()
    const times = this.time
    const data = this.data
    heads[SIZE] = (heads[SIZE] as number) + 1
    while (i > TOP) {
      const up = (i >> 2) + 2
      const above = times[up] as number
      if (above < time || (above === time && ((data[up * STRIDE] as number) - sequence) << 0 < 0)) break
      times[i] = above
      copy(data, up * STRIDE, i * STRIDE)
      i = up
    }
    times[i] = time
    write(data, i, sequence, code, arg)
  }

  /** Brings the first event to the top: `time[TOP]` and what of `data` goes with it are its own. False: there is none. */
  advance(): boolean {
    const { heads } = this
    if (heads[HOLE] === 0) return (heads[SIZE] as number) > 0
    const size = (heads[SIZE] as number) - 1
    heads[HOLE] = 0
    heads[SIZE] = size
    if (size === 0) return false
    const last = size + TOP
    const at = last * STRIDE
    const { time, data } = this
    this.when[0] = time[last] as number
    this.sink(data[at] as number, data[at + 1] as number, data[at + 2] as number)
    return true
  }

  /** Takes the top that `advance` brought. */
  take(): void {
    this.heads[HOLE] = 1
  }

  private sink(sequence: number, code: number, arg: number): void {
    const time = this.when[0] as number
    const times = this.time
    const data = this.data
    const end = (this.heads[SIZE] as number) + TOP
    let i = TOP
    for (;;) {
      let down = 4 * i - 8
      if (down >= end) break
      const last = down + 4 < end ? down + 4 : end
      let least = times[down] as number
      for (let next = down + 1; next < last; next++) {
        const other = times[next] as number
        if (other < least || (other === least && before(data, next, down))) {
          down = next
          least = other
        }
      }
      if (time < least || (time === least && (sequence - (data[down * STRIDE] as number)) << 0 < 0)) break
      times[i] = least
      copy(data, down * STRIDE, i * STRIDE)
      i = down
    }
    times[i] = time
    write(data, i, sequence, code, arg)
  }

  /** Out of the arena. */
  private grow(): void {
    this.heads[STOPPED] = 1
    const time = new Float64Array(this.time.length * 2)
    time.set(this.time)
    this.time = time
    const data = new Int32Array(this.data.length * 2)
    data.set(this.data)
    this.data = data
  }
}

const before = (data: Int32Array, a: number, b: number): boolean =>
  ((data[a * STRIDE] as number) - (data[b * STRIDE] as number)) << 0 < 0

function copy(data: Int32Array, from: number, to: number): void {
  data[to] = data[from] as number
  data[to + 1] = data[from + 1] as number
  data[to + 2] = data[from + 2] as number
}

function write(data: Int32Array, i: number, sequence: number, code: number, arg: number): void {
  const at = i * STRIDE
  data[at] = sequence
  data[at + 1] = code
  data[at + 2] = arg
}
