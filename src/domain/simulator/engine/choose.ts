import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import type { Site, Station } from './parts.ts'

const { INTS, PARENT, STATION } = slots

/** A station that spreads calls over others' replicas. */
export interface Spreader {
  /** Sets the call's replica and gives its station. */
  spread(call: number, site: Site): number
}

const spreads = (station: Station | undefined): station is Station & Spreader =>
  station !== undefined && 'spread' in station

/** The station that called: of the parent, or -1 for a source. */
export function callerOf(engine: Engine, call: number): number {
  const { ints } = engine.calls
  const parent = ints[call * INTS + PARENT] as number
  if (parent >= 0) return ints[parent * INTS + STATION] as number
  return -1
}

/**
 * Among the alternatives of a site: by the calling balancer's policy; without one, those of the caller's own region
 * that are up, else those that are up, in turn.
 */
export function choose(engine: Engine, call: number, site: Site): number {
  const caller = engine.stations[callerOf(engine, call)]
  if (spreads(caller)) return caller.spread(call, site)
  const { network } = engine
  const region = network === null ? -1 : network.regionOf(call)
  const n = site.targets.length
  let best = -1
  let near = false
  for (let i = 0; i < n; i++) {
    const at = (site.turn + i) % n
    const target = site.targets[at] as number
    if (!isUp(engine.stations[target] as Station)) continue
    const here = region >= 0 && network !== null && network.regionOfStation(target) === region
    if (best < 0 || (here && !near)) {
      best = at
      near = here
    }
  }
  // The turn of what is down is not its neighbour's alone.
  site.turn = ((best < 0 ? site.turn : best) + 1) % n
  return site.targets[Math.max(0, best)] as number
}

function isUp(station: Station): boolean {
  for (let i = 0; i < station.replicaCount(); i++)
    if (station.downSince(i) === Number.POSITIVE_INFINITY) return true
  return false
}
