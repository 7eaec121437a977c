import { DAY_MS, type History, type Review } from './memory.ts'
import type { Rating } from './rating.ts'
import { trace } from './schedule.ts'

/** One item's whole recalls, as an optimizer of FSRS reads them. */
export type FitSequence = readonly FitReview[]
export interface FitReview {
  /** Unix time in ms. */
  readonly at: number
  readonly rating: Rating
  /** Whole days since the review before; 0 at the first. */
  readonly days: number
}

/** Of the reviews that can be judged, the earlier share trains and the later one judges. */
const TRAINS = 0.8
/**
 * Fewer reviews are not tried by themselves: of 400, eighty judge, and the standard error of their mean difference is then
 * about as large as what a good fit gains. Trained on 1,000 simulated reviews, parameters were still worse than the
 * defaults (docs/memory.md): the number only saves trials in vain, the held-out reviews decide.
 */
export const FIT_FROM = 400
/**
 * Standard errors by which a first fit must beat the defaults, which are right for most learners: luck alone does so once in
 * twenty (one-sided, normal).
 */
const SURE = 1.645
/** So many times the reviews of the last trial make the next one worth its while. */
const FIT_AGAIN = 1.25

/** An item's own whole recalls: parts, and what counted through other items, are left out of a fit. */
export function fitSequence({ introduced, reviews }: History): FitSequence {
  let before = introduced
  return reviews.filter(isWhole).map(({ at, rating }, i) => {
    const days = i === 0 ? 0 : Math.round(Math.max(0, at - before) / DAY_MS)
    before = at
    return { at, rating, days }
  })
}

const isWhole = ({ weight = 1, through }: Review): boolean => through === undefined && weight === 1

/** A recall a day or more after the last one: what a model can be right or wrong about. */
const isJudged = ({ days }: FitReview, i: number): boolean => i > 0 && days >= 1

export const judgedReviews = (sequences: readonly FitSequence[]): number =>
  sequences.reduce((sum, sequence) => sum + sequence.filter(isJudged).length, 0)

/** From how many judged reviews on the next trial is begun; `last`: what the last one had. */
export const fitAgainFrom = (last: { readonly trained: number; readonly heldOut: number } | null): number =>
  last === null ? FIT_FROM : Math.max(FIT_FROM, Math.ceil((last.trained + last.heldOut) * FIT_AGAIN))

export interface FitSplit {
  /** Reviews before the cut. */
  readonly training: readonly FitSequence[]
  /** Unix time in ms from which reviews judge. */
  readonly from: number
}

/** By time, not by item: the judge must come after everything that was trained on. Null where there is nothing to judge. */
export function splitForFit(sequences: readonly FitSequence[]): FitSplit | null {
  const times = sequences
    .flatMap((sequence) => sequence.filter(isJudged).map(({ at }) => at))
    .sort((a, b) => a - b)
  const from = times[Math.floor(times.length * TRAINS)]
  if (from === undefined) return null
  const training = sequences
    .map((sequence) => sequence.filter(({ at }) => at < from))
    .filter((sequence) => sequence.length > 0)
  return { training, from }
}

export interface FitVerdict {
  readonly heldOut: number
  readonly lossBefore: number
  readonly lossAfter: number
  /** Of the mean difference, review by review. */
  readonly standardError: number
  readonly adopted: boolean
  readonly because: string
}

/** The parameters in force, and whether they were fitted to this learner. */
export interface Standing {
  readonly parameters: readonly number[]
  readonly isOwn: boolean
}

/**
 * Whether a trial predicts the held-out reviews better than the parameters that stand, by the mean difference of their log
 * losses (paired, so that easy and hard reviews weigh on both alike). Against the defaults by more than 1.645 of its standard
 * errors. Against an earlier fit any gain will do: that one was drawn by the same luck from fewer reviews, and kept until it is
 * surely beaten, an unlucky one would stay for months (docs/memory-proof.md).
 */
export function judgeFit(
  sequences: readonly FitSequence[],
  from: number,
  standing: Standing,
  trial: readonly number[],
): FitVerdict {
  const before = lossesFrom(sequences, from, standing.parameters)
  const after = lossesFrom(sequences, from, trial)
  const gains = before.map((loss, i) => loss - (after[i] as number))
  const heldOut = gains.length
  const lossBefore = mean(before)
  const lossAfter = mean(after)
  const gain = lossBefore - lossAfter
  const variance = gains.reduce((sum, one) => sum + (one - gain) ** 2, 0) / Math.max(1, heldOut - 1)
  const standardError = Math.sqrt(variance / Math.max(1, heldOut))
  const needed = standing.isOwn ? 0 : SURE * standardError
  const adopted = heldOut > 1 && gain > needed
  const because =
    heldOut <= 1 ? NO_JUDGE : inWords({ heldOut, lossBefore, lossAfter, standardError, adopted })
  return { heldOut, lossBefore, lossAfter, standardError, adopted, because }
}

const NO_JUDGE = 'There were no later reviews to judge by, so the parameters stay.'

function inWords({
  heldOut,
  lossBefore,
  lossAfter,
  standardError,
  adopted,
}: Omit<FitVerdict, 'because'>): string {
  const gain = lossBefore - lossAfter
  const losses = `log loss ${lossBefore.toFixed(4)} before, ${lossAfter.toFixed(4)} after`
  const words = `${heldOut} later reviews: ${losses}, `
  if (gain <= 0) return `${words}which is no better, so the parameters stay.`
  const [better, error] = [gain.toFixed(4), standardError.toFixed(4)]
  if (!adopted)
    return `${words}better by ${better}, within 1.6 standard errors of ${error}: it may be luck, so the parameters stay.`
  return gain > SURE * standardError
    ? `${words}better by ${better}, more than 1.6 standard errors of ${error}.`
    : `${words}better by ${better}, and fitted to more reviews than the last.`
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** `−ln p` of what happened; no prediction is taken to be surer than one in ten thousand. */
export function logLoss(expected: number, passed: boolean): number {
  const p = Math.min(1 - 1e-4, Math.max(1e-4, expected))
  return -Math.log(passed ? p : 1 - p)
}

function lossesFrom(
  sequences: readonly FitSequence[],
  from: number,
  parameters: readonly number[],
): number[] {
  return sequences.flatMap((sequence) => {
    const [first] = sequence
    if (first === undefined || (sequence.at(-1)?.at ?? 0) < from) return []
    const traced = trace({ introduced: first.at, reviews: sequence }, parameters)
    return sequence.flatMap((review, i) => {
      const expected = traced[i]?.expected
      if (review.at < from || !isJudged(review, i) || expected === null || expected === undefined) return []
      return [logLoss(expected, review.rating !== 'again')]
    })
  })
}
