import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import * as columns from './station-table.ts'

const { FLAGS, INTS, NEXT, PREVIOUS, QUEUED } = slots
const { HEAD, LENGTH, TAIL } = columns

/** Calls that wait, as a list through the calls themselves: in at the end, out anywhere. */
export class WaitingLine {
  private readonly engine: Engine
  /** Its first call, its last and its length, perhaps kept elsewhere. */
  private own: Int32Array

  constructor(engine: Engine, own = new Int32Array(3)) {
    this.engine = engine
    this.own = own
    own[HEAD] = own[TAIL] = -1
  }

  /** What it is kept in has been copied. */
  moveTo(own: Int32Array): void {
    this.own = own
  }

  get length(): number {
    return this.own[LENGTH] as number
  }
  get first(): number {
    return this.own[HEAD] as number
  }
  get last(): number {
    return this.own[TAIL] as number
  }

  add(call: number): void {
    const { own } = this
    const { ints } = this.engine.calls
    const at = call * INTS
    const tail = own[TAIL] as number
    ints[at + NEXT] = -1
    ints[at + PREVIOUS] = tail
    ints[at + FLAGS] = (ints[at + FLAGS] as number) | QUEUED
    if (tail >= 0) ints[tail * INTS + NEXT] = call
    else own[HEAD] = call
    own[TAIL] = call
    own[LENGTH] = (own[LENGTH] as number) + 1
  }

  remove(call: number): void {
    const { own } = this
    const { ints } = this.engine.calls
    const at = call * INTS
    const next = ints[at + NEXT] as number
    const previous = ints[at + PREVIOUS] as number
    if (previous >= 0) ints[previous * INTS + NEXT] = next
    else own[HEAD] = next
    if (next >= 0) ints[next * INTS + PREVIOUS] = previous
    else own[TAIL] = previous
    ints[at + FLAGS] = (ints[at + FLAGS] as number) & ~QUEUED
    own[LENGTH] = (own[LENGTH] as number) - 1
  }
}
