import type { KeptView } from '#app/views-memory.ts'
import { percent } from '../ui/words.ts'

/** What the model had expected of the reviews, beside what came, and why that is not the mean over all days. */
export function expectedWords({ expected, low, high }: KeptView['passes'], mean: number): string {
  if (expected === null) return ''
  const came =
    expected > high
      ? ', more than came'
      : expected < low
        ? ', less than came'
        : ', which so many reviews cannot tell from what came'
  const least =
    expected < mean
      ? ' That is less than the mean recall, since a drawing comes back when it is least sure.'
      : ''
  return `The model had expected ${percent(expected)}${came}.${least}`
}
