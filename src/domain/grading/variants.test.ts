import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import {
  type Diagram,
  type Drawing,
  emptyDrawing,
  isLinked,
  type LinkedDrawing,
  type LinkedForm,
  parseDrawing,
  printDrawing,
  variantNamed,
  variantsOf,
} from '#domain/diagram/index.ts'
import { type Random, seeded } from '#lib/random.ts'
import { type Grade, gradeAttempt, referenceAnswers } from './index.ts'
import { CONCEPTS, diagramOf, int, misremember, pick, randomLinked, SOME_SLIPS, shuffle } from './trials.ts'

const numRuns = Number(process.env.ATLAS_TRIALS ?? 300)
const FORM = fc.constantFrom<LinkedForm[]>('topology', 'states', 'decision', 'sequence')
const SEED = fc.integer({ min: 0, max: 2 ** 31 })
vi.setConfig({ testTimeout: 30_000 + 100 * numRuns })
const NOTHING = { facts: {}, context: {} }

/** A small random reference with two or three alternatives: another node, another connection, one fewer. */
function trial(form: LinkedForm, random: Random): Diagram {
  const shape = { nodes: int(random, 4, 6), edges: int(random, 5, 8), groups: 0 }
  const text = printDrawing(randomLinked(random, form, shape))
  const { drawing } = parseDrawing(text, form)
  if (!isLinked(drawing)) return diagramOf(drawing)
  const unused = shuffle(
    random,
    CONCEPTS.filter((id) => !text.includes(id)),
  )
  const node = pick(random, drawing.nodes)
  const [edge, other] = shuffle(
    random,
    drawing.edges.filter(({ id, from, to }) => !id.includes('#') && from !== node.id && to !== node.id),
  )
  const labelled = form === 'topology' ? '' : `: ${unused[3]}`
  const place = (id: string) => String(drawing.edges.findIndex((one) => one.id === id) + 1)
  const named = (id: string) => (form === 'sequence' ? place(id) : id)
  const neighbours = drawing.edges.filter(({ from, to }) => from === node.id || to === node.id)
  const [first] = neighbours
  const far = first?.from === node.id ? first.to : first?.from
  const alternatives = [
    {
      name: 'with another node',
      instead: [node.id],
      draw: `fresh: ${unused[0]}\n${far} -> fresh${labelled}`,
      says: 'So.',
    },
    ...(edge
      ? [{ name: 'turned', instead: [named(edge.id)], draw: `${edge.to} -> ${edge.from}`, says: 'So.' }]
      : []),
    ...(other ? [{ name: 'with one fewer', instead: [named(other.id)], draw: '', says: 'So.' }] : []),
  ]
  return diagramOf(drawing, [], far === node.id ? [] : alternatives)
}

const holds = (check: (form: LinkedForm, random: Random) => void) =>
  fc.assert(
    fc.property(FORM, SEED, (form, seed) => check(form, seeded(seed))),
    { numRuns },
  )

const grade = (diagram: Diagram, drawing: Drawing): Grade =>
  gradeAttempt(diagram, { drawing, answers: NOTHING, seconds: null })

test('every variant of the reference earns 100, says which it is, and nothing earns 0', () => {
  let most = 0
  holds((form, random) => {
    const diagram = trial(form, random)
    const variants = variantsOf(diagram)
    most = Math.max(most, variants.length)
    for (const { diagram: variant } of variants) {
      const { drawing } = variant
      const answers = referenceAnswers(diagram)
      const full = gradeAttempt(diagram, { drawing, answers, seconds: null })
      expect(full.total).toBe(100)
      const against = variantNamed(diagram, full.against).drawing
      expect(gradeAttempt(diagramOf(against), { drawing, answers, seconds: null }).total).toBe(100)
    }
    expect(grade(diagram, emptyDrawing(form)).structure.score).toBe(0)
  })
  expect(most).toBeGreaterThanOrEqual(6)
})

test('the grade is the best over all variants, each point explained against the one that it names', () => {
  let other = 0
  holds((form, random) => {
    const diagram = trial(form, random)
    const drawing = misremember(
      random,
      pick(random, variantsOf(diagram)).diagram.drawing as LinkedDrawing,
      SOME_SLIPS,
    )
    const given = grade(diagram, drawing)
    const alone = variantsOf(diagram).map(({ diagram: variant }) =>
      grade(diagramOf(variant.drawing), drawing),
    )
    expect(given.structure.score).toBe(Math.max(...alone.map(({ structure }) => structure.score)))
    if (given.against.length > 0) other++
    const { drawing: reference } = variantNamed(diagram, given.against)
    const known = new Set(isLinked(reference) ? reference.nodes.map(({ id }) => `node:${id}`) : [])
    for (const { kind, reference: id } of given.elements)
      if (kind === 'node' && id) expect(known).toContain(id)
    const lost = given.elements.filter(({ kind }) => ['node', 'edge', 'message'].includes(kind))
    expect(lost.reduce((sum, { of }) => sum + of, 0)).toBeCloseTo(40, 8)
  })
  expect(other).toBeGreaterThan(numRuns / 10)
})

test('adding what is right under the variant that was chosen never lowers the best of all', () => {
  let added = 0
  holds((form, random) => {
    if (form === 'sequence') return
    const diagram = trial(form, random)
    const { drawing } = pick(random, variantsOf(diagram)).diagram
    if (!isLinked(drawing)) return
    const kept = drawing.edges.filter(() => random() < 0.6)
    const before = grade(diagram, { ...drawing, edges: kept })
    const against = variantNamed(diagram, before.against).drawing
    const all = isLinked(against) ? against : drawing
    const drawnAs = new Map(before.elements.map(({ reference, drawn }) => [reference, drawn]))
    for (const { reference: id, verdict } of before.elements) {
      const edge = verdict === 'missing' && all.edges.find((one) => id === `edge:${one.id}`)
      const end = (of: string) => drawnAs.get(`node:${of}`)?.slice('node:'.length)
      const [from, to] = edge ? [end(edge.from), end(edge.to)] : []
      if (!edge || from === undefined || to === undefined) continue
      added++
      const more = { ...drawing, edges: [...kept, { ...edge, id: 'added', from, to }] }
      expect(grade(diagram, more).structure.score).toBeGreaterThanOrEqual(before.structure.score - 1e-9)
    }
  })
  expect(added).toBeGreaterThan(numRuns / 10)
})

test('a connection that may be drawn either way is right both ways, and says why', () => {
  const drawing = parseDrawing('amber-amberx -> amber-birchx -> amber-cedarx', 'topology').drawing
  const also = ['amber-birchx -> amber-amberx']
  const accept = [{ instead: 'amber-amberx -> amber-birchx', also, says: 'One asks, the other is asked.' }]
  const diagram = diagramOf(drawing, accept)
  const graded = (text: string) => grade(diagram, parseDrawing(text, 'topology').drawing)
  for (const arrow of ['->', '<-', '--'])
    expect(graded(`amber-amberx ${arrow} amber-birchx\namber-birchx -> amber-cedarx`).structure.score).toBe(
      40,
    )
  const turned = graded('amber-amberx <- amber-birchx\namber-birchx <- amber-cedarx')
  expect(turned.elements.filter(({ kind }) => kind === 'edge').map(({ because }) => because)).toEqual([
    'It is as right this way round. One asks, the other is asked.',
    expect.stringContaining('not back'),
  ])
  expect(turned.structure.score).toBeLessThan(40)
  expect(graded('amber-amberx <-> amber-birchx\namber-birchx -> amber-cedarx').structure.score).toBeLessThan(
    40,
  )
})
