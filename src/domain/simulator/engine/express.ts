import { type Arena, instantiate } from './arena.ts'
import { CODE } from './assembled.ts'
import { OK } from './calls.ts'
import type { Engine } from './engine.ts'
import { type Actor, ENDED, type Station } from './parts.ts'
import * as places from './places.ts'
import * as records from './records.ts'
import type { Sampler } from './sampler.ts'
import type { Sender } from './sender.ts'
import { OpenSender } from './sources.ts'
import * as columns from './station-table.ts'
import { ziggurat } from './stream.ts'

const { ACTOR_WORDS, ARMED_AT, CHOICES, GAP, INDEX, KIND, MIX, MIX_BYTES, MIXED, RATE_AT } = records
const { MIX_REQUEST, MIX_SITE, UP_TO, SOURCE_KIND, STATION_KIND } = records
const { GUARD, NEAR, ONLY, PROGRAM, REQUEST_WORDS, SAMPLER, SITE_WORDS, STOPPED, WRITES } = records
const { WITHIN_BATCHES, WITHIN_BYTES, WITHIN_REQUEST, WITHIN_SECONDS } = records

const { ACTORS_AT, EVENTS, PROGRAM_AT, REQUESTS_AT, ROOM, SHARES_AT, SITES_AT, WITHIN_AT, ZIGGURAT_AT } =
  places

/** One event puts at most this many: what a chain of calls that end in each other may need. */
const SLACK = 4096

/** A station that may be plain: its events' code, and its sampler or bucket. */
export interface Plain extends Station {
  readonly eventCode: number
  readonly recordAt: number
  /** Gives the free workers of a replica the calls that wait for it. */
  fill?(replica: number): void
}

const isPlain = (station: Station): station is Plain => 'recordAt' in station

interface Assembled {
  run(most: number, until: number): number
}

/**
 * The same loop of events with the same arithmetic, assembled (`assembly/`), for what is plain at the moment: arrivals of
 * a source, calls with at most a timeout, served at plain stations, and back to their callers or on to the next step. It
 * works on the engine's own arrays, event by event, and calls back for whatever is not plain (a fault, a deadline, a
 * trace, a full queue, another kind of component). `express.test.ts` compares the reports of the two ways.
 */
export class Express {
  private readonly engine: Engine
  private readonly assembled: Assembled
  private readonly room: number

  /** Null: nothing assembled runs here, or the model does not fit into the arena. */
  static of(engine: Engine, senders: readonly Sender[]): Express | null {
    const { arena } = engine
    if (arena.memory === null) return null
    const room = EVENTS - SLACK
    engine.heads[NEAR] = engine.network === null ? 1 : 0
    know(engine)
    const memory = { ...layOut(engine, senders), room }
    const assembly = instantiate(CODE(), arena.memory, { ...importsOf(engine), memory })
    return assembly === null || !arena.whole ? null : new Express(engine, assembly.exports as Assembled, room)
  }

  private constructor(engine: Engine, assembled: Assembled, room: number) {
    this.engine = engine
    this.assembled = assembled
    this.room = room
  }

  /** True: the calls or the events have outgrown the arena. */
  get isOver(): boolean {
    return this.engine.heads[STOPPED] !== 0 || this.engine.queue.size > this.room
  }

  /** At most so many events up to a virtual time; how many there were. */
  run(most: number, until: number): number {
    return this.assembled.run(most, until)
  }
}

/** Tells the table what of plain stations does not change. */
function know({ stations, table }: Engine): void {
  for (const station of stations) {
    if (!isPlain(station)) continue
    const own = table.intsOf(station.index)
    own[columns.RECORD_AT] = station.recordAt
    own[columns.CODE] = station.eventCode
  }
}

/** Puts what `assembly/` reads into its places; what of it has no constant there, by the names of `assembly/memory.ts`. */
function layOut(engine: Engine, senders: readonly Sender[]): Record<string, number> {
  const { arena, program, shares, tally } = engine
  intsAt(arena, PROGRAM_AT, program.length).set(program)
  floatsAt(arena, SHARES_AT, shares.length).set(shares)
  floatsAt(arena, ZIGGURAT_AT, ziggurat.length).set(ziggurat)
  laySites(engine)
  layActors(engine, senders)
  layWithin(engine)
  return { together: layRequests(engine), withins: tally.within.length, columns: tally.columns }
}

const intsAt = (arena: Arena, place: number, length: number) => {
  const { buffer, byteOffset } = arena.fixed(place, 4 * length, ROOM)
  return new Int32Array(buffer, byteOffset, length)
}

const floatsAt = (arena: Arena, place: number, length: number) => {
  const { buffer, byteOffset } = arena.fixed(place, 8 * length, ROOM)
  return new Float64Array(buffer, byteOffset, length)
}

function laySites({ arena, sites }: Engine): void {
  const all = intsAt(arena, SITES_AT, sites.length * SITE_WORDS)
  for (const [i, site] of sites.entries()) {
    const at = i * SITE_WORDS
    all[at + ONLY] = site.only
    all[at + PROGRAM] = site.program
    all[at + GUARD] = site.guard === null ? 0 : (site.guard.onlyTimeouts?.address ?? 1)
    all[at + SAMPLER] = site.sampler?.address ?? 0
    all[at + WRITES] = site.write ? 1 : 0
  }
}

function layActors({ actors, arena, stations }: Engine, senders: readonly Sender[]): void {
  const all = intsAt(arena, ACTORS_AT, actors.length * ACTOR_WORDS)
  for (const station of stations) {
    if (!isPlain(station)) continue
    const at = (station.eventCode >> 4) * ACTOR_WORDS
    all[at + KIND] = STATION_KIND
    all[at + INDEX] = station.index
  }
  for (const sender of senders) {
    if (!(sender instanceof OpenSender) || sender.mix.some(({ keys }) => keys !== null)) continue
    const at = sender.actor * ACTOR_WORDS
    all[at + KIND] = SOURCE_KIND
    all[at + ARMED_AT] = sender.armed.byteOffset
    all[at + RATE_AT] = sender.plainScale.byteOffset
    all[at + GAP] = sender.gap.address
    all[at + MIX] = mixOf(arena, sender)
    all[at + MIXED] = sender.mix.length
    all[at + CHOICES] = sender.choices.state.byteOffset
  }
}

function mixOf(arena: Arena, { mix }: OpenSender): number {
  const { ints, floats } = arena.record(mix.length * MIX_BYTES)
  for (const [i, { request, site, upTo }] of mix.entries()) {
    floats[(i * MIX_BYTES) / 8 + UP_TO] = upTo
    ints[(i * MIX_BYTES) / 4 + MIX_SITE] = site.index
    ints[(i * MIX_BYTES) / 4 + MIX_REQUEST] = request
  }
  return ints.byteOffset
}

/** Where the counts of each type are; where it says where those of all together are (0: there is one type). */
function layRequests({ arena, tally }: Engine): number {
  const { length } = tally.requests
  const all = intsAt(arena, REQUESTS_AT, (length + 1) * REQUEST_WORDS)
  all.set([...tally.requests, tally.all].flatMap(({ addresses }) => addresses))
  return tally.single ? 0 : REQUESTS_AT + 4 * length * REQUEST_WORDS
}

function layWithin({ arena, tally: { within } }: Engine): void {
  const floats = floatsAt(arena, WITHIN_AT, (within.length * WITHIN_BYTES) / 8)
  const ints = new Int32Array(floats.buffer, floats.byteOffset, 2 * floats.length)
  for (const [i, { objective, request, batches }] of within.entries()) {
    floats[(i * WITHIN_BYTES) / 8 + WITHIN_SECONDS] = objective.seconds
    ints[(i * WITHIN_BYTES) / 4 + WITHIN_REQUEST] = request
    ints[(i * WITHIN_BYTES) / 4 + WITHIN_BATCHES] = batches.address
  }
}

/** The general way, for what is not plain. */
function importsOf(engine: Engine): Record<string, Record<string, unknown>> {
  const { actors } = engine
  const guardOf = (call: number) => engine.siteOf(call).guard
  return {
    index: {
      fire: (code: number, arg: number, sequence: number) => {
        engine.sequence = sequence
        ;(actors[code >> 4] as Actor).fire(code & 15, arg)
      },
    },
    draws: { refill: (number: number) => (engine.samplers[number] as Sampler).fill() },
    stations: {
      fillElsewhere: (station: number, replica: number) =>
        (engine.stations[station] as Plain).fill?.(replica),
    },
    calls: {
      sendElsewhere: (call: number) => engine.send(call, engine.siteOf(call)),
      guardElsewhere: (call: number) => guardOf(call)?.begin(call),
      finishElsewhere: (call: number) => engine.finish(call, OK),
      proceedElsewhere: (call: number) => engine.proceed(call),
      resumeElsewhere: (call: number) => engine.resume(call, OK),
      settleElsewhere: (call: number) => engine.settle(call),
      attemptEndedElsewhere: (call: number) => guardOf(call)?.attemptEnded(call, OK),
      endedElsewhere: (source: number) => (actors[source] as Actor).fire(ENDED, 0),
    },
  }
}
