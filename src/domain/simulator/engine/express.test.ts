import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assemble } from '../assemble.ts'
import type { Call, Component, Distribution, Fault, Model, Policy, Step } from '../model.ts'
import type { Report } from '../run.ts'
import { startRun } from '../start.ts'
import { SLOTS_THERE } from './places.ts'

const law: fc.Arbitrary<Distribution> = fc.oneof(
  fc.constant<Distribution>({ law: 'exponential', mean: 0.1 }),
  fc.constant<Distribution>({ law: 'constant', mean: 0.125 }),
  fc.constant<Distribution>({ law: 'lognormal', mean: 0.1, cv2: 2 }),
  fc.constant<Distribution>({ law: 'hyperexponential', mean: 0.1, cv2: 4 }),
)

const BALANCES = ['shared', 'shared', 'round-robin', 'round-robin', 'two-choices', 'random'] as const

const station = (id: string): fc.Arbitrary<Component> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('service' as const),
        id: fc.constant(id),
        replicas: fc.integer({ min: 1, max: 4 }),
        workers: fc.integer({ min: 1, max: 3 }),
        queue: fc.constantFrom(null, null, 0, 3, 50),
        time: law,
        balance: fc.constantFrom(...BALANCES),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('service' as const),
        id: fc.constant(id),
        replicas: fc.integer({ min: 1, max: 2 }),
        workers: fc.constant(1),
        queue: fc.constant(null),
        time: law,
        holds: fc.boolean(),
        discipline: fc.constantFrom('fifo' as const, 'lifo' as const),
        errors: fc.constantFrom(0, 0.1),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('delay' as const), id: fc.constant(id), time: law }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('limiter' as const),
        id: fc.constant(id),
        perSecond: fc.constantFrom(5, 1e6),
        burst: fc.constantFrom(1, 1e6),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('service' as const),
        id: fc.constant(id),
        replicas: fc.integer({ min: 1, max: 3 }),
        workers: fc.integer({ min: 1, max: 4 }),
        queue: fc.constantFrom(null, 5),
        time: law,
        holds: fc.constant(true),
        balance: fc.constantFrom(...BALANCES),
      }),
    },
  )

const policy: fc.Arbitrary<Policy | undefined> = fc.constantFrom<Policy | undefined>(
  undefined,
  undefined,
  { timeoutSeconds: 1 },
  { timeoutSeconds: 0.3, retries: { max: 2 } },
  { timeoutSeconds: 0.5, cancels: true, deadline: true },
  { hedgeSeconds: 0.2 },
)

const IDS = ['a', 'b', 'c', 'd']
const leaf: fc.Arbitrary<Call> = fc
  .tuple(fc.constantFrom(...IDS.slice(1)), policy, fc.option(law, { nil: undefined }), fc.boolean())
  .map(([to, how, time, optional]) => ({
    to,
    optional,
    ...(how === undefined ? {} : { policy: how }),
    ...(time === undefined ? {} : { time }),
  }))
const plainLeaf: fc.Arbitrary<Call> = fc.constantFrom(...IDS.slice(1)).map((to) => ({ to }))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: plainLeaf.map((call): Step => ({ do: 'call', call })) },
  { weight: 1, arbitrary: leaf.map((call): Step => ({ do: 'call', call })) },
  {
    weight: 1,
    arbitrary: fc
      .array(leaf, { minLength: 2, maxLength: 3 })
      .map((calls): Step => ({ do: 'parallel', calls })),
  },
  { weight: 1, arbitrary: leaf.map((call): Step => ({ do: 'async', call })) },
  {
    weight: 1,
    arbitrary: plainLeaf.map((call): Step => ({ do: 'maybe', share: 0.5, steps: [{ do: 'call', call }] })),
  },
  {
    weight: 1,
    arbitrary: plainLeaf.map((call): Step => ({ do: 'repeat', again: 0.3, steps: [{ do: 'call', call }] })),
  },
)
const root: fc.Arbitrary<Call> = fc
  .tuple(fc.constantFrom(...IDS), fc.array(step, { maxLength: 4 }), policy)
  .map(([to, steps, how]) => ({ to, steps, ...(how === undefined ? {} : { policy: how }) }))

const fault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: 'capacity', target: 'a', atSeconds: 5, forSeconds: 5, factor: 0.3 },
  { kind: 'crash', target: 'b', atSeconds: 7, forSeconds: 3 },
  { kind: 'surge', target: 's', atSeconds: 4, forSeconds: 6, factor: 3 },
)

const model: fc.Arbitrary<Model> = fc
  .record({
    components: fc.tuple(...IDS.map(station)),
    calls: fc.array(root, { minLength: 1, maxLength: 2 }),
    perSecond: fc.integer({ min: 1, max: 30 }),
    bursty: fc.boolean(),
    closed: fc.boolean(),
    objective: fc.boolean(),
    faults: fc.array(fault, { maxLength: 2 }),
  })
  .map(({ components, calls, perSecond, bursty, closed, objective, faults }) => {
    const requests = calls.map((call, i) => ({ id: `r${i}`, call }))
    const mix = requests.map(({ id }) => ({ request: id, weight: 1 }))
    const arrivals = bursty
      ? ({
          law: 'bursty',
          perSecond,
          burstPerSecond: 3 * perSecond,
          calmSeconds: 3,
          burstSeconds: 1,
        } as const)
      : ({ law: 'poisson', perSecond } as const)
    const users = {
      kind: 'closed',
      id: 'u',
      mix,
      users: 3,
      think: { law: 'exponential', mean: 0.5 },
    } as const
    return {
      components,
      requests,
      sources: [{ kind: 'open', id: 's', mix, arrivals } as const, ...(closed ? [users] : [])],
      objectives: objective ? [{ kind: 'latency', id: 'p99', quantile: 0.99, seconds: 1 } as const] : [],
      faults: faults.filter(
        ({ kind, target }) =>
          kind === 'surge' || components.find(({ id }) => id === target)?.kind === 'service',
      ),
    }
  })

/** Replicas and workers of station a, from a moment on. */
interface Resize {
  readonly atSeconds: number
  readonly replicas: number
  readonly workers: number
}
const resizes: fc.Arbitrary<readonly Resize[]> = fc
  .array(
    fc.record({
      atSeconds: fc.integer({ min: 1, max: 29 }),
      replicas: fc.integer({ min: 1, max: 6 }),
      workers: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 3 },
  )
  .map((list) => list.toSorted((a, b) => a.atSeconds - b.atSeconds))

function reportOf(
  of: Model,
  seed: number,
  express: boolean,
  sizes: readonly Resize[],
  at = Number.POSITIVE_INFINITY,
): Report {
  const run = startRun(of, {
    seed,
    untilSeconds: 30,
    warmupSeconds: 2,
    traceEvery: 50,
    express,
    maxCalls: 5000,
    maxEvents: 100_000,
  })
  if (!run.ok) throw new Error(JSON.stringify(run.error))
  const slice = at === Number.POSITIVE_INFINITY ? {} : { maxEvents: at }
  const many = () => run.value.events > 5e5
  for (const { atSeconds: untilSeconds, replicas, workers } of sizes) {
    const goesOn = () => run.value.step({ ...slice, untilSeconds }) === 'running'
    while (run.value.seconds < untilSeconds && goesOn()) if (many()) break
    if (of.components[0]?.kind !== 'service') continue
    run.value.set('a', 'replicas', replicas)
    run.value.set('a', 'workers', workers)
  }
  while (run.value.step(slice) === 'running') if (many()) break
  const report = run.value.report()
  // Of a call that ends twice, or never, Little's law knows.
  for (const { littleGap } of report.components) expect(littleGap).toBeLessThan(1e-6)
  return report
}

describe('the express way', () => {
  test('gives the report of the general way, to the last digit, whatever is plain or not', () => {
    fc.assert(
      fc.property(model, resizes, fc.integer({ min: 0, max: 1e6 }), (of, sizes, seed) => {
        const general = reportOf(of, seed, false, sizes)
        expect(reportOf(of, seed, true, sizes)).toEqual(general)
        expect(reportOf(of, seed, true, sizes, 97)).toEqual(general)
      }),
      { numRuns: 60 },
    )
  })

  // A server far too slow, so that more calls wait than the arena has slots.
  const crowded: Model = {
    components: [
      {
        kind: 'service',
        id: 'a',
        replicas: 1,
        workers: 1,
        queue: null,
        time: { law: 'constant', mean: 0.001 },
      },
    ],
    requests: [{ id: 'r', call: { to: 'a' } }],
    sources: [
      {
        kind: 'open',
        id: 's',
        mix: [{ request: 'r', weight: 1 }],
        arrivals: { law: 'poisson', perSecond: 100_000 },
      },
    ],
  }
  const settings = { seed: 1, maxCalls: 1_000_000, windowSeconds: 1, traceEvery: 1000 }

  test('is really taken, and left for good when the calls outgrow the arena', () => {
    const { engine, monitor, senders } = assemble(crowded, { ...settings, express: true })
    expect(engine.express).not.toBeNull()
    monitor.start()
    for (const sender of senders) sender.start()
    engine.run(1_000_000, 1)
    expect(engine.express).not.toBeNull()
    engine.run(1_000_000, 2)
    expect(engine.calls.slots).toBeGreaterThan(SLOTS_THERE)
    expect(engine.express).toBeNull()
    expect(assemble(crowded, { ...settings, express: false }).engine.express).toBeNull()
  })

  test('is not taken by a model that is too large for its place in the arena', () => {
    const [server] = crowded.components
    const stations = Array.from({ length: 400 }, (_, i) => ({ ...server, id: `s${i}` }) as const)
    const requests = Array.from({ length: 60 }, (_, i) => ({ id: `r${i}`, call: { to: 'a' } }))
    const model = {
      ...crowded,
      components: [...crowded.components, ...stations],
      requests: [...crowded.requests, ...requests],
    } as Model
    expect(assemble(model, { ...settings, express: true }).engine.express).toBeNull()
    const run = startRun(model, { seed: 1, untilSeconds: 0.1 })
    if (!run.ok) throw new Error(JSON.stringify(run.error))
    run.value.step()
    expect(run.value.report().requests[0]?.sent).toBeGreaterThan(5000)
  })

  test('gives the same report where the calls outgrow the arena half-way', () => {
    const report = (express: boolean) => {
      const run = startRun(crowded, { seed: 1, untilSeconds: 2, express })
      if (!run.ok) throw new Error(JSON.stringify(run.error))
      run.value.step()
      return run.value.report()
    }
    expect(report(true)).toEqual(report(false))
  })
})
