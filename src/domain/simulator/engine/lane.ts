import * as slots from './calls.ts'
import type { Engine } from './engine.ts'

const { DUE, FLOATS, INTS, LANE_NEXT, LANE_PREVIOUS, LANE_SEQUENCE } = slots

/**
 * Timers of one constant delay are due in the order they were set, so they need no heap: a list through the calls
 * themselves, of which only the head is among the events. Setting and cancelling cost the same at any length. Each
 * timer takes its sequence number when it is set, so that events stay ordered as if all were in the heap.
 */
export class Lane {
  private head = -1
  private tail = -1
  private armed = false
  private readonly engine: Engine
  private readonly delay: number
  private readonly code: number

  constructor(engine: Engine, delay: number, code: number) {
    this.engine = engine
    this.delay = delay
    this.code = code
  }

  add(call: number): void {
    const { engine } = this
    const { ints, floats } = engine.calls
    const at = call * INTS
    floats[call * FLOATS + DUE] = engine.now + this.delay
    ints[at + LANE_SEQUENCE] = engine.queue.nextSequence()
    ints[at + LANE_NEXT] = -1
    ints[at + LANE_PREVIOUS] = this.tail
    if (this.tail >= 0) ints[this.tail * INTS + LANE_NEXT] = call
    else this.head = call
    this.tail = call
    if (!this.armed) this.arm()
  }

  remove(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    const next = ints[at + LANE_NEXT] as number
    const previous = ints[at + LANE_PREVIOUS] as number
    if (previous >= 0) ints[previous * INTS + LANE_NEXT] = next
    else this.head = next
    if (next >= 0) ints[next * INTS + LANE_PREVIOUS] = previous
    else this.tail = previous
    ints[at + LANE_SEQUENCE] = 0
  }

  /** On the lane's event: the call whose timer this is, taken out; -1 where it was cancelled meanwhile. */
  due(): number {
    this.armed = false
    const { engine, head } = this
    if (head < 0) return -1
    const mine = engine.calls.ints[head * INTS + LANE_SEQUENCE] === engine.sequence
    if (mine) this.remove(head)
    if (this.head >= 0) this.arm()
    return mine ? head : -1
  }

  private arm(): void {
    const { queue, calls } = this.engine
    const { head } = this
    this.armed = true
    const sequence = calls.ints[head * INTS + LANE_SEQUENCE] as number
    queue.put(calls.floats[head * FLOATS + DUE] as number, sequence, this.code, 0)
  }
}
