import { HORIZONS, ITEMS, live, type Outcome, PER_DAY, type Scale } from './learners.ts'
import {
  fsrsAt,
  type Knowledge,
  ladderA,
  ladderB,
  ladderWithoutSameDay,
  oursAt,
  type Plan,
} from './schedulers.ts'
import type { Truth } from './truths.ts'

export const LEARNERS = 100
const PILOTS = 6
export const TARGET = 0.95

/** A number over learners, with half the width of its 95% interval. */
export interface Estimate {
  readonly mean: number
  readonly halfWidth: number
}

export type Metric = keyof Outcome
export type Row = Readonly<Record<Metric, Estimate>>

export const METRICS: readonly Metric[] = [
  'reviews',
  'fails',
  'sameDay',
  'minutes',
  'meanRecall',
  'endRecall',
  'leastRecall',
  'peakDay',
]

/** All learners' outcomes, by horizon. */
type Cohort = readonly (readonly Outcome[])[]

function cohort(truth: Truth, plan: Plan, learners: number, scale: Scale): Cohort {
  const lives = Array.from({ length: learners }, (_, seed) => live(truth, plan(scale.items), seed, scale))
  return HORIZONS.map((_, h) => lives.map((outcomes) => outcomes[h] as Outcome))
}

export function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, halfWidth: 1.96 * Math.sqrt(variance / values.length) }
}

const mean = (outcomes: readonly Outcome[], metric: Metric): number =>
  outcomes.reduce((sum, outcome) => sum + outcome[metric], 0) / outcomes.length

const rowOf = (outcomes: readonly Outcome[]): Row =>
  Object.fromEntries(
    METRICS.map((metric) => [metric, estimate(outcomes.map((outcome) => outcome[metric]))]),
  ) as unknown as Row

/** What "equal recall" is taken of: the mean over all mornings, or the lesser of it and the last morning's. */
export type Criterion = 'mean' | 'mean and end'

const held = (outcomes: readonly Outcome[], criterion: Criterion): number =>
  criterion === 'mean'
    ? mean(outcomes, 'meanRecall')
    : Math.min(mean(outcomes, 'meanRecall'), mean(outcomes, 'endRecall'))

/** What a metric gains for one point more of recall, and all learners' outcomes, moved by it to a recall exactly. */
interface Place {
  readonly outcomes: Outcome[]
  readonly minutesSlope: number
}

/** A scheduler with one dial, run where it is needed: few learners to find the place, then all of them there. */
export class Frontier {
  readonly #cohorts = new Map<string, Cohort>()
  readonly #truth: Truth
  readonly #planAt: (dial: number) => Plan
  readonly #scale: Scale

  constructor(
    truth: Truth,
    planAt: (dial: number) => Plan,
    scale: Scale = { items: ITEMS, perDay: PER_DAY },
  ) {
    this.#truth = truth
    this.#planAt = planAt
    this.#scale = scale
  }

  /** Dials are probabilities; even steps of their logits. */
  #run(step: number, learners: number): Cohort {
    const key = `${step} ${learners}`
    const known = this.#cohorts.get(key)
    if (known) return known
    const dial = 1 / (1 + Math.exp(-(1.2 + 0.3 * step)))
    const made = cohort(this.#truth, this.#planAt(dial), learners, this.#scale)
    this.#cohorts.set(key, made)
    return made
  }

  /** The pilots' line between the two steps around a recall says where; what is left of the difference is moved along it. */
  at(horizon: number, recall: number, criterion: Criterion): Place {
    let [low, high] = [0, 12]
    const pilots = (step: number) => this.#run(step, PILOTS)[horizon] as Outcome[]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (held(pilots(middle), criterion) < recall) low = middle
      else high = middle
    }
    const [from, to] = [held(pilots(low), criterion), held(pilots(high), criterion)]
    const step = low + Math.round((100 * (recall - from)) / (to - from)) / 100
    const outcomes = this.#run(step, LEARNERS)[horizon] as Outcome[]
    const off = recall - held(outcomes, criterion)
    const slopes = METRICS.map(
      (metric) => (mean(pilots(high), metric) - mean(pilots(low), metric)) / (to - from),
    )
    return {
      outcomes: outcomes.map(
        (outcome) =>
          Object.fromEntries(
            METRICS.map((metric, i) => [metric, outcome[metric] + off * (slopes[i] as number)]),
          ) as unknown as Outcome,
      ),
      minutesSlope: slopes[METRICS.indexOf('minutes')] as number,
    }
  }

  row(horizon: number, recall: number, criterion: Criterion): Row {
    return rowOf(this.at(horizon, recall, criterion).outcomes)
  }
}

export interface LadderRow {
  readonly name: string
  readonly row: Row
  /** Ours at the ladder's own mean recall. */
  readonly ours: Row
  /** FSRS with fitted parameters and one desired retention, there too. */
  readonly fsrs: Row
  /** Minutes of ours over the ladder's, learner by learner, each moved along ours to the same recall. */
  readonly ratio: Estimate
}

export interface HorizonResult {
  readonly days: number
  readonly ladders: readonly LadderRow[]
  readonly fsrsDefault: Row
  readonly fsrsFitted: Row
  readonly ours: Row
}

/** One truth: the ladders as they are, and the others at a mean recall of 95% (and on the last morning). */
export function compare(truth: Truth, unfitted: Knowledge, fitted: Knowledge): HorizonResult[] {
  const ladders = [
    { name: 'ladder A', plan: ladderA },
    { name: 'ladder B', plan: ladderB },
    { name: 'ladder A without 1 h and 5 h', plan: ladderWithoutSameDay },
  ].map(({ name, plan }) => ({
    name,
    outcomes: cohort(truth, plan, LEARNERS, { items: ITEMS, perDay: PER_DAY }),
  }))
  const fsrsDefault = new Frontier(truth, (dial) => fsrsAt(unfitted, dial))
  const fsrsFitted =
    fitted.fits.length === 0 ? fsrsDefault : new Frontier(truth, (dial) => fsrsAt(fitted, dial))
  const ours = new Frontier(truth, (dial) => oursAt(fitted, dial))
  return HORIZONS.map((days, h) => ({
    days,
    ladders: ladders.map(({ name, outcomes }) =>
      besideLadder(name, outcomes[h] as Outcome[], ours, fsrsFitted, h),
    ),
    fsrsDefault: fsrsDefault.row(h, TARGET, 'mean and end'),
    fsrsFitted: fsrsFitted.row(h, TARGET, 'mean and end'),
    ours: ours.row(h, TARGET, 'mean and end'),
  }))
}

function besideLadder(
  name: string,
  outcomes: Outcome[],
  frontier: Frontier,
  fsrs: Frontier,
  h: number,
): LadderRow {
  const recall = mean(outcomes, 'meanRecall')
  const { outcomes: mine, minutesSlope } = frontier.at(h, recall, 'mean')
  const ratios = outcomes.map((ladder, i) => {
    const ours = mine[i] as Outcome
    return (ours.minutes + minutesSlope * (ladder.meanRecall - ours.meanRecall)) / ladder.minutes
  })
  return {
    name,
    row: rowOf(outcomes),
    ours: rowOf(mine),
    fsrs: fsrs.row(h, recall, 'mean'),
    ratio: estimate(ratios),
  }
}
