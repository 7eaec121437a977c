import { describe, expect, test } from 'vitest'
import { type Component, type Model, type Step, startRun } from './index.ts'
import { component, constant, exponential, mean, modelOf, reported, service, succeeded } from './trials.ts'

/** What queues, databases and caches do beyond the contract of every kind. */

describe('queues and databases', () => {
  const queue: Component = {
    kind: 'queue',
    id: 'log',
    time: constant(0.001),
    capacity: null,
    partitions: 4,
    groups: [
      { id: 'mail', consumers: 4, time: exponential(0.02) },
      { id: 'stock', consumers: 8, time: constant(0), steps: [{ do: 'call', call: { to: 'store' } }] },
    ],
  }
  const store = service('store', 0.005)

  test('every group gets every message; the publisher does not wait', () => {
    const keys = { count: 1000, exponent: 0 }
    const report = reported({ components: [queue, store], perSecond: 50, keys }, 500)
    expect(mean(report)).toBeCloseTo(0.001, 6)
    const { counts } = component(report, 'log')
    expect(component(report, 'store').arrivals).toBeGreaterThan((counts.published ?? 0) - 10)
    expect(counts.consumed).toBeGreaterThan(2 * (counts.published ?? 0) - 20)
    // Four M/M/1 of rho 0.25: a wait of rho / (mu - lambda).
    expect(counts['mail.meanWaitSeconds']).toBeCloseTo(0.25 / (50 - 12.5), 2)
  })

  test('a consumer more than there are partitions helps nobody; too few fall behind', () => {
    const waitWith = (consumers: number): number => {
      const groups = [{ id: 'g', consumers, time: exponential(0.05) }]
      const log: Component = {
        kind: 'queue',
        id: 'log',
        time: constant(0),
        capacity: null,
        partitions: 4,
        groups,
      }
      const keys = { count: 1000, exponent: 0 }
      return (
        component(reported({ components: [log], perSecond: 60, keys }), 'log').counts['g.waitingNow'] ?? 0
      )
    }
    expect(waitWith(8)).toBe(waitWith(4))
    expect(waitWith(2)).toBeGreaterThan(3000)
  })

  test('a full log refuses', () => {
    const groups = [{ id: 'g', consumers: 1, time: constant(1) }]
    const log: Component = { kind: 'queue', id: 'log', time: constant(0), capacity: 5, groups }
    const report = reported({ components: [log], perSecond: 10 })
    expect(succeeded(report)).toBeCloseTo(0.1, 1)
    expect(report.requests[0]?.failures.rejected).toBe(report.requests[0]?.failed)
  })

  const database = (more: object): Component => ({
    kind: 'database',
    id: 'db',
    workers: 4,
    pool: 1000,
    queue: null,
    time: exponential(0.01),
    ...more,
  })

  test('reads of a replica that is down are shared by the others', () => {
    // Two of three serve 100 a second each, together 170.
    const faults = [{ kind: 'crash', target: 'db', atSeconds: 0, forSeconds: null, share: 0.5 }] as const
    const db: Component = {
      kind: 'database',
      id: 'db',
      workers: 1,
      pool: 100,
      queue: null,
      time: exponential(0.01),
      replicas: 3,
    }
    expect(mean(reported({ components: [db], perSecond: 170, more: { faults } }))).toBeLessThan(0.2)
  })

  test('writes of one key wait for each other; others do not', () => {
    const one = { components: [database({ locks: true })], perSecond: 50, write: true }
    // One key: M/M/1 of rho 0.5. Many: M/M/4 of rho 0.125, hardly a wait.
    expect(mean(reported(one, 2000))).toBeCloseTo(0.02, 2)
    expect(mean(reported({ ...one, keys: { count: 100_000, exponent: 0 } }, 2000))).toBeCloseTo(0.01, 3)
  })

  test('read replicas take reads, and lag makes some stale', () => {
    const requests: Model['requests'] = [
      { id: 'read', call: { to: 'db' }, keys: { count: 10, exponent: 0 } },
      { id: 'write', call: { to: 'db', write: true }, keys: { count: 10, exponent: 0 } },
    ]
    const mix = [
      { request: 'read', weight: 9 },
      { request: 'write', weight: 1 },
    ]
    const base = modelOf({ components: [database({ replicas: 2, lagSeconds: 0.5 })], perSecond: 20 })
    const [source] = base.sources
    if (source === undefined) throw new Error('one source')
    const run = startRun(
      { ...base, requests, sources: [{ ...source, mix }] },
      { seed: 1, untilSeconds: 2000 },
    )
    if (!run.ok) throw new Error('sound')
    run.value.step()
    const counts = run.value.report().components[0]?.counts ?? {}
    // A key is written 0.2 times a second: a read finds it written within 0.5 s with probability 1 - e^-0.1.
    expect((counts.staleReads ?? 0) / (counts.reads ?? 1)).toBeCloseTo(1 - Math.exp(-0.1), 2)
  })

  test('a hot key fills one partition of many', () => {
    const faults = [{ kind: 'hot-key', target: 'db', atSeconds: 100, forSeconds: null, factor: 0.9 }] as const
    const spread = {
      components: [database({ partitions: 8, workers: 1 })],
      perSecond: 200,
      keys: { count: 10_000, exponent: 0 },
    }
    expect(mean(reported(spread))).toBeLessThan(0.03)
    expect(component(reported({ ...spread, more: { faults } }), 'db').waiting).toBeGreaterThan(1000)
  })

  test('leaked connections stop it, and a restart mends it', () => {
    const faults = [{ kind: 'leak', target: 'db', atSeconds: 50, forSeconds: 100, factor: 0.2 }] as const
    const few = {
      components: [database({ pool: 10 })],
      perSecond: 50,
      policy: { timeoutSeconds: 1, cancels: true },
    }
    const report = reported({ ...few, more: { faults } })
    const at = (from: number, to: number) =>
      report.timeline
        .filter((point) => point.fromSeconds >= from && point.toSeconds <= to)
        .reduce((sum, { succeeded: n }) => sum + n, 0)
    expect(at(110, 140)).toBe(0)
    expect(at(200, 230)).toBeGreaterThan(1200)
  })
})

describe('caches', () => {
  const keys = { count: 1000, exponent: 1 }
  const cache = (more: object): Component => ({
    kind: 'cache',
    id: 'cache',
    entries: 1000,
    ttlSeconds: null,
    time: constant(0.001),
    ...more,
  })
  const origin: Component = { kind: 'delay', id: 'origin', time: constant(0.1) }
  const steps: readonly Step[] = [{ do: 'call', call: { to: 'origin' } }]

  test('a stampede of misses of one key is one call with single flight', () => {
    const one = { perSecond: 1000, steps }
    const ttl = { ttlSeconds: 1 }
    const stampede = reported({ ...one, components: [cache(ttl), origin] }, 100)
    const single = reported({ ...one, components: [cache({ ...ttl, singleFlight: true }), origin] }, 100)
    expect(component(stampede, 'origin').arrivals).toBeGreaterThan(80 * 80)
    expect(component(single, 'origin').arrivals).toBeLessThan(100)
    expect(succeeded(single)).toBeGreaterThan(0.99)
  })

  test('a flush is paid by the origin', () => {
    const faults = [{ kind: 'cache-flush', target: 'cache', atSeconds: 200, forSeconds: 0 }] as const
    const setting = { components: [cache({}), origin], perSecond: 200, steps, keys }
    const calm = component(reported(setting), 'origin').arrivals
    expect(component(reported({ ...setting, more: { faults } }), 'origin').arrivals).toBeGreaterThan(
      1.5 * calm,
    )
  })

  test('edges that do not share hit less than one cache', () => {
    const hit = (edges: number) => {
      const cdn: Component = {
        kind: 'cdn',
        id: 'cdn',
        edges,
        entries: 1000,
        ttlSeconds: 10,
        time: constant(0),
      }
      const report = reported({ components: [cdn, origin], perSecond: 100, steps, keys })
      return component(report, 'cdn').counts.hitRatio ?? 0
    }
    expect(hit(10)).toBeLessThan(hit(1) - 0.1)
  })
})
