import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import type { Site } from './parts.ts'

const { CANCELLABLE, COUNTER, DEADLINE, FLAGS, FLOATS, FORKING, INTS, NEED, NEXT, NOBODY, OK } = slots
const { PARENT, PENDING, REQUEST } = slots

/** Starts the parallel calls of a step; their caller goes on when enough have succeeded. */
export function fork(engine: Engine, call: number, pc: number): void {
  const { calls, program, sites, stream } = engine
  const at = call * INTS
  const n = program[pc + 2] as number
  let { ints } = calls
  ints[at + COUNTER] = pc + 3 + n
  ints[at + NEED] = program[pc + 1] as number
  ints[at + PENDING] = n
  ints[at + NEXT] = OK
  ints[at + FLAGS] = (ints[at + FLAGS] as number) | FORKING
  for (let i = 0; i < n; i++) {
    const site = sites[program[pc + 3 + i] as number] as Site
    if (site.share === 1 || stream.uniform() < site.share) engine.launch(call, site)
    else engine.replied(call, OK)
  }
  ints = calls.ints
  ints[at + FLAGS] = (ints[at + FLAGS] as number) & ~FORKING
  engine.settle(call)
}

/** Starts a call that nobody waits for. */
export function forget(engine: Engine, parent: number, site: Site): void {
  const call = engine.create(parent, site, 0, 0)
  if (call < 0) return
  const { ints, floats } = engine.calls
  const at = call * INTS
  ints[at + PARENT] = NOBODY
  ints[at + REQUEST] = engine.tally.later(ints[at + REQUEST] as number)
  ints[at + FLAGS] = (ints[at + FLAGS] as number) & ~CANCELLABLE
  floats[call * FLOATS + DEADLINE] = Number.POSITIVE_INFINITY
  if (site.guard !== null) site.guard.begin(call)
  else engine.send(call, site)
}
