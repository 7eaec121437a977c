import type { CalibrationBin, LossOfMonth } from '#domain/memory/index.ts'

/** What pages and terminals are shown of how memory is measured and fitted. Times are ISO 8601 UTC. */

export interface FitView {
  /** Whole recalls that can be judged: a day or more after the last one. */
  readonly reviews: number
  /** From so many on the next fit begins by itself. */
  readonly nextFrom: number
  /** Whose parameters count now. */
  readonly inForce: 'default' | 'own'
  readonly running: { readonly share: number } | null
  /** Why the last one came to nothing, if it did; since the server was started. */
  readonly failure: string | null
  readonly last: FitOutcome | null
}

/** What an event `memory.fitted` says. */
export interface FitOutcome {
  readonly at: string
  readonly trained: number
  readonly heldOut: number
  readonly lossBefore: number
  readonly lossAfter: number
  readonly adopted: boolean
  readonly because: string
}

/** How well memory is kept, by the model and by what came at reviews; the last ninety days, oldest first. */
export interface KeptView {
  /** The mean probability of recall that is aimed for, over all tiers; the ladder aims for none. */
  readonly target: number
  readonly scheduler: 'fsrs' | 'ladder'
  /** `mean` is the model's at the end of the day; reviews and passes are counted. */
  readonly days: readonly {
    readonly day: string
    readonly mean: number | null
    readonly reviews: number
    readonly passed: number
  }[]
  readonly tiers: readonly {
    readonly tier: number
    readonly target: number
    readonly introduced: number
    /** As `days`. */
    readonly means: readonly (number | null)[]
  }[]
  /**
   * All reviews of the ninety days: the share that passed, with its 95% interval (Wilson), and the share that the parameters
   * expected which were in force before each of them; null where there was none.
   */
  readonly passes: {
    readonly reviews: number
    readonly passed: number
    readonly expected: number | null
    readonly low: number
    readonly high: number
  }
  /** Expected against actual, all time: each bin with its 95% interval. */
  readonly calibration: readonly CalibrationBin[]
  /** Mean log loss: the model's, and that of always saying the share passed so far. */
  readonly losses: readonly LossOfMonth[]
  readonly parameters: 'default' | 'own'
}
