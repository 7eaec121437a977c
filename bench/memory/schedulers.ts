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
import { type HeldItem, policyFor, type ReviewPolicy } from '../../src/domain/memory/policy.ts'
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

/** The parameters that a learner's scheduler starts with, and those that it takes over in the morning of a day. */
export interface Knowledge {
  readonly first: readonly number[]
  readonly fits: readonly { readonly day: number; readonly parameters: readonly number[] }[]
}

/** Where a review leaves an item: its stability and difficulty. */
type State = readonly [stability: number, difficulty: number]

/** The states of all items under one set of parameters. */
class States {
  readonly model: FsrsModel
  readonly #stability: Float64Array
  readonly #difficulty: Float64Array
  /** Where worse grades of the last review would have left the item. */
  readonly #worse: State[][]

  constructor(parameters: readonly number[], items: number) {
    this.model = modelOf(parameters)
    this.#stability = new Float64Array(items)
    this.#difficulty = new Float64Array(items)
    this.#worse = Array.from({ length: items }, () => [])
  }

  at(item: number): State {
    return [this.#stability[item] as number, this.#difficulty[item] as number]
  }

  see(item: number, elapsed: number, grade: Grade): void {
    const before = this.at(item)
    const r = elapsed === 0 ? 1 : recallAfter(this.model, elapsed, before[0])
    this.#worse[item] = WORSE[grade].map((worse) => this.#after(before, r, elapsed, worse))
    const [stability, difficulty] = this.#after(before, r, elapsed, grade)
    this.#stability[item] = stability
    this.#difficulty[item] = difficulty
  }

  #after([s, d]: State, r: number, elapsed: number, grade: Grade): State {
    const { model } = this
    if (elapsed === 0) return [firstStability(model, grade), firstDifficulty(model, grade)]
    const stability =
      grade === 1 ? stabilityAfterFail(model, s, d, r) : stabilityAfterPass(model, s, d, r, grade)
    return [stability, nextDifficulty(model, d, grade)]
  }

  /** As the product has it: a better grade never brings an item back sooner than a worse one would have. */
  interval(policy: ReviewPolicy, item: number): number {
    let days = policy.intervalDays(...this.at(item))
    for (const state of this.#worse[item] as State[]) days = Math.max(days, policy.intervalDays(...state))
    return days
  }
}

const WORSE: Readonly<Record<Grade, readonly Grade[]>> = { 1: [], 2: [1], 3: [1, 2], 4: [1, 2, 3] }

type Reviewed = readonly [item: number, elapsed: number, grade: Grade, day: number]

/**
 * A scheduler that keeps FSRS states. On the day of a fit its whole history is read again under the new parameters, as the
 * product reads it. `priced`: whether its policy looks each week at all items, as they stood when the week began.
 */
function stateful(
  knowledge: Knowledge,
  priced: boolean,
  policyOf: (model: FsrsModel, held: readonly HeldItem[]) => ReviewPolicy,
): Plan {
  return (items) => {
    const history: Reviewed[] = []
    let used = new States(knowledge.first, items)
    let policy = policyOf(used.model, [])
    const replay = (parameters: readonly number[], until: number) => {
      const states = new States(parameters, items)
      for (const [item, elapsed, grade, day] of history) if (day < until) states.see(item, elapsed, grade)
      return states
    }
    return {
      next(item, elapsed, grade, day) {
        history.push([item, elapsed, grade, day])
        used.see(item, elapsed, grade)
        return used.interval(policy, item)
      },
      morning(day, last) {
        const fit = knowledge.fits.find((one) => one.day === day)
        const monday = day - (day % 7)
        if (fit !== undefined) used = replay(fit.parameters, day)
        else if (!priced || day !== monday || day === 0) return false
        if (!priced) policy = policyOf(used.model, [])
        else if (day === monday) policy = policyOf(used.model, heldOn(used, day, last))
        else {
          const [states, seen] = [
            replay(Array.from(used.model.w), monday),
            new Float64Array(items).fill(Infinity),
          ]
          for (const [item, , , on] of history) if (on < monday) seen[item] = on
          policy = policyOf(used.model, heldOn(states, monday, seen))
        }
        return true
      },
      again: (item) => used.interval(policy, item),
    }
  }
}

/** `last`: the day of each item's last review; no finite one, or none before the day: not met by then. */
function heldOn(states: States, day: number, last: Float64Array): HeldItem[] {
  const held: HeldItem[] = []
  for (const [item, at] of last.entries()) {
    const [stability, difficulty] = states.at(item)
    if (stability > 0 && at < day) held.push({ stability, difficulty, elapsedDays: day - at })
  }
  return held
}

/** FSRS with one desired retention: the interval at which recall has fallen to it, in whole days. */
export const fsrsAt = (knowledge: Knowledge, retention: number): Plan =>
  stateful(knowledge, false, (model) => {
    const ratio = daysUntil(model, retention, 1)
    return { intervalDays: (stability) => Math.max(1, Math.round(ratio * stability)) }
  })

/** Ours: priced by the learner's collection each week. */
export const oursAt = (knowledge: Knowledge, target: number): Plan =>
  stateful(knowledge, true, (model, held) => policyFor(Array.from(model.w), target, held))
