import { INTS, STATION } from './calls.ts'
import type { Engine } from './engine.ts'
import type { Site, Station } from './parts.ts'

/** Words of an EITHER step before its sites: itself, the seconds of a health check (index), whose turn it is, how many. */
export const EITHER_HEAD = 4
/** The turn of alternatives that are taken in order: the first that is up. */
export const IN_ORDER = -1

/**
 * One of several calls: the first that is up, or the next in turn that is. That something is down, or cut off, is known
 * after a health check's time; where nothing is known to be up, the call goes where it would and finds out.
 */
export function siteOfEither(engine: Engine, call: number, pc: number): Site {
  const { program, shares, sites } = engine
  const seconds = shares[program[pc + 1] as number] as number
  const turn = program[pc + 2] as number
  const n = program[pc + 3] as number
  const first = turn === IN_ORDER ? 0 : turn
  if (turn !== IN_ORDER) program[pc + 2] = (turn + 1) % n
  for (let i = 0; i < n; i++) {
    const at = (first + i) % n
    const site = sites[program[pc + EITHER_HEAD + at] as number] as Site
    if (!site.targets.some((target) => isReachable(engine, call, target, seconds))) continue
    // The turn of what is down is not its neighbour's alone.
    if (turn !== IN_ORDER) program[pc + 2] = (at + 1) % n
    return site
  }
  return sites[program[pc + EITHER_HEAD + first] as number] as Site
}

function isReachable(engine: Engine, call: number, target: number, seconds: number): boolean {
  const { network, now, stations } = engine
  const known = (since: number) => since + seconds <= now
  if (network !== null) {
    const { ints } = engine.calls
    const from = network.regionOfStation(ints[call * INTS + STATION] as number)
    const to = network.regionOfStation(target)
    if (from >= 0 && to >= 0 && known(network.way(from, to)?.cutSince ?? Number.POSITIVE_INFINITY))
      return false
  }
  const station = stations[target] as Station
  for (let i = 0; i < station.replicaCount(); i++) if (!known(station.downSince(i))) return true
  return false
}
