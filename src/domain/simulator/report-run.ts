import { ok, type Result } from '#lib/result.ts'
import type { Model, Problem } from './model.ts'
import type { LogLine, Report, Run, RunOptions, StartRun, Trace } from './run.ts'

/** Events of one slice: some tens of milliseconds, so that whoever waits can look at it, or stop it. */
const SLICE_EVENTS = 200_000

/** Asked between two slices with the share that is done; false ends the run with what there is. */
export type Pace = (share: number, run: Run) => Promise<boolean>

/** A report with what is kept beside it. */
export interface Ran extends Report {
  /** It was stopped before its end. */
  readonly stopped: boolean
  /** The newest 1,000. */
  readonly logs: readonly LogLine[]
  /** The newest 64 of those that were sampled. */
  readonly traces: readonly Trace[]
}

/** Runs a model to its end, or to where it was stopped. */
export async function runModel(
  start: StartRun,
  model: Model,
  options: RunOptions,
  pace: Pace = async () => true,
): Promise<Result<Ran, readonly Problem[]>> {
  const started = start(model, options)
  if (!started.ok) return started
  const run = started.value
  const ran = (stopped: boolean): Ran => {
    return { ...run.report(), stopped, logs: run.logs(), traces: run.sampleTraces() }
  }
  while (run.step({ maxEvents: SLICE_EVENTS }) === 'running')
    if (!(await pace(run.seconds / options.untilSeconds, run))) return ok(ran(true))
  return ok(ran(false))
}

/** Student's t at 97.5% for 1, 2, … degrees of freedom (any table of statistics; 2.042 at 30, then 1.96). */
const T975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]

export interface MeanInterval {
  readonly mean: number
  /** Half-width of the 95% interval; null for fewer than two values. */
  readonly halfWidth: number | null
}

/** Mean ± t · s / √n of independent values. */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(n, 1)
  if (n < 2) return { mean, halfWidth: null }
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  return { mean, halfWidth: (T975[n - 2] ?? 1.96) * Math.sqrt(variance / n) }
}

/** The figures by which two runs are told apart: one each for a whole run. */
export interface Figures {
  /** Successes a second and their share, of all requests. */
  readonly goodput: number
  readonly availability: number
  /** Seconds; of all kinds of requests, weighted by their number. Null where none succeeded. */
  readonly meanSeconds: number | null
  /** The worst of the kinds of requests. */
  readonly p99Seconds: number | null
  /** The highest busy share. */
  readonly utilization: number
}

/** Of all kinds of requests, or of some. */
export function figuresOf({ requests: all, components }: Report, only?: ReadonlySet<string>): Figures {
  const requests = only === undefined ? all : all.filter(({ id }) => only.has(id))
  const goodput = requests.reduce((sum, request) => sum + request.goodput.value, 0)
  const succeeded = requests.reduce((sum, request) => sum + request.succeeded, 0)
  const failed = requests.reduce((sum, request) => sum + request.failed, 0)
  const timed = requests.flatMap(({ latency }) => latency ?? [])
  const counted = timed.reduce((sum, { count }) => sum + count, 0)
  const total = timed.reduce((sum, { count, meanSeconds }) => sum + count * meanSeconds.value, 0)
  return {
    goodput,
    availability: succeeded + failed === 0 ? 0 : succeeded / (succeeded + failed),
    meanSeconds: counted === 0 ? null : total / counted,
    p99Seconds: timed.length === 0 ? null : Math.max(...timed.map(({ p99Seconds }) => p99Seconds)),
    utilization: Math.max(0, ...components.map(({ utilization }) => utilization)),
  }
}

export interface Difference {
  readonly figure: keyof Figures
  readonly a: number
  readonly b: number
  /** Of b - a over pairs of runs on the same arrivals. */
  readonly difference: MeanInterval
  /** The interval leaves 0 out. */
  readonly sure: boolean
}

/** Pairs of runs with the same seed: what both have in common cancels (common random numbers). */
export function differences(a: readonly Figures[], b: readonly Figures[]): Difference[] {
  const names = ['goodput', 'availability', 'meanSeconds', 'p99Seconds', 'utilization'] as const
  return names.flatMap((figure) => {
    const pairs = a.flatMap((one, i) => {
      const [left, right] = [one[figure], b[i]?.[figure]]
      return left === null || right === null || right === undefined ? [] : [[left, right] as const]
    })
    if (pairs.length === 0) return []
    const difference = meanInterval(pairs.map(([left, right]) => right - left))
    const { mean, halfWidth } = difference
    return [
      {
        figure,
        a: meanInterval(pairs.map(([left]) => left)).mean,
        b: meanInterval(pairs.map(([, right]) => right)).mean,
        difference,
        sure: halfWidth !== null && Math.abs(mean) > halfWidth,
      },
    ]
  })
}
