import { expect, test } from 'vitest'
import { diagramItem } from '#domain/curriculum/index.ts'
import type { Diagram } from './diagram.ts'
import { isLinked } from './model.ts'
import { parseDrawing, printDrawing } from './notation/index.ts'
import { readVariants, VARIANTS_MAX, variantNamed } from './variants.ts'
import { buildVocabulary } from './vocabulary.ts'

interface Way {
  readonly name: string
  readonly instead: readonly (string | number)[]
  readonly draw?: string
}

function diagramOf(form: Diagram['item']['form'], drawing: string, ways: readonly Way[]): Diagram {
  const alternatives = ways.map((way) => ({ ...way, says: 'It is as good.' }))
  const sure = diagramItem.shape.alternatives.parse(alternatives)
  const item = { alternatives: sure, accept: [] } as unknown as Diagram['item']
  const { vocabulary } = buildVocabulary([])
  return { item, drawing: parseDrawing(drawing, form).drawing, vocabulary }
}

const drawn = (diagram: Diagram): string[] =>
  readVariants(diagram).variants.map(({ diagram: { drawing } }) => printDrawing(drawing))
const names = (diagram: Diagram): string[] =>
  readVariants(diagram).variants.map((variant) => variant.names.join(' and '))

const QUEUE = 'api -> queue\nqueue -> worker\nworker -> db'
const LOG: Way = { name: 'with a log', instead: ['queue'], draw: 'api -> log -> worker' }

test('without alternatives there is the reference alone', () => {
  const diagram = diagramOf('topology', QUEUE, [])
  expect(readVariants(diagram)).toEqual({ variants: [{ names: [], diagram }], problems: [] })
})

test('another small drawing stands in the place of a node and its connections', () => {
  const diagram = diagramOf('topology', QUEUE, [LOG])
  expect(names(diagram)).toEqual(['', 'with a log'])
  const [, log] = readVariants(diagram).variants
  const drawing = log?.diagram.drawing
  expect(drawing && isLinked(drawing) && drawing.nodes.map(({ id }) => id).sort()).toEqual([
    'api',
    'db',
    'log',
    'worker',
  ])
  expect(drawing && isLinked(drawing) && drawing.edges.map(({ id }) => id).sort()).toEqual([
    'api -> log',
    'log -> worker',
    'worker -> db',
  ])
})

test('alternatives that leave each other alone are taken together, others apart', () => {
  const none: Way = { name: 'without a queue', instead: ['queue'], draw: 'api -> worker' }
  const cache: Way = { name: 'with a cache', instead: ['worker -> db'], draw: 'worker -> cache -> db' }
  const diagram = diagramOf('topology', QUEUE, [LOG, none, cache])
  expect(names(diagram)).toEqual([
    '',
    'with a log',
    'without a queue',
    'with a cache',
    'with a log and with a cache',
    'without a queue and with a cache',
  ])
})

test('one that is joined to what another takes away is not taken with it', () => {
  const tail: Way = {
    name: 'with a monitor',
    instead: ['worker -> db'],
    draw: 'queue -> monitor\nworker -> db',
  }
  expect(names(diagramOf('topology', QUEUE, [LOG, tail]))).toEqual(['', 'with a log', 'with a monitor'])
})

test('a group goes with what stands in it', () => {
  const diagram = diagramOf(
    'topology',
    'client -> tier.web a\ntier: { web a; web b }\nclient -> tier.web b',
    [{ name: 'with one box', instead: ['tier'], draw: 'client -> web' }],
  )
  expect(drawn(diagram)[1]).toBe('client\nweb\nclient -> web')
})

test('messages are replaced where they stand, by number', () => {
  const diagram = diagramOf('sequence', 'a -> b: one\nb -> c: two\nb -> d: three\na -> b: four', [
    { name: 'the other way about', instead: ['2..3'], draw: 'b -> d: three\nb -> c: two' },
    { name: 'without the last', instead: [4] },
  ])
  expect(drawn(diagram).map((text) => text.split('\n').filter((line) => line.includes('->')))).toEqual([
    ['a -> b: one', 'b -> c: two', 'b -> d: three', 'a -> b: four'],
    ['a -> b: one', 'b -> d: three', 'b -> c: two', 'a -> b: four'],
    ['a -> b: one', 'b -> c: two', 'b -> d: three'],
    ['a -> b: one', 'b -> d: three', 'b -> c: two'],
  ])
})

test('events are replaced where they stand', () => {
  const diagram = diagramOf('timeline', '09:00 | alarm | pager\n | page | pager\n10:00 | mended | team', [
    { name: 'paged first', instead: [1, 2], draw: ' | page | pager\n09:00 | alarm | pager' },
  ])
  const [, other] = readVariants(diagram).variants
  const drawing = other?.diagram.drawing
  expect(drawing?.form === 'timeline' && drawing.events.map(({ label }) => label)).toEqual([
    'page',
    'alarm',
    'mended',
  ])
})

test('`a -> b` takes that direction alone', () => {
  const diagram = diagramOf('topology', 'a -> b\nb -> a\nb -> c', [
    { name: 'without the way back', instead: ['b -> a'] },
  ])
  expect(drawn(diagram)[1]).toBe('a\nb\nc\na -> b\nb -> c')
})

test('what cannot be read is told, with its place in the list', () => {
  const told = (ways: readonly Way[], form: Diagram['item']['form'] = 'topology', text = QUEUE) =>
    readVariants(diagramOf(form, text, ways)).problems.map(({ alternative, message }) => [
      alternative,
      message,
    ])
  expect(told([LOG, { name: 'x', instead: ['nowhere'] }])).toEqual([[1, '`nowhere` is not in the drawing']])
  expect(told([{ name: 'x', instead: ['queue'], draw: 'api -> ' }])[0]?.[0]).toBe(0)
  expect(told([{ name: 'x', instead: ['r'] }], 'matrix', 'a | b | c\nr | 1 | 2')).toEqual([
    [0, 'a matrix has no alternatives of this kind'],
  ])
})

test('more ways than are compared are refused', () => {
  const text = Array.from({ length: 7 }, (_, i) => `hub -> spoke${i}`).join('\n')
  const ways = Array.from({ length: 7 }, (_, i): Way => ({ name: `without ${i}`, instead: [`spoke${i}`] }))
  const { variants, problems } = readVariants(diagramOf('topology', text, ways))
  expect(variants.length).toBe(VARIANTS_MAX)
  expect(problems.map(({ alternative }) => alternative)).toEqual([5, 6])
  expect(problems[0]?.message).toBe('with this one there are 64 ways to draw it; at most 32 are compared')
})

test('a variant is found again by its names', () => {
  const diagram = diagramOf('topology', QUEUE, [LOG])
  expect(variantNamed(diagram, ['with a log']).drawing).toBe(
    readVariants(diagram).variants[1]?.diagram.drawing,
  )
  expect(variantNamed(diagram, [])).toBe(diagram)
  expect(variantNamed(diagram, ['of long ago'])).toBe(diagram)
})
