/** What changes a model while it runs: scalers, deployments, faults. Times are in seconds. */

/** Sets `replicas` of a service. */
export type Scaler =
  | HpaScaler
  | {
      readonly kind: 'target'
      readonly target: string
      readonly utilization: number
      readonly everySeconds: number
      readonly min: number
      readonly max: number
      readonly scaleOutCooldownSeconds: number
      readonly scaleInCooldownSeconds: number
      readonly startSeconds: number
    }
  | {
      readonly kind: 'schedule'
      readonly target: string
      readonly plan: readonly { readonly atSeconds: number; readonly replicas: number }[]
      readonly startSeconds: number
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
   * leak: connections lost per second. Others take none.
   */
  readonly factor?: number
  /** Share of the replicas hit, at least one. Default 1. */
  readonly share?: number
  /** The factor is reached linearly over these seconds. Default 0. */
  readonly rampSeconds?: number
}

export type FaultKind =
  | 'crash'
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
