import type { Rating } from './rating.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** After the walkthrough: long enough to have left working memory, short enough for the same sitting. */
export const FIRST_RECALL_MS = 10 * 60_000

export interface Review {
  /** Unix time in ms. */
  readonly at: number
  readonly rating: Rating
}

/** What one learner did with one item; reviews in the order of their time. */
export interface History {
  /** When the item was first met: learnt by its walkthrough, or tried. Unix time in ms. */
  readonly introduced: number
  readonly reviews: readonly Review[]
}

export interface Scheduling {
  readonly scheduler: 'fsrs' | 'ladder'
  /** Probability of recall at which FSRS brings an item back. */
  readonly targetRecall: number
}

/** Stability, difficulty and due time of one item for one learner. Times are Unix times in ms. */
export interface Memory {
  readonly introduced: number
  /** The last review, or the introduction where there was none yet. */
  readonly last: number
  /** Days after which the probability of recall has fallen to 90%. */
  readonly stability: number
  /** 1 (easy) to 10. */
  readonly difficulty: number
  readonly reviews: number
  /** Reviews failed after the first. */
  readonly lapses: number
  readonly due: number
}
