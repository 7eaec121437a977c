import { z } from 'zod'
import { base, diagram, seconds } from './event-parts.ts'

/** What makes, measures and mends memory beside attempts: reviews made elsewhere, fitted parameters, mistakes, drills, cards. */

const rating = z.enum(['again', 'hard', 'good', 'easy'])
const line = z.string().min(1).max(500)

/**
 * A review of something that Atlas exported, made in another program. Its id follows from the other program's own, so that
 * bringing it in twice is one event. A fact's review says nothing about the rest of its diagram.
 */
export const reviewed = z.strictObject({
  ...base,
  type: z.literal('review.imported'),
  payload: z.strictObject({
    from: z.enum(['anki']),
    diagram,
    /** The fact that was asked; null for the whole diagram. */
    fact: z.string().min(1).max(80).nullable(),
    rating,
    seconds: seconds.nullable(),
  }),
})

/** The parameters of the learner's memory were fitted to their reviews; whether they are used, and the evidence for it. */
export const fitted = z.strictObject({
  ...base,
  type: z.literal('memory.fitted'),
  payload: z.strictObject({
    /** Of FSRS-6, w0 to w20. */
    parameters: z.array(z.number().min(-100).max(1000)).length(21),
    /** What made them: library and version. */
    optimizer: z.string().max(80),
    /** Reviews that the trial was trained on, and later ones that judged it. */
    trained: z.number().int().min(0),
    heldOut: z.number().int().min(0),
    /** Mean log loss on the held-out reviews: of the parameters that stood before, and of the trial. */
    lossBefore: z.number().min(0).max(100),
    lossAfter: z.number().min(0).max(100),
    adopted: z.boolean(),
    /** Why, in a sentence. */
    because: z.string().max(500),
  }),
})

/** What the learner says about something they lost: the last word about it stands. */
export const noted = z.strictObject({
  ...base,
  type: z.literal('mistake.noted'),
  payload: z.strictObject({
    attempt: base.id,
    /** The line of the grade: `missing node node:cache`. */
    lost: line,
    kind: z.enum(['conceptual', 'procedural', 'factual', 'application']),
    cause: z.string().max(1000),
    correction: z.string().max(1000),
  }),
})

/** Two things that were taken for each other, redrawn side by side. */
export const drilled = z.strictObject({
  ...base,
  type: z.literal('contrast.drilled'),
  payload: z.strictObject({
    /** The concepts or labels: what was expected, and what was drawn in its place. */
    expected: line,
    drawn: line,
    /** The diagrams that show them. */
    diagrams: z.tuple([diagram, diagram]),
    asked: z.number().int().min(1).max(200),
    right: z.number().int().min(0).max(200),
    seconds: seconds.nullable(),
  }),
})

/**
 * It begins with the program that it came from (`anki-0f1e…`). So it is no name that every object has (`constructor`), by which
 * one line of an imported log would break each state after it.
 */
const foreign = z.string().regex(/^[a-z]+[-:]/)
const deck = foreign.max(120)
const card = foreign.max(160)
const words = z.string().max(20_000)

/** Cards of a private deck, brought in from another program; a card that is there already takes the newer words. */
export const imported = z.strictObject({
  ...base,
  type: z.literal('cards.imported'),
  payload: z.strictObject({
    from: z.enum(['anki']),
    deck,
    name: z.string().min(1).max(300),
    cards: z
      .array(
        z.strictObject({ card, question: words, answer: words, tags: z.array(z.string().max(100)).max(50) }),
      )
      .min(1)
      .max(500),
  }),
})

/** The deck and all its cards are gone from Today; importing it again brings them back. */
export const deckRemoved = z.strictObject({
  ...base,
  type: z.literal('deck.removed'),
  payload: z.strictObject({ deck }),
})

/** A question card was answered, here or (with an id that follows from its own) in another program. */
export const cardAnswered = z.strictObject({
  ...base,
  type: z.literal('card.answered'),
  payload: z.strictObject({ card, rating, seconds: seconds.nullable(), from: z.enum(['atlas', 'anki']) }),
})
