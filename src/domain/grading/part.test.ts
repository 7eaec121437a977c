import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadCatalogue } from '#catalog/load.ts'
import { type Diagram, type ElementId, elementsOf, hiddenWith, occluded } from '#domain/diagram/index.ts'
import { invariant } from '#lib/invariant.ts'
import { gradePart, lineName, referenceAnswers, referenceGrade } from './index.ts'

const loaded = loadCatalogue({
  contentFolder: join(import.meta.dirname, '../../../content'),
  cacheFile: null,
})
invariant(loaded.ok, 'the content does not load')
const diagrams = [...loaded.value.diagrams.values()]

/** Some elements and questions of any diagram, what is given beside them, and what they are worth. */
const anyPart = fc.record({ at: fc.nat(diagrams.length - 1), bits: fc.integer({ min: 0, max: 2 ** 30 }) })
function partOf({ at, bits }: { readonly at: number; readonly bits: number }) {
  const diagram = diagrams[at]
  invariant(diagram !== undefined, 'one of them')
  const chosen = (i: number) => (bits >> (i % 30)) % 4 === 0
  const all = elementsOf(diagram.drawing).filter((id) => !id.startsWith('group:'))
  const some = all.filter((_, i) => chosen(i))
  const hidden = hiddenWith(diagram.drawing, new Set<ElementId>(some.length > 0 ? some : all.slice(0, 1)))
  const lines = referenceGrade(diagram).elements
  const asked = lines.filter(
    (one) =>
      (one.reference !== null && hidden.has(one.reference)) ||
      (one.kind === 'fact' && chosen(one.label.length)),
  )
  return { diagram, hidden, asked: new Set(asked.map(lineName)) }
}
const nothing = { facts: {}, context: {} }
const drawn = (diagram: Diagram) => ({
  drawing: diagram.drawing,
  answers: referenceAnswers(diagram),
  seconds: 1,
})

describe('the grade of a part', () => {
  test('is 100 for all that was asked, and 0 for only what was given', () => {
    fc.assert(
      fc.property(anyPart, (part) => {
        const { diagram, hidden, asked } = partOf(part)
        expect(gradePart(diagram, drawn(diagram), asked, 0.2).total).toBeCloseTo(100, 6)
        const given = { drawing: occluded(diagram.drawing, hidden), answers: nothing, seconds: 1 }
        expect(gradePart(diagram, given, asked, 0.2).total).toBeCloseTo(0, 6)
      }),
      { numRuns: 100 },
    )
  })

  test('explains each lost point by one line, and counts what was not asked as given', () => {
    fc.assert(
      fc.property(anyPart, fc.nat(), (part, n) => {
        const { diagram, hidden, asked } = partOf(part)
        const forgotten = [...hidden][n % hidden.size]
        const left = hiddenWith(diagram.drawing, new Set(forgotten ? [forgotten] : []))
        const attempt = { drawing: occluded(diagram.drawing, left), answers: nothing, seconds: 1 }
        const grade = gradePart(diagram, attempt, asked, 0.2)
        const lost = grade.elements.reduce((sum, { of, points }) => sum + of - points, 0)
        expect(lost).toBeCloseTo(100 - grade.total, 6)
        const parts = [grade.structure, grade.technical, grade.context, grade.speed]
        expect(parts.reduce((sum, { max }) => sum + max, 0)).toBeCloseTo(100, 6)
      }),
      { numRuns: 100 },
    )
  })

  test('what was given and deleted, and what is extra, costs', () => {
    const diagram = diagrams.find(({ drawing }) => drawing.form === 'topology')
    invariant(diagram !== undefined && diagram.drawing.form === 'topology', 'there is a topology')
    const [first, second] = diagram.drawing.nodes
    invariant(first !== undefined && second !== undefined, 'it has nodes')
    const asked = new Set([`node node:${first.id}`])
    const without = hiddenWith(diagram.drawing, new Set<ElementId>([`node:${second.id}`]))
    const deleted = { ...drawn(diagram), drawing: occluded(diagram.drawing, without) }
    expect(gradePart(diagram, deleted, asked, 0.2).total).toBeLessThan(60)
    const more = { id: 'zz', label: 'zz', group: null }
    const extra = {
      ...drawn(diagram),
      drawing: { ...diagram.drawing, nodes: [...diagram.drawing.nodes, more] },
    }
    expect(gradePart(diagram, extra, asked, 0.2).total).toBeLessThan(100)
  })
})
