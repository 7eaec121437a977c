import { computeParameters, FSRSBindingItem, FSRSBindingReview } from '@open-spaced-repetition/binding'
import {
  firstDifficulty,
  firstStability,
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from '../../src/domain/memory/model.ts'
import { ITEMS, live, PER_DAY } from './learners.ts'
import { oursAt } from './schedulers.ts'
import { DEFAULTS, type Truth } from './truths.ts'

/** One item's reviews in their order: grade, and days since the last (0 for the first exposure). */
export type Story = { readonly grade: Grade; readonly days: number; readonly recall: number }[]

function storiesOf(truth: Truth, days: number, seed: number): Story[] {
  const stories = Array.from({ length: ITEMS }, (): Story => [])
  const scheduler = oursAt({ first: DEFAULTS, fits: [] }, 0.95)(ITEMS)
  const scale = { items: ITEMS, perDay: PER_DAY }
  live(truth, scheduler, seed, scale, days - 1, (item, days, grade, recall) => {
    stories[item]?.push({ grade, days, recall })
  })
  return stories.filter((story) => story.length > 1)
}

/** Mean log loss of the pass or fail of every review after the first, and of each story's sum. */
function lossesOf(parameters: readonly number[], stories: readonly Story[]): Float64Array {
  const model = modelOf(parameters)
  return Float64Array.from(stories, (story) => {
    let stability = 0
    let difficulty = 0
    let loss = 0
    for (const [i, { grade, days }] of story.entries()) {
      if (i === 0) {
        stability = firstStability(model, grade)
        difficulty = firstDifficulty(model, grade)
        continue
      }
      const r = Math.min(1 - 1e-4, Math.max(1e-4, recallAfter(model, days, stability)))
      loss -= Math.log(grade === 1 ? 1 - r : r)
      stability =
        grade === 1
          ? stabilityAfterFail(model, stability, difficulty, r)
          : stabilityAfterPass(model, stability, difficulty, r, grade)
      difficulty = nextDifficulty(model, difficulty, grade)
    }
    return loss
  })
}

/** Parameters by the native optimizer: one item a review prefix, in the order of time, by which it weighs them. */
export async function fitStories(
  stories: readonly Story[],
): Promise<{ parameters: number[]; reviews: number }> {
  const items: { order: number; item: FSRSBindingItem }[] = []
  for (const story of stories) {
    let day = 0
    for (let length = 2; length <= story.length; length++) {
      day += story[length - 1]?.days ?? 0
      const reviews = story.slice(0, length).map(({ grade, days }) => new FSRSBindingReview(grade, days))
      items.push({ order: day, item: new FSRSBindingItem(reviews) })
    }
  }
  items.sort((a, b) => a.order - b.order)
  const parameters = await computeParameters(
    items.map(({ item }) => item),
    { enableShortTerm: false },
  )
  return { parameters, reviews: items.length }
}

export interface Fit {
  /** After how many days. */
  readonly day: number
  readonly parameters: readonly number[]
  /**
   * Whether they beat the parameters in use on held-out reviews by more than two standard errors; else
   * those stay.
   */
  readonly adopted: boolean
  readonly reviews: number
  /** Mean log loss of held-out reviews, and that of the parameters in use. */
  readonly lossFitted: number
  readonly lossInUse: number
}

/**
 * Parameters from the first days of some learners of one truth, held against the parameters in use on
 * other learners' first days.
 */
export async function fitted(
  truth: Truth,
  day: number,
  inUse: readonly number[],
  { train, test }: { readonly train: readonly number[]; readonly test: readonly number[] },
): Promise<Fit> {
  const { parameters, reviews: trained } = await fitStories(
    train.flatMap((seed) => storiesOf(truth, day, seed)),
  )
  const held = test.flatMap((seed) => storiesOf(truth, day, seed))
  const reviews = held.reduce((sum, story) => sum + story.length - 1, 0)
  const mine = lossesOf(parameters, held)
  const theirs = lossesOf(inUse, held)
  const gains = mine.map((loss, i) => (theirs[i] as number) - loss)
  const gain = gains.reduce((sum, value) => sum + value, 0)
  const mean = gain / gains.length
  const variance = gains.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const total = (losses: Float64Array) => losses.reduce((sum, value) => sum + value, 0) / reviews
  return {
    day,
    parameters,
    adopted: gain > 2 * Math.sqrt(variance),
    reviews: trained,
    lossFitted: total(mine),
    lossInUse: total(theirs),
  }
}
