import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildVocabulary } from '#domain/diagram/index.ts'
import { compileDesign } from '#domain/simulator/index.ts'
import { printFinding } from './finding.ts'
import { readContent } from './read-content.ts'
import { readDesign } from './read-design.ts'

const content = readContent(join(import.meta.dirname, '..', '..', 'content'))
const { vocabulary } = buildVocabulary(content.concepts)

const GOOD = `title: A shop
says: Sells.
drawing: |
  user -> api server
  api server -> cache
  api server -> database
nodes:
  api server: { replicas: 2, workers: 8, service: 6 ms }
edges:
  api server -> database: { miss_of: cache }
workloads:
  read: { from: user, rate: 100/s }
objectives:
  fast: { p99: 100 ms }
faults:
  - database slow x0.2 at 20s for 5s
`

/** What is found wrong with the file, reading and compiling it: \`line: message | mend\`. */
function wrong(text: string): string[] {
  const { design, findings, place } = readDesign('a.yaml', text, vocabulary)
  const model = design === null ? null : compileDesign(design, { load: 1 })
  const later = model === null || model.ok ? [] : model.error.map(place)
  return [...findings, ...later].map((one) => {
    expect(printFinding(one)).toContain('a.yaml')
    return `${one.line}: ${one.message} | ${one.mend}`
  })
}

const changed = (from: string, to: string): string[] => {
  expect(GOOD).toContain(from)
  return wrong(GOOD.replace(from, to))
}

test('a good design has nothing wrong with it', () => expect(wrong(GOOD)).toEqual([]))

describe('each fault has its line and its mend', () => {
  test.each([
    [
      'a node that is not drawn',
      '  api server: {',
      '  api sever: {',
      /^8: `api sever` is no node.*did you mean `api server`/,
    ],
    ['a word that is not known', 'replicas: 2', 'replica: 2', /^8: .*replica.*did you mean `replicas`/],
    ['a word of another role', 'workers: 8', 'lag: 8 ms', /^8: API server is a service, which has no `lag`/],
    ['no replicas', 'replicas: 2', 'replicas: 0', /^8: nodes.api server.replicas/],
    ['replicas that are no number', 'replicas: 2', 'replicas: .nan', /^8: nodes.api server.replicas/],
    ['a time below zero', '6 ms', '-6 ms', /^8: .*`-6 ms`: a duration is from 0 s/],
    ['a time without end', '6 ms', '.inf', /^8: /],
    ['a number without its unit', '6 ms', '6', /^8: .*such as 200 ms/],
    [
      'a connection the other way',
      'api server -> database: {',
      'database -> api server: {',
      /^10: .*did you mean `api server -> database`/,
    ],
    ['a cache that is none', 'miss_of: cache', 'miss_of: database', /^10: `database` is no cache/],
    ['a rate of zero', '100/s', '0/s', /^12: .*a rate is from 0.001\/s/],
    ['a rate beyond reason', '100/s', '1e12/s', /^12: .*a rate is from 0.001\/s to 1,000,000\/s/],
    ['neither a rate nor users', ', rate: 100/s', '', /^12: .*one of rate, users and trace/],
    [
      'a sender that is none',
      'from: user',
      'from: database',
      /^12: `database` is a database, which sends nothing/,
    ],
    ['two things asked at once', '{ p99: 100 ms }', '{ p99: 100 ms, p50: 1 ms }', /^14: .*one of p50/],
    [
      'an objective of nobody',
      '{ p99: 100 ms }',
      '{ p99: 100 ms, of: reed }',
      /^14: `reed` is no workload or kind of request \| did you mean `read`/,
    ],
    [
      'a fault of nobody',
      'database slow',
      'databse slow',
      /^16: `databse` is no node.*did you mean `database`/,
    ],
    ['a fault that is none', 'slow x0.2', 'slwo x0.2', /^16: .*did you mean `slow`/],
    ['a line of the drawing', 'api server -> cache', 'api server -> ', /^5: /],
    [
      'a timeout of nothing',
      'miss_of: cache',
      'miss_of: cache, timeout: 0 s',
      /^10: .*timeout: it takes more than 0/,
    ],
    ['a hedge of nothing', 'miss_of: cache', 'hedge: 0 ms', /^10: .*hedge: it takes more than 0/],
    ['a deadline of no timeout', 'miss_of: cache', 'deadline: true', /^10: .*deadline: .*a `timeout`/],
    ['an objective of nothing', 'p99: 100 ms', 'p99: 0 ms', /^14: .*p99: it takes more than 0/],
    ['a run of nothing', 'faults:', 'for: 0 s\nfaults:', /^15: for: it takes more than 0/],
    ['a word twice', 'workers: 8,', 'workers: 8, workers: 9,', /^8: `workers` stands twice/],
    [
      'what has no bottom',
      'faults:',
      `x: ${'['.repeat(5000)}${']'.repeat(5000)}\nfaults:`,
      /^15: too deeply nested/,
    ],
  ])('%s', (_, from, to, expected) => {
    const found = changed(from, to)
    expect(found.length).toBeGreaterThan(0)
    expect(found.join('\n')).toMatch(new RegExp(expected.source, 'm'))
  })

  test('thousands of unknown words are said in a line', () => {
    const words = Array.from({ length: 5000 }, (_, i) => `w${i}: 1\n`).join('')
    const [found = ''] = wrong(`${GOOD}${words}`)
    expect(found).toMatch(/"w0", "w1", "w2" and 4997 more/)
  })

  test('a circle names its way round', () => {
    const [found] = changed('  api server -> cache\n', '  api server -> cache\n  database -> api server\n')
    expect(found).toMatch(/`api server -> database -> api server` is a circle/)
    expect(found).toMatch(/when: never/)
  })

  test('branches that join again and again are bounded', () => {
    const layers = Array.from(
      { length: 12 },
      (_, i) => `  a${i} -> b${i} -> a${i + 1}\n  a${i} -> c${i} -> a${i + 1}\n`,
    )
    const text = `title: T\nsays: S\ndrawing: |\n  user -> a0\n${layers.join('')}workloads:\n  w: { from: user, rate: 1/s }\n`
    expect(wrong(text).join('\n')).toMatch(/more than 2000 calls/)
  })

  test('copies behind a balancer that call different things', () => {
    const text =
      'title: T\nsays: S\ndrawing: |\n  user -> load balancer\n  load balancer -> api a\n  load balancer -> api b\n' +
      '  api b -> database\nworkloads:\n  w: { from: user, rate: 1/s }\n'
    expect(wrong(text)).toEqual([])
    const least = `${text}nodes:\n  load balancer: { balance: least-connections }\n`
    expect(wrong(least).join('\n')).toMatch(/`api a` and `api b` do not call the same/)
  })

  test('every fault is found, not only the first', () => {
    const text = GOOD.replace('from: user', 'from: usr').replace('databas', 'batas')
    expect(wrong(text).length).toBeGreaterThanOrEqual(2)
  })
})
