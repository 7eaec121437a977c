export { CONFIDENCE_FROM, CONFIDENCE_LEVELS, type Confidence, confidenceOf } from './confidence.ts'
export { CONFUSED_FROM, type Confusion, confusionsOf, pairOf, type Taking } from './confusions.ts'
export {
  type EventOf,
  type EventType,
  type KeptGrade,
  type LearnerEvent,
  learnerEvent,
  versionOf,
  type WrittenEvent,
} from './events.ts'
export { fold } from './fold.ts'
export { type Measures, measures } from './measures.ts'
export {
  dueForecast,
  histories,
  type ItemHistory,
  type ItemMemory,
  meanRecall,
  memories,
  type Remembered,
  ratingOfAttempt,
  targetOf,
} from './memories.ts'
export { type Mistake, type MistakeKind, mistakesOf } from './mistakes.ts'
export { parameterPeriods, parametersOf } from './parameters.ts'
export { DEFAULT_SETTINGS, type Settings, settings } from './settings.ts'
export {
  type AppealRecord,
  type AttemptRecord,
  appealsFor,
  asCounted,
  type CardAnswer,
  type CardRecord,
  type DeckRecord,
  type DrillRecord,
  EMPTY_STATE,
  type FitRecord,
  FOLD_VERSION,
  type ItemRecord,
  type LearnerState,
  type MistakeRecord,
  mistakeKey,
  type RegradeRecord,
  type ReviewRecord,
  settingsOf,
  standingAppeals,
  standingAttempts,
  standingRegrade,
} from './state.ts'
export { allAttempts, attemptsByDay, meanTotalBy } from './statistics.ts'
