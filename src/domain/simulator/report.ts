import type { Assembly } from './assemble.ts'
import type { Batches } from './engine/batches.ts'
import { OUTCOMES } from './engine/calls.ts'
import { power } from './engine/exact-math.ts'
import type { Gauge } from './engine/gauge.ts'
import { HISTOGRAM_ERROR, type Histogram } from './engine/histogram.ts'
import type { RequestTally } from './engine/tally.ts'
import type { Objective } from './model.ts'
import { bottleneckOf } from './report-bottleneck.ts'
import type {
  ComponentReport,
  Estimate,
  FaultReport,
  Latencies,
  ObjectiveReport,
  Outcome,
  Report,
  RequestReport,
  RunState,
  Spent,
} from './run.ts'

/** What the run is besides its assembly. */
export interface RunFacts {
  readonly seed: number
  readonly state: RunState
  readonly warmupSeconds: number
  readonly faults: readonly FaultReport[]
}

export function reportOf(assembly: Assembly, facts: RunFacts): Report {
  const { engine, model, monitor } = assembly
  const measured = Math.max(0, engine.now - facts.warmupSeconds)
  const { tally } = engine
  const components = componentReports(assembly, measured)
  const last = monitor.timeline.slice(-Math.max(1, Math.ceil(monitor.timeline.length / 10)))
  const sum = (field: 'guarded' | 'attempts') => last.reduce((all, point) => all + point[field], 0)
  return {
    seed: facts.seed,
    seconds: engine.now,
    warmupSeconds: facts.warmupSeconds,
    events: engine.events,
    state: facts.state,
    requests: model.requests.map(({ id }, i) => requestReport(assembly, id, i, measured)),
    components,
    objectives: (model.objectives ?? []).map((objective) => objectiveReport(assembly, objective, measured)),
    bottleneck: bottleneckOf(model, components),
    amplification: tally.guardedCalls === 0 ? 1 : tally.attempts / tally.guardedCalls,
    amplificationAtEnd: sum('guarded') === 0 ? 1 : sum('attempts') / sum('guarded'),
    faults: facts.faults,
    timeline: monitor.timeline.map(({ guarded: _, attempts: __, ...point }) => point),
    histogramError: HISTOGRAM_ERROR,
  }
}

const estimate = (batches: Batches): Estimate => ({ value: batches.mean, halfWidth: batches.halfWidth })

function byOutcome(counts: Float64Array): Partial<Record<Outcome, number>> {
  const found: Partial<Record<Outcome, number>> = {}
  for (const [i, outcome] of OUTCOMES.entries()) {
    const count = counts[i] as number
    if (i > 0 && count > 0) found[outcome] = count
  }
  return found
}

function requestReport({ engine, model }: Assembly, id: string, i: number, measured: number): RequestReport {
  const tally = engine.tally.requests[i] as RequestTally
  const succeeded = tally.outcomes[0] as number
  const { ended } = tally
  tally.settle()
  const { spent, columns } = engine.tally
  const names = [...model.components.map((component) => component.id), '(network)', '(client)']
  const secondsOf = (row: number): Spent[] =>
    names
      .map((name, j) => ({ id: name, seconds: (spent[row * columns + j] as number) / Math.max(1, ended) }))
      .filter(({ seconds }) => seconds > 0)
      .sort((a, b) => b.seconds - a.seconds)
  return {
    id,
    sent: tally.sent,
    succeeded,
    failed: ended - succeeded,
    failures: byOutcome(tally.outcomes),
    goodput: { value: measured === 0 ? 0 : succeeded / measured, halfWidth: tally.goodput.halfWidth },
    availability: ended === 0 ? { value: 1, halfWidth: null } : estimate(tally.successes),
    latency: succeeded === 0 ? null : latencies(tally),
    spent: secondsOf(i),
    later: secondsOf(engine.tally.later(i)),
  }
}

function latencies({ latency, latencies: batches }: RequestTally): Latencies {
  return {
    count: latency.total,
    meanSeconds: estimate(batches),
    p50Seconds: latency.quantile(0.5),
    p90Seconds: latency.quantile(0.9),
    p95Seconds: latency.quantile(0.95),
    p99Seconds: latency.quantile(0.99),
    p999Seconds: latency.quantile(0.999),
    maxSeconds: latency.max,
  }
}

function componentReports({ engine, model }: Assembly, measured: number): ComponentReport[] {
  return engine.stations.map((station, i) => {
    const { gauge } = station
    const littleGap = gauge.littleGap(station.secondsPresent())
    const mean = (area: number) => (measured === 0 ? 0 : area / measured)
    return {
      id: station.id,
      kind: model.components[i]?.kind ?? '',
      arrivals: gauge.arrivals,
      completions: gauge.completions,
      refusals: byOutcome(gauge.refusals),
      present: mean(gauge.areaPresent),
      waiting: mean(gauge.areaWaiting),
      maxWaiting: gauge.maxWaiting,
      backlog: station.messages === undefined ? null : backlogOf(station.messages, mean),
      utilization: gauge.utilization,
      meanSeconds: gauge.meanVisit,
      meanWaitSeconds: gauge.meanWait,
      p99Seconds: gauge.visits.quantile(0.99),
      replicaSeconds: gauge.areaReplicas,
      littleGap,
      counts: station.counts(),
    }
  })
}

function backlogOf(lines: readonly Gauge[], mean: (area: number) => number): ComponentReport['backlog'] {
  return {
    waiting: lines.reduce((sum, { areaWaiting }) => sum + mean(areaWaiting), 0),
    maxWaiting: Math.max(0, ...lines.map(({ maxWaiting }) => maxWaiting)),
    waitingNow: lines.reduce((sum, { waiting }) => sum + waiting, 0),
  }
}

// ----------------------------------------------------------------------------------------------- objectives

function objectiveReport(assembly: Assembly, objective: Objective, measured: number): ObjectiveReport {
  const { engine, model } = assembly
  const { tally } = engine
  const index = model.requests.findIndex(({ id }) => id === objective.request)
  const chosen = index < 0 ? tally.requests : [tally.requests[index] as RequestTally]
  if (objective.kind === 'latency') return latencyObjective(assembly, objective, chosen)
  const of = index < 0 ? tally.all : (tally.requests[index] as RequestTally)
  if (objective.kind === 'availability') {
    of.settle()
    const value = of.successes.mean
    if (of.successes.n === 0) return unknown(objective, 'no request has ended')
    const none = `fewer than ${LEAST_REQUESTS} requests have ended`
    // Where all succeed, batches do not differ: what a true share can be at least is 0.025^(1/n), 1 - 3.69/n.
    const sound = value === 1
    const half = sound ? 1 - power(0.025, 1 / of.successes.n) : of.successes.halfWidth
    return atLeast(objective, { value, half, most: 1, none }, objective.share)
  }
  const successes = chosen.reduce((sum, { outcomes }) => sum + (outcomes[0] as number), 0)
  const value = measured === 0 ? 0 : successes / measured
  const none = 'fewer than 10 windows have been measured'
  const goodput = { value, half: of.goodput.halfWidth, most: Number.POSITIVE_INFINITY, none }
  return atLeast(objective, goodput, objective.perSecond)
}

/** Nothing is known of what did not happen: it is not met. */
const unknown = (objective: Objective, why: string): ObjectiveReport => ({
  objective,
  met: false,
  measured: Number.NaN,
  interval: null,
  noInterval: why,
  margin: -1,
  sure: false,
})

/** Ten batches of sixteen. */
const LEAST_REQUESTS = 160

interface Measured {
  readonly value: number
  readonly half: number | null
  /** What it can be at most. */
  readonly most: number
  /** Why there is no half-width, where there is none. */
  readonly none: string
}

function atLeast(
  objective: Objective,
  { value, half, most, none }: Measured,
  asked: number,
): ObjectiveReport {
  const interval =
    half === null ? null : { low: Math.max(0, value - half), high: Math.min(most, value + half) }
  return {
    objective,
    met: value >= asked,
    measured: value,
    interval,
    noInterval: interval === null ? none : null,
    margin: (value - asked) / asked,
    sure: interval !== null && (interval.low >= asked || interval.high < asked),
  }
}

/**
 * The interval of a percentile, from that of the share within the objective's seconds: the half-width of the share there
 * is taken as that of the share at the percentile, and read back through the histogram.
 */
function latencyObjective(
  { engine }: Assembly,
  objective: Extract<Objective, { kind: 'latency' }>,
  chosen: readonly RequestTally[],
): ObjectiveReport {
  const batches = engine.tally.within.find((one) => one.objective === objective)?.batches
  const histograms = chosen.map(({ latency }) => latency)
  const { quantile, seconds } = objective
  const measured = quantileOf(histograms, quantile)
  if (histograms.every(({ total }) => total === 0)) return unknown(objective, 'no request has been answered')
  const half = batches?.halfWidth ?? null
  // Where all or none are within the objective, batches do not differ; the binomial's own width is the least there is.
  const floor = 2 * Math.sqrt((quantile * (1 - quantile)) / Math.max(1, batches?.n ?? 1))
  const width = half === null ? null : Math.max(half, floor)
  const interval =
    width === null
      ? null
      : {
          low: quantileOf(histograms, Math.max(0, quantile - width)),
          high: quantileOf(histograms, Math.min(1, quantile + width)),
        }
  return {
    objective,
    met: measured <= seconds,
    measured,
    interval,
    noInterval: interval === null ? `fewer than ${LEAST_REQUESTS} requests have been answered` : null,
    margin: (seconds - measured) / seconds,
    sure: interval !== null && (interval.high <= seconds || interval.low > seconds),
  }
}

function quantileOf(histograms: readonly Histogram[], share: number): number {
  const [first] = histograms
  if (histograms.length === 1 && first !== undefined) return first.quantile(share)
  let low = 0
  let high = Math.max(...histograms.map(({ max }) => max))
  const total = histograms.reduce((sum, { total: n }) => sum + n, 0)
  if (total === 0) return 0
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    const below = histograms.reduce((sum, histogram) => sum + histogram.below(middle), 0)
    if (below >= share * total) high = middle
    else low = middle
  }
  return high
}
