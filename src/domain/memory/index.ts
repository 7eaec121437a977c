export { RUNGS_MS } from './ladder.ts'
export {
  DAY_MS,
  FIRST_RECALL_MS,
  type History,
  HOUR_MS,
  type Memory,
  type Review,
  type Scheduling,
} from './memory.ts'
export { RATING_FROM, type Rating, type Recalled, ratingOf, withinPar } from './rating.ts'
export { opensAt, recallNow, schedule } from './schedule.ts'
