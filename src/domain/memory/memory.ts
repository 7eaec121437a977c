import type { ReviewPolicy } from './policy.ts'
import type { Rating } from './rating.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** After the walkthrough: long enough to have left working memory, short enough for the same sitting. */
export const FIRST_RECALL_MS = 10 * 60_000

/** Longer than anybody plans for, and far inside what a date can hold. */
export const LONGEST_DAYS = 36_500

export interface Review {
  /** Unix time in ms. */
  readonly at: number
  readonly rating: Rating
  /** How much of a whole recall it was, 0 to 1: the share that was asked. 1 where it is left out. */
  readonly weight?: number
  /** The item that was recalled in its place, where this one was only part of it, or holds it; else the item itself. */
  readonly through?: string
}

/** What one learner did with one item; reviews in the order of their time. */
export interface History {
  /** When the item was first met: learnt by its walkthrough, or tried. Unix time in ms. */
  readonly introduced: number
  readonly reviews: readonly Review[]
}

export interface Scheduling {
  readonly scheduler: 'fsrs' | 'ladder'
  readonly ladder: 'rungs' | 'multipliers'
  /** The 21 of FSRS-6: the defaults, or fitted to the learner. */
  readonly parameters: readonly number[]
  /** How long FSRS lets an item rest: made from the parameters and the mean recall that items like it are kept at. */
  readonly policy: ReviewPolicy
}

/** Stability, difficulty and due time of one item for one learner. Times are Unix times in ms. */
export interface Memory {
  readonly introduced: number
  /**
   * The last review, or the introduction where there was none yet. After a review of a part, so far between the time
   * before and its own as its weight says: forgetting counts from here.
   */
  readonly last: number
  /** Days after which the probability of recall has fallen to 90%. */
  readonly stability: number
  /** 1 (easy) to 10. */
  readonly difficulty: number
  /** How fast recall falls, by the learner's parameters: w20 of FSRS-6. */
  readonly decay: number
  /** Of the item itself, whole or in part. */
  readonly reviews: number
  /** Reviews failed after the first. */
  readonly lapses: number
  readonly due: number
}
