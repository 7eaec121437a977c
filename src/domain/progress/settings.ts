import { z } from 'zod'

const share = z.number().min(0.7).max(0.99)

export const settings = z.strictObject({
  scheduler: z.enum(['fsrs', 'ladder']),
  /** How the ladder is read: fixed rungs to the end, or from one day on the interval times 1.5, 2 or 2.5. */
  ladder: z.enum(['rungs', 'multipliers']),
  /** The mean probability of recall that all introduced items are kept at, each day. */
  meanRecall: share,
  /** Another one for single tiers, by their number. */
  tierRecall: z.record(z.string().regex(/^[1-7]$/), share),
  newPerDay: z.number().int().min(0).max(50),
  /** Minutes that a day may take; null for no bound. */
  minutesPerDay: z.number().int().min(5).max(600).nullable(),
  /** The day on which all must be known: `2027-03-12`; null for none. */
  targetDate: z.iso.date().nullable(),
  /** learn: new diagrams each day; maintain: none, and reviews by day, week, month and quarter. */
  rhythm: z.enum(['learn', 'maintain']),
  /** Use parameters fitted to the learner's own reviews, once they predict better. */
  ownParameters: z.boolean(),
  /** The clock of a recall, in percent of what the drawing's size gives. */
  clockPercent: z.number().int().min(50).max(400),
  /** Ask only what is weak, where little is. */
  partialRedraws: z.boolean(),
  askConfidence: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
})
export type Settings = z.infer<typeof settings>

export const DEFAULT_SETTINGS: Settings = {
  scheduler: 'fsrs',
  ladder: 'rungs',
  meanRecall: 0.95,
  tierRecall: {},
  newPerDay: 2,
  minutesPerDay: null,
  targetDate: null,
  rhythm: 'learn',
  ownParameters: true,
  clockPercent: 100,
  partialRedraws: true,
  askConfidence: true,
  theme: 'system',
}

/**
 * What `settings.changed` may hold. `targetRecall` is what learners set before there was `meanRecall`: the probability of
 * recall at which FSRS brought an item back.
 */
export const settingsChange = settings
  .partial()
  .extend({ targetRecall: z.number().min(0.7).max(0.97).optional() })

/**
 * The mean over all items that goes with an older `targetRecall`. Between two reviews recall falls from 1 to the target, a
 * little faster at first; simulated over 900 cards, 0.90 gave a mean of 0.948, 0.92 one of 0.958, 0.95 one of 0.974.
 */
export const meanRecallFor = (targetRecall: number): number =>
  Math.min(0.99, Math.max(0.7, Math.round((1 - 0.525 * (1 - targetRecall)) * 1000) / 1000))
