export {
  DEFAULT_SETTINGS,
  type EventOf,
  type EventType,
  type KeptGrade,
  type LearnerEvent,
  learnerEvent,
  type Settings,
  settings,
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
export {
  type AppealRecord,
  type AttemptRecord,
  appealsFor,
  asCounted,
  EMPTY_STATE,
  FOLD_VERSION,
  type ItemRecord,
  type LearnerState,
  type RegradeRecord,
  settingsOf,
  standingAppeals,
  standingAttempts,
  standingRegrade,
} from './state.ts'
export { allAttempts, attemptsByDay, meanTotalBy } from './statistics.ts'
