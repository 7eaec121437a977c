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
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
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

/** The walkthrough was finished: from now on the diagram is to be remembered. */
const learned = z.strictObject({
  ...base,
  type: z.literal('diagram.learned'),
  payload: z.strictObject({ diagram, revision, seconds }),
})

/** Keeps the raw drawing, so that a better grader can grade it again. */
const attempted = z.strictObject({
  ...base,
  type: z.literal('recall.attempted'),
  payload: z.strictObject({
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
    grader: z.string().max(20),
    grade: z.strictObject({
      total: points,
      structure: points,
      technical: points,
      context: points,
      speed: points,
      proven: z.boolean(),
    }),
  }),
})

const undone = z.strictObject({
  ...base,
  type: z.literal('recall.undone'),
  payload: z.strictObject({ attempt: base.id }),
})

/** "I think I am right": about one element of one attempt. */
const appealed = z.strictObject({
  ...base,
  type: z.literal('appeal.made'),
  payload: z.strictObject({
    attempt: base.id,
    diagram,
    /** The element's kind and label as the grade showed them. */
    kind: z.string().max(20),
    label: z.string().max(500),
    given: z.string().max(500),
    says: z.string().max(2000),
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
  attempted,
  undone,
  appealed,
  withdrawn,
  mutated,
  configured,
])
export type LearnerEvent = z.infer<typeof learnerEvent>
export type EventType = LearnerEvent['type']
export type EventOf<T extends EventType> = Extract<LearnerEvent, { type: T }>
