import * as slots from './calls.ts'
import type { Site } from './parts.ts'

const { CANCELLABLE, ROOT, WRITE } = slots
const { COUNTER, EVENT, FLAGS, GENERATION, INTS, KEY, LANE_SEQUENCE, PARENT, PARENT_GENERATION } = slots
const { PENDING, REPLICA, REQUEST, SITE, SOURCE, SPAN, STATION, TRACE } = slots
const { AWAY, DEADLINE, FLOATS, SUSPENDED } = slots

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
export function follow(
  all: Int32Array,
  floats: Float64Array,
  call: number,
  parent: number,
  site: Site,
): void {
  const c = call * INTS
  const f = call * FLOATS
  const up = parent * INTS
  const generation = ((all[up + GENERATION] as number) + 1) | 0
  all[up + GENERATION] = generation
  all[up + COUNTER] = (all[up + COUNTER] as number) + 2
  all[up + PENDING] = 1
  all[c + GENERATION] = ((all[c + GENERATION] as number) + 1) | 0
  all[c + PARENT_GENERATION] = generation
  all[c + EVENT] = 0
  all[c + SITE] = site.index
  all[c + REPLICA] = -1
  all[c + SPAN] = all[up + SPAN] as number
  all[c + STATION] = site.only
  all[c + FLAGS] = (site.write ? WRITE : 0) | ((all[up + FLAGS] as number) & CANCELLABLE)
  floats[f + AWAY] = 0
  floats[f + SUSPENDED] = -1
}
