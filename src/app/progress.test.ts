import { expect, test } from 'vitest'
import { perfect, smallWorld, value } from '../../test/small-world.ts'
import { attempt } from './attempt.ts'
import { progress } from './progress.ts'

test('what the model had expected of the reviews stands beside what came', async () => {
  const world = await smallWorld()
  const passes = async () => value(await progress(world)).kept.passes
  expect(await passes()).toMatchObject({ reviews: 0, expected: null })
  value(await attempt(world, perfect(world, 'patterns/caching')))
  world.later(24 * 9)
  value(await attempt(world, perfect(world, 'patterns/caching')))
  const { expected, ...counted } = await passes()
  expect(counted).toMatchObject({ reviews: 1, passed: 1 })
  const [bin] = value(await progress(world)).kept.calibration
  expect(expected).toBeCloseTo(bin?.expected ?? 0, 12)
  expect(expected).toBeLessThan(1)
  // It counts the same ninety days.
  world.later(24 * 91)
  expect(await passes()).toMatchObject({ reviews: 0, expected: null })
})
