import { describe, expect, test } from 'vitest'
import type { Component, Model, Step } from './index.ts'
import { begun, component, constant, exponential, mean, reported, service } from './trials.ts'

/** What is the limit, where the time goes, and what waits: told apart where they are not the same. */

const calls = (to: string): Step[] => [{ do: 'call', call: { to } }]
const full = { holds: true, workers: 50, queue: 50 }

describe('the bottleneck', () => {
  const front = service('front', 0.001, full)
  const back = service('back', 0.01, { queue: 100 })

  test('is what a caller waits for, not the caller whose workers are held', () => {
    const report = reported({ components: [front, back], perSecond: 200, steps: calls('back') })
    expect(component(report, 'front').utilization).toBeGreaterThan(0.99)
    expect(report.bottleneck).toBe('back')
  })

  test('is the caller where its workers are too few and what it calls never queues', () => {
    const slow: Component = { kind: 'delay', id: 'slow', time: constant(1) }
    const report = reported({ components: [front, slow], perSecond: 200, steps: calls('slow') })
    expect(report.bottleneck).toBe('front')
  })

  test('is where calls wait for a lock, though its workers are idle', () => {
    const database: Component = {
      kind: 'database',
      id: 'store',
      workers: 16,
      pool: 1000,
      queue: null,
      time: exponential(0.01),
      locks: true,
    }
    const wide = service('front', 0.001, { holds: true, workers: 20_000 })
    const step: Step = { do: 'call', call: { to: 'store', write: true } }
    const report = reported({ components: [wide, database], perSecond: 200, steps: [step] }, 60)
    expect(component(report, 'store').utilization).toBeLessThan(0.1)
    expect(report.bottleneck).toBe('store')
  })

  test('is the busiest where none is full', () => {
    const report = reported({
      components: [front, service('back', 0.002)],
      perSecond: 300,
      steps: calls('back'),
    })
    expect(report.bottleneck).toBe('back')
  })
})

const log = (more: object): Component => ({
  kind: 'queue',
  id: 'log',
  time: constant(0.001),
  capacity: null,
  partitions: 20,
  groups: [{ id: 'work', consumers: null, of: 'worker', time: constant(0), steps: calls('worker') }],
  ...more,
})
const keys = { count: 10_000, exponent: 0 }
const worker = (replicas: number) => service('worker', 0.05, { replicas, workers: 2 })

describe('a queue', () => {
  test('whose readers are too few is the limit; its messages wait, by time', () => {
    const groups = [{ id: 'work', consumers: 2, time: constant(0), steps: calls('worker') }]
    const setting = { components: [log({ groups }), worker(10)], perSecond: 100, keys }
    const report = reported(setting, 100)
    expect(report.bottleneck).toBe('log')
    const { backlog, waiting } = component(report, 'log')
    // 100 come and 40 are read a second.
    expect(backlog?.waitingNow).toBeGreaterThan(5500)
    expect(backlog?.waiting).toBeCloseTo((backlog?.waitingNow ?? 0) / 2, -3)
    expect(waiting).toBe(0)
    const last = report.timeline.at(-1)
    expect(last?.waiting[0]).toBeCloseTo(backlog?.waitingNow ?? 0, -3)
  })

  test('is read by the workers that there are: more come with a scaler', () => {
    const unread = (more: Partial<Model>) =>
      component(reported({ components: [log({}), worker(1)], perSecond: 100, keys, more }, 200), 'log')
        .backlog
    expect(unread({})?.waitingNow).toBeGreaterThan(10_000)
    const scaler = { kind: 'schedule', target: 'worker', plan: [{ atSeconds: 20, replicas: 10 }] } as const
    expect(unread({ scalers: [{ ...scaler, startSeconds: 0 }] })?.waitingNow).toBeLessThan(100)
  })

  test('keeps its messages while nobody is there to read them', () => {
    const faults = [{ kind: 'crash', target: 'worker', atSeconds: 50, forSeconds: 20 }] as const
    const report = reported({ components: [log({}), worker(5)], perSecond: 50, keys, more: { faults } }, 200)
    const { counts, backlog } = component(report, 'log')
    // At most what the ten workers had in hand.
    expect(counts.failed).toBeLessThanOrEqual(10)
    expect(backlog?.maxWaiting).toBeGreaterThan(900)
    expect(backlog?.waitingNow).toBeLessThan(100)
  })

  test('may be read by as many as its model says, but not for somebody who is not there', () => {
    const groups = [{ id: 'work', consumers: null, time: constant(0) }]
    expect(() => begun({ components: [log({ groups })], perSecond: 1 }, 1)).toThrow(/consumers/)
    const of = [{ id: 'work', consumers: 1, of: 'log', time: constant(0) }]
    expect(() => begun({ components: [log({ groups: of })], perSecond: 1 }, 1)).toThrow(
      /service or a database/,
    )
  })
})

describe('where the time goes', () => {
  test('what nobody waits for is apart, also what it calls', () => {
    const steps: Step[] = [{ do: 'async', call: { to: 'mail', steps: calls('sender') } }]
    const components = [
      service('api', 0.001),
      service('mail', 0.01),
      { kind: 'delay', id: 'sender', time: constant(0.5) } as const,
      log({}),
      worker(5),
    ]
    const all: Step[] = [...steps, ...calls('log')]
    const report = reported({ components, perSecond: 20, steps: all, keys })
    const { spent = [], later = [] } = report.requests[0] ?? {}
    expect(spent.map(({ id }) => id).sort()).toEqual(['api', 'log'])
    expect(later.map(({ id }) => id)).toEqual(expect.arrayContaining(['sender', 'mail', 'worker']))
    expect(spent.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(mean(report), 4)
  })

  test('what was lost on the way is time of the network', () => {
    const back = { ...service('back', 0.001), region: 'b' }
    const front = { ...service('front', 0.001, { workers: 100 }), region: 'a' }
    const policy = { timeoutSeconds: 0.1, retries: { max: 20 } }
    const steps: Step[] = [{ do: 'call', call: { to: 'back', policy } }]
    const links = [{ from: 'a', to: 'b', latency: constant(0), loss: 0.2 }]
    const report = reported({ components: [front, back], perSecond: 20, steps, more: { links } })
    const sum = report.requests[0]?.spent.reduce((total, { seconds }) => total + seconds, 0) ?? 0
    expect(mean(report)).toBeGreaterThan(0.03)
    expect(sum / mean(report)).toBeCloseTo(1, 1)
  })
})
