import { kindOf } from './components/index.ts'
import type { Context } from './components/kind.ts'
import { Arena } from './engine/arena.ts'
import { Batches } from './engine/batches.ts'
import { Breaker } from './engine/breaker.ts'
import { HISTOGRAM } from './engine/columns.ts'
import { Compiler } from './engine/compile.ts'
import { Engine } from './engine/engine.ts'
import { Express } from './engine/express.ts'
import { Guard } from './engine/guard.ts'
import { Monitor } from './engine/monitor.ts'
import { Network, type Way } from './engine/network.ts'
import type { Site, Station } from './engine/parts.ts'
import { STEPS_AT } from './engine/places.ts'
import { RecordedSender } from './engine/recorded.ts'
import type { Sampler } from './engine/sampler.ts'
import type { Mixed, Sender } from './engine/sender.ts'
import { ClosedSender, OpenSender } from './engine/sources.ts'
import { Stream } from './engine/stream.ts'
import { type Shared, Tally, type Within } from './engine/tally.ts'
import { Timetable } from './engine/timetable.ts'
import { Tracer } from './engine/tracer.ts'
import { Zipf } from './engine/zipf.ts'
import type { Call, Distribution, Model } from './model.ts'

/** A model come to life, at virtual time 0. */
export interface Assembly {
  readonly model: Model
  readonly engine: Engine
  readonly monitor: Monitor
  readonly timetable: Timetable
  readonly senders: readonly Sender[]
  readonly regions: readonly string[]
}

export interface Settings {
  readonly seed: number
  readonly maxCalls: number
  readonly windowSeconds: number
  readonly traceEvery: number
  readonly express: boolean
}

/** Of a model that `checkModel` found nothing wrong with. */
export function assemble(model: Model, settings: Settings): Assembly {
  const { seed } = settings
  const arena = new Arena(bytesOf(model), settings.express)
  const stream = (purpose: string) => new Stream(seed, purpose, arena.ints(4))
  const tally = (shared: Shared) =>
    new Tally(shared, model.requests.length, model.components.length, withinOf(model, arena))
  const chances = arena.fixed(STEPS_AT, 16, 64)
  const chance = new Stream(seed, 'steps', new Int32Array(chances.buffer, chances.byteOffset, 4))
  const engine = new Engine(arena, settings.maxCalls, tally, chance)
  const sampler = (law: Distribution, purpose: string) => engine.sampler(law, stream(purpose))
  const indexes = new Map(model.components.map(({ id }, i) => [id, i] as const))
  const compiler = new Compiler(indexes, sampler)
  const senders = model.sources.map((source) => {
    const own = [stream(`source ${source.id}`), stream(`mix ${source.id}`)] as const
    if (source.kind === 'closed') return new ClosedSender(engine, source, ...own)
    const { id, arrivals } = source
    return arrivals.law === 'trace' || arrivals.law === 'counts'
      ? new RecordedSender(engine, id, arrivals, ...own)
      : new OpenSender(engine, id, arrivals, ...own)
  })
  engine.stations = model.components.map((component, index): Station => {
    const context: Context = {
      engine,
      index,
      stream: (purpose) => stream(`${component.id} ${purpose}`),
      sampler: (law, purpose) => sampler(law, `${component.id} ${purpose}`),
      ownSite: (purpose, steps) => {
        const call: Call = { to: component.id, ...(steps === undefined ? {} : { steps }) }
        return compiler.call(call, `${component.id} ${purpose}`)
      },
      log: (message) => monitor.log(component.id, message),
    }
    const kind = kindOf(component.kind)
    if (kind === undefined) throw new Error(`invariant: ${component.kind} was checked`)
    return kind.build(component, context)
  })
  for (const [i, source] of model.sources.entries())
    senders[i]?.sends(mixOf(model, source, (call, path) => compiler.call(call, path)))
  // Where balancers stand, who calls decides among replicas even of a single target.
  const direct = !engine.stations.some((station) => 'spread' in station)
  for (const { site } of compiler.sites)
    if (direct && site.targets.length === 1) site.only = site.targets[0] as number
  engine.sites = compiler.sites.map(({ site }) => site)
  engine.program = Int32Array.from(compiler.code)
  engine.shares = Float64Array.from(compiler.shares)
  const regions = regionsOf(model)
  if (regions.length > 0) engine.network = networkOf(model, engine, senders, regions, sampler, stream)
  const monitor = new Monitor(engine, settings.windowSeconds)
  const timetable = new Timetable(engine)
  for (const { site, call, path } of compiler.sites) {
    const { policy } = call
    if (policy === undefined || Object.keys(policy).length === 0) continue
    const name = Array.isArray(call.to) ? call.to.join(', ') : String(call.to)
    const breaker =
      policy.breaker === undefined
        ? null
        : new Breaker(policy.breaker.calls, policy.breaker.share, policy.breaker.openSeconds, (open) =>
            monitor.log(name, `circuit breaker of its callers ${open ? 'opens' : 'closes'}`),
          )
    site.guard = new Guard(engine, site, policy, stream(`policy ${path}`), breaker)
  }
  if (settings.traceEvery > 0)
    engine.tracer = new Tracer(
      engine,
      settings.traceEvery,
      model.requests.map(({ id }) => id),
    )
  engine.express = Express.of(engine, senders)
  return { model, engine, monitor, timetable, senders, regions }
}

/** What of a model has no fixed place in the arena: the latencies of requests, and small things. */
function bytesOf({ components, requests }: Model): number {
  return (requests.length + 1) * 4 * HISTOGRAM + (components.length + requests.length) * 4096 + 4e6
}

function mixOf(
  model: Model,
  source: Model['sources'][number],
  compile: (call: Call, path: string) => Site,
): Mixed[] {
  const total = source.mix.reduce((sum, { weight }) => sum + weight, 0)
  let upTo = 0
  return source.mix.map(({ request, weight }) => {
    upTo += weight / total
    const index = model.requests.findIndex(({ id }) => id === request)
    const { call, keys } = model.requests[index] as Model['requests'][number]
    const policy = source.policy ?? call.policy
    const path = `source ${source.id} request ${request}`
    const site = compile(policy === undefined ? call : { ...call, policy }, path)
    return {
      request: index,
      site,
      keys: keys === undefined || keys.count === 1 ? null : new Zipf(keys.count, keys.exponent),
      upTo,
    }
  })
}

function withinOf(model: Model, arena: Arena): Within[] {
  return (model.objectives ?? []).flatMap((objective) => {
    if (objective.kind !== 'latency') return []
    const request = model.requests.findIndex(({ id }) => id === objective.request)
    return [{ objective, request, batches: new Batches(16, arena) }]
  })
}

function regionsOf(model: Model): string[] {
  const regions = new Set<string>()
  for (const { region } of [...model.components, ...model.sources])
    if (region !== undefined) regions.add(region)
  return [...regions].sort()
}

function networkOf(
  model: Model,
  engine: Engine,
  senders: readonly Sender[],
  regions: readonly string[],
  sampler: (law: Distribution, purpose: string) => Sampler,
  stream: (purpose: string) => Stream,
): Network {
  const n = regions.length
  const ways: (Way | null)[] = new Array(n * n).fill(null)
  const at = (a: string, b: string) => regions.indexOf(a) * n + regions.indexOf(b)
  const still = { lossNow: 0, extra: 0, cutSince: Number.POSITIVE_INFINITY }
  for (const a of regions)
    for (const b of regions) if (a < b) ways[at(a, b)] = ways[at(b, a)] = { sampler: null, loss: 0, ...still }
  for (const { from, to, latency, loss } of model.links ?? []) {
    const way = { sampler: sampler(latency, `link ${from} ${to}`), loss: loss ?? 0, ...still }
    ways[at(from, to)] = ways[at(to, from)] = way
  }
  const indexOf = (region: string | undefined) => (region === undefined ? -1 : regions.indexOf(region))
  const stationRegions = Int32Array.from(model.components, ({ region }) => indexOf(region))
  const sourceRegions = new Int32Array(engine.actors.length).fill(-1)
  for (const [i, { region }] of model.sources.entries())
    sourceRegions[(senders[i] as Sender).actor] = indexOf(region)
  return new Network(engine, stream('network'), stationRegions, sourceRegions, n, ways)
}
