import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { buildVocabulary } from '#domain/diagram/index.ts'
import {
  compileDesign,
  costOf,
  type Model,
  type PriceFile,
  type Report,
  startRun,
} from '#domain/simulator/index.ts'
import { readContent } from './read-content.ts'
import { readDesign } from './read-design.ts'
import { readPrices } from './read-prices.ts'

/** The words of a design's file, each by what it does in a run. */

const CONTENT = join(import.meta.dirname, '..', '..', 'content')
const { vocabulary } = buildVocabulary(readContent(CONTENT).concepts)

const designOf = (text: string, folder?: string) => {
  const { design, findings } = readDesign('a.yaml', text, vocabulary, folder)
  if (design === null) throw new Error(findings.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return design
}

function modelOf(text: string, load = 1): Model {
  const model = compileDesign(designOf(text), { load })
  if (!model.ok) throw new Error(JSON.stringify(model.error))
  return model.value
}

function run(text: string, untilSeconds = 100): Report {
  const started = startRun(modelOf(text), { seed: 1, untilSeconds })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  started.value.step()
  return started.value.report()
}

const base = (more: { nodes?: string; workload?: string; top?: string }) => `title: T
says: S
drawing: |
  user -> api server
  api server -> database
nodes:
  api server: { ${more.nodes ?? 'service: 1 ms'} }
  database: { service: 1 ms }
workloads:
  read: { from: user, ${more.workload ?? 'rate: 50/s'} }
${more.top ?? ''}`

const wrong = (text: string) =>
  readDesign('a.yaml', text, vocabulary)
    .findings.map(({ message }) => message)
    .join('\n')

describe('autoscalers', () => {
  const scaled = (words: string) =>
    modelOf(base({ nodes: `replicas: 3, autoscale: { ${words} }` })).scalers?.[0]

  test('are four', () => {
    const bounds = 'least: 2, most: 9, target: 60%'
    expect(scaled(bounds)).toMatchObject({
      kind: 'hpa',
      min: 2,
      max: 9,
      everySeconds: 15,
      downWindowSeconds: 300,
    })
    expect(scaled(`by: hpa, ${bounds}, tolerance: 5%`)).toMatchObject({ kind: 'hpa', tolerance: 0.05 })
    expect(scaled(`by: target, ${bounds}, rest: 20 s, calm: 2 min`)).toMatchObject({
      kind: 'target',
      scaleOutCooldownSeconds: 20,
      scaleInCooldownSeconds: 120,
    })
    expect(scaled('by: schedule, plan: [{ at: 10 s, replicas: 7 }], starts: 5 s')).toEqual({
      kind: 'schedule',
      target: 'api server',
      plan: [{ atSeconds: 10, replicas: 7 }],
      startSeconds: 5,
    })
    expect(scaled(`by: predictive, ${bounds}, ahead: 90 s, period: 10 min`)).toMatchObject({
      kind: 'predictive',
      aheadSeconds: 90,
      historySeconds: 300,
      periodSeconds: 600,
    })
  })

  test('each runs', () => {
    for (const by of ['hpa', 'target', 'predictive']) {
      const scaling = `by: ${by}, least: 2, most: 9, target: 50%, every: 5 s, starts: 0 s`
      const nodes = `replicas: 2, workers: 1, service: 30 ms, autoscale: { ${scaling} }`
      const report = run(base({ nodes, workload: 'rate: 100/s' }))
      expect(report.components[0]?.replicaSeconds, by).toBeGreaterThan(4 * 100)
    }
    const nodes = 'replicas: 2, autoscale: { by: schedule, plan: [{ at: 50 s, replicas: 6 }], starts: 0 s }'
    expect(run(base({ nodes })).components[0]?.replicaSeconds).toBeCloseTo(2 * 50 + 6 * 50, 6)
  })

  test('what is wrong with one is said', () => {
    expect(wrong(base({ nodes: 'autoscale: { by: magic }' }))).toContain('autoscale')
    const backwards = 'autoscale: { least: 5, most: 2, target: 50% }'
    const started = startRun(modelOf(base({ nodes: backwards })), { seed: 1, untilSeconds: 1 })
    expect(started.ok ? [] : started.error).toContainEqual(expect.objectContaining({ field: 'max' }))
  })
})

describe('workloads', () => {
  const sent = (workload: string, seconds = 100) => run(base({ workload }), seconds).requests[0]?.sent

  test('a trace of times or counts, here or in a file', () => {
    expect(sent('trace: { at: [1 s, 2 s, 2.5 s] }')).toBe(3)
    expect(sent('trace: { every: 10 s, counts: [5, 0, 7] }')).toBe(12)
    const folder = mkdtempSync(join(tmpdir(), 'atlas-trace-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'times.csv'), '# seconds\n0.5\n1.5 # twice\n\n2.25\n')
    const times = designOf(base({ workload: 'trace: { file: times.csv }' }), folder)
    expect(times.workloads[0]?.trace).toEqual({ at: [0.5, 1.5, 2.25] })
    writeFileSync(join(folder, 'counts.txt'), '3\r\n4\r\n')
    const counts = designOf(base({ workload: 'trace: { file: counts.txt, every: 1 min }' }), folder)
    expect(counts.workloads[0]?.trace).toEqual({ every: 60, counts: [3, 4] })
    for (const [text, why] of [
      ['1\n0.5\n', /bad.csv:2: `0.5` is not a later time/],
      ['1\nNaN\n', /bad.csv:2: `NaN`/],
      ['-1\n', /bad.csv:1: `-1`/],
      ['# none\n', /names no arrival/],
    ] as const) {
      writeFileSync(join(folder, 'bad.csv'), text)
      const read = readDesign('a.yaml', base({ workload: 'trace: { file: bad.csv }' }), vocabulary, folder)
      expect(read.findings[0]).toMatchObject({ line: 10, message: expect.stringMatching(why) })
    }
    expect(wrong(base({ workload: 'trace: { file: nowhere.csv }' }))).toContain('it is not there')
    expect(wrong(base({ workload: 'trace: { file: ../etc/passwd }' }))).toContain('a file beside the design')
    expect(wrong(base({ workload: 'trace: { at: [2 s, 1 s] }' }))).toBe('')
    const falling = startRun(modelOf(base({ workload: 'trace: { at: [2 s, 1 s] }' })), {
      seed: 1,
      untilSeconds: 9,
    })
    expect(falling.ok ? [] : falling.error).toContainEqual(expect.objectContaining({ field: 'atSeconds' }))
  })

  test('a load of 2 is twice a trace', () => {
    expect(modelOf(base({ workload: 'trace: { at: [1 s] }' }), 2).sources[0]).toMatchObject({
      arrivals: { times: 2 },
    })
  })

  test('a profile of a day', () => {
    const report = run(base({ workload: 'rate: 100/s, profile: { period: 40 s, of: [0, 1, 2, 1] }' }), 80)
    const rate = (from: number, to: number) =>
      report.timeline
        .filter((point) => point.fromSeconds >= from && point.toSeconds <= to)
        .reduce((sum, point) => sum + point.sent, 0) /
      (to - from)
    expect(rate(0, 40)).toBeGreaterThan(90)
    expect(rate(0, 40)).toBeLessThan(110)
    expect(rate(18, 22)).toBeGreaterThan(2 * rate(0, 8))
    expect(rate(58, 62)).toBeGreaterThan(150)
    expect(wrong(base({ workload: 'users: 5, profile: { period: 1 h, of: [1, 2] }' }))).toContain(
      'need a rate',
    )
  })

  test('a mix of kinds, each with its own way and size', () => {
    const text = `title: T
says: S
drawing: |
  user -> api server
  api server -> cache
  api server -> database
nodes:
  cache: { entries: 50 }
edges:
  api server -> cache: { only: browse, optional: true }
  api server -> database: { only: buy, write: true }
workloads:
  shop:
    from: user
    rate: 100/s
    bytes: 1 kB
    mix: { browse: { weight: 9, bytes: 50 kB, keys: 10 }, buy: 1 }
objectives:
  bought: { p99: 1 s, of: buy }
`
    const report = run(text)
    expect(report.requests.map(({ id }) => id)).toEqual(['browse', 'buy'])
    const [browse, buy] = report.requests
    expect((browse?.sent ?? 0) / (buy?.sent ?? 1)).toBeGreaterThan(8)
    expect((browse?.sent ?? 0) / (buy?.sent ?? 1)).toBeLessThan(10)
    const arrivals = (id: string) => report.components.find((one) => one.id === id)?.arrivals
    expect(arrivals('database')).toBe(buy?.sent)
    expect(designOf(text).workloads[0]?.kinds).toMatchObject([
      { id: 'browse', keys: 10, bytes: 50_000 },
      { id: 'buy', bytes: 1000 },
    ])
    expect(wrong(text.replace('of: buy', 'of: shop'))).toContain('`shop` is no workload or kind of request')
    expect(
      wrong(
        `${text}`
          .replace('mix: {', 'mix: { read: 1,')
          .replace('objectives:', '  read: { from: user, rate: 1/s }\nobjectives:'),
      ),
    ).toContain('two workloads send `read`')
  })
})

const TWO = `title: T
says: S
drawing: |
  us { user; api us; database us }
  eu { api eu; database eu }
  global load balancer
  us.user -> global load balancer
  global load balancer -> us.api us -> us.database us
  global load balancer -> eu.api eu -> eu.database eu
names:
  api-us: { name: API in the US, layer: service }
  api-eu: { name: API in the EU, layer: service }
  database-us: { name: Database in the US, layer: data }
  database-eu: { name: Database in the EU, layer: data }
regions:
  us: {}
  eu: { prices: eu-test-1 }
links:
  us <-> eu: { latency: 40 ms }
nodes:
  us.user: { role: source }
  global load balancer: { balance: first-up, health_check: 5 s }
  api us: { role: service, service: 1 ms }
  api eu: { role: service, service: 1 ms, vcpu: 4 }
  database us: { role: database, read_replicas: 1, lag: 1 s, failover: 10 s }
  database eu: { role: database }
edges:
  us.user -> global load balancer: { timeout: 1 s }
workloads:
  read: { from: us.user, rate: 20/s }
`

describe('regions', () => {
  const arrivals = (report: Report, id: string) =>
    report.components.find((one) => one.id === id)?.arrivals ?? 0

  test('a region that is down is left for the other after the health check', () => {
    const report = run(`${TWO}faults: ['us down at 40s for 40s']\n`)
    expect(report.requests[0]?.failed).toBeGreaterThan(0.8 * 5 * 20)
    expect(report.requests[0]?.failed).toBeLessThan(1.5 * 5 * 20)
    expect(arrivals(report, 'eu.api eu')).toBeGreaterThan(0.8 * 35 * 20)
    expect(arrivals(report, 'eu.api eu')).toBeLessThan(1.2 * 35 * 20)
  })

  test('what lies between them is paid by connections that cross, unless one says its own', () => {
    const crossing = `${TWO.replace('  eu { api', '  us.api us -> eu.api eu\n  eu { api')}`
    const links = modelOf(crossing).links
    expect(links).toEqual([{ from: 'us.api us', to: 'eu.api eu', latency: { law: 'constant', mean: 0.04 } }])
    const own = crossing.replace('edges:', 'edges:\n  us.api us -> eu.api eu: { latency: 7 ms }')
    expect(modelOf(own).links?.[0]?.latency).toEqual({ law: 'constant', mean: 0.007 })
  })

  test('may be cut off from each other', () => {
    const crossing = TWO.replace('  eu { api', '  us.api us -> eu.api eu\n  eu { api').replace(
      'balance: first-up, ',
      '',
    )
    const text = crossing.replace(
      'edges:',
      'edges:\n  us.api us -> eu.api eu: { timeout: 200 ms, optional: true }',
    )
    const cut = run(`${text}faults: ['us <-> eu partition at 20s for 60s']\n`)
    const whole = run(text)
    expect(arrivals(whole, 'eu.api eu') - arrivals(cut, 'eu.api eu')).toBeGreaterThan(400)
    expect(wrong(`${TWO}faults: ['us <-> asia partition at 2s']\n`)).toBe('')
    const nowhere = compileDesign(designOf(`${TWO}faults: ['us <-> asia partition at 2s']\n`), { load: 1 })
    expect(nowhere.ok ? [] : nowhere.error.map(({ message }) => message)).toEqual([
      '`asia` is no group of the drawing',
    ])
  })

  test('are charged by their own tables; what has no price is named', () => {
    const home = readPrices(CONTENT, 'us-east-1')
    if (!home.ok) throw new Error('unreadable')
    const said = { says: 's', source: 'x', as_of: '2026-01' }
    const eu: PriceFile = { title: 'E', currency: 'USD', prices: { vcpu: { price: 1, ...said } } }
    const design = designOf(TWO)
    const cost = costOf(
      design,
      run(TWO, 10),
      new Map([
        ['us-east-1', home.value],
        ['eu-test-1', eu],
      ]),
    )
    expect(cost.lines.map(({ what }) => what)).toContain('API in the US × 2')
    expect(cost.unpriced).toContain('API in the EU × 2 (eu-test-1 has no price of memory)')
  })

  test('what is no region is said', () => {
    expect(wrong(TWO.replace('  eu: { prices', '  asia: { prices'))).toContain('`asia` is no group')
    expect(wrong(TWO.replace('us <-> eu:', 'us <-> us:'))).toContain('one region')
    expect(wrong(TWO.replace('  eu: { prices: eu-test-1 }\n', ''))).toContain('`eu` is no region')
  })
})

describe('faults', () => {
  const counts = (text: string, id: string) => run(text).components.find((one) => one.id === id)?.counts

  test('a primary fails over', () => {
    const text = TWO.replace('edges:', 'edges:\n  us.api us -> us.database us: { write: true }')
    const found = counts(`${text}faults: ['database us primary crash at 20s for 60s']\n`, 'us.database us')
    expect(found).toMatchObject({ failovers: 1 })
    expect(found?.lostWrites).toBeGreaterThan(5)
  })

  test('a deployment goes wrong and is rolled back', () => {
    const failed = (line: string) => run(base({ top: line })).requests[0]?.failed ?? 0
    const half = failed("faults: ['api server bad deploy 50% at 20s for 40s']\n")
    expect(half).toBeGreaterThan(0.4 * 40 * 50)
    expect(half).toBeLessThan(0.6 * 40 * 50)
    const deploy = (more: string) =>
      `deploys: [{ node: api server, at: 10 s, takes: 5 s, errors: 50%${more} }]\n`
    expect(failed(deploy(', rollback: 20 s'))).toBeLessThan(0.5 * failed(deploy('')))
  })

  test('a clock is off', () => {
    const [ahead] =
      modelOf(base({ top: "faults: ['api server clock skew -2.5s at 20s ramp 10s']\n" })).faults ?? []
    expect(ahead).toMatchObject({ kind: 'clock-skew', factor: -2.5, rampSeconds: 10, forSeconds: null })
  })
})

test('disks, managed parts and answers by a CDN are charged', () => {
  const text = `title: T
says: S
drawing: |
  user -> cdn -> load balancer -> api server
  api server -> kafka
  kafka -> worker
  api server -> database
nodes:
  load balancer: { managed: true }
  kafka: { managed: true }
  worker: { role: service }
  database: { disk: 200 GB, read_replicas: 1 }
  cdn: { hits: 0% }
workloads:
  read: { from: user, rate: 500/s, bytes: 10 kB }
`
  const prices = readPrices(CONTENT, 'us-east-1')
  if (!prices.ok) throw new Error('unreadable')
  const { lines, unpriced } = costOf(designOf(text), run(text, 20), new Map([['us-east-1', prices.value]]))
  const line = (what: string) => lines.find((one) => one.what.startsWith(what))?.dollarsPerMonth ?? 0
  const hours = (365.2425 / 12) * 24
  expect(line('Database, 200 GB of disk')).toBeCloseTo(2 * 200 * 0.115, 6)
  expect(line('Load balancer, managed') / (hours * (0.0225 + 0.5 * 0.008))).toBeCloseTo(1, 1)
  // Sent, received and deleted.
  expect(line('Kafka, managed') / (hours * 3600 * 500 * 3 * 4e-7)).toBeCloseTo(1, 1)
  expect(line('answers of "read" by CDN') / (hours * 3600 * 500 * 1e-5 * 0.085)).toBeCloseTo(1, 1)
  expect(unpriced).toEqual(['the requests of CDN'])
})
