import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'

const { GENERATION, INTS } = slots

/** Calls whose time ended while their station was paused. */
export class Parking {
  private readonly engine: Engine
  private calls: { readonly call: number; readonly generation: number }[] = []

  constructor(engine: Engine) {
    this.engine = engine
  }

  add(call: number): void {
    const generation = this.engine.calls.ints[call * INTS + GENERATION] as number
    this.calls.push({ call, generation })
  }

  /** Their events come now; those that were killed meanwhile are gone. */
  leave(code: number): void {
    const { calls, engine } = this
    this.calls = []
    for (const { call, generation } of calls)
      if (engine.calls.ints[call * INTS + GENERATION] === generation) engine.scheduleCall(0, code, call)
  }
}
