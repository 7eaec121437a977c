import * as slots from './calls.ts'
import type { Engine } from './engine.ts'

const {
  CANCELLABLE,
  CANCELLED,
  DEADLINE,
  DROPPED,
  EXPIRED,
  FLAGS,
  FLOATS,
  GENERATION,
  INTS,
  OK,
  PARENT,
  PARENT_GENERATION,
  SEVERED,
  STATION,
} = slots

/** Why a call that waited should not be begun: OK (it should), EXPIRED by its station's clock, or DROPPED. */
export function fateOf({ calls, clocks, now }: Engine, call: number): number {
  const { ints, floats } = calls
  const deadline = floats[call * FLOATS + DEADLINE] as number
  if (deadline < now + clocks.skewAt(ints[call * INTS + STATION] as number)) return EXPIRED
  const flags = ints[call * INTS + FLAGS] as number
  if ((flags & CANCELLED) !== 0) return DROPPED
  if ((flags & CANCELLABLE) === 0) return OK
  for (let at = call * INTS; ; ) {
    const parent = ints[at + PARENT] as number
    if (parent === SEVERED) return DROPPED
    if (parent < 0) return OK
    const up = parent * INTS
    if (ints[up + GENERATION] !== ints[at + PARENT_GENERATION]) return DROPPED
    at = up
  }
}
