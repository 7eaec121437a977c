import { invariant } from '#lib/invariant.ts'

/** 1 again, 2 hard, 3 good, 4 easy: the order of FSRS's own formulas. */
export type Grade = 1 | 2 | 3 | 4

export const SHORTEST_STABILITY = 0.001
const LONGEST_STABILITY = 36_500

/**
 * FSRS-6 as plain numbers: the 21 parameters, with what every review would compute again from them. No
 * objects per review,
 * no rounding on the way, so that millions of next states a second can be had by a solver or a simulation.
 *
 * Source of the formulas: "The Algorithm", FSRS-6, in the wiki of open-spaced-repetition/fsrs4anki; as in
 * ts-fsrs 5.4.2 without
 * its short-term steps. Stability in days, difficulty 1 to 10.
 */
export interface FsrsModel {
  readonly w: Float64Array
  /** Negative: `R(t, S) = (1 + factor·t/S)^decay`. */
  readonly decay: number
  /** Such that `R(S, S) = 0.9`. */
  readonly factor: number
  /** `e^w8`. */
  readonly growth: number
  /** `D0(easy)`, to which difficulty reverts. */
  readonly easyDifficulty: number
}

/** `parameters`: the 21 of FSRS-6, within the ranges of its optimizer. */
export function modelOf(parameters: readonly number[]): FsrsModel {
  invariant(parameters.length === 21, 'FSRS-6 has 21 parameters')
  const w = Float64Array.from(parameters)
  const decay = -at(w, 20)
  return {
    w,
    decay,
    factor: 0.9 ** (1 / decay) - 1,
    growth: Math.exp(at(w, 8)),
    easyDifficulty: rawDifficulty(w, 4),
  }
}

/** Parameters are 21 by construction; the type of an index cannot say so. */
const at = (w: Float64Array, i: number): number => w[i] as number

const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value

/** `D0(G) = w4 − e^(w5·(G − 1)) + 1`, not yet bounded. */
const rawDifficulty = (w: Float64Array, grade: Grade): number =>
  at(w, 4) - Math.exp((grade - 1) * at(w, 5)) + 1

/** Stability after the first review: `S0(G) = w[G − 1]`. */
export const firstStability = ({ w }: FsrsModel, grade: Grade): number =>
  Math.max(at(w, grade - 1), SHORTEST_STABILITY)

/** Difficulty after the first review. */
export const firstDifficulty = ({ w }: FsrsModel, grade: Grade): number =>
  clamp(rawDifficulty(w, grade), 1, 10)

/** Probability of recall `days` after a review: `R(t, S) = (1 + F·t/S)^−w20`. */
export const recallAfter = ({ decay, factor }: FsrsModel, days: number, stability: number): number =>
  (1 + (factor * days) / stability) ** decay

/** Days until recall has fallen to `recall`: the inverse of `recallAfter`. */
export const daysUntil = ({ decay, factor }: FsrsModel, recall: number, stability: number): number =>
  (stability * (recall ** (1 / decay) - 1)) / factor

/**
 * Stability after a pass at probability of recall `r`:
 * `S·(1 + e^w8·(11 − D)·S^−w9·(e^(w10·(1 − R)) − 1)·(w15 if hard)·(w16 if easy))`.
 */
export function stabilityAfterPass(
  { w, growth }: FsrsModel,
  stability: number,
  difficulty: number,
  r: number,
  grade: Grade,
): number {
  const bonus = grade === 2 ? at(w, 15) : grade === 4 ? at(w, 16) : 1
  const gain = growth * (11 - difficulty) * stability ** -at(w, 9) * (Math.exp((1 - r) * at(w, 10)) - 1)
  return clamp(stability * (1 + gain * bonus), SHORTEST_STABILITY, LONGEST_STABILITY)
}

/**
 * Stability after a fail at probability of recall `r`: `w11·D^−w12·((S + 1)^w13 − 1)·e^(w14·(1 − R))`, and
 * never more than it was.
 */
export function stabilityAfterFail(
  { w }: FsrsModel,
  stability: number,
  difficulty: number,
  r: number,
): number {
  const left =
    at(w, 11) * difficulty ** -at(w, 12) * ((stability + 1) ** at(w, 13) - 1) * Math.exp((1 - r) * at(w, 14))
  return clamp(Math.min(left, stability), SHORTEST_STABILITY, LONGEST_STABILITY)
}

/** Difficulty after a later review: damped towards 10, then reverting by `w7` to that of an easy start. */
export function nextDifficulty({ w, easyDifficulty }: FsrsModel, difficulty: number, grade: Grade): number {
  const moved = difficulty - (at(w, 6) * (grade - 3) * (10 - difficulty)) / 9
  return clamp(at(w, 7) * easyDifficulty + (1 - at(w, 7)) * moved, 1, 10)
}
