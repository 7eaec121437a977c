import { describe, expect, test } from 'vitest'
import { type ElementId, elementsOf, hiddenWith, occluded, parseDrawing, printDrawing } from './index.ts'

const hide = (form: 'topology' | 'timeline' | 'matrix', text: string, ...elements: ElementId[]) => {
  const { drawing } = parseDrawing(text, form)
  const hidden = hiddenWith(drawing, new Set(elements))
  return { hidden: [...hidden].sort(), given: occluded(drawing, hidden) }
}

describe('what is hidden takes with it what hangs on it', () => {
  test('the connections of a node', () => {
    const text = 'a -> b: one\nb -> c: two\neu: { d }\nc -> eu.d'
    const { hidden, given } = hide('topology', text, 'node:b')
    expect(hidden).toEqual(['edge:a -> b', 'edge:b -> c', 'node:b'])
    expect(printDrawing(given)).not.toMatch(/\bb\b|one|two/)
    expect(elementsOf(given)).toEqual(expect.arrayContaining(['node:a', 'node:c', 'group:eu', 'node:eu.d']))
  })
  test('the cells of a row and of a column, whose rows and columns go', () => {
    const text = '| x | y\np | 1 | 2\nq | 3 | 4'
    expect(hide('matrix', text, 'row:1').given).toMatchObject({ columns: ['x', 'y'], rows: [{ label: 'q' }] })
    const column = hide('matrix', text, 'column:2')
    expect(column.hidden).toEqual(['cell:1,2', 'cell:2,2', 'column:2'])
    expect(column.given).toMatchObject({ columns: ['x'], rows: [{ cells: ['1'] }, { cells: ['3'] }] })
    expect(hide('matrix', text, 'cell:2,1').given).toMatchObject({
      rows: [{ cells: ['1', '2'] }, { cells: ['', '4'] }],
    })
  })
  test('an event goes alone', () => {
    const { given } = hide('timeline', '09:00 | one | a\n09:05 | two | b', 'event:1')
    expect(elementsOf(given)).toHaveLength(1)
  })
})
