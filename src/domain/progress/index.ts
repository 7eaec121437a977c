export {
  DEFAULT_SETTINGS,
  type EventOf,
  type EventType,
  type LearnerEvent,
  learnerEvent,
  type Settings,
  settings,
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
  EMPTY_STATE,
  FOLD_VERSION,
  type ItemRecord,
  type LearnerState,
  settingsOf,
  standingAppeals,
  standingAttempts,
} from './state.ts'
export { allAttempts, attemptsByDay, meanTotalBy } from './statistics.ts'
