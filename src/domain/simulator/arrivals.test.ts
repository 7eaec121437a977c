import { describe, expect, test } from 'vitest'
import { type Arrivals, type Component, type Fault, type Model, type Step, startRun } from './index.ts'
import { component, constant, modelOf, reported, succeeded } from './trials.ts'

const api: Component = { kind: 'delay', id: 'api', time: constant(0.001) }

/** How many came in each window of a second. */
function sentWith(arrivals: Arrivals, faults: readonly Fault[] = []): number[] {
  const base = modelOf({ components: [api], perSecond: 1, more: { faults } })
  const model = { ...base, sources: base.sources.map((source) => ({ ...source, arrivals })) } as Model
  const run = startRun(model, { seed: 5, untilSeconds: 10, windowSeconds: 1 })
  if (!run.ok) throw new Error(JSON.stringify(run.error))
  run.value.step()
  return run.value.observe().map(({ sent }) => sent)
}

const surge = { kind: 'surge', target: 'clients', atSeconds: 5, forSeconds: null, factor: 3 } as const

describe('recorded arrivals', () => {
  const trace = { law: 'trace', atSeconds: [0.5, 1.5, 1.75, 4.25, 8.5] } as const
  const counts = { law: 'counts', everySeconds: 2, counts: [4, 0, 10, 2] } as const

  test('come at their times', () => expect(sentWith(trace)).toEqual([1, 2, 0, 0, 1, 0, 0, 0, 1, 0]))

  test('or so many in each interval, and then no more', () => {
    const sent = sentWith(counts)
    const pairs = [0, 1, 2, 3, 4].map((i) => (sent[2 * i] ?? 0) + (sent[2 * i + 1] ?? 0))
    expect(pairs).toEqual([4, 0, 10, 2, 0])
    expect(sent[4]).toBeGreaterThan(0)
    expect(sent[5]).toBeGreaterThan(0)
  })

  test('each so many times; a fraction is a chance', () => {
    const sum = (of: readonly number[]) => of.reduce((all, n) => all + n, 0)
    expect(sum(sentWith({ ...counts, times: 3 }))).toBe(48)
    expect(sum(sentWith({ ...trace, times: 2 }))).toBe(10)
    const half = sum(sentWith({ law: 'counts', everySeconds: 0.01, counts: Array(1000).fill(3), times: 0.5 }))
    expect(half).toBeGreaterThan(1400)
    expect(half).toBeLessThan(1600)
  })

  test('surge with the others', () => {
    const sent = sentWith({ law: 'counts', everySeconds: 5, counts: [500, 500] }, [surge])
    expect(sent.slice(0, 5).reduce((sum, n) => sum + n)).toBe(500)
    expect(sent.slice(5).reduce((sum, n) => sum + n)).toBe(1500)
    const half = { ...surge, atSeconds: 2.5 }
    const middle = sentWith({ law: 'counts', everySeconds: 10, counts: [1000] }, [half])
    // A quarter as before, three quarters three times.
    expect(middle.reduce((sum, n) => sum + n)).toBeGreaterThan(2400)
    expect(middle.reduce((sum, n) => sum + n)).toBeLessThan(2600)
  })
})

describe('one of several calls', () => {
  const hub: Component = { kind: 'delay', id: 'hub', time: constant(0), region: 'here' }
  const us: Component = { kind: 'delay', id: 'us', time: constant(0.01), region: 'us' }
  const eu: Component = { kind: 'delay', id: 'eu', time: constant(0.01), region: 'eu' }
  const far = (to: string) => ({ from: 'here', to, latency: constant(0.02) })
  const either = (by: 'order' | 'turn', healthCheckSeconds = 0): readonly Step[] => [
    { do: 'either', calls: [{ to: 'us' }, { to: 'eu' }], by, healthCheckSeconds },
  ]
  const answered = (steps: readonly Step[], faults: readonly Fault[]) =>
    reported({
      components: [hub, us, eu],
      perSecond: 20,
      steps,
      policy: { timeoutSeconds: 1 },
      more: { links: [far('us'), far('eu')], faults },
    })
  const crash = { kind: 'crash', target: 'us', atSeconds: 100, forSeconds: 100 } as const
  const partition = { kind: 'partition', target: 'here<->us', atSeconds: 100, forSeconds: 100 } as const

  test.each([crash, partition])('in order: the second while the first has a $kind', (fault) => {
    const report = answered(either('order'), [fault])
    expect(succeeded(report)).toBeGreaterThan(0.999)
    expect(component(report, 'eu').arrivals / 2000).toBeCloseTo(1, 1)
    expect(component(report, 'us').arrivals / 4000).toBeCloseTo(1, 1)
  })

  test.each([crash, partition])('what is lost until the health check is lost: $kind', (fault) => {
    const failed = answered(either('order', 30), [fault]).requests[0]?.failed ?? 0
    expect(failed / (30 * 20)).toBeCloseTo(1, 1)
  })

  test('in turn: half each, and all to the other where one is down', () => {
    const even = answered(either('turn'), [])
    expect(Math.abs(component(even, 'us').arrivals - component(even, 'eu').arrivals)).toBeLessThanOrEqual(1)
    const report = answered(either('turn'), [crash])
    expect(component(report, 'us').arrivals / 2000).toBeCloseTo(1, 1)
    expect(succeeded(report)).toBeGreaterThan(0.999)
  })
})
