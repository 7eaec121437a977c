import {
  DAY_MS,
  type FitReview,
  type FitSequence,
  fitAgainFrom,
  judgedReviews,
  judgeFit,
  splitForFit,
} from '#domain/memory/index.ts'
import type { Rating } from '#domain/memory/rating.ts'
import type { Grade } from '../../src/domain/memory/model.ts'
import { fitNatively } from '../../src/fit-native.ts'
import { ITEMS, LAST_DAY, Life, PER_DAY } from './learners.ts'
import { oursAt } from './schedulers.ts'
import { DEFAULTS, type Truth } from './truths.ts'

const RATING: Readonly<Record<Grade, Rating>> = { 1: 'again', 2: 'hard', 3: 'good', 4: 'easy' }

/** One item's reviews in their order: grade, and days since the last (0 for the first exposure). */
export type Story = { readonly grade: Grade; readonly days: number }[]

/** Parameters by the native optimizer, as the product calls it. */
export function fitStories(stories: readonly Story[]): Promise<number[]> {
  const sequences = stories.map((story): FitSequence => {
    let at = 0
    return story.map(({ grade, days }) => {
      at += days * DAY_MS
      return { at, rating: RATING[grade], days }
    })
  })
  return fitNatively(sequences)
}

/** One trial of a learner's own parameters. */
export interface OwnFit {
  /** From the morning of which day they count, where they were adopted. */
  readonly day: number
  readonly parameters: readonly number[]
  readonly adopted: boolean
}

/** The target at which the learner lives while fits are tried. */
const LIVED_AT = 0.95

/**
 * All trials of a learner's year, as the product makes them of the learner's own reviews: begun on the day on which there are
 * enough, trained on the earlier reviews and judged by the later ones, and lived by from the next morning on.
 */
export async function ownFits(truth: Truth, seed: number): Promise<OwnFit[]> {
  const sequences = Array.from({ length: ITEMS }, (): FitReview[] => [])
  const adopted: OwnFit[] = []
  const trials: OwnFit[] = []
  let reviews = 0
  const scheduler = oursAt({ first: DEFAULTS, fits: adopted }, LIVED_AT)(ITEMS)
  const scale = { items: ITEMS, perDay: PER_DAY }
  const life = new Life(truth, scheduler, seed, scale, (item, days, grade, day) => {
    if (days > 0) reviews++
    sequences[item]?.push({ at: day * DAY_MS, rating: RATING[grade], days })
  })
  let from = fitAgainFrom(null)
  for (let day = 0; day < LAST_DAY; day++) {
    life.live(day)
    if (reviews < from) continue
    const met = sequences.filter(({ length }) => length > 0)
    const split = splitForFit(met)
    if (split === null) continue
    const parameters = await fitNatively(split.training)
    const standing = { parameters: adopted.at(-1)?.parameters ?? DEFAULTS, isOwn: adopted.length > 0 }
    const verdict = judgeFit(met, split.from, standing, parameters)
    const trial = { day: day + 1, parameters, adopted: verdict.adopted }
    trials.push(trial)
    if (verdict.adopted) adopted.push(trial)
    from = fitAgainFrom({ trained: judgedReviews(split.training), heldOut: verdict.heldOut })
  }
  return trials
}

/** The optimizer sleeps between its looks at a fit: so many learners at once keep the processor at work. */
const AT_ONCE = 10

/** The trials of the first learners of a truth, in the order of their seeds. */
export async function fitsOf(truth: Truth, learners: number): Promise<OwnFit[][]> {
  const all: OwnFit[][] = []
  while (all.length < learners) {
    const seeds = Array.from({ length: Math.min(AT_ONCE, learners - all.length) }, (_, i) => all.length + i)
    all.push(...(await Promise.all(seeds.map((seed) => ownFits(truth, seed)))))
  }
  return all
}
