import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import type { Actor, Station } from './parts.ts'
import type { Sampler } from './sampler.ts'
import type { Stream } from './stream.ts'

const { DOWN, FLAGS, FLOATS, GUARDED, INTS, LANE_SEQUENCE, LOST, PARENT, RESULT, ROOT, SOURCE } = slots
const { STATION, SUSPENDED } = slots

/** Both ways between two regions, as it is now. */
export interface Way {
  readonly sampler: Sampler | null
  readonly loss: number
  /** Faults: extra loss in [0, 1], extra seconds, cut since when. */
  lossNow: number
  extra: number
  /** Infinity: it is not cut. */
  cutSince: number
}

const THERE = 0
const BACK = 1

/**
 * Messages between regions. A lost message leaves its caller waiting for its timeout; a caller without one hears
 * `down`, as of a broken connection, so that no call waits for ever.
 */
export class Network implements Actor {
  private readonly engine: Engine
  private readonly code: number
  private readonly stream: Stream
  private readonly stationRegions: Int32Array
  /** By actor index. */
  private readonly sourceRegions: Int32Array
  private readonly ways: readonly (Way | null)[]
  private readonly regions: number

  constructor(
    engine: Engine,
    stream: Stream,
    stationRegions: Int32Array,
    sourceRegions: Int32Array,
    regions: number,
    ways: readonly (Way | null)[],
  ) {
    this.engine = engine
    this.stream = stream
    this.stationRegions = stationRegions
    this.sourceRegions = sourceRegions
    this.regions = regions
    this.ways = ways
    this.code = engine.enlist(this)
  }

  regionOfStation(station: number): number {
    return this.stationRegions[station] as number
  }

  /** Where a call comes from. */
  regionOf(call: number): number {
    const { ints } = this.engine.calls
    const { from } = this.engine.siteOf(call)
    if (from >= 0) return this.stationRegions[from] as number
    for (let at = call * INTS; ; ) {
      const parent = ints[at + PARENT] as number
      if (parent === ROOT) return this.sourceRegions[ints[at + SOURCE] as number] as number
      if (parent < 0) return -1
      const up = parent * INTS
      if (((ints[up + FLAGS] as number) & GUARDED) === 0)
        return this.stationRegions[ints[up + STATION] as number] as number
      at = up
    }
  }

  /** True: the call is under way (or lost) and the engine has nothing more to do. */
  forward(call: number, station: number): boolean {
    const way = this.wayTo(call, station)
    if (way === null) return false
    if (this.loses(way)) this.lose(call)
    else this.travel(call, way, THERE)
    return true
  }

  back(call: number, outcome: number): boolean {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (((ints[at + FLAGS] as number) & GUARDED) !== 0) return false
    const way = this.wayTo(call, ints[at + STATION] as number)
    if (way === null) return false
    ints[at + RESULT] = outcome
    if (this.loses(way)) this.lose(call)
    else this.travel(call, way, BACK)
    return true
  }

  fire(op: number, call: number): void {
    const { engine } = this
    if (!engine.mine(call)) return
    const { ints } = engine.calls
    const at = call * INTS
    if (op === THERE) (engine.stations[ints[at + STATION] as number] as Station).accept(call)
    else engine.answer(call, ints[at + RESULT] as number)
  }

  way(from: number, to: number): Way | null {
    return this.ways[from * this.regions + to] ?? null
  }

  private wayTo(call: number, station: number): Way | null {
    const from = this.regionOf(call)
    const to = this.stationRegions[station] as number
    return from < 0 || to < 0 ? null : this.way(from, to)
  }

  private loses(way: Way): boolean {
    if (way.cutSince !== Number.POSITIVE_INFINITY) return true
    const loss = 1 - (1 - way.loss) * (1 - way.lossNow)
    return loss > 0 && this.stream.uniform() < loss
  }

  private travel(call: number, way: Way, op: number): void {
    const seconds = (way.sampler === null ? 0 : way.sampler.next()) + way.extra
    this.engine.tally.network(this.engine.calls, call, seconds)
    this.engine.scheduleCall(seconds, this.code + op, call)
  }

  /** What its caller waited for a call in vain, since it was lost: until now, when it is given up. */
  givenUp(call: number): void {
    const { engine } = this
    engine.tally.network(
      engine.calls,
      call,
      engine.now - (engine.calls.floats[call * FLOATS + SUSPENDED] as number),
    )
  }

  private lose(call: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    if (ints[at + LANE_SEQUENCE] !== 0) {
      ints[at + FLAGS] = (ints[at + FLAGS] as number) | LOST
      this.engine.calls.floats[call * FLOATS + SUSPENDED] = this.engine.now
    } else this.engine.answer(call, DOWN)
  }
}
