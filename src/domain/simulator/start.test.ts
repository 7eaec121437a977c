import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkModel, type Fault, type Model, type Policy, type Run, startRun } from './index.ts'

const exponential = (mean: number) => ({ law: 'exponential', mean }) as const

function small(policy: Policy = {}, more: Partial<Model> = {}): Model {
  return {
    components: [
      { kind: 'service', id: 'api', replicas: 2, workers: 1, queue: 100, time: exponential(0.01) },
      { kind: 'delay', id: 'partner', time: exponential(0.02) },
    ],
    requests: [{ id: 'get', call: { to: 'api', steps: [{ do: 'call', call: { to: 'partner' } }] } }],
    sources: [
      {
        kind: 'open',
        id: 'clients',
        mix: [{ request: 'get', weight: 1 }],
        arrivals: { law: 'poisson', perSecond: 100 },
        policy,
      },
    ],
    ...more,
  }
}

function begun(model: Model, untilSeconds = 100, more: object = {}): Run {
  const run = startRun(model, { seed: 3, untilSeconds, ...more })
  if (!run.ok) throw new Error(JSON.stringify(run.error))
  return run.value
}

describe('bad models are values that name the place', () => {
  /** The small model with the value at a path replaced. */
  const put = (path: string, value: unknown): Model => {
    const model: unknown = JSON.parse(JSON.stringify(small()))
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const at = keys.reduce((thing, key) => (thing as Record<string, unknown>)[key], model)
    ;(at as Record<string, unknown>)[last] = value
    return model as Model
  }
  const arrivals = 'sources.0.arrivals.perSecond'
  const forEver = [{ do: 'repeat', again: 1, steps: [] }]
  const flush = [{ kind: 'cache-flush', target: 'api', atSeconds: 1, forSeconds: 1 }]
  const cases: readonly (readonly [string, string, unknown, string, string])[] = [
    ['no replicas', 'components.0.replicas', 0, 'components.api', 'replicas'],
    ['half a replica', 'components.0.replicas', 1.5, 'components.api', 'replicas'],
    ['a negative time', 'components.0.time.mean', -1, 'components.api.time', 'mean'],
    ['NaN', 'components.0.time.mean', Number.NaN, 'components.api.time', 'mean'],
    ['no rate', arrivals, 0, 'sources.clients.arrivals', 'perSecond'],
    ['a rate of 10¹²', arrivals, 1e12, 'sources.clients.arrivals', 'perSecond'],
    ['an unknown law', 'components.0.time.law', 'weird', 'components.api.time', 'law'],
    ['an unknown kind', 'components.0.kind', 'toString', 'components.api', 'kind'],
    ['a missing component', 'requests.0.call.to', 'nowhere', 'requests.get.call', 'to'],
    ['an unknown request', 'sources.0.mix.0.request', 'put', 'sources.clients.mix.0', 'request'],
    ['an id twice', 'components.1.id', 'api', 'components.api', 'id'],
    ['repeating for ever', 'requests.0.call.steps', forEver, 'requests.get.call.steps.0', 'again'],
    ['a fault that its target does not know', 'faults', flush, 'faults.0', 'kind'],
  ]
  test.each(cases)('%s', (_, path, value, where, field) => {
    const problems = checkModel(put(path, value))
    expect(problems).toContainEqual(expect.objectContaining({ where, field }))
    expect(startRun(put(path, value), { seed: 1, untilSeconds: 1 }).ok).toBe(false)
  })

  test('a cycle of calls', () => {
    const call: { to: string; steps: unknown[] } = { to: 'api', steps: [] }
    call.steps.push({ do: 'call', call })
    const [problem] = checkModel(small({}, { requests: [{ id: 'get', call: call as never }] }))
    expect(problem?.message).toContain('cycle')
  })

  test('anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(checkModel(anything as Model).length).toBeGreaterThan(0)
      }),
    )
  })

  test('a sound model with one thing in it replaced never throws', () => {
    const places = [
      'components',
      'requests',
      'sources',
      'faults',
      'objectives',
      'links',
      'scalers',
      'deployments',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.anything(), (place, anything) => {
        checkModel({ ...small(), [place]: [anything] } as Model)
        checkModel({ ...small(), [place]: anything } as Model)
      }),
    )
  })

  test('a run of 10⁹ seconds', () => {
    const run = startRun(small(), { seed: 1, untilSeconds: 1e9 })
    expect(run.ok ? [] : run.error).toContainEqual(expect.objectContaining({ field: 'untilSeconds' }))
  })
})

describe('a run', () => {
  test('ends by time, events or memory, and says which', () => {
    const byTime = begun(small(), 5)
    expect(byTime.step()).toBe('time')
    expect(byTime.seconds).toBe(5)
    expect(begun(small(), 1000, { maxEvents: 500 }).step()).toBe('events')
    const flooded = small({}, {})
    const slow = {
      ...flooded,
      components: flooded.components.map((one) => ({ ...one, time: exponential(100), queue: null })),
    }
    expect(begun(slow as Model, 1000, { maxCalls: 300 }).step()).toBe('memory')
  })

  test('is watched window by window, and what is watched adds up', () => {
    const run = begun(small(), 50, { windowSeconds: 1 })
    let sent = 0
    let windows = 0
    for (let at = 1; at <= 50; at++) {
      run.step({ untilSeconds: at })
      for (const window of run.observe()) {
        sent += window.sent
        windows++
      }
    }
    expect(windows).toBeGreaterThanOrEqual(49)
    expect(run.report().requests[0]?.sent).toBeGreaterThanOrEqual(sent)
    expect(sent).toBeGreaterThan(4500)
  })

  test('the end of the warm-up leaves no gap in what is watched', () => {
    const watched = (warmupSeconds: number) => {
      const run = begun(small(), 20, { windowSeconds: 1, warmupSeconds })
      run.step()
      const rounded = (_: string, value: unknown) =>
        typeof value === 'number' ? Number(value.toPrecision(9)) : value
      return JSON.parse(JSON.stringify(run.observe(), rounded))
    }
    // Half-way through a window, and at its end.
    for (const at of [7.5, 8]) expect(watched(at)).toEqual(watched(0))
  })

  test('can be changed and broken while it runs', () => {
    const run = begun(small({ timeoutSeconds: 1 }), 60)
    run.step({ untilSeconds: 10 })
    const fault: Fault = { kind: 'crash', target: 'partner', atSeconds: 0, forSeconds: 10 }
    expect(run.inject(fault)).toEqual([])
    expect(run.inject({ ...fault, target: 'nobody' })).not.toEqual([])
    expect(run.set('clients', 'factor', 2)).toEqual([])
    expect(run.set('nobody', 'factor', 2)).not.toEqual([])
    run.step()
    const report = run.report()
    const failures = report.requests[0]?.failures.down ?? 0
    expect(failures).toBeGreaterThan(1500)
    expect(failures).toBeLessThan(2500)
    expect(report.faults).toEqual([{ kind: 'crash', target: 'partner', fromSeconds: 10, toSeconds: 20 }])
    expect(run.logs().map(({ message }) => message)).toEqual(['fault begins: crash', 'fault ends: crash'])
  })

  test('samples traces whose spans lie inside their callers', () => {
    const run = begun(small({ timeoutSeconds: 5 }), 20, { traceEvery: 50 })
    run.step()
    const traces = run.sampleTraces()
    expect(traces.length).toBeGreaterThan(20)
    for (const { spans } of traces) {
      expect(spans.map(({ component }) => component)).toEqual(['api', 'partner'])
      for (const { parent, fromSeconds, toSeconds } of spans) {
        const caller = parent === null ? undefined : spans[parent]
        if (caller === undefined) continue
        expect(fromSeconds).toBeGreaterThanOrEqual(caller.fromSeconds)
        expect(toSeconds).toBeLessThanOrEqual(caller.toSeconds)
      }
    }
  })

  test('says whether objectives are met, with margin and interval', () => {
    const objectives: Model['objectives'] = [
      { kind: 'latency', id: 'fast', quantile: 0.99, seconds: 1 },
      { kind: 'latency', id: 'too fast', quantile: 0.5, seconds: 0.001 },
      { kind: 'availability', id: 'there', share: 0.99 },
      { kind: 'goodput', id: 'enough', perSecond: 500 },
    ]
    const run = begun(small({}, { objectives }), 200)
    run.step()
    const found = run.report().objectives
    expect(found.map(({ met }) => met)).toEqual([true, false, true, false])
    for (const { interval, measured, sure } of found) {
      expect(sure).toBe(true)
      expect(interval?.low).toBeLessThanOrEqual(measured)
      expect(interval?.high).toBeGreaterThanOrEqual(measured)
    }
  })

  test('of a few seconds says what it can and why not more', () => {
    const objectives: Model['objectives'] = [
      { kind: 'latency', id: 'fast', quantile: 0.99, seconds: 1 },
      { kind: 'availability', id: 'there', share: 0.99 },
      { kind: 'availability', id: 'always', share: 0.999999 },
      { kind: 'goodput', id: 'enough', perSecond: 50 },
    ]
    const found = (seconds: number) => {
      const run = begun(small({}, { objectives }), seconds, { windowSeconds: 1 })
      run.step()
      return run.report().objectives
    }
    const [fast, there, always, enough] = found(1)
    expect(fast).toMatchObject({ interval: null, sure: false, noInterval: expect.stringContaining('160') })
    expect(enough).toMatchObject({ interval: null, noInterval: expect.stringContaining('10 windows') })
    // None of about a hundred failed: it may still be one in thirty.
    expect(there?.interval?.low).toBeGreaterThan(0.95)
    expect(there?.interval?.low).toBeLessThan(0.98)
    expect([there?.met, there?.sure, always?.sure]).toEqual([true, false, false])
    for (const { interval, noInterval } of found(20))
      expect([interval === null, noInterval]).toEqual([false, null])
    expect(found(20)[3]?.sure).toBe(true)
  })

  test('spends as long in its parts as a request takes', () => {
    const run = begun(small(), 500)
    run.step()
    const [request] = run.report().requests
    const spent = request?.spent.reduce((sum, { seconds }) => sum + seconds, 0) ?? 0
    const mean = request?.latency?.meanSeconds.value ?? 0
    expect(Math.abs(spent - mean) / mean).toBeLessThan(0.01)
  })

  test('does not go on until no time at all', () => {
    const run = begun(small(), 100)
    run.step({ untilSeconds: 10 })
    const { events } = run
    for (const limit of [{ untilSeconds: Number.NaN }, { maxEvents: Number.NaN }, { maxEvents: -1 }])
      expect(run.step(limit)).toBe('running')
    expect(run.events).toBe(events)
  })

  test('keeps what it remembers within bounds however long it is', () => {
    const run = begun(small(), 5000, { windowSeconds: 1 })
    run.step()
    expect(run.report().timeline.length).toBeLessThanOrEqual(600)
    expect(run.observe().length).toBeLessThanOrEqual(1200)
    expect(run.sampleTraces().length).toBeLessThanOrEqual(64)
  })
})
