import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import type { Site, Station } from './parts.ts'

const { GENERATION, GUARDED, FLAGS, INTS, KEY, NEXT, PARENT, PARENT_GENERATION } = slots

/** A caller that asks a cache first. What it has heard stands in a field that is free while it waits for its steps. */
const HEARD = NEXT
const NOTHING = 0
const HIT = 1
const FAILED = 2

/** A station that keeps what its callers have fetched. */
interface Keeper {
  keep(key: number): void
}

const keeps = (station: Station | undefined): station is Station & Keeper =>
  station !== undefined && 'keep' in station

/** Before the cache is asked. */
export function beginAsking({ calls }: Engine, caller: number): void {
  calls.ints[caller * INTS + HEARD] = NOTHING
}

/** The cache could not be asked, and its caller goes on all the same. */
export function couldNotAsk({ calls }: Engine, caller: number): void {
  calls.ints[caller * INTS + HEARD] = FAILED
}

/** Tells whoever asked, through the attempts of its policy, whether the cache has it, and of which key it is. */
export function tell({ calls: { ints } }: Engine, call: number, hit: boolean): void {
  for (let at = call * INTS; ; ) {
    const parent = ints[at + PARENT] as number
    if (parent < 0 || ints[parent * INTS + GENERATION] !== ints[at + PARENT_GENERATION]) return
    at = parent * INTS
    if (((ints[at + FLAGS] as number) & GUARDED) !== 0) continue
    ints[at + HEARD] = hit ? HIT : NOTHING
    ints[at + KEY] = ints[call * INTS + KEY] as number
    return
  }
}

/** Whether the steps of a miss are to run; `share`: what a cache without entries of its own answers, by chance. */
export function hasMissed(
  { calls }: Engine,
  caller: number,
  share: number | undefined,
  chance: { uniform(): number },
): boolean {
  const heard = calls.ints[caller * INTS + HEARD] as number
  if (heard === FAILED) return true
  return share === undefined ? heard !== HIT : chance.uniform() >= share
}

/** The caller puts what it has fetched into the cache; nobody waits for that. */
export function fill(engine: Engine, caller: number, site: Site): void {
  const [target = -1] = site.targets
  const station = engine.stations[target]
  if (keeps(station)) station.keep(engine.calls.ints[caller * INTS + KEY] as number)
}
