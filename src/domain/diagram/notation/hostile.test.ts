import { expect, test } from 'vitest'
import { elementsOf, FORMS } from '../model.ts'
import { parseDrawing } from './index.ts'
import { LIMITS } from './problem.ts'

const fill = (piece: string) => piece.repeat(Math.floor(LIMITS.characters / piece.length))

/** Each as long as a drawing may be; what takes more than its length in work would not come back. */
const TEXTS: Readonly<Record<string, string>> = {
  'a path without end': `a${fill('.a').slice(2)}`,
  'many deep paths': fill('a.b.c.d.e.f.g.h.i.j -> k.l.m.n.o.p.q.r.s.t\n'),
  'pipes alone': fill('|'),
  'a table as wide as it is long': fill(`${'|a'.repeat(300)}\n`),
  'braces that open': fill('{'),
  'groups that open': fill('g {'),
  'quotes alone': fill('"'),
  'arrows alone': fill('-> '),
  'commas alone': `a -> ${fill('b,').slice(5)}`,
  'lines of commas': fill(`a -> ${'b,'.repeat(200)}b\n`),
  'rules of tables': fill('|---'),
  'spaces alone': `|${fill(' ').slice(2)}x`,
  backslashes: fill('\\'),
  semicolons: fill('a;'),
  'names of every object':
    '__proto__ -> constructor: toString\nconstructor -> valueOf\nhasOwnProperty: { __proto__ }',
}

test.each(Object.entries(TEXTS))('%s is read in every form, and is bounded', (_, text) => {
  for (const form of FORMS) {
    const { drawing, problems } = parseDrawing(text, form)
    if (elementsOf(drawing).length > LIMITS.elements) expect(problems).not.toEqual([])
    if (form === 'matrix' || form === 'timeline')
      expect(elementsOf(drawing).length).toBeLessThanOrEqual(LIMITS.elements)
  }
})
