export {
  type ComingItem,
  type Conditions,
  comingDays,
  type Newcomers,
  type NextInterval,
  roomForNew,
} from './agenda-coming.ts'
export { type AgendaItem, agendaOf, byWorth, type DayAgenda } from './agenda-day.ts'
export { byLadder, bySchedule, settleDays } from './agenda-intervals.ts'
export { LIGHT_MINUTES, type Phase, phaseOf } from './agenda-target.ts'
export {
  type CalibrationBin,
  calibration,
  type Interval,
  type LossOfMonth,
  lossByMonth,
  type Prediction,
  wilson,
} from './calibration.ts'
export { type Credit, coverReviews, type ScoredReview, withCredits } from './cover.ts'
export { type Debt, debtOf } from './debt.ts'
export {
  FIT_FROM,
  type FitReview,
  type FitSequence,
  type FitVerdict,
  fitAgainFrom,
  fitSequence,
  judgedReviews,
  judgeFit,
  logLoss,
  splitForFit,
} from './fit.ts'
export { interleaved, type Sitting, sittingAfter } from './interleave.ts'
export { RUNGS_MS } from './ladder.ts'
export { type Finished, lastCheck, type Session, type SessionKind, sessionDue } from './maintenance.ts'
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
export { type FsrsModel, modelOf } from './model.ts'
export { asksPart, PART_MOST, partialWeight, type Recalls, recallsOf } from './partial.ts'
export { type HeldItem, policyFor, type ReviewPolicy } from './policy.ts'
export { RATING_FROM, RATINGS, type Rating, type Recalled, ratingOf, withinPar } from './rating.ts'
export { DEFAULT_PARAMETERS, opensAt, recallNow, schedule, type Trace, trace } from './schedule.ts'
