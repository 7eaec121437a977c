import type { LinkedDrawing } from '#domain/diagram/index.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { type Random, seeded } from '#lib/random.ts'
import { labelRule } from '../src/domain/grading/arcs.ts'
import { bestMapping, hungarianMapping } from '../src/domain/grading/branch-and-bound.ts'
import { graphProblem } from '../src/domain/grading/graph-problem.ts'
import { readLabels } from '../src/domain/grading/labels.ts'
import { worthOf } from '../src/domain/grading/mapping.ts'
import { canonical, sideOf } from '../src/domain/grading/things.ts'
import {
  diagramOf,
  everyPlacing,
  int,
  misremember,
  randomLinked,
  shuffle,
  unknown,
} from '../src/domain/grading/trials.ts'
import { SHARES, unitsOf } from '../src/domain/grading/weights.ts'
import { type BenchRow, quantile } from './row.ts'

const GRAPHS = 200
const SMALL_GRAPHS = 1200
/** Up to this share of unresolved labels the time and the proof have a bar. */
const RESOLVED_HALF = 50
const P95_BAR_MS = 5
/** No search goes on for longer, whatever was drawn. */
const BOX_MS = 200
const SLIPS = { drop: 0.1, rename: 0, reverse: 0.1, relabel: 0.1, move: 0.1, extra: 2 }

interface Case {
  readonly reference: LinkedDrawing
  readonly drawing: LinkedDrawing
}

/** A reference of 8 to 25 nodes and 12 to 30 edges, and somebody's memory of it with a share of labels unknown. */
export function caseOf(seed: number, share: number): Case {
  const random = seeded(seed)
  const nodes = int(random, 8, 25)
  const edges = Math.max(nodes - 1, int(random, 12, 30))
  const groups = int(random, 0, 5)
  const reference = randomLinked(random, 'topology', { nodes, edges, groups, instances: 0.1 })
  const drawing = misremember(random, reference, SLIPS)
  return { reference, drawing: forget(random, drawing, share) }
}

/** So small that every mapping can be tried; any share of its labels is unknown. */
function smallCase(seed: number): Case {
  const random = seeded(seed)
  const nodes = int(random, 2, 6)
  const edges = int(random, nodes - 1, 2 * nodes)
  const reference = randomLinked(random, 'topology', {
    nodes,
    edges,
    groups: int(random, 0, 2),
    instances: 0.3,
  })
  const drawing = misremember(random, reference, SLIPS)
  return { reference, drawing: forget(random, drawing, random()) }
}

function againstBruteForce(): BenchRow {
  let equal = 0
  let hungarian = 0
  for (let seed = 1; seed <= SMALL_GRAPHS; seed++) {
    const problem = problemOf(smallCase(seed))
    let most = 0
    everyPlacing(problem.options, (placing) => {
      const misplaced = problem.required.some((must, i) => must && (placing[i] ?? -1) < 0)
      if (!misplaced) most = Math.max(most, worthOf(problem, placing))
    })
    const best = bestMapping(problem)
    if (best.proven && Math.abs(best.worth - most) < 1e-9) equal++
    if (Math.abs(hungarianMapping(problem).worth - most) < 1e-9) hungarian++
  }
  return {
    bench: 'grading',
    what: `of ${SMALL_GRAPHS} small graphs, those with the score that trying every mapping finds`,
    value: equal,
    unit: 'graphs',
    bar: 'all',
    holds: equal === SMALL_GRAPHS,
    against: { what: 'Hungarian assignment alone', value: hungarian, ratio: equal / hungarian },
  }
}

function forget(random: Random, drawing: LinkedDrawing, share: number): LinkedDrawing {
  const lost = new Set(
    shuffle(random, drawing.nodes)
      .slice(0, Math.round(share * drawing.nodes.length))
      .map(({ id }) => id),
  )
  const nodes = drawing.nodes.map((node) => (lost.has(node.id) ? { ...node, label: unknown(random) } : node))
  return { ...drawing, nodes }
}

function problemOf({ reference, drawing }: Case) {
  const labels = readLabels(diagramOf(reference), [])
  const theirs = sideOf(reference)
  const rule = labelRule(labels, false)
  const mine = canonical(sideOf(drawing), labels, rule)
  const counts = (one: LinkedDrawing) => ({
    elements: one.nodes.length,
    relations: one.edges.length,
    groups: one.groups.length,
  })
  const units = unitsOf(counts(reference), counts(drawing), SHARES.graph)
  return graphProblem(mine, theirs, units, labels, rule).problem
}

/** Milliseconds, the least of three runs: what else the machine does is not the grader's. */
function timed(run: () => void): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    run()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const answers = { facts: { latency: '200 ms' }, context: { 'used-by': 'amber birchx' } }
  for (const percent of [0, 20, 50, 100]) {
    const cases = Array.from({ length: GRAPHS }, (_, i) => caseOf(i + 1, percent / 100))
    const grade = ({ reference, drawing }: Case) =>
      gradeAttempt(diagramOf(reference), { drawing, answers, seconds: null })
    for (const one of cases.slice(0, 40)) grade(one)
    const ms: number[] = []
    const plain: number[] = []
    let proven = 0
    let hungarian = 0
    let worst = 0
    for (const one of cases) {
      let sure = false
      ms.push(
        timed(() => {
          sure = grade(one).proven
        }),
      )
      if (sure) proven++
      const problem = problemOf(one)
      const best = bestMapping(problem)
      let start = 0
      plain.push(
        timed(() => {
          start = hungarianMapping(problem).worth
        }),
      )
      const lost = best.worth - start
      if (lost < 1e-9) hungarian++
      worst = Math.max(worst, lost)
    }
    for (const list of [ms, plain]) list.sort((a, b) => a - b)
    rows.push(...rowsOf(percent, ms, plain, proven / GRAPHS, hungarian / GRAPHS, worst))
  }
  return [...rows, againstBruteForce()]
}

function rowsOf(
  percent: number,
  ms: readonly number[],
  plain: readonly number[],
  proven: number,
  hungarian: number,
  worst: number,
): BenchRow[] {
  const what = `${percent}% of labels unresolved`
  const time = (name: string, share: number, bar: number | null): BenchRow => {
    const value = quantile(ms, share)
    const peer = quantile(plain, share)
    return {
      bench: 'grading',
      what: `${what}: grade, ${name}`,
      value,
      unit: 'ms',
      bar: bar === null ? null : `<= ${bar} ms`,
      holds: bar === null ? null : value <= bar,
      against: { what: `Hungarian assignment alone, ${name}`, value: peer, ratio: value / peer },
    }
  }
  return [
    time('median', 0.5, null),
    time('p95', 0.95, percent <= RESOLVED_HALF ? P95_BAR_MS : null),
    time('max', 1, BOX_MS),
    {
      bench: 'grading',
      what: `${what}: proven optimal`,
      value: 100 * proven,
      unit: '%',
      bar: percent <= RESOLVED_HALF ? '100%' : null,
      holds: percent <= RESOLVED_HALF ? proven === 1 : null,
      against: {
        what: 'Hungarian assignment alone, as good',
        value: 100 * hungarian,
        ratio: proven / hungarian,
      },
    },
    {
      bench: 'grading',
      what: `${what}: most that the Hungarian assignment alone takes from a score`,
      value: worst,
      unit: 'of 40',
      bar: null,
      holds: null,
      against: null,
    },
  ]
}
