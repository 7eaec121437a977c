import { describe, expect, test } from 'vitest'
import { CASES, endingOf, hpaResults, judge, replicate, SCENARIOS } from './index.ts'

/**
 * The short table: a hundredth of each run's length, asked to hold theory in the interval and to be within a few per
 * cent. The full one, with half-widths below 1%, is `npm run validate`.
 */
describe('theory', () => {
  test.each(CASES.map((one) => [`${one.name}: ${one.what}`, one] as const))('%s', (_, one) => {
    const verdict = judge(one, { replications: 6, seed: 1, share: 0.01, narrow: 0.5 })
    expect(verdict.littleGap).toBeLessThan(1e-9)
    expect(verdict).toMatchObject({ passed: true })
  })

  test('a wrong theory fails', () => {
    const one = CASES.find(({ name }) => name === 'M/M/1, rho 0.5')
    if (one === undefined) throw new Error('there is no such case')
    const wrong = { ...one, theory: one.theory * 1.1 }
    expect(judge(wrong, { replications: 6, seed: 1, share: 0.1, narrow: 0.5 }).passed).toBe(false)
  })

  test('the same seed gives the same numbers', () => {
    const [one] = CASES
    if (one === undefined) throw new Error('there is no case')
    expect(replicate(one, 2, 5, 0.01)).toEqual(replicate(one, 2, 5, 0.01))
    expect(replicate(one, 2, 6, 0.01)).not.toEqual(replicate(one, 2, 5, 0.01))
  })

  test.each(hpaResults().map((one) => [one.name, one] as const))('%s', (_, one) => {
    expect(one.measured).toBe(one.theory)
  })
})

describe('metastability, one seed of what twenty decide', () => {
  const sure = SCENARIOS.filter(({ least, most, shedTo }) => least === most && shedTo === undefined)
  test.each(sure.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const { stuck, amplification } = endingOf(one, 1)
    expect(stuck ? 1 : 0).toBe(one.least)
    if (stuck && one.policy === undefined) expect(amplification).toBeGreaterThan(4)
    if (!stuck) expect(amplification).toBeLessThan(1.2)
  })
})
