import { invariant } from '#lib/invariant.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Assembly, assemble } from './assemble.ts'
import { scheduleAll, scheduleFault } from './changes.ts'
import { checkModel, namesOf } from './check.ts'
import { checkFault } from './check-changes.ts'
import { kindOf } from './components/index.ts'
import type { Parameter } from './components/kind.ts'
import { Fields, MOST_RATE, MOST_SECONDS } from './fields.ts'
import type { Fault, Model, Problem } from './model.ts'
import { reportOf } from './report.ts'
import type { FaultReport, LogLine, Observation, Report, Run, RunOptions, RunState, Trace } from './run.ts'

/** The histograms count in 32 bits. */
const MOST_EVENTS = 4_000_000_000
const MOST_CALLS = 4_000_000
/** Events at one moment of virtual time. */
const MOST_STILL = 10_000_000

/** A run at virtual time 0, or what is wrong with the model or the options. */
export function startRun(model: Model, options: RunOptions): Result<Run, readonly Problem[]> {
  const problems = [...checkModel(model), ...checkOptions(options)]
  return problems.length > 0 ? err(problems) : ok(new ModelRun(model, options))
}

function checkOptions(options: RunOptions): Problem[] {
  const problems: Problem[] = []
  const fields = new Fields('run', options, problems)
  fields.whole('seed', 0, Number.MAX_SAFE_INTEGER)
  fields.positive('untilSeconds', MOST_SECONDS)
  if (fields.has('maxEvents')) fields.whole('maxEvents', 1, MOST_EVENTS)
  if (fields.has('warmupSeconds')) fields.number('warmupSeconds', 0, options.untilSeconds)
  if (fields.has('maxCalls')) fields.whole('maxCalls', 1, MOST_CALLS)
  if (fields.has('windowSeconds')) fields.number('windowSeconds', 0.001, MOST_SECONDS)
  if (fields.has('traceEvery')) fields.whole('traceEvery', 0, Number.MAX_SAFE_INTEGER)
  return problems
}

class ModelRun implements Run {
  state: RunState = 'running'
  private readonly options: RunOptions
  private readonly assembly: Assembly
  private readonly mostEvents: number
  private readonly faults: FaultReport[] = []
  /** The latest time that was seen, and how many events there had been. */
  private movedTo = 0
  private movedAt = 0

  constructor(model: Model, options: RunOptions) {
    this.options = options
    this.mostEvents = options.maxEvents ?? 1_000_000_000
    this.assembly = assemble(model, {
      seed: options.seed,
      maxCalls: options.maxCalls ?? 1_000_000,
      windowSeconds: options.windowSeconds ?? Math.max(1, options.untilSeconds / 600),
      traceEvery: options.traceEvery ?? 1000,
      express: options.express ?? true,
    })
    const { timetable, senders, monitor } = this.assembly
    scheduleAll(this.assembly, model, this.faults)
    const warmup = options.warmupSeconds ?? 0
    if (warmup > 0) timetable.at(warmup, () => this.endWarmup())
    monitor.start()
    for (const sender of senders) sender.start()
  }

  get seconds(): number {
    return this.assembly.engine.now
  }

  get events(): number {
    return this.assembly.engine.events
  }

  step(limit: { readonly maxEvents?: number; readonly untilSeconds?: number } = {}): RunState {
    if (this.state !== 'running') return this.state
    const { engine } = this.assembly
    const end = this.options.untilSeconds
    const until = Math.min(end, limit.untilSeconds ?? end)
    if (!(until >= engine.now)) return this.state
    const most = Math.min(this.mostEvents - engine.events, limit.maxEvents ?? Number.POSITIVE_INFINITY)
    let more = true
    for (let left = most; left > 0 && more && this.state === 'running'; ) {
      const some = Math.min(left, MOST_STILL)
      more = engine.run(some, until)
      left -= some
      if (engine.full) this.state = 'memory'
      else if (!more && until >= end) this.state = 'time'
      else if (engine.events >= this.mostEvents) this.state = 'events'
      else if (this.standsStill()) this.state = 'still'
    }
    return this.state
  }

  /** Where everything takes no time, events go on for ever at one moment. */
  private standsStill(): boolean {
    const { now, events } = this.assembly.engine
    if (now > this.movedTo) {
      this.movedTo = now
      this.movedAt = events
    }
    return events - this.movedAt >= MOST_STILL
  }

  observe(): readonly Observation[] {
    return this.assembly.monitor.take()
  }

  inject(fault: Fault): readonly Problem[] {
    const problems: Problem[] = []
    checkFault(new Fields('fault', fault, problems), namesOf(this.assembly.model))
    if (problems.length === 0) scheduleFault(this.assembly, fault, this.faults)
    return problems
  }

  set(target: string, parameter: string, value: number): readonly Problem[] {
    const bounds = this.parameters(target)
    if (bounds === null)
      return [{ where: target, field: '', message: 'there is no such component or source' }]
    const bound = bounds[parameter]
    if (bound === undefined) {
      const message = `cannot be set while it runs; there are ${Object.keys(bounds).join(', ') || 'none'}`
      return [{ where: target, field: parameter, message }]
    }
    const problems: Problem[] = []
    const fields = new Fields(target, { [parameter]: value }, problems)
    if (bound.whole) fields.whole(parameter, bound.low, bound.high)
    else fields.number(parameter, bound.low, bound.high)
    if (problems.length > 0) return problems
    const { engine, senders } = this.assembly
    const thing = engine.stations.find(({ id }) => id === target) ?? senders.find(({ id }) => id === target)
    if (thing?.set(parameter, value) === true) return []
    return [{ where: target, field: parameter, message: 'cannot be set here' }]
  }

  parametersOf(target: string): readonly string[] {
    return Object.keys(this.parameters(target) ?? {})
  }

  sampleTraces(): readonly Trace[] {
    return this.assembly.engine.tracer?.sample() ?? []
  }

  logs(): readonly LogLine[] {
    return this.assembly.monitor.logs()
  }

  report(): Report {
    return reportOf(this.assembly, {
      seed: this.options.seed,
      state: this.state,
      warmupSeconds: Math.min(this.options.warmupSeconds ?? 0, this.seconds),
      faults: this.faults,
    })
  }

  private endWarmup(): void {
    const { engine, monitor } = this.assembly
    monitor.rebase(() => {
      engine.tally.reset()
      for (const station of engine.stations) {
        station.gauge.reset(station.secondsPresent())
        station.resetCounts()
      }
    })
  }

  private parameters(target: string): Readonly<Record<string, Parameter>> | null {
    const { model } = this.assembly
    const component = model.components.find(({ id }) => id === target)
    if (component !== undefined) {
      const kind = kindOf(component.kind)
      invariant(kind !== undefined, `${component.kind} was checked`)
      return kind.parameters
    }
    const source = model.sources.find(({ id }) => id === target)
    if (source === undefined) return null
    if (source.kind === 'closed') return { users: { low: 1, high: 1_000_000, whole: true } }
    const { law } = source.arrivals
    const factor = { low: 0, high: 1e6, whole: false }
    const steady = law === 'renewal' || law === 'trace' || law === 'counts'
    return steady ? { factor } : { factor, perSecond: { low: 0, high: MOST_RATE, whole: false } }
  }
}
