import { describe, expect, test } from 'vitest'
import type { Figures } from './report-run.ts'
import { differences, meanInterval } from './report-run.ts'
import { kneeOf, readSweep } from './report-sweep.ts'

const valuesOf = (text: string) => {
  const sweep = readSweep(text)
  return sweep.ok ? sweep.value.values : sweep.error
}

describe('a sweep', () => {
  test('counts whole numbers one by one', () =>
    expect(valuesOf('api.replicas=1..5')).toEqual([1, 2, 3, 4, 5]))
  test('keeps the unit of a range', () =>
    expect(valuesOf('api.service=1..3 ms')).toEqual(['1ms', '2ms', '3ms']))
  test('takes a list as it is', () => expect(valuesOf('db.pool=5, 10,20')).toEqual([5, 10, 20]))
  test('cuts a long range into twenty', () => expect(valuesOf('db.pool=1..1000')).toHaveLength(20))
  test('finds the connection before the last =', () => {
    const sweep = readSweep('api -> db.timeout=1s..3s')
    expect(sweep.ok && sweep.value.path).toBe('api -> db.timeout')
  })
  test.each(['api.replicas', 'api.replicas=', 'a.b=5..1', 'a.b=1..x', '=1..2', 'a.b=1s..5ms'])(
    '%s is refused',
    (text) => expect(valuesOf(text)).toMatch(/write it like/),
  )
})

const figures = (goodput: number, p99Seconds: number): Figures => ({
  goodput,
  availability: 1,
  meanSeconds: p99Seconds / 3,
  p99Seconds,
  utilization: 0.5,
})

describe('the knee', () => {
  test('of goodput is where more replicas stop to help', () => {
    const curve = [100, 200, 300, 400, 405, 408, 410, 411].map((goodput) => figures(goodput, 1))
    expect(kneeOf(curve)).toEqual({ index: 3, figure: 'goodput' })
  })
  test('of p99 where goodput is the same everywhere', () => {
    const curve = [9, 2, 1.1, 1, 0.9, 0.9].map((p99) => figures(100, p99))
    expect(kneeOf(curve)).toEqual({ index: 1, figure: 'p99Seconds' })
  })
  test('is none on a line', () => {
    expect(kneeOf([100, 200, 300, 400].map((goodput) => figures(goodput, 1)))).toBeNull()
  })
})

describe('differences of pairs', () => {
  test('the interval is Student’s', () => {
    // Mean 3, s = sqrt(2.5), n = 5: 2.776 · 1.5811 / 2.2361.
    const { mean, halfWidth } = meanInterval([1, 2, 3, 4, 5])
    expect(mean).toBe(3)
    expect(halfWidth).toBeCloseTo(1.963, 3)
  })
  test('what both have in common cancels', () => {
    const noise = [5, 80, 31, 64, 12]
    const a = noise.map((more) => figures(100 + more, 1))
    const b = noise.map((more, i) => figures(103 + more + i * 0.1, 1))
    const [goodput] = differences(a, b)
    expect(goodput?.difference.mean).toBeCloseTo(3.2, 6)
    expect(goodput?.sure).toBe(true)
    expect(goodput?.difference.halfWidth).toBeLessThan(0.3)
  })
})
