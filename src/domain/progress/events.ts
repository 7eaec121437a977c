import { z } from 'zod'
import { base } from './event-parts.ts'
import { cardAnswered, deckRemoved, drilled, fitted, imported, noted, reviewed } from './memory-events.ts'
import {
  appealed1,
  appealed2,
  attempted1,
  attempted2,
  attempted3,
  attempted4,
  learned,
  mutated,
  regraded,
  regradeUndone,
  undone,
  withdrawn,
} from './recall-events.ts'
import { settingsChange } from './settings.ts'

const configured = z.strictObject({
  ...base,
  type: z.literal('settings.changed'),
  payload: settingsChange,
})

export const learnerEvent = z.discriminatedUnion('type', [
  learned,
  z.discriminatedUnion('v', [attempted1, attempted2, attempted3, attempted4]),
  undone,
  regraded,
  regradeUndone,
  z.discriminatedUnion('v', [appealed1, appealed2]),
  withdrawn,
  mutated,
  configured,
  reviewed,
  fitted,
  noted,
  drilled,
  imported,
  deckRemoved,
  cardAnswered,
])
export type LearnerEvent = z.infer<typeof learnerEvent>
export type EventType = LearnerEvent['type']
export type EventOf<T extends EventType> = Extract<LearnerEvent, { type: T }>

/** Events as they are written today: of each type its newest version. */
export type WrittenEvent = Exclude<
  LearnerEvent,
  { type: 'recall.attempted'; v: 1 | 2 | 3 } | { type: 'appeal.made'; v: 1 }
>
/** One grade of an attempt, as events keep it. */
export type KeptGrade = Omit<EventOf<'recall.regraded'>['payload'], 'attempt' | 'cause' | 'appeals'>

/** The newest version of a type. */
export const versionOf = (type: EventType): 1 | 2 | 4 =>
  type === 'recall.attempted' ? 4 : type === 'appeal.made' ? 2 : 1
