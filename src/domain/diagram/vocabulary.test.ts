import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Concept } from '#domain/curriculum/index.ts'
import { buildVocabulary, displayName, resolve, withNames } from './vocabulary.ts'

const concept = (name: string, aliases: string[] = [], kind: Concept['kind'] = 'component'): Concept => ({
  id: name.toLowerCase().replace(/[ /]/g, '-'),
  name,
  kind,
  layer: 'data',
  icon: null,
  aliases,
})

const FIELD = [
  concept('Load balancer', ['lb']),
  concept('Object store', ['blob store']),
  concept('Coordinator'),
  concept('Consumer group'),
  concept('Leader'),
  concept('Publisher'),
  concept('Synchronous call'),
  concept('Health check'),
  concept('Message bus'),
  concept('Replica'),
  concept('Node'),
  concept('Plan'),
  concept('Plan B'),
  concept('HTTP', [], 'protocol'),
  concept('HTTPS', [], 'protocol'),
  concept('HTTP/2', ['http 2'], 'protocol'),
  concept('S3', [], 'technology'),
  concept('EC2', [], 'technology'),
  concept('Kafka', [], 'technology'),
  concept('Cassandra', [], 'technology'),
  concept('Kubernetes', ['k8s'], 'technology'),
  concept('Databus', [], 'technology'),
]
const { vocabulary, collisions } = buildVocabulary(FIELD)
const meant = (label: string): string | null => resolve(vocabulary, label)?.concept ?? null

const anyConcept = fc.constantFrom(...FIELD)
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('')

/** One typo inside of one word: neither its first letter nor its ending. */
const typoIn = (word: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('drop', 'add', 'replace', 'swap'),
      fc.integer({ min: 1, max: word.length - 3 }),
      fc.constantFrom(...LETTERS),
    )
    .map(([edit, at, letter]) => {
      const [head, tail] = [word.slice(0, at), word.slice(at)]
      if (edit === 'drop') return head + tail.slice(1)
      if (edit === 'add') return head + letter + tail
      if (edit === 'replace') return head + letter + tail.slice(1)
      return head + tail.slice(1, 2) + tail.slice(0, 1) + tail.slice(2)
    })

describe('what changes nothing', () => {
  test('case, and hyphens, underscores or several spaces for a space', () => {
    fc.assert(
      fc.property(anyConcept, fc.constantFrom('-', '_', '  ', '–', ' '), fc.boolean(), (one, gap, loud) => {
        const label = one.name.replaceAll(' ', gap)
        expect(meant(loud ? label.toUpperCase() : label.toLowerCase())).toBe(one.id)
      }),
    )
  })

  test('a plural', () => {
    for (const [plural, id] of [
      ['load balancers', 'load-balancer'],
      ['message buses', 'message-bus'],
      ['replicas', 'replica'],
      ['health checks', 'health-check'],
    ] as const)
      expect(meant(plural)).toBe(id)
  })

  test('one typo in a word of nine letters', () => {
    const long = fc.constantFrom('coordinator', 'cassandra', 'kubernetes', 'publisher')
    fc.assert(
      fc.property(
        long.chain((word) => typoIn(word).map((typed) => [word, typed] as const)),
        ([word, typed]) => {
          const found = resolve(vocabulary, typed)
          expect(found?.concept).toBe(word)
          expect(found?.how).toBe(typed === word ? 'name' : 'typo')
        },
      ),
    )
    expect(meant('load balnacer')).toBe('load-balancer')
    expect(meant('cassandar')).toBe('cassandra')
    expect(meant('kubernets')).toBe('kubernetes')
  })

  test('words joined or parted, but for the names of makers', () => {
    expect(meant('healthcheck')).toBe('health-check')
    expect(meant('loadbalancer')).toBe('load-balancer')
    expect(resolve(vocabulary, 'loadbalancer 2')).toMatchObject({ concept: 'load-balancer', instance: '2' })
    expect(meant('data bus')).toBeNull()
  })
})

describe('what is never mended', () => {
  test('names of up to four letters, and of five', () => {
    const short = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 5 })
    fc.assert(fc.property(short, (typed) => void expect(resolve(vocabulary, typed)?.how).not.toBe('typo')))
    expect(meant('kafko')).toBeNull()
    expect(meant('kakfa')).toBeNull()
  })

  test('anything with a digit', () => {
    const digit = fc.tuple(fc.nat(9), fc.nat(9), anyConcept)
    fc.assert(
      fc.property(digit, ([number, at, one]) => {
        const label = `${one.name.slice(0, at)}${number}${one.name.slice(at)}`
        expect(resolve(vocabulary, label)?.how).not.toBe('typo')
      }),
    )
    for (const near of ['s33', 'ec3', 'http/3', 'http2x', '5k rps']) expect(meant(near)).toBeNull()
  })

  test.each([
    ['header', 'a first letter'],
    ['loader', 'a short word'],
    ['asynchronous call', 'a first letter that turns the meaning round'],
    ['published', 'an ending'],
    ['publishes', 'an ending'],
    ['coordinates', 'an ending'],
    ['consumer grope', 'a short word beside a long one'],
  ])('%s: %s', (label) => expect(meant(label)).toBeNull())

  test('what is as near to two concepts', () => {
    const twins = buildVocabulary([concept('Contention'), concept('Convention')]).vocabulary
    expect(resolve(twins, 'conention')).toBeNull()
    expect(resolve(twins, 'contenton')?.concept).toBe('contention')
  })
})

describe('instances', () => {
  test('a letter or a number after a name tells instances apart', () => {
    const suffix = fc.oneof(fc.constantFrom(...LETTERS), fc.integer({ min: 0, max: 999 }).map(String))
    const bare = fc.constantFrom('replica', 'node', 'load balancer', 'kafka')
    fc.assert(
      fc.property(bare, suffix, fc.constantFrom(' ', '-', '_'), (name, instance, gap) => {
        const found = resolve(vocabulary, `${name}${gap}${instance}`)
        expect(found).toEqual({ concept: name.replace(' ', '-'), instance, how: 'name' })
      }),
    )
    expect(resolve(vocabulary, 'Replica #2')?.instance).toBe('2')
    expect(displayName(vocabulary, 'node-b')).toBe('Node B')
  })

  test.each([
    ['S3', 's3'],
    ['EC2', 'ec2'],
    ['HTTP/2', 'http-2'],
    ['http 2', 'http-2'],
    ['plan B', 'plan-b'],
    ['k8s', 'kubernetes'],
  ])('%s is a name, not an instance', (label, id) =>
    expect(resolve(vocabulary, label)).toEqual({ concept: id, instance: null, how: 'name' }),
  )

  test('plan A is an instance of what plan B is not', () => {
    expect(resolve(vocabulary, 'plan A')).toEqual({ concept: 'plan', instance: 'a', how: 'name' })
  })
})

describe('claims', () => {
  test('names that differ in an s that is no plural are two', () => {
    expect(collisions).toEqual([])
    expect(meant('https')).toBe('https')
    expect(meant('http')).toBe('http')
  })

  test('a label claimed twice is reported, and the first claim stands', () => {
    const built = buildVocabulary([concept('Queue'), concept('Topic', ['queues'])])
    expect(built.collisions).toEqual([{ label: 'queue', concepts: ['queue', 'topic'] }])
    expect(resolve(built.vocabulary, 'queue')?.concept).toBe('queue')
  })

  test("a diagram's own names come before the field's", () => {
    const own = withNames(vocabulary, [concept('Ring', ['replica', 'health check'])])
    expect(resolve(own, 'replica 2')?.concept).toBe('ring')
    expect(resolve(own, 'healthcheck')?.concept).toBe('ring')
    expect(resolve(own, 'leader')?.concept).toBe('leader')
  })
})
