import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, nearest, normalise, oneEditApart, singular } from './text.ts'

test('labels that differ in case, hyphens, quotes or a final mark are one', () => {
  const labels = ['Load-Balancer', ' load_balancer ', '“load  balancer”', 'load balancer?', 'LOAD–BALANCER.']
  expect(new Set(labels.map(normalise))).toEqual(new Set(['load balancer']))
  expect(new Set(['🚀 Load balancer', 'load balancer ⚖️', '⚡load 👩🏽‍💻 balancer'].map(normalise))).toEqual(
    new Set(['load balancer']),
  )
  expect(['✅', '❌', '↔'].map(normalise)).toEqual(['✅', '❌', '↔'])
  expect(normalise('node.js')).toBe('node.js')
  expect(normalise('99.95%')).toBe('99.95%')
})

test.each([
  ['caches', 'cache'],
  ['queries', 'query'],
  ['brokers', 'broker'],
  ['indexes', 'index'],
  ['switches', 'switch'],
  ['https', 'https'],
  ['nats', 'nats'],
  ['redis', 'redis'],
  ['kubernetes', 'kubernetes'],
  ['message buses', 'message bus'],
  ['gc pauses', 'gc pause'],
  ['cookies', 'cookie'],
  ['batch sizes', 'batch size'],
  ['approaches', 'approach'],
  ['secondary indices', 'secondary index'],
  ['access', 'access'],
  ['bus', 'bus'],
  ['sns', 'sns'],
])('the singular of %s is %s', (plural, one) => expect(singular(plural)).toBe(one))

test('normalising and folding plurals twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (label) => {
      expect(normalise(normalise(label))).toBe(normalise(label))
      expect(singular(singular(normalise(label)).replace(/s+$/, ''))).toBe(
        singular(normalise(label)).replace(/s+$/, ''),
      )
    }),
  )
})

test('edit distance agrees with the plain recursion', () => {
  const plain = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length
    const swap = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]
    return Math.min(
      plain(a.slice(1), b) + 1,
      plain(a, b.slice(1)) + 1,
      plain(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
      swap ? plain(a.slice(2), b.slice(2)) + 1 : Number.POSITIVE_INFINITY,
    )
  }
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(fc.property(word, word, (a, b) => void expect(editDistance(a, b, 10)).toBe(plain(a, b))))
  expect(editDistance('kafka', 'kinesis', 2)).toBe(3)
})

test('one edit apart is an edit distance of one', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
  fc.assert(
    fc.property(word, word, (a, b) => void expect(oneEditApart(a, b)).toBe(editDistance(a, b, 1) === 1)),
    { numRuns: 2000 },
  )
})

test('did you mean', () => {
  expect(nearest('edg', ['core', 'edge'])).toBe('edge')
  expect(nearest('cassandar', ['cassandra', 'scylla'])).toBe('cassandra')
  expect(nearest('zebra', ['core', 'edge'])).toBeNull()
})
