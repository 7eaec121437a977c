import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildVocabulary } from '#domain/diagram/index.ts'
import { compileDesign, type Report, startRun } from '#domain/simulator/index.ts'
import { readContent } from './read-content.ts'
import { readDesign } from './read-design.ts'

/** Who asks a cache and fetches what it does not have, and what goes on at the same time. */

const CONTENT = join(import.meta.dirname, '..', '..', 'content')
const { vocabulary } = buildVocabulary(readContent(CONTENT).concepts)

function run(text: string): Report {
  const { design, findings } = readDesign('a.yaml', text, vocabulary)
  if (design === null) throw new Error(findings.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  const model = compileDesign(design, { load: 1 })
  if (!model.ok) throw new Error(model.error.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  const started = startRun(model.value, { seed: 1, untilSeconds: 60 })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  started.value.step()
  return started.value.report()
}

const aside = (more: { cache?: string; asks?: string; fetches?: string; top?: string }) => `title: T
says: S
drawing: |
  user -> api server
  api server -> cache
  api server -> database
nodes:
  api server: { service: 1 ms, workers: 200 }
  cache: { ${more.cache ?? 'hits: 50%'} }
  database: { service: 20 ms, spread: fixed }
edges:
  api server -> cache: { ${more.asks ?? ''} }
  api server -> database: { miss_of: cache, ${more.fetches ?? ''} }
workloads:
  read: { from: user, rate: 100/s, keys: 50, zipf: 0 }
${more.top ?? ''}`

const mean = (report: Report) => report.requests[0]?.latency?.meanSeconds.value ?? 0
const part = (report: Report, id: string) => report.components.find((one) => one.id === id)
const failed = ({ requests: [read] }: Report) =>
  (read?.failed ?? 0) / ((read?.failed ?? 0) + (read?.succeeded ?? 0))

describe('a miss is fetched by the caller', () => {
  test('over its own connection, with its latency', () => {
    const near = mean(run(aside({})))
    expect(mean(run(aside({ fetches: 'latency: 50 ms' }))) - near).toBeCloseTo(0.5 * 0.1, 2)
  })

  test('which a partition cuts, for the misses alone', () => {
    const cut = "faults: ['api server -> database partition at 0s']"
    const report = run(aside({ fetches: 'timeout: 100 ms', top: cut }))
    expect(failed(report)).toBeCloseTo(0.5, 1)
    expect(part(report, 'database')?.arrivals).toBe(0)
  })

  test('after the cache has answered: how long it waits for that is no bound of the fetching', () => {
    expect(failed(run(aside({ asks: 'timeout: 10 ms' })))).toBe(0)
  })

  test('also where the cache does not answer and is optional; nothing is answered that nobody has', () => {
    const top = "faults: ['cache crash at 0s']"
    expect(failed(run(aside({ top })))).toBe(1)
    const report = run(aside({ asks: 'optional: true', top }))
    expect(failed(report)).toBe(0)
    expect(part(report, 'database')?.completions).toBe(part(report, 'api server')?.completions)
    const both = "faults: ['cache crash at 0s', 'database crash at 0s']"
    expect(failed(run(aside({ asks: 'optional: true', top: both })))).toBe(1)
  })

  test.each(['entries: 1000', 'entries: 1000, single_flight: true'])('and kept: %s', (cache) => {
    const report = run(aside({ cache, fetches: 'latency: 50 ms' }))
    const { hits = 0, misses = 0, joined = 0 } = part(report, 'cache')?.counts ?? {}
    expect(hits + misses).toBe(part(report, 'cache')?.arrivals)
    // 50 keys, each asked for twice a second.
    expect(misses).toBeLessThan(100)
    expect(part(report, 'database')?.arrivals).toBe(misses - joined)
    const network = report.requests[0]?.spent.find(({ id }) => id === '(network)')?.seconds ?? 0
    expect(network).toBeCloseTo((0.1 * (misses - joined)) / (hits + misses), 4)
  })

  test('of which some are stale by their time to live', () => {
    const report = run(aside({ cache: 'entries: 1000, ttl: 5 s' }))
    expect(part(report, 'cache')?.counts.misses).toBeGreaterThan(300)
  })
})

describe('at the same time', () => {
  const both = (first: string, second: string) => `title: T
says: S
drawing: |
  user -> api server
  api server -> a
  api server -> b
names:
  a: { name: A, layer: service }
  b: { name: B, layer: service }
nodes:
  api server: { service: 0 ms, workers: 200 }
  a: { service: 50 ms, spread: fixed, workers: 200 }
  b: { service: 40 ms, spread: fixed, workers: 200 }
edges:
  api server -> a: { ${first} }
  api server -> b: { ${second} }
workloads:
  read: { from: user, rate: 100/s }
`

  test.each([
    ['', 'when: with', 0.05],
    ['', 'when: with, share: 50%', 0.05],
    ['share: 50%', 'when: with', 0.045],
    ['share: 50%', 'when: with, share: 50%', 0.035],
  ])('%s and %s', (first, second, seconds) => {
    expect(mean(run(both(first, second)))).toBeCloseTo(seconds, 3)
  })

  test('nothing is at the same time as what nobody waits for', () => {
    expect(() => run(both('when: later', 'when: with'))).toThrow(/edges,api server -> b: .*nothing before it/)
  })
})
