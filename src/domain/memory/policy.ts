/** When to review an item next, for one learner: made once for their parameters and target, asked once a review. */
export interface ReviewPolicy {
  /**
   * Whole days until the next review, 1 to 36,500, for an item just reviewed.
   * `stability` in days (recall falls to 90% after so long), `difficulty` 1 (easy) to 10, both by FSRS-6.
   */
  intervalDays(stability: number, difficulty: number): number
}

const LONGEST_DAYS = 36_500

/**
 * The policy that holds the mean probability of recall over all introduced items, over all days, at `targetMeanRecall`
 * (0.7 to 0.99). `parameters` are the 21 of FSRS-6, default or fitted. Pure and deterministic; the same arguments give
 * the same policy.
 */
export function policyFor(parameters: readonly number[], targetMeanRecall: number): ReviewPolicy {
  const decay = -(parameters[20] ?? 0.1542)
  const ratio = intervalOfMean(decay, targetMeanRecall)
  return {
    intervalDays: (stability) => Math.min(LONGEST_DAYS, Math.max(1, Math.round(ratio * stability))),
  }
}

/**
 * The interval, in stabilities, over which recall has this mean: of `R(x) = (1 + F·x)^decay` the mean over [0, x] is
 * `((1 + F·x)^(decay + 1) − 1) / ((decay + 1)·F·x)`.
 */
function intervalOfMean(decay: number, mean: number): number {
  const factor = 0.9 ** (1 / decay) - 1
  const meanUntil = (x: number) => ((1 + factor * x) ** (decay + 1) - 1) / ((decay + 1) * factor * x)
  let low = 1e-6
  let high = 1e6
  for (let i = 0; i < 100; i++) {
    const middle = Math.sqrt(low * high)
    if (meanUntil(middle) > mean) low = middle
    else high = middle
  }
  return low
}
