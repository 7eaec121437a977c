import { describe, expect, test } from 'vitest'
import type { PredictiveScaler } from './index.ts'
import { Forecast } from './scaling.ts'
import { begun, service } from './trials.ts'

describe('a forecast', () => {
  const filled = (load: (at: number) => number, until: number, forecast: Forecast) => {
    for (let at = 0; at <= until; at += 10) forecast.add(at, load(at))
    return forecast
  }

  test('follows a line', () => {
    expect(filled((at) => at / 10, 100, new Forecast(100, null)).most(100, 50)).toBeCloseTo(15, 9)
  })

  test('of a fall, is what there is now', () => {
    expect(filled((at) => 20 - at / 10, 100, new Forecast(100, null)).most(100, 50)).toBeCloseTo(10, 9)
  })

  test('remembers what came one period ago', () => {
    const noon = (at: number) => (at % 100 >= 50 ? 8 : 2)
    expect(filled(noon, 130, new Forecast(20, 100)).most(130, 30)).toBe(8)
    expect(filled(noon, 130, new Forecast(20, 100)).most(130, 10)).toBe(2)
  })

  test('keeps no more than it needs', () => {
    const forecast = filled(() => 1, 100_000, new Forecast(100, 500))
    expect((forecast as unknown as { points: unknown[] }).points.length).toBeLessThanOrEqual(51)
  })
})

test('a predictive scaler has the replicas before a load that rises steadily needs them; a reactive one is late', () => {
  const api = service('api', 0.1, { replicas: 2, queue: 200, balance: 'round-robin' })
  const points = [
    { atSeconds: 0, perSecond: 10 },
    { atSeconds: 400, perSecond: 200 },
    { atSeconds: 401, perSecond: 200 },
  ]
  const common = { target: 'api', utilization: 0.7, min: 2, max: 60, startSeconds: 60, everySeconds: 15 }
  const predictive: PredictiveScaler = {
    kind: 'predictive',
    ...common,
    aheadSeconds: 90,
    historySeconds: 120,
    periodSeconds: null,
  }
  const waitedWith = (scaler: PredictiveScaler | { kind: 'hpa' }) => {
    const scalers = [{ ...common, ...scaler }]
    const sources = [
      {
        kind: 'open',
        id: 'clients',
        mix: [{ request: 'get', weight: 1 }],
        arrivals: { law: 'profile', points },
      },
    ]
    const started = begun({ components: [api], perSecond: 10, more: { scalers, sources } as object }, 400)
    started.step()
    return started.report().components[0]?.meanWaitSeconds ?? 0
  }
  expect(waitedWith(predictive)).toBeLessThan(0.25 * waitedWith({ kind: 'hpa' }))
})
