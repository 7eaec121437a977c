/**
 * A model is plain data: what stands where, who calls whom, what comes in, what breaks and what must hold.
 * Times are in seconds, rates per second, shares in [0, 1]. Nothing here names a wall clock.
 */
import type { Deployment, Fault, Scaler } from './model-changes.ts'

export type {
  Deployment,
  Fault,
  FaultKind,
  HpaScaler,
  PredictiveScaler,
  Scaler,
  ScheduleScaler,
  TargetScaler,
} from './model-changes.ts'

export interface Model {
  readonly components: readonly Component[]
  readonly requests: readonly RequestType[]
  readonly sources: readonly Source[]
  /** Latency and loss between regions; without an entry a link between two regions takes no time and loses nothing. */
  readonly links?: readonly Link[]
  readonly scalers?: readonly Scaler[]
  readonly deployments?: readonly Deployment[]
  readonly faults?: readonly Fault[]
  readonly objectives?: readonly Objective[]
}

/** A law of non-negative seconds. `cv2` is the squared coefficient of variation, variance / mean². */
export type Distribution =
  | { readonly law: 'constant'; readonly mean: number }
  | { readonly law: 'exponential'; readonly mean: number }
  /** Sum of `shape` (1 to 64) exponentials: cv2 = 1 / shape. */
  | { readonly law: 'erlang'; readonly mean: number; readonly shape: number }
  /** Two exponentials with balanced means: cv2 >= 1. */
  | { readonly law: 'hyperexponential'; readonly mean: number; readonly cv2: number }
  | { readonly law: 'lognormal'; readonly mean: number; readonly cv2: number }
  | { readonly law: 'uniform'; readonly low: number; readonly high: number }
  /** Pareto from `low` with tail index `alpha`, cut off at `high`. */
  | { readonly law: 'pareto'; readonly low: number; readonly high: number; readonly alpha: number }

// ---------------------------------------------------------------------------------------------- components

/** By kind: `Components['cache']` has a cache's fields. Each kind adds itself, in its own file in `components/`. */
// biome-ignore lint/suspicious/noEmptyInterface: only an interface can be added to
export interface Components {}
export type Component = Components[keyof Components]

export interface Placed {
  readonly id: string
  /** Where it stands; components without a region are everywhere, at no distance. */
  readonly region?: string
}

// --------------------------------------------------------------------------------------------- call graphs

export interface RequestType {
  readonly id: string
  readonly call: Call
  /** Keys of its requests, drawn by Zipf's law: P(rank i) ~ i^-exponent. Default: one key. */
  readonly keys?: { readonly count: number; readonly exponent: number }
}

/** A call of one component by another (or by a source), and what it does there. */
export interface Call {
  /** A component's id; several: alternatives among which the calling balancer (else: in turn) chooses. */
  readonly to: string | readonly string[]
  /** Service time at the callee, instead of the callee's own. */
  readonly time?: Distribution
  /** A database treats a write otherwise. Default false. */
  readonly write?: boolean
  /** What the callee does, after its own time, before it answers: see each component. */
  readonly steps?: readonly Step[]
  /** How the caller waits for it. Default: for ever, once. */
  readonly policy?: Policy
  /** True: the caller goes on when it fails. Default false: the caller fails. */
  readonly optional?: boolean
  /** One of several at once: it is made in this share of the requests. Default 1. */
  readonly share?: number
  /** The component that it is from on the network, where another makes it in its name. */
  readonly from?: string
}

export type Step =
  | { readonly do: 'call'; readonly call: Call }
  /** All at once; goes on when `need` (default all) have succeeded. */
  | { readonly do: 'parallel'; readonly calls: readonly Call[]; readonly need?: number }
  /**
   * One of them: the first that is up (`order`), or each in its turn among those that are up (`turn`). That a callee is
   * down or cut off is known after `healthCheckSeconds` (default: at once).
   */
  | {
      readonly do: 'either'
      readonly calls: readonly Call[]
      readonly by: 'order' | 'turn'
      readonly healthCheckSeconds?: number
    }
  /** The steps run in this share of the requests. */
  | { readonly do: 'maybe'; readonly share: number; readonly steps: readonly Step[] }
  /**
   * A cache that the caller asks itself: where it does not have the answer (or fails, and the call is optional) the
   * caller's steps run, and then the cache has it. `hits`: the share that a component without entries answers.
   */
  | { readonly do: 'cached'; readonly call: Call; readonly hits?: number; readonly steps: readonly Step[] }
  /** The steps run, and again with probability `again` < 1 (feedback). */
  | { readonly do: 'repeat'; readonly again: number; readonly steps: readonly Step[] }
  /** Started and forgotten. */
  | { readonly do: 'async'; readonly call: Call }

/** What a caller does to endure. The state (budget, breaker, bulkhead) is kept for each call written in the model. */
export interface Policy {
  /** Of each attempt. */
  readonly timeoutSeconds?: number
  readonly retries?: Retries
  /** Opens when at least `share` of the last `calls` attempts failed; tries one call again after `openSeconds`. */
  readonly breaker?: { readonly calls: number; readonly share: number; readonly openSeconds: number }
  /** Calls under way at once; one too many is rejected by the caller itself. */
  readonly bulkhead?: number
  /** A second attempt is sent when the first has not answered after these seconds; the first answer counts. */
  readonly hedgeSeconds?: number
  /** True: an attempt given up is taken out of the callee's queue, and what it calls is given up too. Default false. */
  readonly cancels?: boolean
  /** True: an attempt carries its deadline, and callees drop it unserved once it has passed. Default false. */
  readonly deadline?: boolean
}

export interface Retries {
  /** Attempts after the first, 0 to 100. */
  readonly max: number
  /** Seconds before the n-th retry: `fixed` base; `exponential` base × 2^(n-1), at most cap. Default: none. */
  readonly wait?: {
    readonly law: 'fixed' | 'exponential'
    readonly baseSeconds: number
    readonly capSeconds?: number
    /** True: uniform in [0, wait] (full jitter). */
    readonly jitter?: boolean
  }
  /** A retry spends 1; each first attempt (default) or each success earns `ratio`; never more than `burst`. */
  readonly budget?: {
    readonly ratio: number
    readonly burst: number
    readonly earnedBy?: 'attempts' | 'successes'
  }
}

// -------------------------------------------------------------------------------------------------- sources

export type Source = OpenSource | ClosedSource

interface Mixed {
  readonly id: string
  readonly region?: string
  /** Request types by weight (any positive scale). */
  readonly mix: readonly { readonly request: string; readonly weight: number }[]
  /** How the client waits for its request, retries and all. */
  readonly policy?: Policy
}

export interface OpenSource extends Mixed {
  readonly kind: 'open'
  readonly arrivals: Arrivals
}

export type Arrivals = RandomArrivals | RecordedArrivals

export type RecordedArrivals =
  /** At these times, rising; each so many times (default 1; a fraction is a chance). */
  | { readonly law: 'trace'; readonly atSeconds: readonly number[]; readonly times?: number }
  /** So many in each interval, at random times in it; each so many times. */
  | {
      readonly law: 'counts'
      readonly everySeconds: number
      readonly counts: readonly number[]
      readonly times?: number
    }

export type RandomArrivals =
  | { readonly law: 'poisson'; readonly perSecond: number }
  /** Independent gaps. */
  | { readonly law: 'renewal'; readonly gap: Distribution }
  /** Poisson whose rate switches between calm and burst, each for an exponential time. */
  | {
      readonly law: 'bursty'
      readonly perSecond: number
      readonly burstPerSecond: number
      readonly calmSeconds: number
      readonly burstSeconds: number
    }
  /** Poisson with a rate that is linear between points (rising times from 0) and repeats with the period of the last point. */
  | {
      readonly law: 'profile'
      readonly points: readonly { readonly atSeconds: number; readonly perSecond: number }[]
    }

/** Users that send, wait for the answer, think, and send again. */
export interface ClosedSource extends Mixed {
  readonly kind: 'closed'
  readonly users: number
  readonly think: Distribution
}

// -------------------------------------------------------------------------------------------------- regions

/** Both ways between two regions (or inside one, where `from` and `to` are the same). */
export interface Link {
  readonly from: string
  readonly to: string
  /** One way. */
  readonly latency: Distribution
  /** Share of messages lost: the caller hears nothing and needs a timeout. Default 0. */
  readonly loss?: number
}

// ----------------------------------------------------------------------------------------------- objectives

/** `request` limits an objective to one type. */
export type Objective =
  /** `quantile` (0.99) of successful requests within `seconds`. */
  | {
      readonly kind: 'latency'
      readonly id: string
      readonly request?: string
      readonly quantile: number
      readonly seconds: number
    }
  /** At least this share of the requests succeeds. */
  | { readonly kind: 'availability'; readonly id: string; readonly request?: string; readonly share: number }
  /** At least so many successes a second. */
  | { readonly kind: 'goodput'; readonly id: string; readonly request?: string; readonly perSecond: number }

/** What is wrong with a model, and where: `components.api.replicas`. */
export interface Problem {
  /** Component, request, source, fault … by id or by place (`faults[0]`); empty for the model as a whole. */
  readonly where: string
  readonly field: string
  readonly message: string
}
