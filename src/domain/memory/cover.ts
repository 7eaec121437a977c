import { DAY_MS, type Review } from './memory.ts'
import { RATINGS, type Rating } from './rating.ts'

/** What an item was credited with because another one was recalled. */
export interface Credit {
  /** The item that was recalled. */
  readonly from: string
  /** Unix time in ms. */
  readonly at: number
  readonly weight: number
  readonly rating: Rating
}

/** A review of an item itself, with its score: 0 to 1. */
export interface ScoredReview extends Review {
  readonly score: number
}

/** A whole redraw counts so much, times its score, for each diagram that stands in it. */
export const CREDIT_DOWN = 0.25
/** A fail counts so much against each diagram that holds the failed one: it is a small part of what they ask. */
export const CREDIT_UP = 0.15

/**
 * Fractional reviews along `covers`, from the items that hold others to what they hold, and failures the other way: the idea
 * of FIRe (Skycak, justinmath.com), with weights of our own that no trial has measured, and therefore small.
 *
 * - Only what was recalled before is credited: seeing a part in a larger drawing does not teach it.
 * - One credit an item in 24 hours, the first; and none where the item itself was recalled within the 24 hours before.
 * - One step: a credit never makes another. What would be left after a second (6%) is less than a rating is sure of.
 *
 * `own` holds each item's own reviews in the order of their time; `covers` names what an item holds. The result has entries
 * only for items that were credited, in the order of (time, from).
 */
export function coverReviews(
  own: ReadonlyMap<string, readonly ScoredReview[]>,
  covers: (id: string) => readonly string[],
): Map<string, Credit[]> {
  const offered = new Map<string, Credit[]>()
  const offer = (to: string, credit: Credit) => {
    const known = offered.get(to)
    if (known) known.push(credit)
    else offered.set(to, [credit])
  }
  for (const [holder, reviews] of own) {
    for (const part of new Set(covers(holder))) {
      const partReviews = own.get(part)
      if (part === holder || partReviews === undefined) continue
      for (const { at, rating, weight = 1, score } of reviews) {
        if (rating === 'again') continue
        // That the whole was easy does not say that this part of it was.
        const given = rating === 'easy' ? 'good' : rating
        offer(part, { from: holder, at, weight: CREDIT_DOWN * weight * score, rating: given })
      }
      for (const { at, rating, weight = 1 } of partReviews) {
        if (rating === 'again') offer(holder, { from: part, at, weight: CREDIT_UP * weight, rating })
      }
    }
  }
  const credited = new Map<string, Credit[]>()
  for (const [id, credits] of offered) {
    const taken = taking(credits, own.get(id) ?? [])
    if (taken.length > 0) credited.set(id, taken)
  }
  return credited
}

/** A total order, so that nothing hangs on the order of what was handed in: of one moment and item a failure is first. */
function inTurn(a: Credit, b: Credit): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.from !== b.from) return a.from < b.from ? -1 : 1
  if (a.rating !== b.rating) return RATINGS.indexOf(a.rating) - RATINGS.indexOf(b.rating)
  return b.weight - a.weight
}

/** Those of the offered credits that count. */
function taking(offered: Credit[], own: readonly ScoredReview[]): Credit[] {
  offered.sort(inTurn)
  const taken: Credit[] = []
  let next = 0
  let lastOwn = -Infinity
  let lastCredit = -Infinity
  for (const credit of offered) {
    for (let review = own[next]; review !== undefined && review.at <= credit.at; review = own[++next])
      lastOwn = review.at
    const isKnown = lastOwn > -Infinity
    if (!isKnown || credit.at - lastOwn < DAY_MS || credit.at - lastCredit < DAY_MS || credit.weight <= 0)
      continue
    lastCredit = credit.at
    taken.push(credit)
  }
  return taken
}

/** An item's own reviews and its credits in one, in the order of their time. */
export function withCredits(own: readonly Review[], credits: readonly Credit[]): readonly Review[] {
  if (credits.length === 0) return own
  const through = credits.map(({ from, ...review }): Review => ({ ...review, through: from }))
  // Stable: at the same moment the item's own review stands first.
  return [...own, ...through].sort((a, b) => a.at - b.at)
}
