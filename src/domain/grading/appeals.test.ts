import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Drawing, FORMS, type LinkedDrawing } from '#domain/diagram/index.ts'
import { seeded } from '#lib/random.ts'
import {
  acceptedAnswer,
  acceptedCell,
  acceptedEdge,
  acceptedLabel,
  appealFor,
  type Claim,
  type GradedElement,
  gradeAttempt,
  readAccepted,
} from './index.ts'
import { CONCEPTS, diagramOf, misrememberAny, pick, randomReference, SOME_SLIPS } from './trials.ts'

const [A, B, C, D] = CONCEPTS as [string, string, string, string]
const NOTHING = { facts: {}, context: {} }
const numRuns = Number(process.env.ATLAS_TRIALS ?? 300)

const edge = (from: string, to: string, label = '') => {
  return { id: `${from} -> ${to}`, from, to, arrow: 'directed' as const, label }
}
const graph = (form: LinkedDrawing['form'], labels: string[], edges: [string, string, string?][]) => {
  const nodes = labels.map((label) => ({ id: label, label, group: null }))
  return { form, nodes, edges: edges.map((one) => edge(...one)), groups: [] }
}
const gradeOf = (reference: Drawing, drawing: Drawing, appeals: readonly string[] = []) =>
  gradeAttempt(diagramOf(reference), { drawing, answers: NOTHING, seconds: null, appeals })

const claimOf = ({ kind, verdict, drawn, reference, answer }: GradedElement): Claim => {
  return { kind, verdict, drawn, reference, answer: answer?.id ?? null }
}
/** The lines of the elements that lost something, each as an appeal. */
const appealsOf = (reference: Drawing, drawing: Drawing): string[] =>
  gradeOf(reference, drawing).elements.flatMap((one) =>
    one.verdict === 'matched'
      ? []
      : (appealFor(diagramOf(reference), { drawing, answers: NOTHING }, claimOf(one)) ?? []),
  )

describe('a line of an appeal', () => {
  const text = fc.string({ unit: 'binary' })

  test('says again what was written into it, whatever signs that holds', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(readAccepted(acceptedLabel(a, b))).toEqual({ kind: 'label', drawn: a, reference: b })
        expect(readAccepted(acceptedEdge(a, b))).toEqual({ kind: 'edge', from: a, to: b })
        expect(readAccepted(acceptedCell(a, b, c))).toEqual({ kind: 'cell', row: a, column: b, text: c })
        expect(readAccepted(acceptedAnswer(a, b))).toEqual({ kind: 'answer', id: a, given: b })
      }),
    )
  })

  test('of a later version is no line, and changes no grade', () => {
    expect(readAccepted('shape:round')).toBeNull()
    const drawing = graph('topology', [A, 'my box'], [[A, 'my box']])
    const reference = graph('topology', [A, B], [[A, B]])
    expect(gradeOf(reference, drawing, ['shape:round'])).toEqual(gradeOf(reference, drawing))
  })
})

describe('an edge of a topology', () => {
  const labels = [A, B, C]
  const reference = graph('topology', labels, [
    [A, B],
    [B, C],
  ])
  const lineOf = (drawing: Drawing, appeals: string[], verdict: string) =>
    gradeOf(reference, drawing, appeals).elements.find(
      (one) => one.kind === 'edge' && one.verdict === verdict && /appeal/.test(one.because),
    )

  test('that is extra costs nothing once it is accepted', () => {
    const drawing = graph('topology', labels, [
      [A, B],
      [B, C],
      [A, C],
    ])
    expect(gradeOf(reference, drawing).structure.score).toBeLessThan(40)
    const appeals = appealsOf(reference, drawing)
    expect(appeals).toContain(acceptedEdge(A, C))
    expect(gradeOf(reference, drawing, appeals).structure.score).toBe(40)
    expect(lineOf(drawing, appeals, 'matched')).toMatchObject({
      points: 0,
      of: 0,
      drawn: `edge:${A} -> ${C}`,
    })
    expect(gradeOf(reference, drawing, [acceptedEdge(C, A)]).structure.score).toBeLessThan(40)
  })

  test('that runs the other way, or has no head, is right once it is accepted, under a synonym too', () => {
    const synonym = (label: string) => `the ${label.replace('-', ' ')}`
    for (const arrow of ['directed', 'undirected'] as const) {
      const drawing = { ...reference, edges: [edge(A, B), { ...edge(C, B), arrow }] }
      expect(gradeOf(reference, drawing).structure.score).toBeLessThan(40)
      const appeals = [acceptedEdge(synonym(C), synonym(B))]
      expect(gradeOf(reference, drawing, appeals).structure.score).toBe(40)
      expect(lineOf(drawing, appeals, 'matched')?.because).toMatch(
        /runs from .* yours is accepted on your appeal/,
      )
    }
  })
})

describe('a label', () => {
  test('of each kind counts once it is accepted, and its sentence says so', () => {
    const cases: [Drawing, Drawing][] = [
      [graph('topology', [A, B], [[A, B]]), graph('topology', [A, 'my box'], [[A, 'my box']])],
      [graph('sequence', [A, B], [[A, B, C]]), graph('sequence', [A, B], [[A, B, 'my words']])],
      [graph('states', [A, B], [[A, B, C]]), graph('states', [A, B], [[A, B, 'my guard']])],
      [
        { form: 'matrix', columns: [A], rows: [{ label: B, cells: [C] }] },
        { form: 'matrix', columns: [A], rows: [{ label: 'my row', cells: [C] }] },
      ],
      [
        { form: 'matrix', columns: [A], rows: [{ label: B, cells: [C] }] },
        { form: 'matrix', columns: [A], rows: [{ label: B, cells: [D] }] },
      ],
      [
        { form: 'timeline', events: [{ id: '1', at: '', label: A, lane: B }] },
        { form: 'timeline', events: [{ id: '1', at: '', label: A, lane: 'my lane' }] },
      ],
    ]
    for (const [reference, drawing] of cases) {
      expect(gradeOf(reference, drawing).structure.score).toBeLessThan(40)
      const appeals = appealsOf(reference, drawing)
      expect(appeals).toHaveLength(1)
      const after = gradeOf(reference, drawing, appeals)
      expect(after.structure.score).toBe(40)
      expect(after.elements.filter(({ because }) => /accepted on your appeal/.test(because))).toHaveLength(1)
    }
  })

  test('that names another thing of the reference counts for both', () => {
    const reference = graph(
      'topology',
      [A, B, C],
      [
        [A, B],
        [A, C],
      ],
    )
    const drawing = {
      ...reference,
      nodes: [
        { id: 'a', label: A, group: null },
        { id: 'b', label: B, group: null },
        { id: 'c', label: `${B} 2`, group: null },
      ],
      edges: [edge('a', 'b'), edge('a', 'c')],
    }
    expect(gradeOf(reference, drawing).structure.score).toBeLessThan(40)
    expect(gradeOf(reference, drawing, [acceptedLabel(`${B} 2`, C)]).structure.score).toBe(40)
  })

  test('of a cell counts in that cell alone', () => {
    const matrix = (cells: string[]): Drawing => ({
      form: 'matrix',
      columns: [A, B],
      rows: [{ label: C, cells }],
    })
    const appeals = [acceptedCell(C, A, 'yes')]
    const verdicts = (cells: string[]) =>
      gradeOf(matrix(['no', 'no']), matrix(cells), appeals)
        .elements.filter(({ kind }) => kind === 'cell')
        .map(({ verdict }) => verdict)
    expect(verdicts(['yes', 'yes'])).toEqual(['matched', 'wrong'])
  })
})

describe('random attempts', () => {
  const holds = (check: (reference: Drawing, drawing: Drawing, appeals: string[]) => void) =>
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), fc.integer({ min: 0, max: 2 ** 31 }), (form, seed) => {
        const random = seeded(seed)
        const reference = randomReference(random, form)
        const drawing = misrememberAny(random, reference, SOME_SLIPS)
        const all = appealsOf(reference, drawing)
        check(reference, drawing, all.length === 0 ? [] : Array.from({ length: 3 }, () => pick(random, all)))
      }),
      { numRuns },
    )

  test('every point that was lost is explained by one element, with and without appeals', () => {
    holds((reference, drawing, appeals) => {
      for (const grade of [gradeOf(reference, drawing), gradeOf(reference, drawing, appeals)]) {
        const lost = grade.elements.reduce((sum, { of, points }) => sum + of - points, 0)
        expect(lost).toBeCloseTo(100 - grade.total, 6)
        for (const { verdict, of, points, because } of grade.elements) {
          if (of - points > 1e-9) expect(verdict).not.toBe('matched')
          expect(because.trim()).toMatch(/^[^.]+(\.\d[^.]*)*\.$/)
        }
      }
    })
  })

  test('an appeal never lowers a grade', () => {
    holds((reference, drawing, appeals) => {
      const [before, after] = [gradeOf(reference, drawing), gradeOf(reference, drawing, appeals)]
      if (before.proven && after.proven) expect(after.total).toBeGreaterThanOrEqual(before.total - 1e-9)
    })
  })
})
