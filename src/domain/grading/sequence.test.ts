import { describe, expect, test } from 'vitest'
import { type DrawnEdge, isLinked, type LinkedDrawing } from '#domain/diagram/index.ts'
import { seeded } from '#lib/random.ts'
import { gradeAttempt } from './index.ts'
import { readLabels } from './labels.ts'
import { optionsOf } from './options.ts'
import { CONCEPTS, diagramOf, misremember, randomReference } from './trials.ts'

const TRIALS = Math.max(1000, Number(process.env.ATLAS_TRIALS ?? 1000))
const [CLIENT, API, STORE, READ, ROWS, WRITE] = CONCEPTS as [string, string, string, string, string, string]
const NOTHING = { facts: {}, context: {} }

const message = (from: string, to: string, label: string, at: number): DrawnEdge => {
  return { id: `m${at}`, from, to, arrow: 'directed', label }
}
function sequence(...messages: [string, string, string][]): LinkedDrawing {
  const ends = [...new Set(messages.flatMap((one) => one.slice(0, 2)))]
  const nodes = ends.map((label) => ({ id: label, label, group: null }))
  return { form: 'sequence', nodes, edges: messages.map((m, i) => message(...m, i)), groups: [] }
}
const REFERENCE = sequence([CLIENT, API, READ], [API, STORE, READ], [STORE, API, ROWS], [API, CLIENT, ROWS])
const grade = (drawing: LinkedDrawing, reference = REFERENCE) =>
  gradeAttempt(diagramOf(reference), { drawing, answers: NOTHING, seconds: null })
const messages = (drawing: LinkedDrawing) => grade(drawing).elements.filter(({ kind }) => kind === 'message')
/** 40 · (1/4 · 1 + 3/4 · F), F = 3 · credit / (2 · in the reference + drawn): all participants right. */
const withF = (f: number): number => (40 * (1 + 3 * f)) / 4

describe('messages', () => {
  test('a message that is missing', () => {
    const drawing = { ...REFERENCE, edges: REFERENCE.edges.slice(1) }
    expect(grade(drawing).structure.score).toBeCloseTo(withF(9 / 11), 8)
    expect(messages(drawing)[0]).toMatchObject({ verdict: 'missing', points: 0 })
  })

  test('no label, or one that means nothing, earns half; the label of something else a quarter', () => {
    for (const [label, credit] of [
      [WRITE, 0.25],
      ['', 0.5],
      ['nonsense', 0.5],
    ] as const) {
      const edges = REFERENCE.edges.map((edge, i) => (i === 1 ? { ...edge, label } : edge))
      expect(grade({ ...REFERENCE, edges }).structure.score).toBeCloseTo(withF((3 + credit) / 4), 8)
      expect(messages({ ...REFERENCE, edges })[1]?.verdict).toBe('wrong')
    }
  })

  test('a message the wrong way round earns nothing and is told as one fault; without a head it earns half', () => {
    const turned = REFERENCE.edges.map((edge, i) => (i === 1 ? { ...edge, from: STORE, to: API } : edge))
    expect(grade({ ...REFERENCE, edges: turned }).structure.score).toBeCloseTo(withF(6 / 8), 8)
    const told = messages({ ...REFERENCE, edges: turned })
    expect(told.map(({ verdict }) => verdict)).toEqual(['matched', 'reversed', 'matched', 'matched'])
    expect(told[1]?.points).toBe(0)
    const headless = REFERENCE.edges.map((edge, i) =>
      i === 1 ? { ...edge, arrow: 'undirected' as const } : edge,
    )
    expect(grade({ ...REFERENCE, edges: headless }).structure.score).toBeCloseTo(withF(7 / 8), 8)
  })

  test('a message out of order is missing where it should be and extra where it is, and both say so', () => {
    const [a, b, c, d] = REFERENCE.edges as [DrawnEdge, DrawnEdge, DrawnEdge, DrawnEdge]
    const told = messages({ ...REFERENCE, edges: [b, c, d, a] })
    expect(told.map(({ verdict }) => verdict)).toEqual(['missing', 'matched', 'matched', 'matched', 'extra'])
    for (const one of [told[0], told[4]]) expect(one?.because).toContain('out of order')
  })
})

test('a participant under another name keeps its messages', () => {
  const nodes = REFERENCE.nodes.map((node) =>
    node.label === STORE ? { ...node, label: 'nonsense box' } : node,
  )
  const given = grade({ ...REFERENCE, nodes })
  expect(given.structure.score).toBeCloseTo((40 * (2 / 3 + 3)) / 4, 8)
  expect(given.elements.filter(({ verdict }) => verdict === 'wrong').map(({ kind }) => kind)).toContain(
    'node',
  )
})

/** The best of all alignments, by trying every one. */
function bestAlignment(rows: number, columns: number, worth: (i: number, j: number) => number): number {
  const from = (i: number, j: number): number =>
    i === rows || j === columns
      ? 0
      : Math.max(from(i + 1, j), from(i, j + 1), from(i + 1, j + 1) + worth(i, j))
  return from(0, 0)
}

/** The formula over every placing of the participants and every alignment of the messages. */
function bestOfAll(reference: LinkedDrawing, drawing: LinkedDrawing): number {
  const labels = readLabels(diagramOf(reference), [])
  const things = (one: LinkedDrawing) =>
    one.nodes.map(({ id, label }) => ({
      kind: 'node',
      label,
      linked: one.edges.some(({ from, to }) => from === id || to === id),
    }))
  const { options, required } = optionsOf(things(drawing), things(reference), labels)
  const at = new Map<string, string>()
  let best = 0
  const value = (): number => {
    const named = drawing.nodes.filter(({ id, label }) => {
      const place = reference.nodes.find((node) => node.id === at.get(id))
      return place && labels.same(label, place.label)
    }).length
    const credit = (d: DrawnEdge, r: DrawnEdge): number => {
      const [from, to] = [at.get(d.from), at.get(d.to)]
      const label = r.label === '' || labels.same(d.label, r.label)
      if (from === r.from && to === r.to)
        return label ? 1 : labels.meaning(d.label).startsWith('concept:') ? 0.25 : 0.5
      return 0
    }
    const [mine, theirs] = [drawing.edges, reference.edges]
    const aligned = bestAlignment(mine.length, theirs.length, (i, j) =>
      credit(mine[i] as DrawnEdge, theirs[j] as DrawnEdge),
    )
    const f = (sum: number, r: number, d: number) => (r + d === 0 ? 0 : (3 * sum) / (2 * r + d))
    const nodes = f(named, reference.nodes.length, drawing.nodes.length)
    return (40 * (nodes + 3 * f(aligned, theirs.length, mine.length))) / 4
  }
  const place = (i: number): void => {
    const node = drawing.nodes[i]
    if (!node) {
      best = Math.max(best, value())
      return
    }
    if (!required[i]) place(i + 1)
    for (const j of options[i] ?? []) {
      const id = reference.nodes[j]?.id ?? ''
      if ([...at.values()].includes(id)) continue
      at.set(node.id, id)
      place(i + 1)
      at.delete(node.id)
    }
  }
  place(0)
  return best
}

test('the structure of a small sequence is the best that any placing and alignment earns', () => {
  const slips = { drop: 0.2, rename: 0.3, reverse: 0.2, relabel: 0.2, move: 0, extra: 1 }
  for (let seed = 1; seed <= TRIALS; seed++) {
    const random = seeded(seed)
    const reference = randomReference(random, 'sequence', true)
    if (!isLinked(reference)) continue
    const short = { ...reference, edges: reference.edges.slice(0, 4) }
    const drawing = misremember(random, short, slips)
    const given = grade(drawing, short)
    expect(given.proven, `seed ${seed}`).toBe(true)
    expect(given.structure.score, `seed ${seed}`).toBeCloseTo(bestOfAll(short, drawing), 7)
  }
})
