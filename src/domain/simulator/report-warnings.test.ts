import { describe, expect, test } from 'vitest'
import { metastable } from './report-warnings.ts'
import type { Report, TimelinePoint } from './run.ts'

/** A run of 100 s in windows of 1 s with a fault of 10 s at 20 s; `rate` says what succeeds in each second. */
function report(rate: (second: number) => number, more: Partial<Report> = {}): Report {
  const timeline = Array.from(
    { length: 100 },
    (_, i): TimelinePoint => ({
      fromSeconds: i,
      toSeconds: i + 1,
      sent: 100,
      succeeded: rate(i),
      failed: 0,
      retries: 0,
      meanSeconds: null,
      waiting: [],
    }),
  )
  const faults = [{ kind: 'capacity' as const, target: 'db', fromSeconds: 20, toSeconds: 30 }]
  const rest = { seconds: 100, timeline, faults, amplificationAtEnd: 4.8 }
  return { ...rest, ...more } as Report
}

describe('metastable', () => {
  test('below half for longer than three times the fault after its end', () => {
    const [warning] = metastable(report((second) => (second < 20 ? 100 : 10)))
    expect(warning?.kind).toBe('metastable')
    expect(warning?.says).toContain('10% of what it was')
    expect(warning?.says).toContain('4.8×')
  })
  test('not when it recovers in time', () => {
    expect(metastable(report((second) => (second < 20 || second > 55 ? 100 : 0)))).toEqual([])
  })
  test('but when it recovers too late', () => {
    expect(metastable(report((second) => (second < 20 || second > 70 ? 100 : 0)))[0]?.kind).toBe('metastable')
  })
  test('not without a fault', () => expect(metastable(report(() => 0, { faults: [] }))).toEqual([]))
  test('a run that ends too soon says how long it must be', () => {
    expect(metastable(report(() => 100, { seconds: 45 }))[0]?.says).toContain('ask for 60 s')
  })
})
