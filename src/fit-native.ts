import { computeParameters, FSRSBindingItem, FSRSBindingReview } from '@open-spaced-repetition/binding'
import type { FitSequence } from '#domain/memory/index.ts'

const GRADE = { again: 1, hard: 2, good: 3, easy: 4 } as const

/**
 * One item for each review that can be predicted, with all reviews before it; in the order of time, since the optimizer
 * weighs later ones more by their place in the list.
 */
function itemsOf(sequences: readonly FitSequence[]): FSRSBindingItem[] {
  const items: { at: number; item: FSRSBindingItem }[] = []
  for (const sequence of sequences) {
    const reviews = sequence.map(({ rating, days }) => new FSRSBindingReview(GRADE[rating], days))
    for (const [i, { at, days }] of sequence.entries()) {
      if (i > 0 && days >= 1) items.push({ at, item: new FSRSBindingItem(reviews.slice(0, i + 1)) })
    }
  }
  return items.sort((a, b) => a.at - b.at).map(({ item }) => item)
}

/** The 21 parameters by FSRS's own optimizer, without its steps of the same day. `progress`: the share that is done. */
export async function fitNatively(
  sequences: readonly FitSequence[],
  progress: (share: number) => void = () => undefined,
): Promise<number[]> {
  const parameters = await computeParameters(itemsOf(sequences), {
    enableShortTerm: false,
    progress: (current, total) => progress(total === 0 ? 0 : current / total),
  })
  return [...parameters]
}
