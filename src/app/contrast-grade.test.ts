import { describe, expect, test } from 'vitest'
import { diagramItem } from '#domain/curriculum/index.ts'
import { parseDrawing } from '#domain/diagram/index.ts'
import { ITEMS, smallCatalogue } from '../../test/small-world.ts'
import { gradeSide, scoreOf } from './contrast-grade.ts'
import { type Side, sideOf } from './contrast-sides.ts'

const [first] = ITEMS
type Form = 'topology' | 'states' | 'sequence'

/** A side of one diagram, with these things blank. */
function side(form: Form, drawing: string, things: readonly string[], accept: object[] = []): Side {
  const { id, category, ...fields } = { ...(first as (typeof ITEMS)[number]), form, drawing, accept }
  const item = { ...diagramItem.parse(fields), id, category }
  const catalogue = smallCatalogue([item])
  const found = sideOf({ catalogue }, catalogue.diagrams.get(id) as never, things)
  if (!found) throw new Error('no side')
  return found
}

const graded = (one: Side, text: string) => {
  const elements = gradeSide(one, parseDrawing(text, one.drawing.form).drawing)
  return { ...scoreOf(elements), said: elements.map(({ verdict, label }) => `${verdict} ${label}`) }
}

describe('a name', () => {
  const one = side(
    'topology',
    'client -> api -> cache',
    ['cache'],
    [{ instead: 'cache', also: ['warm shelf'] }],
  )
  test.each([
    ['cache', 'matched'],
    ['Cache', 'matched'],
    ['warm shelf', 'matched'],
    ['queue', 'wrong'],
    ['zebra', 'wrong'],
  ])('%s is %s', (name, verdict) => {
    expect(graded(one, `client\napi\n1: ${name}\napi -> 1`).said).toEqual([
      `${verdict} Cache`,
      'matched Api → Cache',
    ])
  })
  test('that was left out is missing, and so is a blank that was taken away', () => {
    expect(graded(one, 'client\napi\n1\napi -> 1').said[0]).toBe('missing Cache')
    expect(graded(one, 'client\napi').said).toEqual(['missing Cache', 'missing Api → Cache'])
  })
  test('of a group is found in its group', () => {
    const inside = side('topology', 'east: { cache; api }\neast.api -> east.cache', ['cache'])
    expect(graded(inside, 'east: { 1: cache; api }\neast.api -> east.1')).toMatchObject({
      asked: 2,
      right: 2,
    })
  })
})

describe('a connection', () => {
  const one = side('topology', 'client -> api -> cache\ncache <-> database', ['cache'])
  test('both ways is two, and each may be drawn alone', () => {
    const all = 'client -> api\ndatabase\n1: cache\napi -> 1'
    expect(graded(one, `${all}\n1 <-> database`)).toMatchObject({ asked: 4, right: 4 })
    expect(graded(one, `${all}\n1 -> database\ndatabase -> 1`)).toMatchObject({ asked: 4, right: 4 })
    expect(graded(one, `${all}\n1 -> database`)).toMatchObject({ asked: 4, right: 3 })
  })
  test('that does not belong takes a point, and what was given costs nothing', () => {
    const all = 'client -> api\ndatabase\n1: cache\napi -> 1\n1 <-> database'
    expect(graded(one, `${all}\nclient -> 1`)).toMatchObject({ asked: 4, right: 3 })
    expect(graded(one, `${all}\nclient -> database`).said).toContain('extra Client → Database')
    expect(graded(one, '1: cache\nclient -> 1\nclient -> database\ndatabase -> api')).toMatchObject({
      right: 0,
    })
  })
  test('either way round is right where the content says so', () => {
    const free = side(
      'topology',
      'api -> cache',
      ['cache'],
      [{ instead: 'api -> cache', also: ['cache -> api'] }],
    )
    expect(graded(free, 'api\n1: cache\n1 -> api')).toMatchObject({ asked: 2, right: 2 })
    expect(graded(side('topology', 'api -> cache', ['cache']), 'api\n1: cache\n1 -> api')).toMatchObject({
      right: 1,
    })
  })
  test('of states needs its label', () => {
    const states = side('states', 'client -> cache: deploy\ncache -> client: recovery', ['cache'])
    expect(graded(states, 'client\n1: cache\nclient -> 1: deploy\n1 -> client: outage').said).toEqual([
      'matched Cache',
      'matched Client → Cache',
      'wrong Cache → Client',
    ])
  })
})

test('of a sequence the names alone are asked', () => {
  const sequence = side('sequence', 'client -> api: deploy\napi -> cache: replay', ['cache'])
  expect(graded(sequence, 'client -> api: deploy\n1: cache\napi -> 1: replay')).toMatchObject({
    asked: 1,
    right: 1,
  })
})

test('a table has no side', () => {
  const catalogue = smallCatalogue()
  const table = catalogue.diagrams.get('comparisons/brokers')
  expect(sideOf({ catalogue }, table as never, ['queue'])).toBeNull()
})
