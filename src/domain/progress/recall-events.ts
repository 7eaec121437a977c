import { z } from 'zod'
import {
  answers,
  base,
  counts,
  diagram,
  graded,
  par,
  place,
  points,
  revision,
  scores,
  seconds,
} from './event-parts.ts'

/** The walkthrough was finished: from now on the diagram is to be remembered. */
export const learned = z.strictObject({
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
export const attempted1 = z.strictObject({
  ...base,
  type: z.literal('recall.attempted'),
  payload: z.strictObject(attempt1),
})
/** Keeps what lost points, too, so that a regrade can say what changed. */
export const attempted2 = z.strictObject({
  ...base,
  v: z.literal(2),
  type: z.literal('recall.attempted'),
  payload: z.strictObject({ ...attempt1, lost: graded.lost }),
})

const attempt3 = {
  ...attempt1,
  lost: graded.lost,
  /** What a partial redraw asked, each as its line in the grade names it (`node node:cache`, `fact vnodes`); null: all. */
  asked: z.array(z.string().min(1).max(500)).min(1).max(200).nullable(),
  /** The share of the whole diagram's points that was asked; 1 for all. */
  share: z.number().min(0).max(1),
  /** The total that the learner expected, of 100; null where they were not asked or did not say. */
  confidence: points.nullable(),
}
/** Says what was asked, and what the learner expected of it before the grade was shown. */
export const attempted3 = z.strictObject({
  ...base,
  v: z.literal(3),
  type: z.literal('recall.attempted'),
  payload: z.strictObject(attempt3),
})

/** Says what clock it had, where the learner chose another than the drawing's size gives. */
export const attempted4 = z.strictObject({
  ...base,
  v: z.literal(4),
  type: z.literal('recall.attempted'),
  payload: z.strictObject({ ...attempt3, par: par.nullable() }),
})

/**
 * Another grade of the same drawing: by a newer grader or content, or because the appeals that it counts have changed.
 * It counts in the place of the recorded one while none of its appeals is withdrawn.
 */
export const regraded = z.strictObject({
  ...base,
  type: z.literal('recall.regraded'),
  payload: z.strictObject({
    attempt: base.id,
    cause: z.enum(['regrade', 'appeal']),
    ...graded,
    appeals: counts,
  }),
})

export const regradeUndone = z.strictObject({
  ...base,
  type: z.literal('recall.regrade-undone'),
  payload: z.strictObject({ regrade: base.id }),
})

export const undone = z.strictObject({
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
export const appealed1 = z.strictObject({
  ...base,
  type: z.literal('appeal.made'),
  payload: z.strictObject(appeal1),
})
export const appealed2 = z.strictObject({
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

export const withdrawn = z.strictObject({
  ...base,
  type: z.literal('appeal.withdrawn'),
  payload: z.strictObject({ appeal: base.id }),
})

/** Transfer, kept apart from the grade: marked by the learner after the answer was revealed. */
export const mutated = z.strictObject({
  ...base,
  type: z.literal('mutation.answered'),
  payload: z.strictObject({
    attempt: base.id,
    diagram,
    answer: z.string().max(5000),
    mark: z.enum(['missed', 'partly', 'got-it']),
  }),
})
