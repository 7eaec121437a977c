import { FSRSAlgorithm } from 'ts-fsrs'
import {
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from '../../src/domain/memory/model.ts'
import { policyFor } from '../../src/domain/memory/policy.ts'
import { type Bound, type Cost, type GridSize, lowerBound } from './bound.ts'
import {
  compare,
  type Estimate,
  estimate,
  Frontier,
  type HorizonResult,
  LEARNERS,
  type Row,
  TARGET,
} from './compare.ts'
import { fitsOf, type OwnFit } from './fit.ts'
import { HORIZONS, ITEMS, MINUTES, PER_DAY, type Scale } from './learners.ts'
import { fsrsAt, oursAt } from './schedulers.ts'
import { type SchemeResult, scoreSchemes } from './scores.ts'
import { DEFAULTS, TRUTHS } from './truths.ts'

/** A bound on two grids, and what both say of a grid without end: the error falls with the square of the step. */
export interface Certificate {
  readonly coarse: number
  readonly fine: number
  readonly value: number
}

const COARSE: GridSize = { rows: 53, columns: 7 }
const FINE: GridSize = { rows: 79, columns: 10 }

type Prices = Pick<Bound, 'mornings' | 'last'>

function certify(
  parameters: readonly number[],
  days: number,
  cost: Cost,
  scale: Scale,
  start: Prices,
): Certificate {
  const model = modelOf(parameters)
  const found = lowerBound(model, days, cost, TARGET, scale, { start, size: COARSE })
  const again = lowerBound(model, days, cost, TARGET, scale, { start: found, size: FINE, search: false })
  const shrink = ((COARSE.rows - 1) / (FINE.rows - 1)) ** 2
  const value = again.value - ((found.value - again.value) * shrink) / (1 - shrink)
  return { coarse: found.value, fine: again.value, value: Math.min(value, again.value) }
}

export interface BoundResult {
  readonly what: string
  readonly days: number
  readonly unit: 'reviews' | 'minutes'
  readonly bound: Certificate
  readonly ours: Row
  /** Ours as if the parameters of the truth were known from the first day. */
  readonly knowing: Row
  readonly fsrs: Row
}

const REVIEWS: Cost = { pass: 1, fail: 1 }
/** Where the greatest bounds lie at 16 and 52 weeks, a review costing 1. */
const STARTS: readonly Prices[] = [
  { mornings: 0.9, last: 8 },
  { mornings: 0.33, last: 7.2 },
]
const scaled = ({ mornings, last }: Prices, by: number): Prices => ({
  mornings: mornings * by,
  last: last * by,
})

/** The setting of the study that the bars come from: 900 items, 8 a day, reviews counted. */
function studyBounds(): BoundResult[] {
  const truth = TRUTHS[0]
  if (truth === undefined) throw new Error('the first truth is that of FSRS-6')
  const scale = { items: 900, perDay: 8 }
  const knowledge = { first: DEFAULTS, fits: [] }
  const ours = new Frontier(truth, (dial) => oursAt(knowledge, dial), scale)
  const fsrs = new Frontier(truth, (dial) => fsrsAt(knowledge, dial), scale)
  return HORIZONS.map((days, h) => {
    const knowing = ours.onTarget(h)
    return {
      what: '900 items, 8 a day, FSRS-6 defaults, known',
      days,
      unit: 'reviews',
      bound: certify(DEFAULTS, days, REVIEWS, scale, STARTS[h] as Prices),
      ours: knowing,
      knowing,
      fsrs: fsrs.onTarget(h),
    }
  })
}

export interface TruthResult {
  readonly name: string
  readonly parameters: readonly number[] | null
  readonly fits: Fits
  readonly horizons: readonly HorizonResult[]
  readonly bounds: readonly BoundResult[]
}

/** What the learners' own fits came to. */
export interface Fits {
  /** Trials in a learner's year, and how many of them were adopted. */
  readonly trials: Estimate
  readonly adoptions: Estimate
  /** The share of learners who adopted one at all, and on which day half of those had. */
  readonly adopters: number
  readonly firstDay: number | null
}

function summary(fits: readonly (readonly OwnFit[])[]): Fits {
  const adopted = fits.map((trials) => trials.filter((fit) => fit.adopted))
  const days = adopted.flatMap(([first]) => first?.day ?? []).sort((a, b) => a - b)
  return {
    trials: estimate(fits.map(({ length }) => length)),
    adoptions: estimate(adopted.map(({ length }) => length)),
    adopters: days.length / fits.length,
    firstDay: days[Math.floor(days.length / 2)] ?? null,
  }
}

async function truthResults(say: (what: string) => void): Promise<TruthResult[]> {
  const results: TruthResult[] = []
  for (const truth of TRUTHS) {
    say(`${truth.name}: every learner's own fits`)
    const fits = await fitsOf(truth, LEARNERS)
    say(`${truth.name}: all plans at equal recall`)
    const horizons = compare(truth, (seed) => ({
      first: DEFAULTS,
      fits: fits[seed]?.filter(({ adopted }) => adopted) ?? [],
    }))
    const { parameters, name } = truth
    if (parameters !== null) say(`${truth.name}: the lower bound`)
    const bounds = horizons.flatMap(({ days, ours, knowing, fsrsFitted: fsrs }, h): BoundResult[] => {
      if (parameters === null || knowing === null) return []
      const start = scaled(STARTS[h] as Prices, MINUTES.pass)
      const bound = certify(parameters, days, MINUTES, { items: ITEMS, perDay: PER_DAY }, start)
      return [{ what: name, days, unit: 'minutes', bound, ours, knowing, fsrs }]
    })
    results.push({ name, parameters, fits: summary(fits), horizons, bounds })
  }
  return results
}

export interface Speeds {
  /** Next states a second: recall, stability and difficulty after a review. */
  readonly states: number
  readonly library: number
  readonly lookups: number
  /** Milliseconds of the first policy for parameters never seen. */
  readonly firstPolicy: number
}

const GRADES: readonly Grade[] = [3, 1, 4, 3, 2, 3, 3]
const LOOPS = 3_000_000

/** Calls a second of processor time, the best of three runs. */
function rate(loops: number, run: (loops: number) => unknown): number {
  let best = 0
  for (let i = 0; i < 3; i++) {
    const start = process.cpuUsage().user
    run(loops)
    best = Math.max(best, (loops / (process.cpuUsage().user - start)) * 1e6)
  }
  return best
}

function speeds(): Speeds {
  const model = modelOf(DEFAULTS)
  const states = rate(LOOPS, (loops) => {
    let [stability, difficulty] = [2.3, 5]
    for (let i = 0; i < loops; i++) {
      const grade = GRADES[i % GRADES.length] as Grade
      const r = recallAfter(model, 1 + (i & 15), stability)
      stability =
        grade === 1
          ? stabilityAfterFail(model, stability, difficulty, r)
          : Math.min(500, stabilityAfterPass(model, stability, difficulty, r, grade))
      difficulty = nextDifficulty(model, difficulty, grade)
    }
    return stability + difficulty
  })
  const algorithm = new FSRSAlgorithm({ enable_short_term: false })
  const library = rate(LOOPS / 10, (loops) => {
    let state = { stability: 2.3, difficulty: 5 }
    for (let i = 0; i < loops; i++)
      state = algorithm.next_state(state, 1 + (i & 15), GRADES[i % GRADES.length] as Grade)
    return state
  })
  const policy = policyFor(DEFAULTS, TARGET)
  const lookups = rate(LOOPS, (loops) => {
    let sum = 0
    for (let i = 0; i < loops; i++) sum += policy.intervalDays(1 + (i % 500), 1 + (i % 10))
    return sum
  })
  const fresh = DEFAULTS.map((value, i) => (i === 3 ? value + 1e-6 : value))
  const start = process.cpuUsage().user
  policyFor(fresh, TARGET)
  return { states, library, lookups, firstPolicy: (process.cpuUsage().user - start) / 1000 }
}

export interface Results {
  readonly study: readonly BoundResult[]
  readonly truths: readonly TruthResult[]
  readonly schemes: readonly SchemeResult[]
  readonly speeds: Speeds
}

export async function measure(say: (what: string) => void): Promise<Results> {
  say('speeds')
  const speed = speeds()
  say('the lower bound')
  const study = studyBounds()
  const truths = await truthResults(say)
  say('scores')
  return { study, truths, schemes: await scoreSchemes(), speeds: speed }
}
