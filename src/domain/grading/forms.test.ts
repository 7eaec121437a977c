import { describe, expect, test } from 'vitest'
import type { Drawing, LinkedDrawing } from '#domain/diagram/index.ts'
import { acceptedLabel, gradeAttempt, pace, parSeconds } from './index.ts'
import { CONCEPTS, diagramOf } from './trials.ts'

const [A, B, C, D, E, F] = CONCEPTS as [string, string, string, string, string, string]
const NOTHING = { facts: {}, context: {} }

const node = (label: string, group: string | null = null) => ({ id: label, label, group })
const edge = (from: string, to: string, label = '') => {
  return { id: `${from} -> ${to}`, from, to, arrow: 'directed' as const, label }
}
const graph = (
  form: 'topology' | 'states',
  nodes: string[],
  edges: [string, string, string?][],
): LinkedDrawing => {
  return {
    form,
    nodes: nodes.map((label) => node(label)),
    edges: edges.map((one) => edge(...one)),
    groups: [],
  }
}
const grade = (reference: Drawing, drawing: Drawing, seconds: number | null = null) =>
  gradeAttempt(diagramOf(reference), { drawing, answers: NOTHING, seconds })
const score = (reference: Drawing, drawing: Drawing): number => grade(reference, drawing).structure.score
const verdicts = (reference: Drawing, drawing: Drawing) =>
  grade(reference, drawing)
    .elements.filter(({ kind }) => !['fact', 'context', 'speed'].includes(kind))
    .map(({ kind, verdict }) => `${kind} ${verdict}`)

/** What these small graphs leave of credit above chance: blind connections would earn 0.4 each, which is the most. */
const aboveChance = (credit: number, reference: number, drawn: number): number =>
  (credit - 0.4 * drawn) / ((reference + drawn) / 2 - 0.4 * drawn)

describe('a topology', () => {
  const reference = graph(
    'topology',
    [A, B, C],
    [
      [A, B],
      [B, C],
    ],
  )
  const swapped = (arrow: 'directed' | 'both' | 'undirected', from: string, to: string) => ({
    ...reference,
    edges: [edge(A, B), { ...edge(from, to), arrow }],
  })

  test('is 4 parts nodes and 5 parts edges where there are no groups', () => {
    const onlyNodes = { ...reference, edges: [] }
    expect(score(reference, onlyNodes)).toBeCloseTo((40 * 4) / 9, 8)
  })

  test('a reversed edge, or one without a head, earns half', () => {
    for (const drawing of [
      swapped('directed', C, B),
      swapped('undirected', B, C),
      swapped('undirected', C, B),
    ]) {
      expect(score(reference, drawing)).toBeCloseTo((40 * (4 + 5 * aboveChance(1.5, 2, 2))) / 9, 8)
      expect(verdicts(reference, drawing)).toContain('edge reversed')
    }
  })

  test('both directions where one is right: one is right and one too many', () => {
    expect(score(reference, swapped('both', B, C))).toBeCloseTo((40 * (4 + 5 * aboveChance(2, 2, 3))) / 9, 8)
    expect(verdicts(reference, swapped('both', B, C)).filter((one) => one.startsWith('edge'))).toEqual([
      'edge matched',
      'edge matched',
      'edge extra',
    ])
  })

  test('connections no better than blind ones earn nothing, and say so', () => {
    const wide = graph(
      'topology',
      [A, B, C, D, E],
      [
        [A, B],
        [A, C],
        [A, D],
        [A, E],
      ],
    )
    const edges = [edge(B, C), edge(C, D), edge(D, E), edge(E, A)]
    const given = grade(wide, { ...wide, edges })
    expect(given.structure.score).toBeCloseTo((40 * 4) / 9, 8)
    const turned = given.elements.find(({ verdict }) => verdict === 'reversed')
    expect(turned).toMatchObject({ points: 0, because: expect.stringMatching(/blind ones would be/) })
    const better = grade(wide, { ...wide, edges: [...edges, edge(A, B), edge(A, C)] })
    expect(better.structure.score).toBeGreaterThan(given.structure.score)
  })

  test('an edge without a head in the reference may point either way', () => {
    const headless = swapped('undirected', B, C)
    expect(score(headless, swapped('directed', B, C))).toBe(40)
    expect(score(headless, swapped('directed', C, B))).toBe(40)
  })

  test('its labels are free', () => {
    const edges = reference.edges.map((one) => ({ ...one, label: 'anything' }))
    expect(score(reference, { ...reference, edges })).toBe(40)
  })

  test('the right thing under a wrong name loses its name and keeps its connections', () => {
    for (const label of ['nonsense box', D]) {
      const nodes = reference.nodes.map((one) => (one.label === B ? { ...one, label } : one))
      expect(score(reference, { ...reference, nodes })).toBeCloseTo((40 * (4 * (2 / 3) + 5)) / 9, 8)
    }
  })

  test('the same connection twice is one too many', () => {
    const edges = [...reference.edges, { ...edge(A, B), id: 'again' }]
    expect(score(reference, { ...reference, edges })).toBeCloseTo(
      (40 * (4 + 5 * aboveChance(2, 2, 3))) / 9,
      8,
    )
  })

  test('an alternative of the content and an accepted appeal lose nothing', () => {
    const other = (label: string) => ({
      ...reference,
      nodes: reference.nodes.map((one) => (one.label === B ? { ...one, label } : one)),
    })
    const diagram = diagramOf(reference, [{ instead: B, also: [D] }])
    const attempt = { answers: NOTHING, seconds: null }
    expect(gradeAttempt(diagram, { ...attempt, drawing: other(D) }).structure.score).toBe(40)
    const appeals = [acceptedLabel('my own = word', B)]
    expect(
      gradeAttempt(diagram, { ...attempt, drawing: other('my own = word') }).structure.score,
    ).toBeLessThan(40)
    expect(
      gradeAttempt(diagram, { ...attempt, drawing: other('my own = word'), appeals }).structure.score,
    ).toBe(40)
  })

  test('instances of one concept are interchangeable', () => {
    const [one, two] = [`${C} a`, `${C} b`]
    const twins = graph(
      'topology',
      [A, B, one, two],
      [
        [A, one],
        [B, two],
      ],
    )
    const crossed = graph(
      'topology',
      [A, B, one, two],
      [
        [A, two],
        [B, one],
      ],
    )
    expect(score(twins, crossed)).toBe(40)
  })

  test('where it earns the same, an instance stands for the one with its own name', () => {
    const [one, two] = [`${C} a`, `${C} b`]
    const twins = graph(
      'topology',
      [A, one, two],
      [
        [A, one],
        [A, two],
      ],
    )
    const told = grade(twins, graph('topology', [A, two], [[A, two]])).elements
    expect(told.find(({ drawn }) => drawn === `node:${two}`)?.reference).toBe(`node:${two}`)
  })
})

describe('a name claims its place', () => {
  const reference = graph(
    'topology',
    [A, B, C],
    [
      [A, B],
      [B, C],
    ],
  )

  test('even where a nameless thing has its connections', () => {
    const drawing = graph(
      'topology',
      [A, B, C, 'nonsense box'],
      [
        [A, 'nonsense box'],
        ['nonsense box', C],
      ],
    )
    expect(score(reference, drawing)).toBeCloseTo((40 * 4 * (6 / 7)) / 9, 8)
    expect(verdicts(reference, drawing)).toContain('node extra')
  })

  test('once: of thirty things of that name, one has it', () => {
    const many = graph('topology', [], [])
    const nodes = Array.from({ length: 30 }, (_, i) => ({ ...node(A), id: `n${i}` }))
    expect(score(reference, { ...many, nodes })).toBeCloseTo((40 * 4 * (2 / 33)) / 9, 8)
  })
})

describe('groups', () => {
  const reference: LinkedDrawing = {
    form: 'topology',
    nodes: [node(A, 'g'), node(B, 'g'), node(C)],
    edges: [edge(C, 'g'), edge(A, B)],
    groups: [{ id: 'g', label: F, parent: null }],
  }

  test('half is the name, half the members', () => {
    const nodes = [node(A, 'g'), node(B), node(C)]
    expect(score(reference, { ...reference, nodes })).toBeCloseTo(36 + 4 * (0.5 + 0.5 * (2 / 3)), 8)
    const none = [node(A), node(B), node(C)]
    expect(score(reference, { ...reference, nodes: none })).toBeCloseTo(36 + 4 * 0.5, 8)
  })

  test('an edge may end at a group, even at one with a wrong name', () => {
    const groups = [{ id: 'g', label: 'nonsense box', parent: null }]
    expect(score(reference, { ...reference, groups })).toBeCloseTo(36, 8)
  })

  test('extra groups cost nothing where the reference has none', () => {
    const plain = graph('topology', [A, B], [[A, B]])
    const boxed = { ...plain, nodes: [node(A, 'g'), node(B)], groups: reference.groups }
    expect(score(plain, boxed)).toBe(40)
    expect(grade(plain, boxed).elements.find(({ kind }) => kind === 'group')).toMatchObject({
      verdict: 'extra',
      of: 0,
    })
  })
})

describe('states and decisions', () => {
  const reference = graph(
    'states',
    [A, B],
    [
      [A, B, C],
      [A, B, D],
      [B, A],
    ],
  )

  test('a wrong or missing guard earns half; one where there is none costs nothing', () => {
    const edges = (guard: string) => [edge(A, B, C), { ...edge(A, B, guard), id: 'second' }, edge(B, A, E)]
    expect(score(reference, { ...reference, edges: edges(D) })).toBe(40)
    for (const guard of ['', E, 'nonsense'])
      expect(score(reference, { ...reference, edges: edges(guard) })).toBeCloseTo(
        (40 * (4 + 5 * aboveChance(2.5, 3, 3))) / 9,
        8,
      )
  })

  test('two transitions between the same states are told apart by their guards', () => {
    expect(score(reference, { ...reference, edges: [...reference.edges].reverse() })).toBe(40)
  })
})

describe('a timeline', () => {
  const event = (label: string, lane = '') => ({ id: label, at: '', label, lane })
  const line = (...events: ReturnType<typeof event>[]) => ({ form: 'timeline' as const, events })
  const reference = line(event(A), event(B), event(C), event(D))

  test('an event out of order loses its order and nothing else', () => {
    const drawing = line(event(B), event(C), event(D), event(A))
    expect(score(reference, drawing)).toBeCloseTo((40 * (3 + 6 * (3 / 4))) / 9, 8)
    expect(verdicts(reference, drawing)).toContain('order wrong')
  })

  test('an effect before its cause loses more than an effect that is missing', () => {
    const turned = line(event(A), event(C), event(B), event(D))
    expect(score(reference, turned)).toBeLessThan(score(reference, line(event(A), event(B), event(D))))
  })

  test('a missing event loses its name and its order, an extra one as much', () => {
    expect(score(reference, line(event(A), event(B), event(C)))).toBeCloseTo(40 * (6 / 7), 8)
    expect(score(reference, line(...reference.events, event(E)))).toBeCloseTo(40 * (8 / 9), 8)
  })

  test('an event of another label is extra, even in the right place and lane', () => {
    const lanes = line(event(A, E), event(B, F))
    expect(verdicts(lanes, line(event(A, E), event('something happened', F)))).toEqual([
      'event matched',
      'order matched',
      'group matched',
      'event missing',
      'event extra',
    ])
  })

  test('a wrong lane loses its lane, and times are not structure', () => {
    const lanes = line(event(A, E), event(B, F))
    expect(score(lanes, line(event(A, E), event(B, E)))).toBeCloseTo(36 + 4 * 0.5, 8)
    expect(score(lanes, line({ ...event(A, E), at: '10:00' }, event(B, F)))).toBe(40)
  })

  test('a drawing of another kind earns nothing', () => {
    expect(grade(reference, graph('topology', [A], [])).total).toBe(0)
  })
})

describe('a matrix', () => {
  const reference = {
    form: 'matrix' as const,
    columns: [A, B],
    rows: [
      { label: C, cells: ['200 ms', 'yes'] },
      { label: D, cells: ['', E] },
    ],
  }

  test('a cell is right by meaning, by words or as a quantity', () => {
    const rows = [
      { label: C, cells: ['0.2 s', ' YES '] },
      { label: D, cells: ['', `the ${E}`] },
    ]
    expect(score(reference, { ...reference, rows })).toBe(40)
  })

  test('a wrong cell, an empty one and one too many', () => {
    const cells = (...all: string[][]) => ({
      ...reference,
      rows: [
        { label: C, cells: all[0] ?? [] },
        { label: D, cells: all[1] ?? [] },
      ],
    })
    expect(score(reference, cells(['201 ms', 'yes'], ['', E]))).toBeCloseTo((40 * (1 + 2 * (4 / 6))) / 3, 8)
    expect(score(reference, cells(['', 'yes'], ['', E]))).toBeCloseTo((40 * (1 + 2 * (6 / 8))) / 3, 8)
    expect(score(reference, cells(['200 ms', 'yes'], ['no', E]))).toBeCloseTo(
      (40 * (1 + 2 * (9 / 10))) / 3,
      8,
    )
  })

  test('a row under a wrong name keeps its cells', () => {
    const rows = reference.rows.map((row) => (row.label === C ? { ...row, label: 'nonsense box' } : row))
    expect(score(reference, { ...reference, rows })).toBeCloseTo((40 * (3 / 4 + 2)) / 3, 8)
    expect(verdicts(reference, { ...reference, rows })).toContain('row wrong')
  })

  test('rows for columns are the same table, and it is said once', () => {
    const turned = {
      form: 'matrix' as const,
      columns: [C, D],
      rows: [
        { label: A, cells: ['200 ms', ''] },
        { label: B, cells: ['no', E] },
      ],
    }
    const { structure, elements } = grade(reference, turned)
    expect(structure.score).toBeCloseTo((40 * (1 + 2 * (2 / 3))) / 3, 8)
    expect(elements.filter(({ because }) => because.includes('loses nothing'))).toHaveLength(1)
    const drawn = Object.fromEntries(elements.map((one) => [one.reference, one.drawn]))
    expect(drawn).toMatchObject({ 'row:2': 'column:2', 'column:1': 'row:1', 'cell:2,2': 'cell:2,2' })
    expect(drawn['cell:1,2']).toBe('cell:2,1')
  })

  test('a bare number in a cell in percent is in percent', () => {
    const shares = { form: 'matrix' as const, columns: [A], rows: [{ label: C, cells: ['72%'] }] }
    const cell = (text: string) => score(shares, { ...shares, rows: [{ label: C, cells: [text] }] })
    expect(cell('72')).toBe(40)
    expect(cell('0.72')).toBeLessThan(20)
    expect(cell('72 s')).toBeLessThan(20)
  })
})

describe('speed', () => {
  test('is full up to par and falls evenly to nothing at twice par', () => {
    expect([null, 0, 100, 150, 200, 500].map((seconds) => pace(seconds, 100))).toEqual([1, 1, 1, 0.5, 0, 0])
  })

  test('counts by the share of the drawing that is right', () => {
    const reference = graph(
      'topology',
      [A, B, C],
      [
        [A, B],
        [B, C],
      ],
    )
    const half = grade(reference, { ...reference, edges: [] }, 0)
    expect(half.speed.score).toBeCloseTo((10 * 4) / 9, 8)
    expect(grade(reference, reference, 2 * parSeconds(reference)).speed.score).toBe(0)
  })

  test('par lies between 75 and 300 seconds and grows with the drawing', () => {
    expect(parSeconds(graph('topology', [A], []))).toBe(75)
    const nodes = CONCEPTS.slice(0, 15)
    const edges = Array.from(
      { length: 20 },
      (_, i) => [nodes[i % 15], nodes[(i + 4) % 15]] as [string, string],
    )
    expect(parSeconds(graph('topology', nodes, edges))).toBe(170)
    expect(parSeconds(graph('topology', CONCEPTS.slice(0, 100), []))).toBe(300)
  })
})
