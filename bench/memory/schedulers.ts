import {
  daysUntil,
  type FsrsModel,
  firstDifficulty,
  firstStability,
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from '../../src/domain/memory/model.ts'
import { policyFor, type ReviewPolicy } from '../../src/domain/memory/policy.ts'
import type { Scheduler } from './learners.ts'

export type Plan = (items: number) => Scheduler

const HOUR = 1 / 24

/**
 * Fixed rungs; a pass climbs whatever its grade, a fail goes to the rung of one day; beyond the last,
 * twice as long each time.
 */
function fixedLadder(rungs: readonly number[]): Plan {
  const dayOne = rungs.indexOf(1)
  return (items) => {
    const rung = new Int32Array(items)
    return {
      next(item, elapsed, grade) {
        if (elapsed > 0) rung[item] = grade === 1 ? dayOne : (rung[item] as number) + 1
        const at = rung[item] as number
        return rungs[at] ?? (rungs.at(-1) as number) * 2 ** (at - rungs.length + 1)
      },
    }
  }
}

const DAY_RUNGS = [1, 3, 7, 14, 30, 60, 180]

/** The mission's ladder in its first reading, in its second, and the first without its rungs of one day. */
export const ladderA = fixedLadder([HOUR, 5 * HOUR, ...DAY_RUNGS])
export const ladderWithoutSameDay = fixedLadder(DAY_RUNGS)

const GROWTH = [1, 1.5, 2, 2.5]

/** Rungs of an hour, five hours and a day; then the interval times 1.5, 2 or 2.5; a fail goes back to a day. */
export const ladderB: Plan = (items) => {
  const rungs = [HOUR, 5 * HOUR, 1]
  const rung = new Int32Array(items)
  const interval = new Float64Array(items)
  return {
    next(item, elapsed, grade) {
      if (elapsed > 0) rung[item] = grade === 1 ? 2 : (rung[item] as number) + 1
      interval[item] =
        rungs[rung[item] as number] ?? (interval[item] as number) * (GROWTH[grade - 1] as number)
      return interval[item] as number
    },
  }
}

/** The parameters that a learner's scheduler starts with, and those that it takes over after so many days. */
export interface Knowledge {
  readonly first: readonly number[]
  readonly fits: readonly { readonly day: number; readonly parameters: readonly number[] }[]
}

/** The states of all items under one set of parameters. */
class States {
  readonly stability: Float64Array
  readonly difficulty: Float64Array
  readonly model: FsrsModel

  constructor(parameters: readonly number[], items: number) {
    this.model = modelOf(parameters)
    this.stability = new Float64Array(items)
    this.difficulty = new Float64Array(items)
  }

  see(item: number, elapsed: number, grade: Grade): void {
    const { model, stability, difficulty } = this
    if (elapsed === 0) {
      stability[item] = firstStability(model, grade)
      difficulty[item] = firstDifficulty(model, grade)
      return
    }
    const s = stability[item] as number
    const d = difficulty[item] as number
    const r = recallAfter(model, elapsed, s)
    stability[item] =
      grade === 1 ? stabilityAfterFail(model, s, d, r) : stabilityAfterPass(model, s, d, r, grade)
    difficulty[item] = nextDifficulty(model, d, grade)
  }
}

/**
 * A scheduler that keeps FSRS states, of the first parameters and beside them of all fitted ones, as a
 * replay of the history would
 * find them on the day of a fit. `priced`: whether its policy is made anew after two weeks and then every
 * fourth week.
 */
function stateful(
  knowledge: Knowledge,
  priced: boolean,
  policyOf: (states: States, held: (() => HeldNow[]) | null) => ReviewPolicy,
): Plan {
  return (items) => {
    const first = new States(knowledge.first, items)
    const fits = knowledge.fits.map(({ day, parameters }) => ({ day, states: new States(parameters, items) }))
    let used = first
    let policy = policyOf(used, null)
    const interval = (item: number) =>
      policy.intervalDays(used.stability[item] as number, used.difficulty[item] as number)
    return {
      next(item, elapsed, grade) {
        first.see(item, elapsed, grade)
        for (const { states } of fits) states.see(item, elapsed, grade)
        return interval(item)
      },
      morning(day, last, met) {
        const fit = fits.find((one) => one.day === day)
        if (fit !== undefined) used = fit.states
        const isTime = priced && (day === 14 || (day > 0 && day % 28 === 0))
        if (fit === undefined && !isTime) return false
        policy = policyOf(used, () => held(used, day, last, met))
        return true
      },
      again: interval,
    }
  }
}

interface HeldNow {
  readonly stability: number
  readonly difficulty: number
  readonly elapsedDays: number
}

const held = (states: States, day: number, last: Float64Array, met: number): HeldNow[] =>
  Array.from({ length: met }, (_, item) => ({
    stability: states.stability[item] as number,
    difficulty: states.difficulty[item] as number,
    elapsedDays: day - (last[item] as number),
  }))

/** FSRS with one desired retention: the interval at which recall has fallen to it, in whole days. */
export const fsrsAt = (knowledge: Knowledge, retention: number): Plan =>
  stateful(knowledge, false, ({ model }) => {
    const ratio = daysUntil(model, retention, 1)
    return { intervalDays: (stability) => Math.max(1, Math.round(ratio * stability)) }
  })

/** Ours: priced by the learner's collection every fourth week. */
export const oursAt = (knowledge: Knowledge, target: number): Plan =>
  stateful(knowledge, true, ({ model }, items) => policyFor(Array.from(model.w), target, items?.()))
