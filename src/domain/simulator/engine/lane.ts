import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import * as records from './records.ts'

const { DUE, FLOATS, INTS, LANE_NEXT, LANE_PREVIOUS, LANE_SEQUENCE } = slots
const { LANE_ARMED, LANE_BYTES, LANE_CODE, LANE_DELAY, LANE_HEAD, LANE_TAIL } = records

/**
 * Timers of one constant delay are due in the order they were set, so they need no heap: a list through the calls
 * themselves, of which only the head is among the events. Setting and cancelling cost the same at any length. Each
 * timer takes its sequence number when it is set, so that events stay ordered as if all were in the heap.
 */
export class Lane {
  private readonly engine: Engine
  private readonly own: Int32Array
  private readonly delay: number
  private readonly code: number

  constructor(engine: Engine, delay: number, code: number) {
    this.engine = engine
    this.delay = delay
    this.code = code
    const { ints, floats } = engine.arena.record(LANE_BYTES)
    this.own = ints
    ints[LANE_HEAD] = ints[LANE_TAIL] = -1
    ints[LANE_CODE] = code
    floats[LANE_DELAY] = delay
  }

  /** Where its record is. */
  get address(): number {
    return this.own.byteOffset
  }

  add(call: number): void {
    const { engine, own } = this
    const { ints, floats } = engine.calls
    const at = call * INTS
    const tail = own[LANE_TAIL] as number
    floats[call * FLOATS + DUE] = engine.now + this.delay
    ints[at + LANE_SEQUENCE] = engine.queue.nextSequence()
    ints[at + LANE_NEXT] = -1
    ints[at + LANE_PREVIOUS] = tail
    if (tail >= 0) ints[tail * INTS + LANE_NEXT] = call
    else own[LANE_HEAD] = call
    own[LANE_TAIL] = call
    if (own[LANE_ARMED] === 0) this.arm()
  }

  remove(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    const next = ints[at + LANE_NEXT] as number
    const previous = ints[at + LANE_PREVIOUS] as number
    if (previous >= 0) ints[previous * INTS + LANE_NEXT] = next
    else this.own[LANE_HEAD] = next
    if (next >= 0) ints[next * INTS + LANE_PREVIOUS] = previous
    else this.own[LANE_TAIL] = previous
    ints[at + LANE_SEQUENCE] = 0
  }

  /** On the lane's event: the call whose timer this is, taken out; -1 where it was cancelled meanwhile. */
  due(): number {
    const { engine, own } = this
    const head = own[LANE_HEAD] as number
    own[LANE_ARMED] = 0
    if (head < 0) return -1
    const mine = engine.calls.ints[head * INTS + LANE_SEQUENCE] === engine.sequence
    if (mine) this.remove(head)
    if ((own[LANE_HEAD] as number) >= 0) this.arm()
    return mine ? head : -1
  }

  private arm(): void {
    const { queue, calls } = this.engine
    const head = this.own[LANE_HEAD] as number
    this.own[LANE_ARMED] = 1
    const sequence = calls.ints[head * INTS + LANE_SEQUENCE] as number
    queue.put(calls.floats[head * FLOATS + DUE] as number, sequence, this.code, 0)
  }
}
