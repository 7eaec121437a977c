import { expect, test } from 'vitest'
import type { DrawnEdge, LinkedDrawing } from '#domain/diagram/index.ts'
import { type Random, seeded } from '#lib/random.ts'
import { gradeAttempt } from './index.ts'
import { CONCEPTS, diagramOf, int, pick, randomLinked } from './trials.ts'

/** What drawings earn that are made to score without knowing: docs/grading.md shows these numbers. */

const REFERENCES = 200

function referenceOf(seed: number): LinkedDrawing {
  const random = seeded(seed)
  const nodes = int(random, 8, 16)
  const edges = int(random, nodes, nodes + 8)
  return randomLinked(random, 'topology', { nodes, edges, groups: int(random, 0, 4), instances: 0.1 })
}

const line = (from: string, to: string, at: number): DrawnEdge => {
  return { id: `attack ${at}`, from, to, arrow: 'directed', label: '' }
}

const complete = (nodes: LinkedDrawing['nodes']): DrawnEdge[] =>
  nodes.flatMap((a, i) => nodes.flatMap((b, j) => (i === j ? [] : [line(a.id, b.id, i * 100 + j)])))

const labelled = (labels: readonly string[]) =>
  labels.map((label, i) => ({ id: `n${i}`, label, group: null }))

const ATTACKS: Record<string, (reference: LinkedDrawing, random: Random) => Partial<LinkedDrawing>> = {
  'every concept of the vocabulary': () => ({ nodes: labelled(CONCEPTS), edges: [], groups: [] }),
  'one label 30 times': ({ nodes }) => ({
    nodes: labelled(Array(30).fill(nodes[0]?.label)),
    edges: [],
    groups: [],
  }),
  'every group by name, empty': ({ groups }) => ({ nodes: [], edges: [], groups }),
  'nameless boxes, all joined': ({ nodes }) => {
    const boxes = labelled(nodes.map((_, i) => `nameless thing${i} qux`))
    return { nodes: boxes, edges: complete(boxes), groups: [] }
  },
  'the right nodes alone': () => ({ edges: [] }),
  'the right nodes, random edges': ({ nodes, edges }, random) => ({
    edges: edges.map((_, i) => line(pick(random, nodes).id, pick(random, nodes).id, i)),
  }),
  'the right nodes, all joined both ways': ({ nodes }) => ({ edges: complete(nodes) }),
  'every right edge, each a coin toss for its direction': ({ edges }, random) => ({
    edges: edges.map((edge) => (random() < 0.5 ? edge : { ...edge, from: edge.to, to: edge.from })),
  }),
  'every right edge in both directions': ({ edges }) => ({
    edges: edges.map((edge) => ({ ...edge, arrow: 'both' as const })),
  }),
}

function earned(attack: (typeof ATTACKS)[string]): { mean: number; most: number } {
  const scores = Array.from({ length: REFERENCES }, (_, i) => {
    const reference = referenceOf(i + 1)
    const drawing = { ...reference, ...attack(reference, seeded(i + 1)) }
    const answers = { facts: {}, context: {} }
    return gradeAttempt(diagramOf(reference), { drawing, answers, seconds: 0 }).structure.score
  })
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return { mean: Math.round(mean * 10) / 10, most: Math.round(Math.max(...scores) * 10) / 10 }
}

test('what each attack earns of 40: mean and most', () => {
  const table = Object.entries(ATTACKS).map(([name, attack]) => {
    const { mean, most } = earned(attack)
    return `${name}: ${mean}, at most ${most}`
  })
  expect(table).toMatchInlineSnapshot(`
    [
      "every concept of the vocabulary: 1.3, at most 2.1",
      "one label 30 times: 1.6, at most 4.4",
      "every group by name, empty: 1.8, at most 3",
      "nameless boxes, all joined: 0, at most 0.8",
      "the right nodes alone: 19.7, at most 20",
      "the right nodes, random edges: 20.6, at most 27.5",
      "the right nodes, all joined both ways: 19.7, at most 20.8",
      "every right edge, each a coin toss for its direction: 34.8, at most 40",
      "every right edge in both directions: 31.6, at most 34.1",
    ]
  `)
})

test('who knows the nodes gains at most a point by joining them blindly', () => {
  const mean = (attack: string): number => earned(ATTACKS[attack] ?? (() => ({}))).mean
  const alone = mean('the right nodes alone')
  expect(mean('the right nodes, random edges')).toBeLessThanOrEqual(alone + 1)
  expect(mean('the right nodes, all joined both ways')).toBe(alone)
})

test('both directions earn less than guessing one', () => {
  const both = earned(ATTACKS['every right edge in both directions'] ?? (() => ({})))
  const guess = earned(ATTACKS['every right edge, each a coin toss for its direction'] ?? (() => ({})))
  expect(both.mean).toBeLessThan(guess.mean)
})
