import { describe, expect, test } from 'vitest'
import type { Component, Step } from './index.ts'
import {
  begun,
  component,
  constant,
  exponential,
  mean,
  reported,
  type Setting,
  service,
  succeeded,
} from './trials.ts'

/** What parts do together that no closed form tells: regions, policies, balancers, scaling, deployments. */

describe('regions', () => {
  const api: Component = { kind: 'delay', id: 'api', time: constant(0.01), region: 'us' }
  const link = { from: 'eu', to: 'us', latency: constant(0.04) }
  const setting: Setting = { components: [api], perSecond: 50, region: 'eu', more: { links: [link] } }

  test('latency is paid both ways, and shown as the network', () => {
    const report = reported(setting)
    expect(mean(report)).toBeCloseTo(0.09, 6)
    const spent = report.requests[0]?.spent.find(({ id }) => id === '(network)')
    expect(spent?.seconds).toBeCloseTo(0.08, 3)
  })

  test('a message lost on the way there or back waits for its timeout; retries mend it', () => {
    const lossy = { ...setting, more: { links: [{ ...link, loss: 0.1 }] } }
    const once = reported({ ...lossy, policy: { timeoutSeconds: 1 } })
    expect(succeeded(once)).toBeGreaterThan(0.79)
    expect(succeeded(once)).toBeLessThan(0.83)
    expect(once.requests[0]?.failures.timeout).toBe(once.requests[0]?.failed)
    const again = reported({ ...lossy, policy: { timeoutSeconds: 1, retries: { max: 3 } } })
    expect(1 - succeeded(again)).toBeLessThan(0.005)
    // 1 + q + q² + q³ with q = 1 - 0.9².
    expect(again.amplification).toBeCloseTo(1 + 0.19 + 0.19 ** 2 + 0.19 ** 3, 1)
  })

  test('a partition cuts and ends', () => {
    const faults = [{ kind: 'partition', target: 'eu<->us', atSeconds: 100, forSeconds: 100 }] as const
    const report = reported({ ...setting, policy: { timeoutSeconds: 1 }, more: { links: [link], faults } })
    expect(succeeded(report)).toBeCloseTo(2 / 3, 1)
  })

  test('without a choice of its own, a caller takes the alternative that is near and up', () => {
    const far: Component = { ...api, id: 'far' }
    const near: Component = { ...api, id: 'near', region: 'eu' }
    const faults = [{ kind: 'crash', target: 'near', atSeconds: 100, forSeconds: 100 }] as const
    const both = { ...setting, components: [far, near], to: ['far', 'near'], more: { links: [link], faults } }
    const report = reported(both)
    expect(component(report, 'far').arrivals / (50 * 100)).toBeCloseTo(1, 1)
    expect(component(report, 'near').arrivals / (50 * 200)).toBeCloseTo(1, 1)
  })
})

describe('policies', () => {
  test('a hedge cuts the tail and costs little', () => {
    const slow = { law: 'hyperexponential', mean: 0.01, cv2: 9 } as const
    const delay: Component = { kind: 'delay', id: 'api', time: slow }
    const plain = reported({ components: [delay], perSecond: 100 })
    const hedged = reported({ components: [delay], perSecond: 100, policy: { hedgeSeconds: 0.05 } })
    expect(hedged.requests[0]?.latency?.p999Seconds ?? 0).toBeLessThan(
      0.7 * (plain.requests[0]?.latency?.p999Seconds ?? 0),
    )
    expect(hedged.amplification).toBeGreaterThan(1.005)
    expect(hedged.amplification).toBeLessThan(1.2)
    expect(succeeded(hedged)).toBeGreaterThan(0.999)
  })

  test('a bulkhead is Erlang B of its caller', () => {
    const delay: Component = { kind: 'delay', id: 'api', time: exponential(1) }
    const report = reported({ components: [delay], perSecond: 10, policy: { bulkhead: 10 } }, 20_000)
    expect(1 - succeeded(report)).toBeCloseTo(0.214582, 2)
    expect(component(report, 'api').present).toBeLessThan(10)
  })

  test('backoff waits, and says where the time went', () => {
    const broken: Component = { kind: 'delay', id: 'api', time: constant(0), errors: 0.5 }
    const wait = { law: 'exponential', baseSeconds: 1, capSeconds: 2 } as const
    const report = reported(
      { components: [broken], perSecond: 20, policy: { retries: { max: 3, wait } } },
      2000,
    )
    // Half waits 1 s, a quarter 2 s more, an eighth 2 s more.
    const waited = report.requests[0]?.spent.find(({ id }) => id === '(client)')?.seconds ?? 0
    expect(waited).toBeCloseTo(0.5 * 1 + 0.25 * 2 + 0.125 * 2, 1)
    expect(1 - succeeded(report)).toBeCloseTo(1 / 16, 2)
    expect(report.amplification).toBeCloseTo(1 + 1 / 2 + 1 / 4 + 1 / 8, 1)
  })

  test('a breaker opens on a dead dependency and closes after it', () => {
    const faults = [{ kind: 'crash', target: 'api', atSeconds: 50, forSeconds: 50 }] as const
    const breaker = { calls: 20, share: 0.5, openSeconds: 5 }
    const delay: Component = { kind: 'delay', id: 'api', time: constant(0.01) }
    const setting = { components: [delay], perSecond: 50, policy: { breaker }, more: { faults } }
    const run = begun(setting, 200)
    run.step()
    const report = run.report()
    expect(report.requests[0]?.failures.breaker).toBeGreaterThan(2000)
    expect(report.requests[0]?.failures.down).toBeLessThan(60)
    expect(succeeded(report)).toBeGreaterThan(0.72)
    const lines = run.logs().filter(({ message }) => message.includes('breaker'))
    expect(lines[0]?.message).toContain('opens')
    expect(lines.at(-1)?.message).toContain('closes')
  })

  test('two of three are enough, and an optional call may fail', () => {
    const quick: Component = { kind: 'delay', id: 'quick', time: constant(0.01) }
    const slow: Component = { kind: 'delay', id: 'slow', time: constant(1) }
    const dead: Component = { kind: 'delay', id: 'dead', time: constant(0.02), errors: 1 }
    const calls = [{ to: 'quick' }, { to: 'quick' }, { to: 'slow' }]
    const steps: readonly Step[] = [
      { do: 'parallel', calls, need: 2 },
      { do: 'call', call: { to: 'dead', optional: true } },
      { do: 'maybe', share: 0.25, steps: [{ do: 'call', call: { to: 'quick' } }] },
      { do: 'async', call: { to: 'slow' } },
    ]
    const hub: Component = { kind: 'delay', id: 'hub', time: constant(0) }
    const report = reported({ components: [hub, quick, slow, dead], perSecond: 20, steps })
    expect(succeeded(report)).toBeGreaterThan(0.999)
    expect(mean(report)).toBeCloseTo(0.01 + 0.02 + 0.25 * 0.01, 3)
    expect(component(report, 'slow').arrivals / component(report, 'hub').arrivals).toBeCloseTo(2, 2)
  })
})

describe('balancers', () => {
  const waitWith = (policy: 'random' | 'round-robin' | 'least-connections' | 'two-choices'): number => {
    const lb: Component = { kind: 'balancer', id: 'lb', policy }
    const api = service('api', 0.1, { replicas: 10, balance: 'random' })
    const steps: readonly Step[] = [{ do: 'call', call: { to: 'api' } }]
    return mean(reported({ components: [lb, api], perSecond: 90, steps }, 2000))
  }

  test('random, round robin, two choices and least connections each wait less than the one before', () => {
    const random = waitWith('random')
    // Random over ten is ten M/M/1 of rho 0.9.
    expect(Math.abs(random - 1) / 1).toBeLessThan(0.15)
    const robin = waitWith('round-robin')
    const two = waitWith('two-choices')
    const least = waitWith('least-connections')
    expect(robin).toBeLessThan(random)
    expect(two).toBeLessThan(robin)
    expect(least).toBeLessThan(two)
  })

  test.each(['random', 'round-robin', 'two-choices', 'least-connections'] as const)(
    '%s: the share of the dead goes to all that live, not to their neighbours',
    (balance) => {
      // Two of four serve 200 a second each; one would have three quarters of the 340, or two of its three.
      const api = service('api', 0.005, { replicas: 4, balance, queue: 20 })
      const faults = [{ kind: 'crash', target: 'api', atSeconds: 0, forSeconds: null, share: 0.5 }] as const
      const report = reported({ components: [api], perSecond: 340, more: { faults } }, 100)
      expect(succeeded(report)).toBeGreaterThan(0.97)
    },
  )

  test.each(['either', 'alternatives'])('%s taken in turn: the same', (how) => {
    const components = ['hub', 'a', 'b', 'c'].map((id) =>
      id === 'hub' ? ({ kind: 'delay', id, time: exponential(0.001) } as const) : service(id, 0.001),
    )
    const calls = ['a', 'b', 'c'].map((to) => ({ to }))
    const step: Step =
      how === 'either' ? { do: 'either', calls, by: 'turn' } : { do: 'call', call: { to: ['a', 'b', 'c'] } }
    const faults = [{ kind: 'crash', target: 'a', atSeconds: 0, forSeconds: null }] as const
    const report = reported({ components, perSecond: 100, steps: [step], more: { faults } }, 100)
    expect(component(report, 'b').arrivals / component(report, 'c').arrivals).toBeCloseTo(1, 2)
  })

  test('a dead replica costs its share until the health check finds it', () => {
    const faults = [{ kind: 'crash', target: 'api', atSeconds: 100, forSeconds: 100, share: 0.25 }] as const
    const failuresWith = (healthCheckSeconds: number): number => {
      const lb: Component = { kind: 'balancer', id: 'lb', policy: 'round-robin', healthCheckSeconds }
      const api = service('api', 0.01, { replicas: 4, balance: 'round-robin' })
      const steps: readonly Step[] = [{ do: 'call', call: { to: 'api' } }]
      return (
        reported({ components: [lb, api], perSecond: 100, steps, more: { faults } }).requests[0]?.failed ?? 0
      )
    }
    expect(failuresWith(0)).toBeLessThan(10)
    expect(failuresWith(10)).toBeGreaterThan(200)
    expect(failuresWith(10)).toBeLessThan(300)
  })
})

describe('scaling and deploying', () => {
  const api = service('api', 0.1, { replicas: 2 })
  const surge = { kind: 'surge', target: 'clients', atSeconds: 200, forSeconds: 400, factor: 4 } as const

  test('the autoscaler follows the load up, and down after its window', () => {
    const scaler = {
      kind: 'hpa',
      target: 'api',
      utilization: 0.5,
      min: 2,
      max: 20,
      startSeconds: 10,
    } as const
    const run = begun(
      { components: [api], perSecond: 10, more: { faults: [surge], scalers: [scaler] } },
      1500,
    )
    const replicas: number[] = []
    for (let at = 100; at <= 1500; at += 100) {
      run.step({ untilSeconds: at })
      replicas.push(run.observe().at(-1)?.components[0]?.replicas ?? 0)
    }
    // 40 a second of 0.1 s at half load: about eight; 10 a second: about two.
    expect(replicas[5]).toBeGreaterThanOrEqual(7)
    expect(replicas[5]).toBeLessThanOrEqual(11)
    // At 800 s the load has been low for 200 s, but the window still holds what it was.
    expect(replicas[7]).toBeGreaterThanOrEqual(7)
    expect(replicas.at(-1)).toBeLessThanOrEqual(4)
  })

  test('target tracking and a schedule scale too', () => {
    const common = { target: 'api', startSeconds: 0 }
    const target = {
      scaleOutCooldownSeconds: 10,
      scaleInCooldownSeconds: 60,
      everySeconds: 10,
      min: 2,
      max: 20,
    }
    const tracking = { kind: 'target', utilization: 0.5, ...common, ...target } as const
    const planned = { kind: 'schedule', ...common, plan: [{ atSeconds: 190, replicas: 9 }] } as const
    for (const scaler of [tracking, planned]) {
      const setting = { components: [api], perSecond: 10, more: { faults: [surge], scalers: [scaler] } }
      const run = begun(setting, 600)
      run.step({ untilSeconds: 500 })
      expect(run.observe().at(-1)?.components[0]?.replicas).toBeGreaterThanOrEqual(7)
    }
  })

  test('a rolling deployment keeps serving; a bad version shows', () => {
    const four = service('api', 0.01, { replicas: 4 })
    const deployment = { target: 'api', atSeconds: 100, batch: 1, seconds: 10 }
    const good = reported({ components: [four], perSecond: 100, more: { deployments: [deployment] } })
    expect(good.requests[0]?.failed).toBe(0)
    const bad = reported({
      components: [four],
      perSecond: 100,
      more: { deployments: [{ ...deployment, errors: 0.5 }] },
    })
    expect(1 - succeeded(bad)).toBeGreaterThan(0.25)
    expect(1 - succeeded(bad)).toBeLessThan(0.36)
  })
})

describe('fewer replicas than before', () => {
  const shrunk = (balance: 'shared' | 'round-robin', perSecond: number, atSeconds: number) => {
    const api = service('api', 0.1, { replicas: 9, balance })
    const run = begun({ components: [api], perSecond }, 200)
    run.step({ untilSeconds: atSeconds })
    run.set('clients', 'perSecond', 2)
    run.set('api', 'replicas', 2)
    run.step()
    const { sent = 0, succeeded = 0 } = run.report().requests[0] ?? {}
    return { sent, waiting: sent - succeeded }
  }

  test('those that go finish what waits for them', () => {
    const { sent, waiting } = shrunk('round-robin', 100, 20)
    expect(sent).toBeGreaterThan(2000)
    expect(waiting).toBeLessThanOrEqual(2)
  })

  test('those that go while they are paused finish when they go on', () => {
    const api = service('api', 0.001, { replicas: 2, balance: 'two-choices' })
    const pause = { kind: 'pause', target: 'api', atSeconds: 1, forSeconds: 2 } as const
    const run = begun({ components: [api], perSecond: 30, more: { faults: [pause] } }, 60)
    run.step({ untilSeconds: 2 })
    run.set('api', 'replicas', 1)
    run.set('clients', 'factor', 0)
    run.step()
    const { sent = 0, succeeded } = run.report().requests[0] ?? {}
    expect(sent).toBeGreaterThan(50)
    expect(succeeded).toBe(sent)
  })

  test.each([20, 21, 22, 23, 24])('those that stay take what comes (from %i s on)', (atSeconds) => {
    expect(shrunk('shared', 40, atSeconds).waiting).toBeLessThanOrEqual(2)
  })
})
