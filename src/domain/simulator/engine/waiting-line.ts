import { FLAGS, INTS, NEXT, PREVIOUS, QUEUED } from './calls.ts'
import type { Engine } from './engine.ts'

/** Calls that wait, as a list through the calls themselves: in at the end, out anywhere. */
export class WaitingLine {
  length = 0
  private head = -1
  private tail = -1
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  get first(): number {
    return this.head
  }
  get last(): number {
    return this.tail
  }

  add(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    ints[at + NEXT] = -1
    ints[at + PREVIOUS] = this.tail
    ints[at + FLAGS] = (ints[at + FLAGS] as number) | QUEUED
    if (this.tail >= 0) ints[this.tail * INTS + NEXT] = call
    else this.head = call
    this.tail = call
    this.length++
  }

  remove(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    const next = ints[at + NEXT] as number
    const previous = ints[at + PREVIOUS] as number
    if (previous >= 0) ints[previous * INTS + NEXT] = next
    else this.head = next
    if (next >= 0) ints[next * INTS + PREVIOUS] = previous
    else this.tail = previous
    ints[at + FLAGS] = (ints[at + FLAGS] as number) & ~QUEUED
    this.length--
  }
}
