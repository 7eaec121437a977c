import type { Random } from '#lib/random.ts'
import {
  type FsrsModel,
  firstDifficulty,
  firstStability,
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  SHORTEST_STABILITY,
  stabilityAfterFail,
  stabilityAfterPass,
} from '../../src/domain/memory/model.ts'
import { FIRST_SHARES, PASS_SHARES } from '../../src/domain/memory/optimal.ts'

/** How memory really is, in one simulated world. The scheduler never sees it, only the grades that it gives. */
export interface Truth {
  readonly name: string
  /** The parameters, where the truth is FSRS-6 itself. */
  readonly parameters: readonly number[] | null
  minds(items: number, random: Random): Minds
}

/** One learner's memories. Times in days since the item's last review; a first exposure is a review. */
export interface Minds {
  /** First exposure: the grade that the learner gives it. */
  meet(item: number): Grade
  recall(item: number, days: number): number
  /** A review so long after the last one: its grade. */
  answer(item: number, days: number): Grade
  /** Σ recall(days + j) for j from 0 to `count − 1`. */
  recallSum(item: number, days: number, count: number): number
}

export const DEFAULTS: readonly number[] = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
  1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
]

const changed = (changes: Readonly<Record<number, number>>): number[] =>
  DEFAULTS.map((value, i) => changes[i] ?? value)

export function pick(shares: readonly number[], draw: number): number {
  let left = draw
  for (let i = 0; i < shares.length - 1; i++) {
    left -= shares[i] as number
    if (left < 0) return i
  }
  return shares.length - 1
}

/** After a review on the same day: `S·max(1, e^(w17·(G − 3 + w18))·S^−w19)`; without the bound for a fail. */
function sameDay({ w }: FsrsModel, stability: number, grade: Grade): number {
  const gain = Math.exp((w[17] as number) * (grade - 3 + (w[18] as number))) * stability ** -(w[19] as number)
  return Math.max(SHORTEST_STABILITY, stability * (grade === 1 ? gain : Math.max(1, gain)))
}

function fsrsMinds(model: FsrsModel, items: number, random: Random): Minds {
  const stability = new Float64Array(items)
  const difficulty = new Float64Array(items)
  const { decay, factor } = model
  const power = decay + 1
  return {
    meet(item) {
      const grade = (pick(FIRST_SHARES, random()) + 1) as Grade
      stability[item] = firstStability(model, grade)
      difficulty[item] = firstDifficulty(model, grade)
      return grade
    },
    recall: (item, days) => recallAfter(model, days, stability[item] as number),
    answer(item, days) {
      const s = stability[item] as number
      const d = difficulty[item] as number
      const r = recallAfter(model, days, s)
      const grade = (random() < r ? pick(PASS_SHARES, random()) + 2 : 1) as Grade
      if (days < 0.5) stability[item] = sameDay(model, s, grade)
      else
        stability[item] =
          grade === 1 ? stabilityAfterFail(model, s, d, r) : stabilityAfterPass(model, s, d, r, grade)
      difficulty[item] = nextDifficulty(model, d, grade)
      return grade
    },
    recallSum(item, days, count) {
      const s = stability[item] as number
      const exact = Math.min(count, 4)
      let sum = 0
      for (let j = 0; j < exact; j++) sum += recallAfter(model, days + j, s)
      if (count === exact) return sum
      // The rest by the integral, half a day to both sides; the curve is flat there.
      const until = (t: number) => (1 + (factor * t) / s) ** power
      return sum + ((until(days + count - 0.5) - until(days + exact - 0.5)) * s) / (factor * power)
    },
  }
}

const fsrsTruth = (name: string, parameters: readonly number[]): Truth => ({
  name,
  parameters,
  minds: (items, random) => fsrsMinds(modelOf(parameters), items, random),
})

/**
 * Of activation and time as ACT-R has them; scaled so that a walkthrough is recalled by nine of ten on the
 * next day.
 */
const ACT = { intercept: 0.177, slope: 0.217, threshold: -2, noise: 0.3, unitsPerDay: 2160, spread: 0.5 }
const MOST_TRACES = 48

/**
 * Activation `m = β + ln Σ t_k^−d_k` over all earlier reviews, with `d_k = c·e^(m at k) + a`, recalled
 * with `1/(1 + e^((τ − m)/s))`:
 * the form of Pavlik and Anderson (2005), Cognitive Science 29(4), 559–586. Its forgetting is no power of
 * one stability,
 * its spacing effect comes from decay, and each item has a strength β of its own that no grade tells.
 * Constants are ours.
 */
export function activationMinds(items: number, random: Random): Minds {
  const at = new Float64Array(items * MOST_TRACES)
  const decays = new Float64Array(items * MOST_TRACES)
  const traces = new Int32Array(items)
  const now = new Float64Array(items)
  const strength = Float64Array.from({ length: items }, () => ACT.spread * normal(random))
  const activation = (item: number, days: number): number => {
    const time = (now[item] as number) + days
    const base = item * MOST_TRACES
    let sum = 0
    for (let k = base; k < base + (traces[item] as number); k++)
      sum += (ACT.unitsPerDay * (time - (at[k] as number)) + 1) ** -(decays[k] as number)
    return (strength[item] as number) + Math.log(sum)
  }
  const recall = (item: number, days: number) =>
    1 / (1 + Math.exp((ACT.threshold - activation(item, days)) / ACT.noise))
  const trace = (item: number, days: number, decay: number) => {
    now[item] = (now[item] as number) + days
    const base = item * MOST_TRACES
    if (traces[item] === MOST_TRACES) {
      at.copyWithin(base, base + 1, base + MOST_TRACES)
      decays.copyWithin(base, base + 1, base + MOST_TRACES)
      traces[item] = MOST_TRACES - 1
    }
    const k = base + (traces[item] as number)
    at[k] = now[item] as number
    decays[k] = decay
    traces[item] = (traces[item] as number) + 1
  }
  return {
    meet(item) {
      trace(item, 0, ACT.intercept)
      const felt = (strength[item] as number) / ACT.spread + normal(random)
      return felt < -1 ? 1 : felt < -0.6 ? 2 : felt < 1.3 ? 3 : 4
    },
    recall,
    answer(item, days) {
      const m = activation(item, days)
      const r = 1 / (1 + Math.exp((ACT.threshold - m) / ACT.noise))
      const passed = random() < r
      trace(item, days, ACT.slope * Math.exp(m) + ACT.intercept)
      if (!passed) return 1
      const hard = Math.min(0.8, 0.1 + 1.2 * (1 - r))
      const easy = 0.2 * r ** 8
      return (pick([hard, 1 - hard - easy, easy], random()) + 2) as Grade
    },
    recallSum(item, days, count) {
      let sum = 0
      let j = 0
      for (; j < Math.min(count, 4); j++) sum += recall(item, days + j)
      // Then by Simpson's rule over stretches that double: forgetting is slow by then.
      for (let from = j - 0.5; from < count - 0.5; ) {
        const to = Math.min(count - 0.5, from * 2)
        const ends = recall(item, days + from) + recall(item, days + to)
        sum += ((ends + 4 * recall(item, days + (from + to) / 2)) / 6) * (to - from)
        from = to
      }
      return sum
    },
  }
}

export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Sets 1 and 2 are plausible learners, 3 and 4 deliberately odd; all four are made up. */
export const TRUTHS: readonly Truth[] = [
  fsrsTruth('FSRS-6 defaults', DEFAULTS),
  fsrsTruth('holds well', changed({ 0: 0.6, 1: 2.4, 2: 4.5, 3: 14, 8: 2.1, 20: 0.12 })),
  fsrsTruth('forgets fast', changed({ 0: 0.15, 1: 0.7, 2: 1.4, 3: 4.5, 8: 1.65, 20: 0.25 })),
  fsrsTruth('odd: difficulty never moves, lapses cost all', changed({ 6: 0.2, 11: 0.6, 13: 0.12, 20: 0.4 })),
  fsrsTruth(
    'odd: spacing hardly pays, growth fades',
    changed({ 8: 1.2, 9: 0.32, 10: 1.4, 16: 1.2, 20: 0.1 }),
  ),
  { name: 'not FSRS: activation of all traces', parameters: null, minds: activationMinds },
]
