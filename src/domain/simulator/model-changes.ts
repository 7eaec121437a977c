/** What changes a model while it runs: scalers, deployments, faults. Times are in seconds. */

/** Sets `replicas` of a service. */
export type Scaler = HpaScaler | TargetScaler | ScheduleScaler | PredictiveScaler

/** As many replicas as would be busy to `utilization`; after a change it waits for a cooldown. */
export interface TargetScaler {
  readonly kind: 'target'
  readonly target: string
  /** Target share of busy workers. */
  readonly utilization: number
  readonly everySeconds: number
  readonly min: number
  readonly max: number
  readonly scaleOutCooldownSeconds: number
  readonly scaleInCooldownSeconds: number
  readonly startSeconds: number
}

/** By the clock of the service: a skewed clock shifts it. */
export interface ScheduleScaler {
  readonly kind: 'schedule'
  readonly target: string
  /** Rising times; before the first, the model's own replicas. */
  readonly plan: readonly { readonly atSeconds: number; readonly replicas: number }[]
  readonly startSeconds: number
}

/**
 * For the busiest that the service will be until `aheadSeconds` from now: what it is now, what the straight line
 * through its load of the last `historySeconds` says, and, once a period has passed, what it was one period before then.
 */
export interface PredictiveScaler {
  readonly kind: 'predictive'
  readonly target: string
  readonly utilization: number
  readonly everySeconds: number
  readonly min: number
  readonly max: number
  readonly startSeconds: number
  readonly aheadSeconds: number
  readonly historySeconds: number
  /** Null: its load has no period. */
  readonly periodSeconds: number | null
}

/** Kubernetes: desired = ceil(current × metric / target), no change within the tolerance, stabilised over windows. */
export interface HpaScaler {
  readonly kind: 'hpa'
  readonly target: string
  /** Target share of busy workers. */
  readonly utilization: number
  readonly min: number
  readonly max: number
  /** Default 15. */
  readonly everySeconds?: number
  /** Default 0.1. */
  readonly tolerance?: number
  /** The highest desired count of this time is taken when scaling down. Default 300. */
  readonly downWindowSeconds?: number
  /** The lowest desired count of this time is taken when scaling up. Default 0. */
  readonly upWindowSeconds?: number
  /** Seconds from the decision until a new replica serves. Default 0. */
  readonly startSeconds?: number
}

/** Replicas of a service are replaced, `batch` at a time, each out of service for `seconds`. */
export interface Deployment {
  readonly target: string
  readonly atSeconds: number
  readonly batch: number
  /** Seconds that one batch is out of service. */
  readonly seconds: number
  /** What the new version is like, where it differs: service time × `slower`, share of calls that fail. */
  readonly slower?: number
  readonly errors?: number
  /** So long after it began, what has been replaced is put back in the same way. Default: it stays. */
  readonly rollbackSeconds?: number
}

export interface Fault {
  readonly kind: FaultKind
  /** A component; `a<->b` for links between regions; a source for `surge`. */
  readonly target: string
  readonly atSeconds: number
  /** Null: until the end. */
  readonly forSeconds: number | null
  /**
   * slow: service times × factor (> 1). capacity: speed × factor (0.2: a fifth). loss, errors: share in [0, 1].
   * latency: seconds added one way. surge: arrivals × factor. hot-key: share of calls that go to one key.
   * leak: connections lost per second. bad-deploy: up to 1, the share of the new version's calls that fail; above, what
   * its service times are multiplied by. clock-skew: seconds ahead of the true time, negative behind. Others take none.
   */
  readonly factor?: number
  /** Share of the replicas hit, at least one. Default 1. */
  readonly share?: number
  /** The factor is reached over these seconds, in ten steps; of crash, pause and bad-deploy the share. Default 0. */
  readonly rampSeconds?: number
}

export type FaultKind =
  | 'crash'
  /** Of each partition of a database the primary alone. */
  | 'primary-crash'
  | 'bad-deploy'
  | 'clock-skew'
  | 'pause'
  | 'slow'
  | 'capacity'
  | 'errors'
  | 'partition'
  | 'loss'
  | 'latency'
  | 'cache-flush'
  | 'disk-full'
  | 'hot-key'
  | 'leak'
  | 'surge'
