import type { LearnerState } from './state.ts'
import { allAttempts } from './statistics.ts'

/** What learners expected of an attempt before they saw its grade, against what it was. All of 100. */
export interface Confidence {
  /** Attempts for which an expectation was given. */
  readonly attempts: number
  readonly expected: number | null
  readonly actual: number | null
  /** over: more was expected than came; fits: within 5 points; open: the difference may be chance; null: too few. */
  readonly says: 'over' | 'under' | 'fits' | 'open' | null
  /** By what was expected, lowest first. */
  readonly levels: readonly {
    readonly expected: number
    readonly actual: number
    readonly attempts: number
  }[]
  /** Oldest first. */
  readonly points: readonly {
    readonly attempt: string
    readonly expected: number
    readonly actual: number
  }[]
}

/** What the five keys say: points of 100. */
export const CONFIDENCE_LEVELS = [20, 40, 60, 80, 95] as const

/** With fewer attempts nothing is said of them. */
export const CONFIDENCE_FROM = 5
const FITS_WITHIN = 5

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** Over all attempts that count and were given an expectation, with the scores that count. */
export function confidenceOf(state: LearnerState): Confidence {
  const points = allAttempts(state).flatMap(({ id, confidence, total }) =>
    confidence === null ? [] : [{ attempt: id, expected: confidence, actual: total }],
  )
  const byLevel = new Map<number, number[]>()
  for (const { expected, actual } of points) byLevel.set(expected, [...(byLevel.get(expected) ?? []), actual])
  const none = points.length === 0
  return {
    attempts: points.length,
    expected: none ? null : mean(points.map(({ expected }) => expected)),
    actual: none ? null : mean(points.map(({ actual }) => actual)),
    says: judge(points.map(({ expected, actual }) => expected - actual)),
    levels: [...byLevel]
      .sort(([a], [b]) => a - b)
      .map(([expected, all]) => ({ expected, actual: mean(all), attempts: all.length })),
    points,
  }
}

/** A difference counts where it is 5 points or more and more than twice its standard error, s / √n. */
function judge(differences: readonly number[]): Confidence['says'] {
  const n = differences.length
  if (n < CONFIDENCE_FROM) return null
  const bias = mean(differences)
  if (Math.abs(bias) < FITS_WITHIN) return 'fits'
  const variance = differences.reduce((sum, one) => sum + (one - bias) ** 2, 0) / (n - 1)
  if (Math.abs(bias) <= 2 * Math.sqrt(variance / n)) return 'open'
  return bias > 0 ? 'over' : 'under'
}
