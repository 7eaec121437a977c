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
export {
  dueForecast,
  type ItemMemory,
  meanRecall,
  memories,
  memoryOf,
  ratingOfAttempt,
} from './memories.ts'
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
