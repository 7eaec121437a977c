import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { estimate, meanAbsoluteError, pearson } from './golden-attempts/agreement.ts'
import { gradeAll, heldOutIds, readAttempts } from './golden-attempts/read.ts'

const attempts = readAttempts()
const ids = attempts.map(({ id }) => id)

test('there are enough attempts, over enough diagrams, of every kind', () => {
  expect(attempts.length).toBeGreaterThanOrEqual(150)
  expect(new Set(attempts.map(({ diagram }) => diagram)).size).toBeGreaterThanOrEqual(40)
  expect(new Set(attempts.map(({ kind }) => kind)).size).toBe(13)
})

test('every attempt has an id of its own', () => {
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})

test('ratings cover the whole scale', () => {
  const share = (low: number, high: number): number =>
    attempts.filter(({ rating }) => rating >= low && rating <= high).length / attempts.length
  for (const [low, high] of [
    [0, 14],
    [15, 24],
    [25, 33],
    [34, 40],
  ] as const)
    expect(share(low, high)).toBeGreaterThan(0.2)
})

test('what is held out was chosen by a hash of its id, not by hand', () => {
  const chosen = ids.filter(
    (id) => Number.parseInt(createHash('sha1').update(id).digest('hex').slice(0, 1), 16) < 5,
  )
  expect(heldOutIds()).toEqual(chosen.sort())
})

test('grades agree with the ratings as well as they did when they were last measured', () => {
  const graded = gradeAll(attempts)
  expect(new Set(graded.map(({ form }) => form)).size).toBe(6)
  expect(graded.filter((attempt) => !(attempt.graded >= 0 && attempt.graded <= 40))).toEqual([])
  const tuning = graded.filter(({ heldOut }) => !heldOut)
  expect(pearson(tuning)).toBeGreaterThan(0.925)
  expect(meanAbsoluteError(tuning)).toBeLessThan(3.3)
})

test('the correlation and the error are what they are called', () => {
  const line = [0, 10, 20, 40].map((rating) => ({ rating, graded: rating / 2 + 5 }))
  expect(pearson(line)).toBeCloseTo(1, 12)
  expect(pearson(line.map(({ rating, graded }) => ({ rating, graded: 40 - graded })))).toBeCloseTo(-1, 12)
  expect(meanAbsoluteError(line)).toBeCloseTo((5 + 0 + 5 + 15) / 4, 12)
  const once = estimate(line, meanAbsoluteError, 1)
  expect(once).toEqual(estimate(line, meanAbsoluteError, 1))
  expect(once.low).toBeLessThan(once.value)
  expect(once.high).toBeGreaterThan(once.value)
})
