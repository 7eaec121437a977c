import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Form, loadFormats, parseDrawing, printDrawing } from '#domain/diagram/index.ts'
import { parsers } from '../../src/world-parsers.ts'

/**
 * Messy files as their tools write them, and what is read of them: the drawing, what was left out, what was guessed. Each
 * expectation in fixtures/formats/read was read by eye against its file; `vitest -u` rewrites it, for review.
 */

const { importDrawing } = await loadFormats()
const folder = fileURLToPath(new URL('../fixtures/formats/', import.meta.url))

const FILES: readonly (readonly [string, Form])[] = [
  ['checkout.mmd', 'topology'],
  ['broken.mmd', 'topology'],
  ['checkout.excalidraw', 'topology'],
  ['cart-sequence.excalidraw', 'sequence'],
  ['orders.drawio', 'topology'],
  ['login.drawio', 'sequence'],
  ['readme.md', 'sequence'],
  ['lock.mmd', 'states'],
  ['history.mmd', 'timeline'],
  ['services.dot', 'topology'],
  ['board.canvas', 'topology'],
  ['pipeline.d2', 'topology'],
  ['nested.d2', 'topology'],
  ['talk.d2', 'sequence'],
]

describe('as it is read', () => {
  test.each(FILES)('%s', async (name, form) => {
    const bytes = readFileSync(folder + name)
    const read = await importDrawing({ name, bytes, form }, parsers)
    if (!read.ok) throw new Error(read.error.message)
    const { drawing, places, skipped, questions } = read.value
    const text = printDrawing(drawing)
    expect(parseDrawing(text, form).problems).toEqual([])
    const known = new Set('nodes' in drawing ? [...drawing.nodes, ...drawing.groups].map(({ id }) => id) : [])
    expect(Object.keys(places).filter((id) => !known.has(id))).toEqual([])
    const shown = [
      text,
      '',
      ...skipped.map((line) => `left out: ${line}`),
      ...questions.map(({ says }) => `asked: ${says}`),
      `places: ${Object.keys(places).length}`,
      '',
    ]
    await expect(shown.join('\n')).toMatchFileSnapshot(`${folder}read/${name}.txt`)
  })

  test('D2 where its compiler is not at hand: variables filled in, each line beyond the notation told', async () => {
    const bytes = readFileSync(`${folder}nested.d2`)
    const read = await importDrawing({ name: 'nested.d2', bytes, form: 'topology' }, { ...parsers, d2: null })
    if (!read.ok) throw new Error(read.error.message)
    const text = printDrawing(read.value.drawing)
    expect(text).toContain('AWS us-east.Load balancer -> AWS us-east.vpc.API: HTTPS')
    expect(text).not.toMatch(/[$*|]/)
    expect(read.value.skipped.join('\n')).toContain('only the command line reads it')
  })

  test('the same file read twice is the same drawing', async () => {
    for (const [name, form] of FILES) {
      const input = { name, bytes: readFileSync(folder + name), form }
      // The compiler of D2 takes seconds to start; without it the reader is ours.
      const quick = { ...parsers, d2: null }
      expect(await importDrawing(input, quick)).toEqual(await importDrawing(input, quick))
    }
  })
})

test('a topology read as another linked form keeps its nodes and arrows; a table is another matter', async () => {
  const bytes = readFileSync(`${folder}checkout.mmd`)
  const asStates = await importDrawing({ name: 'x.mmd', bytes, form: 'states' }, parsers)
  expect(asStates.ok && 'edges' in asStates.value.drawing && asStates.value.drawing.edges.length).toBe(12)
  for (const form of ['timeline', 'matrix'] as const) {
    const read = await importDrawing({ name: 'x.mmd', bytes, form }, parsers)
    expect(!read.ok && read.error.code).toBe('other-form')
  }
})
