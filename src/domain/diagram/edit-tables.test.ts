import { describe, expect, test } from 'vitest'
import {
  addEvent,
  pasteCells,
  pastedCells,
  removeColumn,
  removeEvent,
  setCell,
  setEvent,
  shiftEvent,
} from './edit-tables.ts'
import { readMatrixEntry, readTimelineEntry } from './entry-tables.ts'
import type { MatrixDrawing, TimelineDrawing } from './model.ts'
import { parseDrawing, printDrawing } from './notation/index.ts'

const timeline = (text: string) => parseDrawing(text, 'timeline').drawing as TimelineDrawing
const matrix = (text: string) => parseDrawing(text, 'matrix').drawing as MatrixDrawing
const lines = (drawing: TimelineDrawing | MatrixDrawing) =>
  printDrawing(drawing)
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())

describe('a timeline', () => {
  const two = timeline('09:37 | wrong command | operator\n09:40 | servers removed')

  test('events are added, changed, moved and taken away; their ids are their places', () => {
    const added = addEvent(two, { at: '', label: ' found ', lane: '' }, 1)
    expect(added.events.map(({ id, label }) => `${id} ${label}`)).toEqual([
      '1 wrong command',
      '2 found',
      '3 servers removed',
    ])
    expect(setEvent(two, 1, { at: '09:41' }).events[1]).toMatchObject({
      at: '09:41',
      label: 'servers removed',
    })
    expect(shiftEvent(shiftEvent(two, 0, 1), 1, -1)).toEqual(two)
    expect(shiftEvent(two, 0, -1)).toEqual(two)
    expect(lines(removeEvent(two, 0))).toEqual(['09:40 | servers removed'])
  })

  test('lines of the entry', () => {
    const typed = (line: string) => {
      const read = readTimelineEntry(two, line)
      return read.ok ? lines(read.value) : read.error.message
    }
    expect(typed('+4 h | recovered')).toContain('+4 h | recovered')
    expect(typed('just an event').at(-1)).toBe('| just an event')
    expect(typed('del 1')).toEqual(['09:40 | servers removed'])
    expect(typed('rename 2 = removed')).toContain('09:40 | removed')
    expect(typed('del nothing')).toBe('there is no event `nothing`')
    expect(typed('10:00 |')).toContain('only when')
  })
})

describe('a matrix', () => {
  const table = matrix(' | ordering | replay\nkafka | per partition | yes')

  test('it grows by being typed into, and shrinks when what was typed is taken away', () => {
    const grown = setCell(setCell(table, 2, 0, 'sqs'), 2, 3, 'fifo')
    expect(lines(grown)).toEqual(['| ordering | replay |', 'kafka | per partition | yes |', 'sqs | | | fifo'])
    expect(setCell(setCell(grown, 2, 3, ''), 2, 0, '')).toEqual(table)
  })

  test('a pasted table fills it from the cell on', () => {
    const pasted = pastedCells('|  | a | b |\n|---|---|---|\n| x | 1 | 2 |')
    expect(pasted).toEqual([
      ['', 'a', 'b'],
      ['x', '1', '2'],
    ])
    const empty: MatrixDrawing = { form: 'matrix', columns: [], rows: [] }
    expect(lines(pasteCells(empty, 0, 0, pasted))).toEqual(['| a | b', 'x | 1 | 2'])
    expect(pastedCells('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test('a column goes with its cells', () => {
    expect(lines(removeColumn(table, 0))).toEqual(['| replay', 'kafka | yes'])
  })

  test('lines of the entry', () => {
    const typed = (line: string, to = table) => {
      const read = readMatrixEntry(to, line)
      return read.ok ? lines(read.value) : read.error
    }
    expect(typed('| cost')).toEqual(['| ordering | replay | cost', 'kafka | per partition | yes |'])
    expect(typed('sqs | best effort')).toContain('sqs | best effort |')
    expect(typed('Kafka | | no')).toContain('kafka | per partition | no')
    expect(typed('del replay')).toEqual(['| ordering', 'kafka | per partition'])
    expect(typed('rename kafka = pulsar')).toContain('pulsar | per partition | yes')
    expect(typed('del kafak')).toMatchObject({ suggestion: 'kafka' })
    expect(typed('a | 1 | 2 | 3')).toMatchObject({ message: '`a` has 3 cells for 2 columns' })
    expect(typed('a | 1', matrix(''))).toMatchObject({
      message: 'first name the columns: `| ordering | replay`',
    })
  })
})
