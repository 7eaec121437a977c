import { describe, expect, test } from 'vitest'
import type { Sheet } from './edit.ts'
import { type EntryContext, readEntry } from './entry.ts'
import { emptyDrawing, type LinkedDrawing, type LinkedForm } from './model.ts'
import { printDrawing } from './notation/index.ts'
import { buildVocabulary, type Vocabulary } from './vocabulary.ts'

/** What is drawn after these lines were typed one after another; a problem stands in place of its line. */
function type(lines: readonly string[], form: LinkedForm = 'topology', vocabulary?: Vocabulary) {
  let sheet: Sheet = { drawing: emptyDrawing(form) as LinkedDrawing, places: {} }
  let context: EntryContext = { last: null, edge: null }
  const problems: string[] = []
  for (const line of lines) {
    const entered = readEntry(sheet, line, context, vocabulary)
    if (entered.ok) {
      sheet = entered.value.sheet
      context = entered.value.context
    } else {
      const { message, suggestion } = entered.error
      problems.push(suggestion === null ? message : `${message}; did you mean ${suggestion}?`)
    }
  }
  return { text: printDrawing(sheet.drawing).split('\n'), problems, context, sheet }
}

describe('lines of the notation', () => {
  test('chains and fan-out draw nodes and connections', () => {
    expect(type(['client -> lb: HTTPS', 'lb -> api, auth']).text).toEqual([
      'client',
      'lb',
      'api',
      'auth',
      'client -> lb: HTTPS',
      'lb -> api',
      'lb -> auth',
    ])
  })

  test('a name means the one that is drawn, also inside a group', () => {
    expect(type(['us: { db }', 'api -> db']).text.at(-1)).toBe('api -> us.db')
  })

  test('saying a connection again with a label labels it; saying it again exactly changes nothing', () => {
    expect(type(['a -> b', 'a -> b: HTTP', 'a -> b: HTTP', 'a -> b']).text).toEqual([
      'a',
      'b',
      'a -> b: HTTP',
    ])
  })

  test('in a sequence the same message is sent twice', () => {
    expect(type(['a -> b: ping', 'a -> b: ping'], 'sequence').text.slice(2)).toEqual([
      'a -> b: ping',
      'a -> b: ping',
    ])
  })

  test('a line that cannot be read changes nothing and says why', () => {
    const { text, problems } = type(['edge: { cdn }', 'edg.lb -> cdn'])
    expect(text).toEqual(['edge: {', '  cdn', '}'])
    expect(problems).toEqual(['unknown group `edg`; did you mean edge?'])
  })
})

test('another name of the only node of a concept means that node', () => {
  const { vocabulary } = buildVocabulary([
    { id: 'lb', name: 'Load balancer', kind: 'component', layer: 'edge', icon: null, aliases: ['lb'] },
    { id: 'node', name: 'Node', kind: 'component', layer: 'service', icon: null, aliases: [] },
  ])
  expect(type(['lb -> api', 'load balancer -> auth'], 'topology', vocabulary).text.slice(3)).toEqual([
    'lb -> api',
    'lb -> auth',
  ])
  const nodes = type(['node-a -> x', 'node-b -> x', 'lb 1 -> x', 'lb -> x'], 'topology', vocabulary)
  expect(nodes.sheet.drawing.nodes).toHaveLength(5)
})

describe('shorthands', () => {
  test('an arrow alone continues from the last node', () => {
    expect(type(['a -> b', '-> c: x', '<- d']).text.slice(4)).toEqual(['a -> b', 'b -> c: x', 'd -> c'])
    expect(type(['-> c']).problems).toEqual(['there is no node yet to continue from'])
  })

  test('`<` turns the last connection round, and a colon labels it', () => {
    expect(type(['a -> b', '<', ': reads']).text.at(-1)).toBe('b -> a: reads')
    expect(type(['<']).problems).toHaveLength(1)
  })

  test('`@group` draws in a group, new or known, and moves what stands outside', () => {
    expect(type(['api -> db', 'api, cache @us-east']).text).toEqual([
      'us-east: {',
      '  api',
      '}',
      'db',
      'us-east: {',
      '  cache',
      '}',
      'us-east.api -> db',
    ])
    expect(type(['api @us -> db @eu: replicate']).text.at(-1)).toBe('us.api -> eu.db: replicate')
    expect(type(['a -> r 1 @b, r 2 @c, d']).text.slice(-3)).toEqual(['a -> b.r 1', 'a -> c.r 2', 'a -> d'])
    expect(type(['a @x', 'b @x']).text).toEqual(['x: {', '  a', '  b', '}'])
  })

  test('a block takes in nodes that stand outside', () => {
    expect(type(['api -> db', 'us: { api, db }']).text).toEqual([
      'us: {',
      '  api',
      '  db',
      '}',
      'us.api -> us.db',
    ])
  })

  test('an @ in a label is only a letter', () => {
    expect(type(['a -> b: mail @home']).text.at(-1)).toBe('a -> b: mail @home')
  })

  test('rename and delete', () => {
    expect(type(['a -> b', 'rename b = cache']).text).toEqual(['a', 'cache', 'a -> cache'])
    expect(type(['a -> b -> c', 'del b']).text).toEqual(['a', 'c'])
    expect(type(['a -> b', 'del b -> a']).text).toEqual(['a', 'b'])
    expect(type(['client -> b', 'del clint']).problems).toEqual([
      'nothing here is called `clint`; did you mean client?',
    ])
  })

  test('a message is deleted by its number', () => {
    expect(type(['a -> b: one', 'b -> a: two', 'del 1'], 'sequence').text.at(-1)).toBe('b -> a: two')
  })

  test('yes and no in a decision', () => {
    expect(type(['reads dominate? -> add a cache: y', 'n -> shard'], 'decision').text.slice(3)).toEqual([
      'reads dominate? -> add a cache: yes',
      'reads dominate? -> shard: no',
    ])
    const nested = type(['reads? -> cache: y', 'n -> writes?', 'y -> shard', 'n -> stop'], 'decision')
    expect(nested.text.slice(-2)).toEqual(['writes? -> shard: yes', 'writes? -> stop: no'])
  })
})
