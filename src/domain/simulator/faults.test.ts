import { describe, expect, test } from 'vitest'
import type { Component, Deployment, Fault, Step } from './index.ts'
import { begun, component, constant, exponential, mean, reported, service, succeeded } from './trials.ts'

/** What faults do to what they hit. */

const at = (kind: Fault['kind'], target: string, more: Partial<Fault> = {}): Fault => ({
  kind,
  target,
  atSeconds: 100,
  forSeconds: 100,
  ...more,
})

describe('a skewed clock', () => {
  const api = service('api', 0.1, { workers: 10 })
  const policy = { timeoutSeconds: 1, deadline: true }

  test('drops calls whose deadlines it believes to have passed, and keeps none when it is behind', () => {
    // A queue that is never empty: deadlines are read when a call leaves it.
    const setting = { components: [api], perSecond: 98, policy }
    const expired = (factor: number) =>
      component(reported({ ...setting, more: { faults: [at('clock-skew', 'api', { factor })] } }), 'api')
        .refusals.expired ?? 0
    expect(expired(-0.5)).toBeLessThan(expired(0.5))
    expect(expired(2)).toBeGreaterThan(3000)
  })

  test('changes nothing where caller and callee have the same', () => {
    const hub: Component = { kind: 'delay', id: 'hub', time: constant(0) }
    const steps: readonly Step[] = [{ do: 'call', call: { to: 'api', policy } }]
    const always = (id: string) => at('clock-skew', id, { factor: 5, atSeconds: 0, forSeconds: null })
    const faults = [always('hub'), always('api')]
    const setting = { components: [hub, api], perSecond: 98, steps }
    const straight = component(reported(setting), 'api')
    const skewed = component(reported({ ...setting, more: { faults } }), 'api')
    expect(skewed.refusals).toEqual(straight.refusals)
    expect(skewed.completions).toBe(straight.completions)
  })

  test('ends the entries of a cache early, or keeps them too long', () => {
    const cache: Component = { kind: 'cache', id: 'cache', entries: 10, ttlSeconds: 50, time: constant(0) }
    const origin: Component = { kind: 'delay', id: 'origin', time: constant(0) }
    const steps: readonly Step[] = [{ do: 'call', call: { to: 'origin' } }]
    const misses = (factor: number) => {
      const faults = [at('clock-skew', 'cache', { factor, atSeconds: 10, forSeconds: null })]
      return component(
        reported({ components: [cache, origin], perSecond: 10, steps, more: { faults } }, 60),
        'cache',
      ).counts.misses
    }
    // Filled at 0 for 50 s. Ahead by 45 s it ends at once when the clock jumps past 50; behind by 20 s it lives until 70.
    expect(misses(0)).toBe(2)
    expect(misses(45)).toBe(2)
    expect(misses(-20)).toBe(1)
  })

  test('fills a token bucket, or starves it', () => {
    const limiter: Component = { kind: 'limiter', id: 'limit', perSecond: 10, burst: 1000 }
    const admitted = (factor: number) => {
      const faults = [at('clock-skew', 'limit', { factor, atSeconds: 150, forSeconds: null })]
      return component(reported({ components: [limiter], perSecond: 100, more: { faults } }, 200), 'limit')
        .completions
    }
    expect(admitted(50) - admitted(0)).toBeGreaterThan(450)
    expect(admitted(0) - admitted(-30)).toBeGreaterThan(250)
  })

  test('shifts a schedule of its service', () => {
    const plan = [{ atSeconds: 150, replicas: 5 }]
    const scalers = [{ kind: 'schedule', target: 'api', startSeconds: 0, plan }] as const
    const replicasAt = (until: number, faults: readonly Fault[]) => {
      const run = begun({ components: [service('api', 0.01)], perSecond: 10, more: { scalers, faults } }, 300)
      run.step({ untilSeconds: until })
      return run.observe().at(-1)?.components[0]?.replicas
    }
    expect(replicasAt(149, [])).toBe(1)
    expect(replicasAt(152, [])).toBe(5)
    const ahead = [at('clock-skew', 'api', { factor: 60 })]
    expect(replicasAt(102, ahead)).toBe(5)
    // Behind by 60 s, 150 is shown at 210; at 200 the clock is right again.
    const behind = [at('clock-skew', 'api', { factor: -60 })]
    expect(replicasAt(199, behind)).toBe(1)
    expect(replicasAt(202, behind)).toBe(5)
  })
})

describe('a bad deployment', () => {
  const four = service('api', 0.01, { replicas: 4, balance: 'round-robin' })
  const setting = { components: [four], perSecond: 40 }

  test('fails its share of the calls to the replicas that have it, until it is rolled back', () => {
    const faults = [at('bad-deploy', 'api', { factor: 0.4, share: 0.5 })]
    // A third of the time, half of the replicas, 0.4 of their calls.
    expect(1 - succeeded(reported({ ...setting, more: { faults } }))).toBeCloseTo(0.4 / 6, 2)
  })

  test('or is slow', () => {
    const faults = [at('bad-deploy', 'api', { factor: 5, atSeconds: 0, forSeconds: null })]
    const slow = mean(reported({ ...setting, more: { faults } }))
    expect(slow / mean(reported(setting))).toBeGreaterThan(4.9)
  })

  test('rises with its ramp', () => {
    const faults = [at('bad-deploy', 'api', { factor: 1, forSeconds: 100, rampSeconds: 100 })]
    // On the mean of the ten steps, 0.55 of the replicas, rounded up to whole ones of four: 0.65.
    expect(1 - succeeded(reported({ ...setting, more: { faults } }))).toBeCloseTo(0.65 / 3, 1)
  })

  test('a rollback puts back what was replaced, batch by batch, and stops the rest', () => {
    const deployment: Deployment = { target: 'api', atSeconds: 100, batch: 1, seconds: 10, errors: 1 }
    const run = (more: Partial<Deployment>) => {
      const started = begun({ ...setting, more: { deployments: [{ ...deployment, ...more }] } }, 300)
      started.step()
      return started
    }
    const forGood = run({}).report()
    expect(1 - succeeded(forGood)).toBeGreaterThan(0.5)
    const back = run({ rollbackSeconds: 15 })
    // Two are replaced by 120, the first is put back by 130, the second by 140.
    const failed = back
      .report()
      .timeline.filter((point) => point.failed > 0)
      .map(({ toSeconds }) => toSeconds)
    expect(Math.min(...failed)).toBeGreaterThan(110)
    expect(Math.max(...failed)).toBeLessThanOrEqual(131)
    expect(back.logs().map(({ message }) => message)).toEqual([
      'deployment begins, 1 at a time',
      'rollback begins',
      'rollback ends',
    ])
  })

  test('replicas that an autoscaler adds later have the version that was deployed', () => {
    const deployments = [{ target: 'api', atSeconds: 10, batch: 4, seconds: 1, errors: 0.5 }]
    const plan = [{ atSeconds: 50, replicas: 40 }]
    const scalers = [{ kind: 'schedule', target: 'api', startSeconds: 0, plan }] as const
    const report = reported({ ...setting, perSecond: 100, more: { deployments, scalers } }, 1000)
    expect(1 - succeeded(report)).toBeCloseTo(0.5, 1)
  })

  test('errors of another fault end without it', () => {
    const faults = [
      at('bad-deploy', 'api', { factor: 1, atSeconds: 0, forSeconds: null }),
      at('errors', 'api', { factor: 0.5, atSeconds: 10, forSeconds: 10 }),
    ]
    expect(succeeded(reported({ ...setting, more: { faults } }))).toBe(0)
  })
})

describe('a database whose primary fails', () => {
  const database = (more: object): Component => ({
    kind: 'database',
    id: 'db',
    workers: 8,
    pool: 50,
    queue: 100,
    time: constant(0.001),
    replicas: 1,
    lagSeconds: 2,
    ...more,
  })
  const faults = [at('primary-crash', 'db')]
  const writes = { perSecond: 50, write: true, more: { faults } }

  test('refuses writes until a replica is promoted, and loses what that never got', () => {
    const run = begun({ ...writes, components: [database({ failoverSeconds: 20 })] }, 300)
    run.step()
    const report = run.report()
    expect(report.requests[0]?.failures.down).toBeGreaterThan(0.9 * 20 * 50)
    expect(report.requests[0]?.failures.down).toBeLessThan(1.1 * 20 * 50)
    const { failovers, lostWrites } = component(report, 'db').counts
    expect(failovers).toBe(1)
    // Two seconds of fifty writes.
    expect(lostWrites).toBeGreaterThan(75)
    expect(lostWrites).toBeLessThan(125)
    expect(run.logs().some(({ message }) => message.includes('promoted'))).toBe(true)
  })

  test('reads go on meanwhile', () => {
    const report = reported({ ...writes, write: false, components: [database({ failoverSeconds: 20 })] })
    expect(succeeded(report)).toBe(1)
  })

  test('without failover, writes wait for the primary and nothing is lost', () => {
    const report = reported({ ...writes, components: [database({})] })
    expect(report.requests[0]?.failures.down).toBeGreaterThan(0.9 * 100 * 50)
    expect(component(report, 'db').counts).toMatchObject({ failovers: 0, lostWrites: 0 })
  })

  test('a primary that is back sooner stays primary; synchronous replicas lose nothing', () => {
    const soon = reported({ ...writes, components: [database({ failoverSeconds: 200 })] })
    expect(component(soon, 'db').counts.failovers).toBe(0)
    const synchronous = reported({
      ...writes,
      components: [database({ failoverSeconds: 20, lagSeconds: 0 })],
    })
    expect(component(synchronous, 'db').counts).toMatchObject({ failovers: 1, lostWrites: 0 })
  })
})

describe('a dependency', () => {
  const partner: Component = { kind: 'delay', id: 'partner', time: exponential(0.05) }

  test('that hangs costs its callers their timeouts; one that is down answers at once', () => {
    const policy = { timeoutSeconds: 2 }
    const hangs = reported({
      components: [partner],
      perSecond: 20,
      policy,
      more: { faults: [at('pause', 'partner')] },
    })
    expect(hangs.requests[0]?.failures.timeout).toBeGreaterThan(0.9 * 20 * 97)
    const down = reported({
      components: [partner],
      perSecond: 20,
      policy,
      more: { faults: [at('crash', 'partner')] },
    })
    expect(down.requests[0]?.failures.timeout).toBeUndefined()
    expect(down.requests[0]?.failures.down).toBeGreaterThan(0.9 * 20 * 100)
  })

  test('that crashes while it hangs leaves nothing behind', () => {
    const faults = [at('pause', 'partner'), at('crash', 'partner', { atSeconds: 150, forSeconds: 20 })]
    const report = reported({ components: [partner], perSecond: 20, more: { faults } })
    expect(component(report, 'partner').littleGap).toBeLessThan(1e-9)
    const after = report.timeline.filter(({ fromSeconds }) => fromSeconds > 205)
    expect(after.reduce((sum, { succeeded: n }) => sum + n, 0)).toBeGreaterThan(20 * 80)
  })
})
