import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Component, Distribution, Fault, FaultKind, Model, Policy, Report, Run } from '../index.ts'
import { checkModel, startRun } from '../index.ts'
import { KINDS, kindOf } from './index.ts'
import type { Parameter } from './kind.ts'

/** One suite over every kind: what any component owes the engine. */

const time: Distribution = { law: 'exponential', mean: 0.004 }

const SAMPLES: { readonly [K in Component['kind']]: Component } = {
  service: { kind: 'service', id: 'it', replicas: 2, workers: 2, queue: 50, time, balance: 'two-choices' },
  sharing: { kind: 'sharing', id: 'it', time: { ...time, mean: 0.002 }, limit: 100 },
  delay: { kind: 'delay', id: 'it', time },
  balancer: { kind: 'balancer', id: 'it', policy: 'round-robin', time },
  cache: { kind: 'cache', id: 'it', entries: 100, ttlSeconds: 5, time, singleFlight: true },
  cdn: { kind: 'cdn', id: 'it', edges: 3, entries: 50, ttlSeconds: 5, time },
  database: {
    kind: 'database',
    id: 'it',
    workers: 2,
    pool: 10,
    queue: 50,
    time,
    locks: true,
    replicas: 1,
    lagSeconds: 0.1,
  },
  queue: {
    kind: 'queue',
    id: 'it',
    time,
    capacity: 1000,
    partitions: 4,
    groups: [{ id: 'readers', consumers: 2, time }],
  },
  limiter: { kind: 'limiter', id: 'it', perSecond: 150, burst: 10, time },
}

const back: Component = { kind: 'service', id: 'back', replicas: 3, workers: 2, queue: null, time }

const POLICIES: Readonly<Record<string, Policy>> = {
  patient: {},
  hasty: { timeoutSeconds: 0.01, retries: { max: 2 }, cancels: true, deadline: true },
}

function model(component: Component, policy: Policy, faults: readonly Fault[] = []): Model {
  const kind = kindOf(component.kind)
  const steps = kind?.steps ? [{ do: 'call', call: { to: 'back' } } as const] : []
  const call = { to: 'it', steps }
  return {
    components: [component, back],
    requests: [
      { id: 'read', call, keys: { count: 500, exponent: 1 } },
      { id: 'write', call: { ...call, write: true }, keys: { count: 500, exponent: 1 } },
    ],
    sources: [
      {
        kind: 'open',
        id: 'clients',
        arrivals: { law: 'poisson', perSecond: 200 },
        mix: [
          { request: 'read', weight: 3 },
          { request: 'write', weight: 1 },
        ],
        policy,
      },
    ],
    faults,
  }
}

function report(of: Model, seed = 1, maxEvents?: number): Report {
  const run = startRun(of, { seed, untilSeconds: 60, warmupSeconds: 5, traceEvery: 10 })
  if (!run.ok) throw new Error(JSON.stringify(run.error))
  while (run.value.step(maxEvents === undefined ? {} : { maxEvents }) === 'running') run.value.observe()
  return run.value.report()
}

const FACTORS: Partial<Record<FaultKind, number>> = {
  slow: 5,
  capacity: 0.2,
  errors: 0.5,
  'hot-key': 0.8,
  'bad-deploy': 0.5,
  leak: 1,
}

function accounts(of: Report): void {
  for (const component of of.components) {
    expect(component.littleGap).toBeLessThan(1e-9)
    expect(component.present).toBeGreaterThanOrEqual(component.waiting - 1e-9)
    expect(component.waiting).toBeGreaterThanOrEqual(-1e-9)
    expect(component.utilization).toBeLessThanOrEqual(1 + 1e-9)
    expect(component.utilization).toBeGreaterThanOrEqual(-1e-9)
    for (const [name, value] of Object.entries(component.counts))
      if (name.endsWith('littleGap')) expect(value).toBeLessThan(1e-9)
  }
  for (const request of of.requests) {
    // What was sent has ended or is under way; nothing is lost and nothing ends twice.
    expect(Math.abs(request.sent - request.succeeded - request.failed)).toBeLessThan(500)
    const failures = Object.values(request.failures).reduce((sum, count) => sum + count, 0)
    expect(failures).toBe(request.failed)
  }
}

/** A parameter of a component, to be so much from a moment on: a share of what a person would set. */
interface Change {
  readonly atSeconds: number
  readonly parameter: string
  readonly share: number
}

const some = <T>(
  of: readonly string[],
  one: (name: fc.Arbitrary<string>) => fc.Arbitrary<T>,
  most: number,
) => (of.length === 0 ? fc.constant<T[]>([]) : fc.array(one(fc.constantFrom(...of)), { maxLength: most }))

/** Changes and faults of a kind, in the first ten seconds. */
function troubles(name: Component['kind']) {
  const { faults, parameters } = KINDS[name]
  const atSeconds = fc.integer({ min: 1, max: 9 })
  const change = (parameter: fc.Arbitrary<string>): fc.Arbitrary<Change> =>
    fc.record({ atSeconds, parameter, share: fc.double({ min: 0, max: 1, noNaN: true }) })
  const fault = (kind: fc.Arbitrary<string>) =>
    fc.record({
      kind: kind as fc.Arbitrary<FaultKind>,
      atSeconds,
      forSeconds: fc.integer({ min: 1, max: 4 }),
    })
  return fc.record({
    changes: some(Object.keys(parameters), change, 4).map((list) =>
      list.toSorted((a, b) => a.atSeconds - b.atSeconds),
    ),
    faults: some(faults, fault, 2),
    perSecond: fc.constantFrom(200, 600),
    policy: fc.constantFrom(...Object.values(POLICIES)),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
}

function set(run: Run, name: Component['kind'], { parameter, share }: Change): void {
  const { low, high, whole } = KINDS[name].parameters[parameter] as Parameter
  const value = parameter === 'errors' ? share / 2 : 1 + 6 * share
  run.set('it', parameter, Math.min(high, Math.max(low, whole ? Math.floor(value) : value)))
}

describe.each(Object.keys(KINDS) as Component['kind'][])('%s', (name) => {
  const sample = SAMPLES[name]

  test('its sample is sound', () => expect(checkModel(model(sample, {}))).toEqual([]))

  test.each(Object.entries(POLICIES))('its accounts are right under %s callers', (_, policy) => {
    const result = report(model(sample, policy))
    accounts(result)
    expect(result.components[0]?.completions).toBeGreaterThan(1000)
  })

  test('the same seed gives the same run, however it is stepped', () => {
    const of = model(sample, POLICIES.hasty ?? {})
    const whole = report(of)
    expect(report(of, 1, 777)).toEqual(whole)
    expect(report(of, 2)).not.toEqual(whole)
  })

  test.each(KINDS[name].faults)('it survives and forgets the fault %s', (kind) => {
    const factor = FACTORS[kind]
    const fault: Fault = {
      kind,
      target: 'it',
      atSeconds: 15,
      forSeconds: 10,
      ...(factor === undefined ? {} : { factor }),
    }
    const result = report(model(sample, POLICIES.hasty ?? {}, [fault]))
    accounts(result)
    const goodput = (from: number, to: number) => {
      const points = result.timeline.filter((point) => point.fromSeconds >= from && point.toSeconds <= to)
      return points.reduce((sum, point) => sum + point.succeeded, 0) / points.length
    }
    expect(goodput(40, 60)).toBeGreaterThan(0.7 * goodput(6, 15))
  })

  test.each(Object.keys(KINDS[name].parameters))('its parameter %s can be set while it runs', (parameter) => {
    const run = startRun(model(sample, {}), { seed: 1, untilSeconds: 20 })
    if (!run.ok) throw new Error('sound')
    run.value.step({ untilSeconds: 5 })
    expect(run.value.parametersOf('it')).toContain(parameter)
    const value = parameter === 'errors' ? 0.5 : 3
    expect(run.value.set('it', parameter, value)).toEqual([])
    expect(run.value.set('it', parameter, Number.NaN)).not.toEqual([])
    run.value.step()
    accounts(run.value.report())
  })

  test('whatever is set and breaks, every request ends once no more come', () => {
    fc.assert(
      fc.property(troubles(name), ({ changes, faults, perSecond, policy, seed }) => {
        const known = faults.map((fault): Fault => {
          const factor = FACTORS[fault.kind]
          return { ...fault, target: 'it', ...(factor === undefined ? {} : { factor }) }
        })
        const run = startRun(model(sample, policy, known), { seed, untilSeconds: 120 })
        if (!run.ok) throw new Error(JSON.stringify(run.error))
        run.value.set('clients', 'perSecond', perSecond)
        for (const change of changes) {
          run.value.step({ untilSeconds: change.atSeconds })
          set(run.value, name, change)
        }
        run.value.step({ untilSeconds: 12 })
        run.value.set('clients', 'factor', 0)
        run.value.step()
        for (const { sent, succeeded, failed } of run.value.report().requests)
          expect(succeeded + failed).toBe(sent)
      }),
      { numRuns: 10 },
    )
  })
})
