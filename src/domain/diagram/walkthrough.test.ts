import { describe, expect, test } from 'vitest'
import type { DiagramItem } from '#domain/curriculum/index.ts'
import { buildVocabulary, type Form, parseDrawing, walkthrough } from './index.ts'

const { vocabulary } = buildVocabulary([])

/** What is fresh at each step, without the kinds' prefixes. */
function fresh(
  form: Form,
  text: string,
  ...shows: string[][]
): { steps: string[][]; hidden: string[]; unknown: string[] } {
  const { drawing } = parseDrawing(text, form)
  const item = { walkthrough: shows.map((step) => ({ shows: step, says: '' })) } as unknown as DiagramItem
  const { steps, hidden, unknown } = walkthrough({ item, drawing, vocabulary })
  return {
    steps: steps.map((step) => [...step.fresh].sort()),
    hidden: [...hidden].sort(),
    unknown: unknown.map(({ step, reference }) => `${step}: ${reference}`),
  }
}

describe('a topology', () => {
  const text = 'client -> api\nus: { api; db }\nus.api -> us.db\nus.db -> client'

  test('an edge comes with the later of its ends, a group with its first member', () => {
    expect(fresh('topology', text, ['client'], ['api'], ['db'])).toEqual({
      steps: [
        ['node:client'],
        ['edge:client -> us.api', 'group:us', 'node:us.api'],
        ['edge:us.api -> us.db', 'edge:us.db -> client', 'node:us.db'],
      ],
      hidden: [],
      unknown: [],
    })
  })

  test('an edge that a step names waits for it', () => {
    const { steps } = fresh('topology', text, ['client', 'us'], ['db -> client'])
    expect(steps[1]).toEqual(['edge:us.db -> client'])
  })

  test('a group that is named brings the members that no step names', () => {
    const { steps } = fresh('topology', text, ['us'], ['db', 'client'])
    expect(steps[0]).toEqual(['group:us', 'node:us.api'])
  })

  test('what is not there, and what is never shown, is said', () => {
    expect(fresh('topology', text, ['client', 'zebra'])).toMatchObject({
      unknown: ['1: zebra'],
      hidden: [
        'edge:client -> us.api',
        'edge:us.api -> us.db',
        'edge:us.db -> client',
        'group:us',
        'node:us.api',
        'node:us.db',
      ],
    })
  })
})

test('a sequence shows messages by number, and a participant with its first message', () => {
  const { steps } = fresh('sequence', 'a; b; c\na -> b: x\nb -> c: y\nc -> a: z', ['a', '1'], ['2..3'])
  expect(steps).toEqual([
    ['edge:a -> b', 'node:a', 'node:b'],
    ['edge:b -> c', 'edge:c -> a', 'node:c'],
  ])
})

test('a timeline shows events by number', () => {
  expect(fresh('timeline', '1 | a\n2 | b\n3 | c', ['1..2'], ['3']).steps).toEqual([
    ['event:1', 'event:2'],
    ['event:3'],
  ])
})

test('a matrix shows rows with their cells, and its columns with the first row', () => {
  const text = ' | x | y\na | 1 | 2\nb | 3 | 4'
  expect(fresh('matrix', text, ['a'], ['2']).steps).toEqual([
    ['cell:1,1', 'cell:1,2', 'column:1', 'column:2', 'row:1'],
    ['cell:2,1', 'cell:2,2', 'row:2'],
  ])
  expect(fresh('matrix', text, ['column x'], ['column y', '1..2']).steps[0]).toEqual([
    'cell:1,1',
    'cell:2,1',
    'column:1',
  ])
})
