import type { Calls } from './calls.ts'
import * as slots from './calls.ts'
import { type Engine, OPERATIONS } from './engine.ts'
import type { EventQueue } from './event-queue.ts'
import { glide } from './glide.ts'
import type { Actor, Station } from './parts.ts'
import { traitsOf } from './plain-calls.ts'
import { ends, type Known } from './plain-events.ts'
import { BLOCK_SIZE, type Sampler } from './sampler.ts'
import type { Sender } from './sender.ts'
import { OpenSender } from './sources.ts'
import type { Tally } from './tally.ts'

const { OK } = slots
const { FINISHED, FULL, ODD, TIRED } = ends
const BLOCK = BLOCK_SIZE

/** A station that may be plain: one line, first come first served, nothing that fails or is slowed. */
export interface Plain extends Station {
  readonly time: Sampler
  readonly eventCode: number
  /** After a call's own time. */
  endService(call: number, replica: number): void
}

const isPlain = (station: Station): station is Plain => 'endService' in station

/**
 * The loop of events with the same arithmetic as the general way, for what is plain at the moment: arrivals of a source
 * without a policy, and calls that are served at plain stations, wait there, and go back to their callers or on to their
 * callers' next calls. What takes some twenty methods there is one long function here, because V8 keeps what it knows of
 * arrays only from one call to the next. An event is looked at first: is anything about it not plain (a guard, a fault, a
 * deadline, a trace, a full queue), it goes the general way as a whole, which finds all state where it expects it.
 * `express.test.ts` compares the reports of the two ways.
 */
export class Express implements Known {
  readonly engine: Engine
  readonly queue: EventQueue
  readonly clock: Float64Array
  readonly calls: Calls
  readonly tally: Tally
  all: Int32Array
  floats: Float64Array
  readonly program: Int32Array
  readonly ints: Int32Array
  readonly figures: Float64Array
  readonly visits: Uint32Array
  readonly busy: readonly Int32Array[]
  readonly spent: Float64Array
  readonly types: number
  readonly near: boolean
  readonly traits: Int32Array
  readonly targets: Int32Array
  readonly stationOf: Int32Array
  readonly sources: (OpenSender | null)[]
  readonly placeOf: Int32Array
  /** By station, and after them by source: the block of what is drawn next, where in it, and whose it is. */
  readonly blocks: Float64Array<ArrayBuffer>
  readonly next: Int32Array<ArrayBuffer>
  private readonly samplers: (Sampler | null)[]
  readonly codes: Int32Array
  /** Why gliding ended, and of what. */
  readonly left = new Int32Array(2)

  constructor(engine: Engine, senders: readonly Sender[]) {
    const { stations, actors } = engine
    const n = stations.length + senders.length
    this.engine = engine
    this.queue = engine.queue
    this.clock = engine.clock
    this.calls = engine.calls
    this.tally = engine.tally
    this.all = engine.calls.ints
    this.floats = engine.calls.floats
    this.program = engine.program
    this.ints = engine.table.ints
    this.figures = engine.table.figures
    this.visits = engine.table.visits
    this.busy = engine.table.busy
    this.spent = engine.tally.spent
    this.types = engine.tally.columns
    this.near = engine.network === null
    this.traits = Int32Array.from(engine.sites, traitsOf)
    this.targets = Int32Array.from(engine.sites, (site) => site.only)
    this.stationOf = new Int32Array(actors.length).fill(-1)
    this.placeOf = new Int32Array(actors.length)
    this.sources = actors.map(() => null)
    this.blocks = new Float64Array(n * BLOCK)
    this.next = new Int32Array(n)
    this.samplers = Array.from({ length: n }, () => null)
    this.codes = new Int32Array(n)
    for (const station of stations)
      if (isPlain(station)) {
        this.stationOf[station.eventCode / OPERATIONS] = station.index
        this.keep(station.index, station.time, station.eventCode)
      }
    for (const [i, sender] of senders.entries())
      if (sender instanceof OpenSender) {
        this.sources[sender.actor] = sender
        this.placeOf[sender.actor] = stations.length + i
        this.keep(stations.length + i, sender.gap, sender.code)
      }
  }

  private keep(place: number, sampler: Sampler, code: number): void {
    this.samplers[place] = sampler
    this.codes[place] = code
    sampler.keepIn(
      this.blocks.subarray(place * BLOCK, (place + 1) * BLOCK),
      this.next.subarray(place, place + 1),
    )
  }

  /** As the general loop: at most so many events up to `until[0]`; how many there were. */
  stretch(most: number, until: Float64Array): number {
    const { engine, queue, clock, calls } = this
    const { actors } = engine
    const end = until[0] as number
    let count = 0
    while (count < most && !engine.full) {
      queue.makeReady()
      if (queue.size === 0) break
      if ((queue.time[0] as number) > end) break
      this.left[0] = 0
      this.all = calls.ints
      this.floats = calls.floats
      count += glide(this, most - count, until)
      const why = this.left[0] as number
      if (why === TIRED) (this.samplers[this.left[1] as number] as Sampler).refill()
      else if (why === FINISHED) engine.finish(this.left[1] as number, OK)
      else if (why === FULL) engine.tally.all.latencies.close()
      else if (why === ODD) {
        const code = queue.data[1] as number
        const event = queue.data[2] as number
        clock[0] = queue.time[0] as number
        engine.sequence = queue.data[0] as number
        queue.take()
        count++
        ;(actors[code >> 4] as Actor).fire(code & 15, event)
      }
    }
    return count
  }
}
