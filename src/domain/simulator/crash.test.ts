import { describe, expect, test } from 'vitest'
import type { Component, Model } from './model.ts'
import { startRun } from './start.ts'

const time = { law: 'exponential', mean: 0.1 } as const
const service = { kind: 'service', id: 'a', replicas: 2, workers: 4, queue: null, time } as const

/** Components that have steps, and so may call themselves. */
const kinds: readonly Component[] = [
  service,
  { ...service, holds: true, workers: 20 },
  { ...service, balance: 'random' },
  { kind: 'sharing', id: 'a', limit: null, time: { ...time, mean: 0.005 } },
  { kind: 'delay', id: 'a', time },
]

/** Each request is three calls of one component, one inside the other, under load when it crashes, some retried. */
const nested = (component: Component, share: number): Model => ({
  components: [component],
  requests: [
    {
      id: 'r',
      call: {
        to: 'a',
        policy: { timeoutSeconds: 2, retries: { max: 3 } },
        steps: [
          { do: 'call', call: { to: 'a', steps: [{ do: 'call', call: { to: 'a' } }] } },
          { do: 'call', call: { to: 'a' } },
        ],
      },
    },
  ],
  sources: [
    {
      kind: 'open',
      id: 's',
      mix: [{ request: 'r', weight: 1 }],
      arrivals: { law: 'poisson', perSecond: 10 },
    },
  ],
  faults: [{ kind: 'crash', target: 'a', atSeconds: 10, forSeconds: 5, ...(share < 1 ? { share } : {}) }],
})

describe('a crash of a component that calls itself', () => {
  const cases = kinds.flatMap((component, i) =>
    [1, ...(component.kind === 'service' ? [0.5] : [])].map((share) => ({ i, component, share })),
  )
  test.each(cases)('$component.kind $i, share $share: every call ends once', ({ component, share }) => {
    for (let seed = 1; seed <= 5; seed++) {
      const run = startRun(nested(component, share), { seed, untilSeconds: 60, maxEvents: 1_000_000 })
      if (!run.ok) throw new Error(JSON.stringify(run.error))
      expect(run.value.step()).toBe('time')
      const report = run.value.report()
      const [request] = report.requests
      const [at] = report.components
      if (request === undefined || at === undefined) throw new Error('there is one of each')
      const open = request.sent - request.succeeded - request.failed
      expect(open).toBeGreaterThanOrEqual(0)
      expect(open).toBeLessThan(60)
      expect(at.littleGap).toBeLessThan(1e-9)
      const gone = Object.values(at.refusals).reduce((sum, n) => sum + (n ?? 0), at.completions)
      expect(at.arrivals).toBeGreaterThanOrEqual(gone)
      expect(at.arrivals - gone).toBeLessThan(60)
    }
  })
})
