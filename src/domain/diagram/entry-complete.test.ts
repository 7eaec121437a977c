import { describe, expect, test } from 'vitest'
import { buildCompletions, complete, typingAt } from './entry-complete.ts'

const index = buildCompletions([
  { id: 'lb', name: 'Load balancer', kind: 'component', aliases: ['lb'] },
  { id: 'l4', name: 'L4 load balancer', kind: 'component', aliases: [] },
  { id: 'log', name: 'Log', kind: 'component', aliases: ['append-only log'] },
  { id: 'get', name: 'GET', kind: 'message', aliases: ['fetch'] },
  { id: 'gateway', name: 'Gateway', kind: 'component', aliases: [] },
])
const at = (line: string) => typingAt(line, line.length, 'topology')
const labels = (line: string, own: { label: string; concept: string | null }[] = []) =>
  complete(index, own, at(line)).map((one) => one.label)

describe('what is being typed', () => {
  test('the word after the last separator', () => {
    expect(at('client -> lb, au').text).toBe('au')
    expect(at('us: { api; d').text).toBe('d')
    expect(at('node-a').text).toBe('node-a')
    expect(at('rename ol').text).toBe('ol')
    expect(at('api @us').text).toBe('us')
  })

  test('after a colon it is a label, until the group opens', () => {
    expect(at('a -> b: GE')).toMatchObject({ text: 'GE', label: true })
    expect(at('us: { a').label).toBe(false)
  })

  test('only up to the caret', () => {
    expect(typingAt('lo -> api', 2, 'topology').text).toBe('lo')
  })

  test('cells of a table', () => {
    expect(typingAt('09:37 | wrong c', 15, 'timeline').text).toBe('wrong c')
  })
})

describe('ranking', () => {
  test('the beginning of a name comes before the beginning of a word in it', () => {
    expect(labels('loa')).toEqual(['Load balancer', 'L4 load balancer'])
    expect(labels('lo')).toEqual(['Log', 'Load balancer', 'L4 load balancer'])
  })

  test('an alias finds its name', () => {
    expect(complete(index, [], at('lb'))[0]).toEqual({
      label: 'Load balancer',
      concept: 'lb',
      via: 'lb',
      drawn: false,
    })
  })

  test('what is drawn is offered under the name that it has', () => {
    expect(labels('load', [{ label: 'lb', concept: 'lb' }])).toEqual(['lb', 'L4 load balancer'])
  })

  test('on an edge, messages come before components', () => {
    expect(labels('a -> b: g')).toEqual(['GET', 'Gateway'])
    expect(labels('g')).toEqual(['GET', 'Gateway'])
    expect(labels('ga')).toEqual(['Gateway'])
  })

  test('it depends on the letters and the own names alone', () => {
    const shuffled = [...index].reverse()
    expect(complete(shuffled, [], at('lo'))).toEqual(complete(index, [], at('lo')))
  })

  test('a word that is written out is not offered again', () => {
    expect(labels('log')).toEqual([])
    expect(labels('')).toEqual([])
  })
})
