import { expect, test } from 'vitest'
import type { DiagramItem } from '#domain/curriculum/index.ts'
import type { Diagram } from './diagram.ts'
import { findElements } from './elements.ts'
import { parseDrawing } from './notation/index.ts'
import { buildVocabulary, withNames } from './vocabulary.ts'

function diagram(form: DiagramItem['form'], text: string): Diagram {
  const item = { form, drawing: text, names: {} } as unknown as DiagramItem
  const field = buildVocabulary([
    { id: 'ack', name: 'Ack', kind: 'message', layer: 'none', icon: null, aliases: ['acknowledgement'] },
  ]).vocabulary
  return { item, drawing: parseDrawing(text, form).drawing, vocabulary: withNames(field, []) }
}

test('a message is named by its label or by another word for it, every time it is sent', () => {
  const sequence = diagram('sequence', 'a -> b: prepare\nb -> a: ack\na -> b: ack')
  expect(findElements(sequence, 'prepare')).toHaveLength(1)
  expect(findElements(sequence, 'acknowledgement')).toHaveLength(2)
  expect(findElements(sequence, 'commit')).toEqual([])
})

test('a node goes before a transition of the same label', () => {
  const states = diagram('states', 'open -> closed: open\nclosed -> open: probe fails')
  expect(findElements(states, 'open')).toEqual(['node:open'])
  expect(findElements(states, 'probe fails')).toEqual(['edge:closed -> open'])
})

test('the label of a topology is free text and names nothing', () => {
  expect(findElements(diagram('topology', 'a -> b: HTTP'), 'HTTP')).toEqual([])
})
