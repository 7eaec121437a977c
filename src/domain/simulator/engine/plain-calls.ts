import * as slots from './calls.ts'
import type { Site } from './parts.ts'
import type { Known } from './plain-events.ts'
import * as columns from './station-table.ts'
import * as steps from './steps.ts'

const { CALL } = steps
const { CANCELLABLE, CANCELLED, FORKING, GUARDED, ROOT, WRITE } = slots
const { COUNTER, EVENT, FLAGS, GENERATION, INTS, KEY, LANE_SEQUENCE, NEED, PARENT, PARENT_GENERATION } = slots
const { PENDING, REPLICA, REQUEST, SITE, SOURCE, SPAN, STATION, TRACE } = slots
const { AWAY, DEADLINE, FLOATS, START, SUSPENDED } = slots

const { BOUND, LENGTH, PLAIN, WORDS } = columns
const NEVER = Number.POSITIVE_INFINITY

// Traits of a site: goes to one station without a policy and takes its time; has no steps; has a time of its own; writes.
const DIRECT = 1
const LEAF = 2
const TIMED = 4
const WRITES = 8
export const traits = { DIRECT, LEAF } as const

export function traitsOf(site: Site): number {
  const direct = site.only >= 0 && site.guard === null && site.sampler === null
  const leaf = site.program < 0
  const timed = site.sampler !== null
  return (direct ? DIRECT : 0) | (leaf ? LEAF : 0) | (timed ? TIMED : 0) | (site.write ? WRITES : 0)
}

/** A call in a line may be begun without asking what has become of its caller. */
export function waitsPlainly(known: Known, call: number): boolean {
  const { all } = known
  const c = call * INTS
  return (
    ((all[c + FLAGS] as number) & (CANCELLED | CANCELLABLE)) === 0 &&
    known.floats[call * FLOATS + DEADLINE] === NEVER &&
    ((known.traits[all[c + SITE] as number] as number) & TIMED) === 0
  )
}

/** The plain station of the call that its caller makes next, if it is all that it waits for; -1: none. */
export function nextStop(known: Known, call: number): number {
  const { all, ints, program } = known
  const c = call * INTS
  const parent = all[c + PARENT] as number
  if (parent < 0 || !known.near || (all[c + TRACE] as number) >= 0 || all[c + LANE_SEQUENCE] !== 0) return -1
  const up = parent * INTS
  const pc = all[up + COUNTER] as number
  if (program[pc] !== CALL || all[up + NEED] !== 1) return -1
  if (
    all[up + GENERATION] !== all[c + PARENT_GENERATION] ||
    ((all[up + FLAGS] as number) & (GUARDED | FORKING | CANCELLED)) !== 0 ||
    (all[up + TRACE] as number) >= 0 ||
    known.floats[parent * FLOATS + DEADLINE] !== NEVER
  )
    return -1
  const site = program[pc + 1] as number
  const to = known.targets[site] as number
  const there = to * WORDS
  if (((known.traits[site] as number) & DIRECT) === 0 || ints[there + PLAIN] !== 1) return -1
  return (ints[there + LENGTH] as number) < (ints[there + BOUND] as number) ? to : -1
}

/** What `Engine.create` writes into the slot of a source's request that is not traced, but for when and where to. */
export function occupy(
  all: Int32Array,
  floats: Float64Array,
  call: number,
  site: Site,
  request: number,
  source: number,
): void {
  const c = call * INTS
  const f = call * FLOATS
  all[c + PARENT] = ROOT
  all[c + SITE] = site.index
  all[c + REPLICA] = -1
  all[c + LANE_SEQUENCE] = 0
  all[c + KEY] = 0
  all[c + REQUEST] = request
  all[c + SOURCE] = source
  all[c + TRACE] = -1
  all[c + SPAN] = -1
  all[c + FLAGS] = site.write ? WRITE : 0
  floats[f + AWAY] = 0
  floats[f + SUSPENDED] = -1
  floats[f + DEADLINE] = Number.POSITIVE_INFINITY
}

/** An answered call's slot becomes that of its caller's next call: as if it had been given back and taken again. */
export function follow(known: Known, call: number): void {
  const now = known.clock[0] as number
  const { all, floats } = known
  const c = call * INTS
  const f = call * FLOATS
  const up = (all[c + PARENT] as number) * INTS
  const pc = all[up + COUNTER] as number
  const site = known.program[pc + 1] as number
  const generation = ((all[up + GENERATION] as number) + 1) | 0
  const write = ((known.traits[site] as number) & WRITES) === 0 ? 0 : WRITE
  all[up + GENERATION] = generation
  all[up + COUNTER] = pc + 2
  all[up + PENDING] = 1
  all[c + GENERATION] = ((all[c + GENERATION] as number) + 1) | 0
  all[c + PARENT_GENERATION] = generation
  all[c + EVENT] = 0
  all[c + SITE] = site
  all[c + REPLICA] = -1
  all[c + SPAN] = all[up + SPAN] as number
  all[c + STATION] = known.targets[site] as number
  all[c + FLAGS] = write | ((all[up + FLAGS] as number) & CANCELLABLE)
  floats[f + START] = now
  floats[f + AWAY] = 0
  floats[f + SUSPENDED] = -1
}
