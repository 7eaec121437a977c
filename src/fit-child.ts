import { computeParameters, FSRSBindingItem, FSRSBindingReview } from '@open-spaced-repetition/binding'
import type { FitSequence } from '#domain/memory/index.ts'

/** A process of its own that fits, and ends: native code that takes seconds, and whose crash should end nothing else. */

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

process.once('message', async (sequences: readonly FitSequence[]) => {
  try {
    // A short training may end before the optimizer says anything of itself.
    process.send?.({ share: 0 })
    const parameters = await computeParameters(itemsOf(sequences), {
      enableShortTerm: false,
      progress: (current, total) => {
        process.send?.({ share: total === 0 ? 0 : current / total })
      },
    })
    process.send?.({ parameters: [...parameters] }, () => process.exit(0))
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) }, () => process.exit(1))
  }
})
// Whoever wanted the result has gone.
process.once('disconnect', () => process.exit(0))
