export { type Credit, coverReviews, type ScoredReview, withCredits } from './cover.ts'
export { RUNGS_MS } from './ladder.ts'
export {
  DAY_MS,
  FIRST_RECALL_MS,
  type History,
  HOUR_MS,
  LONGEST_DAYS,
  type Memory,
  type Review,
  type Scheduling,
} from './memory.ts'
export { asksPart, PART_MOST, partialWeight, type Recalls, recallsOf } from './partial.ts'
export { type HeldItem, policyFor, type ReviewPolicy } from './policy.ts'
export { RATING_FROM, type Rating, type Recalled, ratingOf, withinPar } from './rating.ts'
export { DEFAULT_PARAMETERS, opensAt, recallNow, schedule, type Trace, trace } from './schedule.ts'
