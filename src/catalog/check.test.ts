import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkCatalogue } from './check.ts'
import { printFinding } from './finding.ts'
import { loadCatalogue } from './load.ts'

/** A small curriculum without a fault; each test breaks one thing and expects to be told of it. */
const CONCEPTS = `client: { name: Client, kind: component, layer: client }
api: { name: API, kind: component, layer: service, aliases: [api server] }
cache: { name: Cache, kind: component, layer: data }
database: { name: Database, kind: component, layer: data, aliases: [db] }
queue: { name: Queue, kind: component, layer: stream }
worker: { name: Worker, kind: component, layer: service }
get: { name: GET, kind: message, layer: none }
`
const SOURCES = 'paper-2013: { title: A paper, author: A. Author, year: 2013 }\n'
const SEQUENCE = `title: A read
form: sequence
question: Who asks whom?
tier: 1
group: test/reads
minutes: 10
complexity: 1
window: light
revision: 1
drawing: |
  client; api; cache; database
  client -> api: get
  api -> cache: get
  api -> database: get
  database -> api: get
  api -> client: get
  api -> cache: get
facts:
  - { id: one, ask: How many caches?, value: 12, source: paper-2013, as_of: 2013 }
  - { id: two, about: cache, ask: Which cache?, value: cache, source: paper-2013, as_of: 2013-04 }
  - { id: three, ask: How long?, value: 200 ms, source: paper-2013, as_of: 2013-04-01 }
context:
  - { slot: used-by, ask: Who?, accept: [worker, queue], source: paper-2013 }
  - { slot: fails-when, ask: When?, accept: [no cache], source: paper-2013 }
walkthrough:
  - { shows: [client, "1..2"], says: The cache is asked 12 times. }
  - { shows: ["3..4"], says: Then the database. }
  - { shows: ["5..6"], says: Then both are told. }
mutation: { ask: What if?, answer: Then this., because: Of that. }
`
const IDS = 'patterns/read\n'

let root = ''
const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
const found = (): string[] =>
  checkCatalogue(root).findings.map(({ file, line, message }) => `${file}:${line}: ${message}`)
const broken = (from: string | RegExp, to: string): string[] => {
  const text = SEQUENCE.replace(from, to)
  expect(text).not.toBe(SEQUENCE)
  put('diagrams/patterns/read.yaml', text)
  return found()
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atlas-content-'))
  put('concepts/all.yaml', CONCEPTS)
  put('sources/all.yaml', SOURCES)
  put('diagrams/patterns/read.yaml', SEQUENCE)
  put('ids.txt', IDS)
})
afterEach(() => rmSync(root, { recursive: true }))

test('a curriculum without a fault has no finding', () => expect(found()).toEqual([]))

const WAYS = (ways: string) => `accept:
  - { instead: cache -> database, also: [database -> cache], says: It may ask. }
alternatives:
${ways}facts:
`
const QUEUE = `  - { name: with a queue, instead: [4], draw: "database -> queue: get\\nqueue -> api: get", says: So. }\n`

test('other ways to draw it are checked as the reference is', () => {
  const asks = SEQUENCE.replace('  api -> database: get\n', '  cache -> database: get\n')
  const told = (ways: string, from = '', to = ''): string[] => {
    put('diagrams/patterns/read.yaml', asks.replace('facts:\n', WAYS(ways).replace(from, to)))
    return found()
  }
  const FILE = 'diagrams/patterns/read.yaml'
  expect(told(QUEUE)).toEqual([])
  expect(told(QUEUE, 'instead: [4]', 'instead: [40]')).toEqual([`${FILE}:21: \`40\` is not in the drawing`])
  expect(told(QUEUE, 'queue: get', 'teapot: get')).toContain(
    `${FILE}:21: node \`teapot\` is off the vocabulary`,
  )
  expect(told(QUEUE, 'says: So.', 'says: In 500 ms.')).toEqual([
    `${FILE}:21: \`500 ms\` is a number without a source`,
  ])
  const same = '  - { name: again, instead: [4], draw: "database -> api: get", says: So. }\n'
  expect(told(same)).toEqual([`${FILE}:21: it loses nothing anyway`])
  const none = '  - { name: almost nothing, instead: [cache, "3..6"], says: So. }\n'
  expect(told(none)).toEqual([`${FILE}:21: it keeps less than half of the drawing`])
  expect(told(QUEUE + QUEUE)).toContain(`${FILE}:22: \`with a queue\` stands twice`)
  expect(told(QUEUE, 'also: [database -> cache]', 'also: [database -> api]')[0]).toMatch(
    /is not `database -> cache`/,
  )
  expect(told(QUEUE, ', says: It may ask.', '')[0]).toMatch(/without a reason/)
  expect(told(QUEUE, 'instead: cache -> database', 'instead: cache -> worker')[0]).toMatch(
    /is not in the drawing/,
  )
})

describe('a fault is found with its file and line', () => {
  const FILE = 'diagrams/patterns/read.yaml'
  test.each<[string, string | RegExp, string, string]>([
    ['bad YAML', 'title: A read', 'title: "A read', `${FILE}:1: Missing closing "quote`],
    ['an alias of YAML', 'title: A read', 'title: &a A read\ngroup2: *a', `${FILE}:2: a YAML alias`],
    ['schema', 'tier: 1', 'tier: 9', `${FILE}:4: tier: Too big: expected number to be <=7`],
    [
      'an unknown field',
      'tier: 1',
      'tier: 1\ncolour: red',
      `${FILE}:5: the file: Unrecognized key: "colour"`,
    ],
    ['no source', ', value: 12, source: paper-2013', ', value: 12', `${FILE}:19: facts.0.source is missing`],
    [
      'an unknown source',
      'value: 12, source: paper-2013',
      'value: 12, source: paper-2014',
      `${FILE}:19: unknown source \`paper-2014\``,
    ],
    [
      'notation',
      'api -> cache: get\n  api -> d',
      'api -> : get\n  api -> d',
      `${FILE}:10: the drawing, line 3, column 8: expected a name, found \`:\``,
    ],
    [
      'a label off the vocabulary',
      'client; api',
      'zebra; api',
      `${FILE}:10: node \`zebra\` is off the vocabulary`,
    ],
    ['a number without a source', '12 times', '13 times', `${FILE}:26: \`13\` is a number without a source`],
    ['an unknown step', '"3..4"', 'zebra', `${FILE}:27: step 2 shows \`zebra\`, which is not in the drawing`],
    ['a hidden element', '"5..6"', '"5"', `${FILE}:26: no step shows \`API → Cache\``],
    [
      'an unknown prerequisite',
      'revision: 1',
      'revision: 1\nneeds: [patterns/none]',
      `${FILE}:10: unknown diagram \`patterns/none\``,
    ],
    [
      'a prerequisite of itself',
      'revision: 1',
      'revision: 1\nneeds: [patterns/read]',
      `${FILE}:10: prerequisites in a circle: patterns/read → patterns/read`,
    ],
    [
      'a diagram that holds itself',
      'revision: 1',
      'revision: 1\ncovers: [patterns/read]',
      `${FILE}:10: diagrams that hold each other in a circle: patterns/read → patterns/read`,
    ],
    ['a fact twice', 'id: two', 'id: one', `${FILE}:20: \`one\` twice`],
    ['a fact about nothing', 'about: cache', 'about: zebra', `${FILE}:20: \`zebra\` is not in the drawing`],
    ['an answer twice', '[worker, queue]', '[worker, workers]', `${FILE}:23: \`worker\` is accepted twice`],
    [
      'a name that is a concept',
      'facts:',
      'names: { cache: {} }\nfacts:',
      `${FILE}:18: \`cache\` is the concept \`cache\` already`,
    ],
    [
      'a name of no use',
      'facts:',
      'names: { zebra: {} }\nfacts:',
      `${FILE}:18: \`zebra\` is not used in this diagram`,
    ],
  ])('%s', (_, from, to, expected) => {
    expect(broken(from, to)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]))
  })

  test('too small', () => {
    const small = SEQUENCE.replace(/ {2}client; api[\s\S]*?facts/, '  client -> api: get\nfacts').replace(
      /"\d\.\.\d"/g,
      '1',
    )
    put('diagrams/patterns/read.yaml', small)
    expect(found()).toContain(`${FILE}:10: 2 elements; a drawing has 6 to 18`)
  })

  test('a vanished id, and one that is not listed', () => {
    put('ids.txt', 'patterns/gone\n')
    expect(found()).toEqual([
      'ids.txt:1: `patterns/gone` vanished',
      'ids.txt:2: `patterns/read` is not listed',
    ])
  })

  test('a twin', () => {
    put('diagrams/patterns/twin.yaml', SEQUENCE.replace('title: A read', 'title: A twin'))
    put('ids.txt', `${IDS}patterns/twin\n`)
    expect(found()).toEqual([`${FILE}:10: 100% the same drawing as \`patterns/twin\``])
  })

  test('a label of two concepts, an icon that is not there, a source that nobody cites', () => {
    put(
      'concepts/more.yaml',
      'store: { name: Store, kind: component, layer: data, icon: "lucide:nope", aliases: [databases] }\n',
    )
    put('sources/more.yaml', 'unused-2001: { title: T, author: A, year: 2001 }\n')
    expect(found()).toEqual([
      'concepts/more.yaml:1: `database` means both `database` and `store`',
      'concepts/more.yaml:1: icon `lucide:nope` is not in icons.json',
      'sources/more.yaml:1: nothing cites `unused-2001`',
    ])
  })

  test('a topology whose layout was never baked', () => {
    const topology = SEQUENCE.replace('form: sequence', 'form: topology')
      .replace(
        /(drawing: \|\n)[\s\S]*?facts:/,
        '$1  client -> api -> cache\n  api -> database\n  api -> queue -> worker\nfacts:',
      )
      .replace(
        /walkthrough:[\s\S]*?mutation/,
        `walkthrough:
  - { shows: [client, api], says: A. }
  - { shows: [cache, database], says: B. }
  - { shows: [queue, worker], says: C. }
mutation`,
      )
    put('diagrams/patterns/read.yaml', topology)
    expect(found()).toEqual([`${FILE}:10: its layout is not baked`])
  })

  test('each says how to mend it', () => {
    broken('tier: 1', 'tier: 9')
    for (const finding of checkCatalogue(root).findings)
      expect(printFinding(finding)).toMatch(/^content\/\S+:\d+: .+\n {4}\S/)
  })
})

describe('loading', () => {
  const load = () => loadCatalogue({ contentFolder: root, cacheFile: join(root, '.cache', 'content.json') })

  test('gives the diagrams by id, and again from its cache', () => {
    const [first, second] = [load(), load()]
    for (const loaded of [first, second]) {
      expect(loaded.ok && [...loaded.value.diagrams.keys()]).toEqual(['patterns/read'])
      expect(loaded.ok && loaded.value.diagrams.get('patterns/read')?.drawing.form).toBe('sequence')
    }
  })

  test('notices a changed file, and a cache that was cut short', () => {
    load()
    put('diagrams/patterns/read.yaml', SEQUENCE.replace('A read', 'Another read'))
    put('.cache/content.json', '{"fingerprint":')
    const again = load()
    expect(again.ok && again.value.diagrams.get('patterns/read')?.item.title).toBe('Another read')
  })

  test('reports what cannot be read', () => {
    put('diagrams/patterns/read.yaml', 'title: [')
    const loaded = load()
    expect(loaded.ok).toBe(false)
  })
})
