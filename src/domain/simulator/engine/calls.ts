import type { Outcome } from '../run.ts'
import type { Arena } from './arena.ts'
import { CALLS_AT, SLOTS_THERE } from './places.ts'
import * as heads from './records.ts'
import * as places from './slots.ts'

export * from './slots.ts'

export const OUTCOMES: readonly Outcome[] = [
  'ok',
  'timeout',
  'rejected',
  'limited',
  'shed',
  'breaker',
  'bulkhead',
  'down',
  'error',
  'expired',
  'abandoned',
  'cancelled',
]

/**
 * The same for this file's own use. V8 takes a constant of a module for a constant only where it is not exported: hot
 * code elsewhere names what it imports anew, too (`import * as slots`, `const { … } = slots`), which makes it twice as fast.
 */
const { INTS: width, FLOATS: floats, NEXT: next, GENERATION: generation, EVENT: event, FLAGS: flags } = places
const { FREE: free, SLOTS: taken, SLOT_LIMIT: limit, STOPPED: stopped } = heads

/** All calls under way: a slab with a free list, grown by doubling up to a bound, never an object a call. */
export class Calls {
  ints: Int32Array<ArrayBuffer>
  floats: Float64Array<ArrayBuffer>
  private readonly most: number
  private readonly heads: Int32Array

  constructor(arena: Arena, heads: Int32Array, most: number) {
    const slots = Math.min(most, SLOTS_THERE)
    const { buffer, byteOffset } = arena.fixed(CALLS_AT, slots * width * 4, SLOTS_THERE * width * 4)
    this.ints = new Int32Array(buffer, byteOffset, slots * width)
    this.floats = new Float64Array(buffer, byteOffset, slots * floats)
    this.most = most
    this.heads = heads
    heads[free] = -1
    heads[limit] = slots
  }

  /** A slot whose generation is its own; -1: the bound is reached. Everything else in it is the caller's to set. */
  take(): number {
    const { heads } = this
    const call = heads[free] as number
    if (call >= 0) heads[free] = this.ints[call * width + next] as number
    else if (heads[taken] === heads[limit] && !this.grow()) return -1
    if (call >= 0) return call
    const slot = heads[taken] as number
    heads[taken] = slot + 1
    return slot
  }

  give(call: number): void {
    const at = call * width
    const { ints, heads } = this
    ints[at + generation] = ((ints[at + generation] as number) + 1) | 0
    ints[at + event] = 0
    ints[at + flags] = 0
    ints[at + next] = heads[free] as number
    heads[free] = call
  }

  /** Slots that were ever taken. */
  get slots(): number {
    return this.heads[taken] as number
  }

  /** Out of the arena. */
  private grow(): boolean {
    const { heads } = this
    const now = heads[limit] as number
    const slots = Math.min(this.most, now * 2)
    if (slots <= now) return false
    const ints = new Int32Array(slots * width)
    ints.set(this.ints)
    this.ints = ints
    this.floats = new Float64Array(ints.buffer)
    heads[limit] = slots
    heads[stopped] = 1
    return true
  }
}
