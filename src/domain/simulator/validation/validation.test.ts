import { describe, expect, test } from 'vitest'
import { CASES, endingOf, hpaResults, isNear, judge, replicate, SCENARIOS, SEEDS } from './index.ts'

/**
 * The short table: a hundredth of each run's length by the same rule, but for the half-width. The full one, with
 * half-widths below 1%, is `npm run validate`.
 */
describe('theory', () => {
  test.each(CASES.map((one) => [`${one.name}: ${one.what}`, one] as const))('%s', (_, one) => {
    const verdict = judge(one, { replications: 12, seed: 1, share: 0.01, rows: CASES.length, narrow: 0.5 })
    expect(verdict.littleGap).toBeLessThan(1e-9)
    expect(verdict).toMatchObject({ passed: true })
  })

  test('a wrong theory fails', () => {
    const one = CASES.find(({ name }) => name === 'M/M/1, rho 0.5')
    if (one === undefined) throw new Error('there is no such case')
    const wrong = { ...one, theory: one.theory * 1.1 }
    expect(
      judge(wrong, { replications: 12, seed: 1, share: 0.1, rows: CASES.length, narrow: 0.5 }).passed,
    ).toBe(false)
  })

  test('the same seed gives the same numbers', () => {
    const [one] = CASES
    if (one === undefined) throw new Error('there is no case')
    const from = (seed: number) => replicate(one, { replications: 2, seed, share: 0.01, rows: 1 })
    expect(from(5)).toEqual(from(5))
    expect(from(6)).not.toEqual(from(5))
  })

  test.each(hpaResults().map((one) => [one.name, one] as const))('%s', (_, one) => {
    expect(one.measured).toBe(one.theory)
  })
})

describe('metastability, one seed of what twenty decide', () => {
  // Of the matrix, where a row changes its mind.
  const turning = [
    '150/s, trigger of 10',
    '500/s, trigger of 2',
    '500/s, trigger of 3',
    '700/s, trigger of 1 s',
  ]
  const sure = SCENARIOS.filter(
    (one) =>
      !isNear(one) &&
      one.shedTo === undefined &&
      (!one.name.includes('trigger') || turning.some((name) => one.name.startsWith(name))),
  )
  test.each([
    ['attempts', 0.2, false],
    ['attempts', 0.6, true],
    ['successes', 0.6, false],
  ] as const)('a budget that %s earn, of %f', (earnedBy, ratio, stuck) => {
    // By attempts, 700 a second become 840 or 1,120 of 1,000.
    const policy = { timeoutSeconds: 1, retries: { max: 4, budget: { ratio, burst: 10, earnedBy } } }
    const scenario = { name: '', perSecond: 700, triggerSeconds: 10, reference: 0, policy }
    expect(endingOf(scenario, 1).stuck).toBe(stuck)
  })

  test('there are some of both', () => {
    expect(new Set(sure.map(({ reference }) => reference))).toEqual(new Set([0, SEEDS]))
  })
  test.each(sure.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const { stuck, amplification } = endingOf(one, 1)
    expect(stuck ? SEEDS : 0).toBe(one.reference)
    if (stuck && one.policy === undefined) expect(amplification).toBeGreaterThan(4)
    if (!stuck) expect(amplification).toBeLessThan(1.2)
  })
})
