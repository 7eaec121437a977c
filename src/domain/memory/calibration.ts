/** Whether what was expected came: pure arithmetic over pairs of a probability and an outcome. */

export interface Prediction {
  /** Unix time in ms. */
  readonly at: number
  /** Probability of recall that the model gave before the review. */
  readonly expected: number
  readonly passed: boolean
}

export interface Interval {
  readonly low: number
  readonly high: number
}

/** The normal's 97.5th percentile. */
const Z = 1.959964

/** Wilson's 95% interval of a share; of nothing, all that can be. Wilson 1927, J. Am. Stat. Assoc. 22:209. */
export function wilson(passed: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const p = passed / of
  const centre = p + (Z * Z) / (2 * of)
  const half = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of))
  const scale = 1 + (Z * Z) / of
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) }
}

export interface CalibrationBin extends Interval {
  /** Mean of what was expected, and the share that came. */
  readonly expected: number
  readonly actual: number
  readonly reviews: number
}

/** Narrower where reviews crowd: most are made when recall is about 90% likely. */
const EDGES = [0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1 + 1e-9] as const

/** What came, by what was expected; bins without a review are left out. */
export function calibration(predictions: readonly Prediction[]): CalibrationBin[] {
  return EDGES.slice(1).flatMap((to, i) => {
    const within = predictions.filter(({ expected }) => expected >= (EDGES[i] as number) && expected < to)
    if (within.length === 0) return []
    const passed = within.filter((one) => one.passed).length
    const expected = within.reduce((sum, one) => sum + one.expected, 0) / within.length
    const reviews = within.length
    return [{ expected, actual: passed / reviews, reviews, ...wilson(passed, reviews) }]
  })
}

export interface LossOfMonth {
  /** `2026-11`. */
  readonly month: string
  readonly reviews: number
  readonly model: number
  /** Of who always says the share that passed until then. */
  readonly baseline: number
}

/**
 * Mean log loss by month, of the model and of a baseline that knows nothing of memory: before each review it says the share
 * of all reviews before it that passed, `(passed + 1) / (reviews + 2)`. `monthOf` names the month of a time.
 */
export function lossByMonth(
  predictions: readonly Prediction[],
  monthOf: (at: number) => string,
  logLoss: (expected: number, passed: boolean) => number,
): LossOfMonth[] {
  const months = new Map<string, { reviews: number; model: number; baseline: number }>()
  let passed = 0
  for (const [before, one] of [...predictions].sort((a, b) => a.at - b.at).entries()) {
    const month = monthOf(one.at)
    const sum = months.get(month) ?? { reviews: 0, model: 0, baseline: 0 }
    sum.reviews++
    sum.model += logLoss(one.expected, one.passed)
    sum.baseline += logLoss((passed + 1) / (before + 2), one.passed)
    months.set(month, sum)
    if (one.passed) passed++
  }
  return [...months].map(([month, { reviews, model, baseline }]) => ({
    month,
    reviews,
    model: model / reviews,
    baseline: baseline / reviews,
  }))
}
