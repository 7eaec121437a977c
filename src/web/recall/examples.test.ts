import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildVocabulary, FORMS } from '#domain/diagram/index.ts'
import { readLine } from './entry-line.tsx'
import { languageOf } from './examples.tsx'
import { emptyWork, textOf } from './work.ts'

const { vocabulary } = buildVocabulary([])

beforeAll(() => void vi.stubGlobal('window', { innerWidth: 1280 }))
afterAll(() => void vi.unstubAllGlobals())

/** What stands before the examples that change something. */
const BEFORE: readonly string[] = ['a -> b -> c -> d']

describe.each(FORMS)('%s', (form) => {
  test('every example is read and changes the drawing', () => {
    let now = { work: emptyWork(form), context: { last: null, edge: null } } as Parameters<typeof readLine>[0]
    const lines = languageOf(form).flatMap(({ keys }) => keys)
    expect(lines.length).toBeGreaterThan(2)
    for (const line of [...(form === 'timeline' || form === 'matrix' ? [] : BEFORE), ...lines]) {
      const before = textOf(now.work)
      const read = readLine(now, line, vocabulary)
      if (!read.ok) throw new Error(`${line}: ${read.problem.message}`)
      expect(textOf(read.work), line).not.toBe(before)
      now = { work: read.work, context: read.context }
    }
  })
})
