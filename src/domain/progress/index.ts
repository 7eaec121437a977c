export {
  DEFAULT_SETTINGS,
  type EventOf,
  type EventType,
  type LearnerEvent,
  learnerEvent,
  type Settings,
  settings,
} from './events.ts'
