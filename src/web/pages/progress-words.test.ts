import { expect, test } from 'vitest'
import { expectedWords } from './progress-words.ts'

const passes = { reviews: 122, passed: 118, expected: 0.9, low: 0.92, high: 0.99 }

test('what was expected stands beside what came, whichever is more', () => {
  expect(expectedWords(passes, 0.95)).toBe(
    'The model had expected 90%, less than came. ' +
      'That is less than the mean recall, since a drawing comes back when it is least sure.',
  )
  expect(expectedWords({ ...passes, expected: 0.995 }, 0.95)).toBe(
    'The model had expected 100%, more than came.',
  )
  expect(expectedWords({ ...passes, expected: 0.96 }, 0.95)).toBe(
    'The model had expected 96%, which so many reviews cannot tell from what came.',
  )
  expect(expectedWords({ ...passes, expected: null }, 0.95)).toBe('')
})
