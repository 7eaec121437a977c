import { expect, test, vi } from 'vitest'
import { type Diagram, isLinked, type LinkedDrawing } from '#domain/diagram/index.ts'
import { type Random, seeded } from '#lib/random.ts'
import { type Arc, arcsOf } from './arcs.ts'
import { bestMapping } from './branch-and-bound.ts'
import { gradeAttempt } from './index.ts'
import { type Labels, readLabels } from './labels.ts'
import { linkTable, type MappingProblem, worthOf } from './mapping.ts'
import { optionsOf } from './options.ts'
import { sideOf } from './things.ts'
import { diagramOf, everyPlacing, int, misremember, randomReference } from './trials.ts'

const TRIALS = Math.max(1000, Number(process.env.ATLAS_TRIALS ?? 1000))
vi.setConfig({ testTimeout: 30_000 + 20 * TRIALS })

function randomProblem(random: Random): MappingProblem {
  const drawn = int(random, 1, 6)
  const reference = int(random, 1, 6)
  const options = Array.from({ length: drawn }, () =>
    Array.from({ length: reference }, (_, j) => j).filter(() => random() < 0.8),
  )
  const gain = Float64Array.from({ length: drawn * reference }, () =>
    random() < 0.4 ? int(random, 0, 4) : 0,
  )
  const links = Array.from(
    { length: drawn },
    (): { other: number; table: ReturnType<typeof linkTable> }[] => [],
  )
  for (let a = 0; a < drawn; a++)
    for (let b = a + 1; b < drawn; b++) {
      if (random() < 0.4) continue
      const worth = new Float64Array(reference * reference)
      const back = new Float64Array(reference * reference)
      for (let j = 0; j < reference; j++)
        for (let k = 0; k < reference; k++) {
          if (random() < 0.5) continue
          worth[j * reference + k] = int(random, 1, 5)
          back[k * reference + j] = worth[j * reference + k] as number
        }
      links[a]?.push({ other: b, table: linkTable(worth, reference) })
      links[b]?.push({ other: a, table: linkTable(back, reference) })
    }
  return { drawn, reference, options, required: options.map(() => false), gain, links }
}

test('branch and bound finds what trying everything finds, on any problem', () => {
  for (let seed = 1; seed <= TRIALS; seed++) {
    const problem = randomProblem(seeded(seed))
    let best = 0
    everyPlacing(problem.options, (placing) => {
      best = Math.max(best, worthOf(problem, placing))
    })
    const found = bestMapping(problem)
    expect(found.proven, `seed ${seed}`).toBe(true)
    expect(found.worth, `seed ${seed}`).toBeCloseTo(best, 9)
    expect(worthOf(problem, found.placing), `seed ${seed}`).toBeCloseTo(best, 9)
  }
})

/** Things that are alike on both sides: links are worth what their ends' classes say. */
function problemOfTwins(random: Random): MappingProblem {
  const drawn = int(random, 2, 6)
  const reference = int(random, 2, 6)
  const classOf = Array.from({ length: reference }, () => int(random, 0, 2))
  const kinds = Array.from({ length: 2 }, () => Array.from({ length: 9 }, () => int(random, 0, 3)))
  // Alike to all others, but one of them points at the other.
  const slopes = kinds.map(() => (random() < 0.3 ? 1 : 0))
  const [plain, turned] = [false, true].map((turn) =>
    kinds.map((kind, n) => {
      const at = (j: number, k: number) =>
        (kind[3 * (classOf[j] ?? 0) + (classOf[k] ?? 0)] ?? 0) +
        (classOf[j] === classOf[k] && j < k ? (slopes[n] ?? 0) : 0)
      const worth = Float64Array.from({ length: reference * reference }, (_, cell) => {
        const [j, k] = [Math.floor(cell / reference), cell % reference]
        return turn ? at(k, j) : at(j, k)
      })
      return linkTable(worth, reference)
    }),
  ) as [ReturnType<typeof linkTable>[], ReturnType<typeof linkTable>[]]
  const mixed = random() < 0.3
  const sort = Array.from({ length: drawn }, () => int(random, 0, 2))
  const few = Array.from({ length: reference }, (_, j) => j).filter((j) => classOf[j] !== 2)
  const all = Array.from({ length: reference }, (_, j) => j)
  const options = sort.map((own) => (own === 2 ? few : all))
  const gain = Float64Array.from({ length: drawn * reference }, (_, cell) => classOf[cell % reference] ?? 0)
  const required = options.map((places) => random() < 0.2 && places.length >= drawn)
  const links = options.map((): { other: number; table: ReturnType<typeof linkTable> }[] => [])
  for (let a = 0; a < drawn; a++)
    for (let b = a + 1; b < drawn; b++) {
      const [from, to] = [sort[a] ?? 0, sort[b] ?? 0]
      const kind = mixed ? int(random, 0, 3) : from === to ? 3 : (from + to) % 3
      const [there, back] = from <= to ? [plain[kind], turned[kind]] : [turned[kind], plain[kind]]
      if (!there || !back) continue
      links[a]?.push({ other: b, table: there })
      links[b]?.push({ other: a, table: back })
    }
  return { drawn, reference, options, required, gain, links }
}

test('things that are alike are told apart no more than they need be: nothing is lost by it', () => {
  for (let seed = 1; seed <= TRIALS; seed++) {
    const problem = problemOfTwins(seeded(seed))
    let best = 0
    everyPlacing(problem.options, (placing) => {
      if (problem.required.some((must, i) => must && (placing[i] as number) < 0)) return
      best = Math.max(best, worthOf(problem, placing))
    })
    const found = bestMapping(problem)
    expect(found.proven, `seed ${seed}`).toBe(true)
    expect(found.worth, `seed ${seed}`).toBeCloseTo(best, 9)
  }
})

test('out of work, it says so and still gives a whole mapping', () => {
  let unproven = 0
  for (let seed = 1; seed <= 200; seed++) {
    const problem = problemOfTwins(seeded(seed))
    const found = bestMapping(problem, 0)
    if (!found.proven) unproven++
    expect(worthOf(problem, found.placing)).toBeCloseTo(found.worth, 9)
    expect(found.worth).toBeLessThanOrEqual(bestMapping(problem).worth + 1e-9)
  }
  expect(unproven).toBeGreaterThan(0)
})

const f1 = (credit: number, reference: number, drawn: number): number =>
  reference + drawn === 0 ? 0 : (2 * credit) / (reference + drawn)

/** The best credit of some arcs for others, by trying every pairing. */
function pairing(
  drawn: readonly Arc[],
  reference: readonly Arc[],
  credit: (d: Arc, r: Arc) => number,
): number {
  const [first, ...rest] = drawn
  if (!first) return 0
  let best = pairing(rest, reference, credit)
  reference.forEach((r, at) => {
    best = Math.max(best, credit(first, r) + pairing(rest, reference.toSpliced(at, 1), credit))
  })
  return best
}

/** The mean credit of one nameless arrow, over all of them that could be drawn between two things of the reference. */
function blindly(
  { nodes, groups }: LinkedDrawing,
  arcs: readonly Arc[],
  creditOf: (from: number, to: number, arc: Arc) => number,
): number {
  const all = [...nodes, ...groups]
  const things = all
    .map((_, i) => i)
    .filter((i) => i < nodes.length || arcs.some(({ from, to }) => from === i || to === i))
  const pairs = things.flatMap((a) => things.filter((b) => b !== a).map((b) => [a, b] as const))
  const best = pairs.map(([a, b]) => Math.max(0, ...arcs.map((arc) => creditOf(a, b, arc))))
  return best.reduce((sum, one) => sum + one, 0) / Math.max(1, pairs.length)
}

/** The formula of docs/grading.md under one placing, written out without units, tables or mappings. */
function formula(
  reference: LinkedDrawing,
  drawing: LinkedDrawing,
  placing: Int32Array,
  labels: Labels,
): number {
  const ids = (one: LinkedDrawing) => new Map([...one.nodes, ...one.groups].map(({ id }, i) => [id, i]))
  const theirs = arcsOf(reference.edges, ids(reference))
  const mine = arcsOf(drawing.edges, ids(drawing))
  const named = drawing.nodes.filter((node, i) => {
    const place = reference.nodes[placing[i] as number]
    return place && labels.same(node.label, place.label)
  })
  const between = (from: number, to: number, d: Pick<Arc, 'undirected' | 'label'>, r: Arc): number => {
    const label = reference.form === 'topology' || r.label === '' || labels.same(d.label, r.label)
    const along = from === r.from && to === r.to
    const against = from === r.to && to === r.from
    if (!along && !against) return 0
    if ((along && !d.undirected) || r.undirected || r.from === r.to) return label ? 1 : 0.5
    return label ? 0.5 : 0
  }
  const credit = (d: Arc, r: Arc) => between(placing[d.from] as number, placing[d.to] as number, d, r)
  const blind = { undirected: false, label: '' }
  const joining = (a: number, b: number) => (arc: Arc) =>
    (arc.from === a && arc.to === b) || (arc.from === b && arc.to === a)
  let arcs = 0
  const things = drawing.nodes.length + drawing.groups.length
  for (let a = 0; a < things; a++)
    for (let b = a; b < things; b++) {
      const [j, k] = [placing[a] as number, placing[b] as number]
      if (j >= 0 && k >= 0) arcs += pairing(mine.filter(joining(a, b)), theirs.filter(joining(j, k)), credit)
    }
  const chance =
    Math.min(
      0.4,
      blindly(reference, theirs, (from, to, arc) => between(from, to, blind, arc)),
    ) * mine.length
  const half = (theirs.length + mine.length) / 2
  const boxes = sideOf(reference).things
  const own = sideOf(drawing).things
  let groups = 0
  own.forEach((box, g) => {
    const j = placing[g] as number
    const right = boxes[j]
    if (box.kind !== 'group' || !right || !labels.same(box.label, right.label)) return
    const common = own.filter(
      (one, i) => one.within.includes(g) && boxes[placing[i] as number]?.within.includes(j),
    )
    groups += 0.5 + (box.holds + right.holds === 0 ? 0.5 : 0.5 * f1(common.length, right.holds, box.holds))
  })
  const parts = [
    {
      weight: 0.4,
      of: reference.nodes.length,
      value: f1(named.length, reference.nodes.length, drawing.nodes.length),
    },
    { weight: 0.5, of: theirs.length, value: Math.max(0, (arcs - chance) / (half - chance)) },
    {
      weight: 0.1,
      of: reference.groups.length,
      value: f1(groups, reference.groups.length, drawing.groups.length),
    },
  ].filter(({ of }) => of > 0)
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0)
  return (40 * parts.reduce((sum, { weight, value }) => sum + weight * value, 0)) / weights
}

/** The best score by the formula over every placing that the rules of names allow. */
function bestByFormula({ item, vocabulary, drawing: right }: Diagram, drawing: LinkedDrawing): number {
  if (!isLinked(right)) return 0
  const labels = readLabels({ item, vocabulary, drawing: right }, [])
  const label = (one: LinkedDrawing) => {
    const ends = new Set(one.edges.flatMap(({ from, to }) => [from, to]))
    return sideOf(one).things.map((thing) => ({
      ...thing,
      linked: ends.has(thing.id) || thing.within.length > 0,
    }))
  }
  const { options, required } = optionsOf(label(drawing), label(right), labels)
  let best = 0
  everyPlacing(options, (placing) => {
    if (required.some((must, i) => must && (placing[i] as number) < 0)) return
    best = Math.max(best, formula(right, drawing, placing, labels))
  })
  return best
}

test('the structure of a small graph is the best that any mapping earns by the formula', () => {
  const slips = { drop: 0.15, rename: 0.3, reverse: 0.2, relabel: 0.2, move: 0.2, extra: 1 }
  let improved = 0
  for (let seed = 1; seed <= TRIALS; seed++) {
    const random = seeded(seed)
    const form = (['topology', 'states', 'decision'] as const)[seed % 3] as 'topology' | 'states' | 'decision'
    const reference = randomReference(random, form, true)
    if (!isLinked(reference)) continue
    const diagram = diagramOf(reference)
    const drawing = misremember(random, reference, slips)
    const grade = gradeAttempt(diagram, { drawing, answers: { facts: {}, context: {} }, seconds: null })
    expect(grade.proven, `seed ${seed}`).toBe(true)
    expect(grade.structure.score, `seed ${seed}`).toBeCloseTo(bestByFormula(diagram, drawing), 7)
    if (grade.structure.score > 0 && grade.structure.score < 40) improved++
  }
  expect(improved).toBeGreaterThan(TRIALS / 2)
})
