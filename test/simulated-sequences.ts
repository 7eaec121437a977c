import { DAY_MS, DEFAULT_PARAMETERS, type FitSequence, type Rating, trace } from '#domain/memory/index.ts'
import { seeded } from '#lib/random.ts'

const START = Date.UTC(2025, 0, 6, 9)
const WEEKS = 30

/**
 * A learner whose memory is FSRS-6 with some parameters, scheduled by the defaults for thirty weeks: one recall at about
 * 90% after another, items begun over the first half. `noise` is the share of recalls whose outcome is a throw of a coin
 * that falls as the reviews do on the whole: nine times of ten right.
 */
export function simulatedSequences(
  truth: readonly number[],
  items: number,
  seed: number,
  noise = 0,
): FitSequence[] {
  const random = seeded(seed)
  return Array.from({ length: items }, (_, item) => {
    const first = START + Math.floor((item / items) * (WEEKS / 2) * 7) * DAY_MS
    const reviews: { at: number; rating: Rating; days: number }[] = []
    for (let day = 0; day < WEEKS * 7; ) {
      const at = first + day * DAY_MS
      if (at > START + WEEKS * 7 * DAY_MS) break
      const days = Math.round((at - (reviews.at(-1)?.at ?? at)) / DAY_MS)
      const next = (rating: Rating) => ({ introduced: first, reviews: [...reviews, { at, rating }] })
      const expected = reviews.length === 0 ? 0.8 : (trace(next('good'), truth).at(-1)?.expected ?? 0.8)
      const passes = random() < (random() < noise ? 0.9 : expected)
      const luck = random()
      const rating: Rating = !passes ? 'again' : luck < 0.15 ? 'hard' : luck < 0.85 ? 'good' : 'easy'
      reviews.push({ at, rating, days })
      const known = trace({ introduced: first, reviews }, DEFAULT_PARAMETERS).at(-1)?.stability ?? 1
      day += Math.max(1, Math.round(known * (0.5 + random())))
    }
    return reviews
  })
}
