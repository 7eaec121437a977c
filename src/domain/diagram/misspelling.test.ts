import { describe, expect, test } from 'vitest'
import { isMisspelling } from './misspelling.ts'
import { REAL_WORDS } from './real-words.ts'
import { buildVocabulary, resolve } from './vocabulary.ts'

const concept = (id: string, ...aliases: string[]) =>
  ({ id, name: id.replaceAll('-', ' '), kind: 'component', layer: 'none', icon: null, aliases }) as const
const { vocabulary } = buildVocabulary([
  concept('broker'),
  concept('router'),
  concept('sharding'),
  concept('reader'),
  concept('load-balancer'),
  concept('kafka'),
  concept('borrow'),
  concept('rollup'),
  concept('rollip'),
])
const meant = (label: string) => resolve(vocabulary, label)?.concept ?? null

describe('one edit in a word of six letters or more', () => {
  test.each([
    ['brokr', null],
    ['brroker', 'broker'],
    ['borker', 'broker'],
    ['ruoter', 'router'],
    ['shardign', 'sharding'],
    ['shrading', 'sharding'],
    ['load balnacer', 'load-balancer'],
    ['load balancr', 'load-balancer'],
  ])('%s', (typed, wanted) => expect(meant(typed)).toBe(wanted))

  test.each(['sharing', 'roster', 'burrow'])('%s is a word of its own', (typed) => {
    expect(REAL_WORDS.has(typed)).toBe(true)
    expect(meant(typed)).toBeNull()
  })

  test.each(['kafak', 'kafkaa', 'header', 'borrows2', 'broker5'])('never %s', (typed) =>
    expect(meant(typed)).toBeNull(),
  )

  test('of two near words neither', () => expect(meant('rollop')).toBeNull())
})

test('the list holds what could be taken for another word, and nothing longer', () => {
  expect(REAL_WORDS.size).toBeGreaterThan(800)
  for (const word of REAL_WORDS) expect(word).toMatch(/^\S{6,7}$/)
  expect(isMisspelling('sharing', 'sharding')).toBe(true)
})
