import { seeded } from '#lib/random.ts'

/** What a marker gave and what the program gives, both 0 to 40. */
export interface Pair {
  readonly rating: number
  readonly graded: number
}

export interface Estimate {
  readonly value: number
  /** Percentile bootstrap over attempts, 95%. */
  readonly low: number
  readonly high: number
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Pearson's product-moment correlation; NaN where one of the two does not vary. */
export function pearson(pairs: readonly Pair[]): number {
  const a = mean(pairs.map(({ rating }) => rating))
  const b = mean(pairs.map(({ graded }) => graded))
  let both = 0
  let first = 0
  let second = 0
  for (const { rating, graded } of pairs) {
    both += (rating - a) * (graded - b)
    first += (rating - a) ** 2
    second += (graded - b) ** 2
  }
  return both / Math.sqrt(first * second)
}

/** In points of 40. */
export const meanAbsoluteError = (pairs: readonly Pair[]): number =>
  mean(pairs.map(({ rating, graded }) => Math.abs(graded - rating)))

/** In points of 40; above 0 where the program is kinder than the marker. */
export const bias = (pairs: readonly Pair[]): number =>
  mean(pairs.map(({ rating, graded }) => graded - rating))

/** The error of who gives every drawing the mean rating: what a program must beat. */
export function errorOfTheMean(pairs: readonly Pair[]): number {
  const constant = mean(pairs.map(({ rating }) => rating))
  return meanAbsoluteError(pairs.map(({ rating }) => ({ rating, graded: constant })))
}

const ROUNDS = 2000

/** Percentile bootstrap (Efron 1979): the statistic of `ROUNDS` samples with replacement; the same for the same seed. */
export function estimate(
  pairs: readonly Pair[],
  statistic: (pairs: readonly Pair[]) => number,
  seed: number,
): Estimate {
  const random = seeded(seed)
  const pick = (): Pair => pairs[Math.floor(random() * pairs.length)] as Pair
  const values = Array.from({ length: ROUNDS }, () => statistic(Array.from(pairs, pick)))
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)
  const at = (share: number): number => values[Math.floor(share * (values.length - 1))] ?? Number.NaN
  return { value: statistic(pairs), low: at(0.025), high: at(0.975) }
}
