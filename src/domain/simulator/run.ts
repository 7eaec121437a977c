import type { Result } from '#lib/result.ts'
import type { Fault, FaultKind, Model, Objective, Problem } from './model.ts'

/** Bounds of a run. Whatever is reached first ends it, and the report says which. */
export interface RunOptions {
  readonly seed: number
  /** Virtual seconds, at most 10,000,000. */
  readonly untilSeconds: number
  /** Default 1,000,000,000. */
  readonly maxEvents?: number
  /** Virtual seconds at the start that no measure counts. Default 0. */
  readonly warmupSeconds?: number
  /** Calls that may be under way at once: the bound of memory. Default 1,000,000 (160 MB when reached). */
  readonly maxCalls?: number
  /** Length of an observation. Default: a 600th of the run, at least 1. */
  readonly windowSeconds?: number
  /** One request in so many is traced. Default 1,000. The newest 64 traces are kept. */
  readonly traceEvery?: number
  /** False: plain stations take the general way too, which is slower and gives the same numbers. Default true. */
  readonly express?: boolean
}

/** `time`, `events`, `memory`: the bound that ended it; `still`: ten million events in which time did not move. */
export type RunState = 'running' | 'time' | 'events' | 'memory' | 'still'

export interface Run {
  readonly seconds: number
  readonly events: number
  readonly state: RunState
  /** Goes on for so many events or until this virtual time (inclusive), whichever is first. Not calling it is a pause. */
  step(limit?: { readonly maxEvents?: number; readonly untilSeconds?: number }): RunState
  /** The windows that ended since the last call (the newest 600 at most). */
  observe(): readonly Observation[]
  /** `atSeconds` before now means now. */
  inject(fault: Fault): readonly Problem[]
  /** A component's or source's parameter, while it runs; `parametersOf` lists them. */
  set(target: string, parameter: string, value: number): readonly Problem[]
  parametersOf(target: string): readonly string[]
  sampleTraces(): readonly Trace[]
  /** The newest 1,000. */
  logs(): readonly LogLine[]
  report(): Report
}

export type StartRun = (model: Model, options: RunOptions) => Result<Run, readonly Problem[]>

/** One window of virtual time. */
export interface Observation {
  readonly fromSeconds: number
  readonly toSeconds: number
  /** Requests by sources: all that were sent, that succeeded, that failed, in this window. */
  readonly sent: number
  readonly succeeded: number
  readonly failed: number
  /** Attempts that sources' and callers' policies made beyond the first. */
  readonly retries: number
  /** Of requests that succeeded in this window; null: none did. */
  readonly meanSeconds: number | null
  readonly p50Seconds: number | null
  readonly p99Seconds: number | null
  readonly components: readonly ComponentWindow[]
}

export interface ComponentWindow {
  readonly id: string
  /** Mean calls present (waiting and in service) and waiting, over the window. */
  readonly present: number
  readonly waiting: number
  /** Mean busy share of workers; 0 where there are none. */
  readonly utilization: number
  readonly arrivals: number
  readonly completions: number
  readonly refusals: number
  /** Of a queue: mean messages that no consumer has taken yet. */
  readonly backlog: number
  /** Replicas in service at the window's end. */
  readonly replicas: number
}

/** An estimate with the half-width of its 95% interval (batch means); null where too little was seen. */
export interface Estimate {
  readonly value: number
  readonly halfWidth: number | null
}

export interface Latencies {
  readonly count: number
  readonly meanSeconds: Estimate
  readonly p50Seconds: number
  readonly p90Seconds: number
  readonly p95Seconds: number
  readonly p99Seconds: number
  readonly p999Seconds: number
  readonly maxSeconds: number
}

export type Outcome =
  | 'ok'
  | 'timeout'
  | 'rejected'
  | 'limited'
  | 'shed'
  | 'breaker'
  | 'bulkhead'
  | 'down'
  | 'error'
  | 'expired'
  | 'abandoned'
  | 'cancelled'

export interface RequestReport {
  readonly id: string
  readonly sent: number
  readonly succeeded: number
  readonly failed: number
  /** How failed requests ended. */
  readonly failures: Readonly<Partial<Record<Outcome, number>>>
  /** Successes a second. */
  readonly goodput: Estimate
  /** Successes of all that ended. */
  readonly availability: Estimate
  /** Of successes; null: none. */
  readonly latency: Latencies | null
  /**
   * Seconds of a mean request by component: own time there (waiting and service), without what it waited for others.
   * Parallel calls count each. `(network)` and `(client)` (waits before retries) are named so.
   */
  readonly spent: readonly Spent[]
  /** The same of what a request starts and nobody waits for: asynchronous calls, consumers of its messages. */
  readonly later: readonly Spent[]
}

export interface Spent {
  readonly id: string
  readonly seconds: number
}

export interface ComponentReport {
  readonly id: string
  readonly kind: string
  readonly arrivals: number
  readonly completions: number
  /** Refused, shed, limited, down, failed, expired … by outcome. */
  readonly refusals: Readonly<Partial<Record<Outcome, number>>>
  /** Time averages of calls present and waiting (L and Lq). */
  readonly present: number
  readonly waiting: number
  readonly maxWaiting: number
  /** Of a queue: messages that no consumer has taken yet, of all groups: mean, the most of one group, at the end. */
  readonly backlog: {
    readonly waiting: number
    readonly maxWaiting: number
    readonly waitingNow: number
  } | null
  /** Busy share of workers; 0 where there are none. */
  readonly utilization: number
  /** Mean seconds a visit, all of it and waiting alone (W and Wq); its steps' time included in the first. */
  readonly meanSeconds: number
  readonly meanWaitSeconds: number
  readonly p99Seconds: number
  /** Integral of replicas in service over the measured time: what is paid. */
  readonly replicaSeconds: number
  /** |∫N dt - Σ sojourn| / ∫N dt: Little's law of this run; rounding alone keeps it from 0. */
  readonly littleGap: number
  /** What only this kind counts: `hits`, `misses`, `evictions`, `staleReads`, `lag` … */
  readonly counts: Readonly<Record<string, number>>
}

export interface ObjectiveReport {
  readonly objective: Objective
  readonly met: boolean
  /** In the objective's own unit: seconds, share, a second. */
  readonly measured: number
  /** 95% interval; null where too little was seen, and `noInterval` says of what. */
  readonly interval: { readonly low: number; readonly high: number } | null
  readonly noInterval: string | null
  /** How much better than asked, as a share of what was asked; negative: missed. */
  readonly margin: number
  /** False: the interval holds what was asked, so that another seed may decide otherwise. */
  readonly sure: boolean
}

export interface FaultReport {
  readonly kind: FaultKind
  readonly target: string
  readonly fromSeconds: number
  readonly toSeconds: number | null
}

export interface Report {
  readonly seed: number
  readonly seconds: number
  readonly warmupSeconds: number
  readonly events: number
  readonly state: RunState
  readonly requests: readonly RequestReport[]
  readonly components: readonly ComponentReport[]
  readonly objectives: readonly ObjectiveReport[]
  /**
   * The component that is the limit first: with the highest utilization; where that is nearly all, the one that the others
   * wait for. Calls that wait for a lock, a partition or a connection count, as do messages. Where none has workers: the
   * most present; null: nothing ran.
   */
  readonly bottleneck: string | null
  /** Attempts per first attempt at sources and policies, over the whole run, and in its last tenth. */
  readonly amplification: number
  readonly amplificationAtEnd: number
  readonly faults: readonly FaultReport[]
  /** At most 600 windows; neighbours are merged as the run grows, so that memory does not. */
  readonly timeline: readonly TimelinePoint[]
  /** Largest relative error of any percentile: the histogram's bucket width. */
  readonly histogramError: number
}

export interface TimelinePoint {
  readonly fromSeconds: number
  readonly toSeconds: number
  readonly sent: number
  readonly succeeded: number
  readonly failed: number
  readonly retries: number
  readonly meanSeconds: number | null
  /** Mean calls and messages waiting, by component in the order of the report's. */
  readonly waiting: readonly number[]
}

export interface Span {
  readonly component: string
  readonly fromSeconds: number
  readonly toSeconds: number
  readonly outcome: Outcome
  /** Index of the caller's span in the trace; null: the source's own. */
  readonly parent: number | null
  /** 1 for the first attempt. */
  readonly attempt: number
}

export interface Trace {
  readonly request: string
  readonly fromSeconds: number
  readonly spans: readonly Span[]
}

export interface LogLine {
  readonly atSeconds: number
  readonly where: string
  readonly message: string
}
