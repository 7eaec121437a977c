import { z } from 'zod'
import { diagramId } from '#domain/curriculum/index.ts'
import { isUuid } from '#lib/ids.ts'

/**
 * What happened, for ever. Every payload has a version `v`; a new shape is a new version beside the old one, and the old
 * one stays readable (frozen in `fixtures/`). Times are ISO 8601 in UTC with milliseconds.
 */
const base = {
  id: z.string().refine(isUuid, 'not a UUID'),
  learner: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[A-Za-z0-9_.@-]+$/),
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
    // One that is on no calendar (`2026-99-99…`) would make every state after it fail.
    .refine((at) => Number.isFinite(Date.parse(at)), 'no such time'),
  v: z.literal(1),
}
const diagram = diagramId.max(200)
const revision = z.number().int().min(1)
const points = z.number().min(0).max(100)
const seconds = z.number().min(0).max(86_400)
const answers = z.strictObject({
  facts: z.record(z.string().max(80), z.string().max(500)),
  context: z.record(z.string().max(80), z.string().max(500)),
})
const place = z.strictObject({ x: z.number(), y: z.number() })
const scores = z.strictObject({
  total: points,
  structure: points,
  technical: points,
  context: points,
  speed: points,
  proven: z.boolean(),
})
/** What a grade was made by and against, its scores, and the lines that lost something: `missing node node:cache`. */
const graded = {
  revision,
  grader: z.string().max(20),
  grade: scores,
  lost: z.array(z.string().max(500)).max(2000),
}
/** The appeals that a grade counts, by their ids. */
const counts = z.array(base.id).max(1000)

/** The walkthrough was finished: from now on the diagram is to be remembered. */
const learned = z.strictObject({
  ...base,
  type: z.literal('diagram.learned'),
  payload: z.strictObject({ diagram, revision, seconds }),
})

const attempt1 = {
  diagram,
  revision,
  /** In the notation, as `printDrawing` writes it. */
  drawing: z.string().max(200_000),
  /** Where the learner put each node, by its id: centres, in canvas units. */
  places: z.record(z.string().max(300), place).optional(),
  answers,
  /** Time drawing, with pauses taken out; null when nobody measured it. */
  seconds: seconds.nullable(),
  hints: z.number().int().min(0),
  grader: graded.grader,
  grade: scores,
}
/** Keeps the raw drawing, so that a better grader can grade it again. Its scores count no appeal. */
const attempted1 = z.strictObject({
  ...base,
  type: z.literal('recall.attempted'),
  payload: z.strictObject(attempt1),
})
/** Keeps what lost points, too, so that a regrade can say what changed. */
const attempted2 = z.strictObject({
  ...base,
  v: z.literal(2),
  type: z.literal('recall.attempted'),
  payload: z.strictObject({ ...attempt1, lost: graded.lost }),
})

/**
 * Another grade of the same drawing: by a newer grader or content, or because the appeals that it counts have changed.
 * It counts in the place of the recorded one while none of its appeals is withdrawn.
 */
const regraded = z.strictObject({
  ...base,
  type: z.literal('recall.regraded'),
  payload: z.strictObject({
    attempt: base.id,
    cause: z.enum(['regrade', 'appeal']),
    ...graded,
    appeals: counts,
  }),
})

const regradeUndone = z.strictObject({
  ...base,
  type: z.literal('recall.regrade-undone'),
  payload: z.strictObject({ regrade: base.id }),
})

const undone = z.strictObject({
  ...base,
  type: z.literal('recall.undone'),
  payload: z.strictObject({ attempt: base.id }),
})

const appeal1 = {
  attempt: base.id,
  diagram,
  /** The element's kind and label as the grade showed them. */
  kind: z.string().max(20),
  label: z.string().max(500),
  given: z.string().max(500),
  says: z.string().max(2000),
}
/** "I think I am right": about one element of one attempt. Words alone, which change no grade. */
const appealed1 = z.strictObject({
  ...base,
  type: z.literal('appeal.made'),
  payload: z.strictObject(appeal1),
})
const appealed2 = z.strictObject({
  ...base,
  v: z.literal(2),
  type: z.literal('appeal.made'),
  payload: z.strictObject({
    ...appeal1,
    /** What it accepts, a line of `#domain/grading`'s `appealFor`; null where nothing could be accepted. */
    accepts: z.string().max(4000).nullable(),
    /** The attempt's grade after it, with the other appeals that it counts. */
    regrade: z.strictObject({ ...graded, appeals: counts }).nullable(),
  }),
})

const withdrawn = z.strictObject({
  ...base,
  type: z.literal('appeal.withdrawn'),
  payload: z.strictObject({ appeal: base.id }),
})

/** Transfer, kept apart from the grade: marked by the learner after the answer was revealed. */
const mutated = z.strictObject({
  ...base,
  type: z.literal('mutation.answered'),
  payload: z.strictObject({
    attempt: base.id,
    diagram,
    answer: z.string().max(5000),
    mark: z.enum(['missed', 'partly', 'got-it']),
  }),
})

export const settings = z.strictObject({
  scheduler: z.enum(['fsrs', 'ladder']),
  /** Target probability of recall when a diagram comes back, for FSRS. */
  targetRecall: z.number().min(0.7).max(0.97),
  newPerDay: z.number().int().min(0).max(50),
  theme: z.enum(['system', 'light', 'dark']),
})
export type Settings = z.infer<typeof settings>

export const DEFAULT_SETTINGS: Settings = {
  scheduler: 'fsrs',
  targetRecall: 0.905,
  newPerDay: 2,
  theme: 'system',
}

const configured = z.strictObject({
  ...base,
  type: z.literal('settings.changed'),
  payload: settings.partial(),
})

export const learnerEvent = z.discriminatedUnion('type', [
  learned,
  z.discriminatedUnion('v', [attempted1, attempted2]),
  undone,
  regraded,
  regradeUndone,
  z.discriminatedUnion('v', [appealed1, appealed2]),
  withdrawn,
  mutated,
  configured,
])
export type LearnerEvent = z.infer<typeof learnerEvent>
export type EventType = LearnerEvent['type']
export type EventOf<T extends EventType> = Extract<LearnerEvent, { type: T }>

/** Events as they are written today: of each type its newest version. */
export type WrittenEvent = Exclude<LearnerEvent, { type: 'recall.attempted' | 'appeal.made'; v: 1 }>
/** One grade of an attempt, as events keep it. */
export type KeptGrade = Omit<EventOf<'recall.regraded'>['payload'], 'attempt' | 'cause' | 'appeals'>

/** The newest version of a type. */
export const versionOf = (type: EventType): 1 | 2 =>
  type === 'recall.attempted' || type === 'appeal.made' ? 2 : 1
