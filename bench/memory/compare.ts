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
import { DEFAULTS, type Truth } from './truths.ts'

export const LEARNERS = 100
const PILOTS = 6
/** Of the dial: targets from 82% to 99%. */
const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
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

/** What one learner schedules by. */
type PlanOf = (seed: number) => Plan

/** All plans of one learner one after the other: the tables of that learner's parameters are solved once. */
function cohorts(truth: Truth, plans: readonly PlanOf[], learners: number, scale: Scale): Cohort[] {
  const lives = plans.map((): (readonly Outcome[])[] => [])
  for (let seed = 0; seed < learners; seed++)
    for (const [i, plan] of plans.entries()) lives[i]?.push(live(truth, plan(seed)(scale.items), seed, scale))
  return lives.map((each) => HORIZONS.map((_, h) => each.map((outcomes) => outcomes[h] as Outcome)))
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

/** All learners' outcomes at a recall, and what minutes rise by for a recall higher by one. */
interface Place {
  readonly outcomes: Outcome[]
  readonly minutesSlope: number
}

/** Where a recall is wanted. */
interface Wanted {
  readonly horizon: number
  readonly recall: number
  readonly criterion: Criterion
}

/** A scheduler with one dial, run at even steps of it: few learners find those around a recall, then all of them live there. */
export class Frontier {
  readonly #cohorts = new Map<string, Cohort>()
  readonly #truth: Truth
  readonly #planAt: (dial: number, seed: number) => Plan
  readonly #scale: Scale

  constructor(
    truth: Truth,
    planAt: (dial: number, seed: number) => Plan,
    scale: Scale = { items: ITEMS, perDay: PER_DAY },
  ) {
    this.#truth = truth
    this.#planAt = planAt
    this.#scale = scale
  }

  /** Dials are probabilities; even steps of their logits. */
  #run(steps: readonly number[], learners: number): void {
    const missing = [...new Set(steps)].filter((step) => !this.#cohorts.has(`${step} ${learners}`))
    const plans = missing.map((step): PlanOf => {
      const dial = 1 / (1 + Math.exp(-(1.2 + 0.3 * step)))
      return (seed) => this.#planAt(dial, seed)
    })
    for (const [i, cohort] of cohorts(this.#truth, plans, learners, this.#scale).entries())
      this.#cohorts.set(`${missing[i]} ${learners}`, cohort)
  }

  #outcomes(step: number, learners: number, horizon: number): readonly Outcome[] {
    return this.#cohorts.get(`${step} ${learners}`)?.[horizon] as readonly Outcome[]
  }

  /** The step below the first at which the pilots keep what is wanted. */
  #below({ horizon, recall, criterion }: Wanted): number {
    const above = STEPS.findIndex((step) => held(this.#outcomes(step, PILOTS, horizon), criterion) >= recall)
    const last = STEPS.length - 1
    return STEPS[Math.max(1, above < 0 ? last : above) - 1] as number
  }

  /** Runs all that will be asked for, learner by learner. */
  prepare(wanted: readonly Wanted[]): void {
    this.#run(STEPS, PILOTS)
    const steps = wanted.map((one) => this.#below(one))
    this.#run([...steps, ...steps.map((step) => step + 1)], LEARNERS)
  }

  /** Between two steps each learner's numbers are taken to grow by equal shares. */
  at(wanted: Wanted): Place {
    this.prepare([wanted])
    const { horizon, recall, criterion } = wanted
    const step = this.#below(wanted)
    const [low, high] = [step, step + 1].map((one) => this.#outcomes(one, LEARNERS, horizon))
    if (low === undefined || high === undefined) throw new Error('both steps were run')
    const [from, to] = [held(low, criterion), held(high, criterion)]
    const share = (recall - from) / (to - from)
    const between = (one: number, other: number) =>
      one > 0 && other > 0 ? one * (other / one) ** share : one + share * (other - one)
    return {
      outcomes: low.map(
        (outcome, i) =>
          Object.fromEntries(
            METRICS.map((metric) => [metric, between(outcome[metric], (high[i] as Outcome)[metric])]),
          ) as unknown as Outcome,
      ),
      minutesSlope: (mean(high, 'minutes') - mean(low, 'minutes')) / (to - from),
    }
  }

  /** At the target, over all mornings and on the last one. */
  onTarget(horizon: number): Row {
    return rowOf(this.at(onTarget(horizon)).outcomes)
  }
}

const onTarget = (horizon: number): Wanted => ({ horizon, recall: TARGET, criterion: 'mean and end' })

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
  /** Ours as if the truth's parameters were known from the first day; null where it has none. */
  readonly knowing: Row | null
}

/** One truth: the ladders as they are, and the others at a mean recall of 95% (and on the last morning). */
export function compare(truth: Truth, knowledge: (seed: number) => Knowledge): HorizonResult[] {
  const scale = { items: ITEMS, perDay: PER_DAY }
  const ladders = LADDERS.map(({ name, plan }) => {
    const [outcomes] = cohorts(truth, [() => plan], LEARNERS, scale)
    return { name, outcomes: outcomes as Cohort }
  })
  const unfitted = { first: DEFAULTS, fits: [] }
  const fsrsDefault = new Frontier(truth, (dial) => fsrsAt(unfitted, dial))
  const fsrsFitted = new Frontier(truth, (dial, seed) => fsrsAt(knowledge(seed), dial))
  const ours = new Frontier(truth, (dial, seed) => oursAt(knowledge(seed), dial))
  const { parameters } = truth
  const known = parameters && new Frontier(truth, (dial) => oursAt({ first: parameters, fits: [] }, dial))
  const horizons = HORIZONS.map((days, horizon) => ({
    days,
    horizon,
    beside: ladders.map(({ name, outcomes }) => ({
      name,
      outcomes: outcomes[horizon] as readonly Outcome[],
    })),
  }))
  ours.prepare(
    horizons.flatMap(({ horizon, beside }) => [
      onTarget(horizon),
      ...beside.map(({ outcomes }) => recallOf(outcomes, horizon)),
    ]),
  )
  return horizons.map(({ days, horizon, beside }) => ({
    days,
    ladders: beside.map(({ name, outcomes }) => besideLadder(name, outcomes, ours, fsrsFitted, horizon)),
    fsrsDefault: fsrsDefault.onTarget(horizon),
    fsrsFitted: fsrsFitted.onTarget(horizon),
    ours: ours.onTarget(horizon),
    knowing: known?.onTarget(horizon) ?? null,
  }))
}

const LADDERS = [
  { name: 'ladder A', plan: ladderA },
  { name: 'ladder B', plan: ladderB },
  { name: 'ladder A without 1 h and 5 h', plan: ladderWithoutSameDay },
]

const recallOf = (ladder: readonly Outcome[], horizon: number): Wanted => ({
  horizon,
  recall: mean(ladder, 'meanRecall'),
  criterion: 'mean',
})

function besideLadder(
  name: string,
  outcomes: readonly Outcome[],
  frontier: Frontier,
  fsrs: Frontier,
  horizon: number,
): LadderRow {
  const wanted = recallOf(outcomes, horizon)
  const { outcomes: mine, minutesSlope } = frontier.at(wanted)
  const ratios = outcomes.map((ladder, i) => {
    const ours = mine[i] as Outcome
    return (ours.minutes + minutesSlope * (ladder.meanRecall - ours.meanRecall)) / ladder.minutes
  })
  return {
    name,
    row: rowOf(outcomes),
    ours: rowOf(mine),
    fsrs: rowOf(fsrs.at(wanted).outcomes),
    ratio: estimate(ratios),
  }
}
