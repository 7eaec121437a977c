import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildVocabulary } from '#domain/diagram/index.ts'
import { changeDesign, costOf, type Report } from '#domain/simulator/index.ts'
import { checkDesigns } from './check-designs.ts'
import { readContent } from './read-content.ts'
import { readDesign } from './read-design.ts'
import { readPriceTables } from './read-prices.ts'

const CONTENT = join(import.meta.dirname, '..', '..', 'content')
const content = readContent(CONTENT)
const { vocabulary } = buildVocabulary(content.concepts)
const SOURCES = new Set(content.sources.map(({ id }) => id))

/** The faults of the content after one text of one file was replaced. */
function broken(file: string, from: string | RegExp, to: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-content-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const part of ['designs', 'prices'])
    cpSync(join(CONTENT, part), join(folder, part), { recursive: true })
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text).toMatch(from)
  writeFileSync(join(folder, file), text.replace(from, to))
  return checkDesigns(folder, vocabulary, SOURCES).map((one) => `${one.file}:${one.line}: ${one.message}`)
}

test('the designs and the prices are in order', () => {
  expect(checkDesigns(CONTENT, vocabulary, SOURCES)).toEqual([])
})

test.each([
  ['designs/go-coffee.yaml', 'payment service.replicas: 9', 'payment service.replica: 9', /mended|replica/],
  [
    'designs/go-coffee.yaml',
    'objective: order-up',
    'objective: order-ok',
    /go-coffee.yaml:\d+: `order-ok` is none/,
  ],
  ['designs/news-site.yaml', /breaks: .*\n/, '', /news-site.yaml:1: breaks is missing/],
  ['designs/news-site.yaml', 'for: 20 s', 'for: 20 s\nregion: us-west-9', /no prices for `us-west-9`/],
  [
    'prices/us-east-1.yaml',
    'source: aws-s3-pricing',
    'source: hearsay',
    /storage names `hearsay`, which is no source/,
  ],
  [
    'prices/us-east-1.yaml',
    /\n {4}as_of: 2026-06/,
    '',
    /us-east-1.yaml:\d+: prices.storage.as_of is missing/,
  ],
  ['prices/us-east-1.yaml', '$0.09/GB', '$0.09/hour', /is no price in usd\/B/],
])('%s with %s as %s', (file, from, to, found) => {
  expect(broken(file, from, to).join('\n')).toMatch(found)
})

const SMALL = `title: T
says: S
drawing: |
  user -> api server
  api server -> database
nodes:
  api server: { replicas: 3, vcpu: 2, memory: 4 GB }
  database: { read_replicas: 1, vcpu: 4, memory: 16 GB }
workloads:
  read: { from: user, rate: 100/s, bytes: 10 kB }
copies: 2
`

test('a month costs its machines and its traffic', () => {
  const { design, place } = readDesign('a.yaml', SMALL, vocabulary)
  const prices = design === null ? null : readPriceTables(CONTENT, design, place)
  if (design === null || prices === null || !prices.ok) throw new Error('unreadable')
  const request = { id: 'read', goodput: { value: 100, halfWidth: null } }
  const report = { seconds: 60, warmupSeconds: 10, requests: [request], components: [] } as unknown as Report
  const cost = costOf(design, report, prices.value)
  const hours = (365.2425 / 12) * 24
  const api = 3 * (2 * 0.04048 + 4 * 0.004445) * hours * 2
  const database = 2 * (4 * 0.04048 + 16 * 0.004445) * hours * 2
  const egress = 100 * 1e-5 * 0.09 * hours * 3600 * 2
  expect(cost.lines.map(({ what }) => what)).toContain('API server × 3')
  expect(cost.dollarsPerMonth).toBeCloseTo(api + database + egress, 6)
  expect(cost.used.map(({ table, what }) => `${table} ${what}`)).toEqual([
    'us-east-1 vcpu',
    'us-east-1 memory',
    'us-east-1 egress',
  ])
  expect(cost.unpriced).toEqual(['the disk of Database'])
})

test('answers are priced by where each kind of request goes', () => {
  const text = `title: T
says: S
drawing: |
  user -> cdn
  user -> api server
edges:
  user -> cdn: { only: page }
  user -> api server: { only: call }
workloads:
  web: { from: user, rate: 100/s, bytes: 10 kB, mix: { page: 1, call: 1 } }
`
  const { design, place } = readDesign('a.yaml', text, vocabulary)
  const prices = design === null ? null : readPriceTables(CONTENT, design, place)
  if (design === null || prices === null || !prices.ok) throw new Error('unreadable')
  const requests = ['page', 'call'].map((id) => ({ id, goodput: { value: 50, halfWidth: null } }))
  const report = { seconds: 60, warmupSeconds: 10, requests, components: [] } as unknown as Report
  const gigabytes = (50 * 1e4 * (365.2425 / 12) * 86_400) / 1e9
  const answers = costOf(design, report, prices.value).lines.filter(({ what }) => what.startsWith('answers'))
  expect(answers.map(({ what }) => what)).toEqual([
    'answers of "web" to the internet',
    'answers of "web" by CDN',
  ])
  expect(answers[0]?.dollarsPerMonth).toBeCloseTo(gigabytes * 0.09, 6)
  expect(answers[1]?.dollarsPerMonth).toBeCloseTo(gigabytes * 0.085, 6)
})

test('a region without prices is found where the design names it', () => {
  const said = (text: string) => {
    const { design, place } = readDesign('a.yaml', text, vocabulary)
    const prices = design === null ? null : readPriceTables(CONTENT, design, place)
    if (prices === null || prices.ok) throw new Error('it has prices')
    return prices.error.map(({ file, line, message }) => `${file}:${line}: ${message}`)
  }
  const last = SMALL.trimEnd().split('\n').length + 1
  expect(said(`${SMALL}region: us-east-2\n`)).toEqual([
    `a.yaml:${last}: there are no prices for \`us-east-2\``,
  ])
})

test('a change is checked as the file is, by whatever name the file has for it', () => {
  const { design } = readDesign('a.yaml', SMALL, vocabulary)
  if (design === null) throw new Error('unreadable')
  const change = (path: string, value: unknown) => changeDesign(design.file, { path, value })
  const more = change('API  Server.replicas', 7)
  expect(more.ok && more.value.nodes['api server']).toMatchObject({ replicas: 7, vcpu: 2 })
  const late = change('api server -> database.timeout', '200 ms')
  expect(late.ok && late.value.edges).toEqual({ 'api server -> database': { timeout: 0.2 } })
  const load = change('workloads.read.rate', '5k rps')
  expect(load.ok && load.value.workloads.read?.rate).toBe(5000)
  for (const [path, value] of [
    ['api server.replicas', 0],
    ['api server.replica', 2],
    ['api sever.replicas', 2],
    ['workloads.write.rate', '1/s'],
    ['replicas', 2],
  ] as const)
    expect(change(path, value).ok).toBe(false)
})
