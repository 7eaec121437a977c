import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FORMS,
  type Form,
  type Format,
  loadFormats,
  parseDrawing,
  printDrawing,
} from '#domain/diagram/index.ts'
import { parsers } from '../../src/world-parsers.ts'
import { anyDrawing, anyLayout, plainStates, said } from './drawings.ts'

/** What is written for a tool and read again is the same drawing: nodes, edges with direction and label, groups. */

const { exportDrawing, importDrawing, FORMATS, FILE_ENDINGS } = await loadFormats()

const CASES = FORMATS.flatMap((format) => FORMS.map((form): [Format, Form] => [format, form])).filter(
  ([format, form]) => !(format === 'mermaid' && form === 'matrix'),
)

describe('there and back', () => {
  test.each(CASES)('%s keeps a %s', async (format, form) => {
    await fc.assert(
      fc.asyncProperty(anyDrawing(form), async (drawing) => {
        const text = exportDrawing(
          { drawing, laidOut: anyLayout(drawing), title: 'A <title> & "more"' },
          format,
        )
        if (!text.ok) throw new Error(text.error.message)
        const input = { name: `x${FILE_ENDINGS[format]}`, bytes: new TextEncoder().encode(text.value), form }
        const read = await importDrawing(input, parsers)
        if (!read.ok) throw new Error(`${read.error.message}\n${text.value}`)
        expect(read.value.format).toBe(format)
        expect(read.value.questions).toEqual([])
        expect(said(read.value.drawing), text.value).toEqual(said(drawing))
        const again = parseDrawing(printDrawing(read.value.drawing), form)
        expect(again.problems).toEqual([])
        expect(said(again.drawing)).toEqual(said(drawing))
      }),
      { numRuns: format === 'mermaid' ? 60 : 150 },
    )
  })
})

test('mermaid keeps states as a state diagram, dots and all', async () => {
  let dots = 0
  await fc.assert(
    fc.asyncProperty(plainStates(), async (drawing) => {
      const text = exportDrawing({ drawing, laidOut: anyLayout(drawing), title: '' }, 'mermaid')
      if (!text.ok) throw new Error(text.error.message)
      expect(text.value).toMatch(/^stateDiagram-v2/)
      if (text.value.includes('[*]')) dots++
      const bytes = new TextEncoder().encode(text.value)
      const read = await importDrawing({ name: 'x.mmd', bytes, form: 'states' }, parsers)
      if (!read.ok) throw new Error(`${read.error.message}\n${text.value}`)
      expect(said(read.value.drawing), text.value).toEqual(said(drawing))
    }),
    { numRuns: 80 },
  )
  expect(dots).toBeGreaterThan(0)
})

test('a matrix is no Mermaid, and the answer names the tools that hold one', () => {
  const drawing = parseDrawing(' | a\nx | 1', 'matrix').drawing
  const text = exportDrawing({ drawing, laidOut: anyLayout(drawing), title: '' }, 'mermaid')
  expect(text.ok).toBe(false)
  if (!text.ok) expect(text.error.instead).toEqual(['excalidraw', 'drawio', 'd2', 'dot', 'canvas'])
})
