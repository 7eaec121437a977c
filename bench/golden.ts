import {
  bias,
  type Estimate,
  errorOfTheMean,
  estimate,
  meanAbsoluteError,
  pearson,
} from '../test/golden-attempts/agreement.ts'
import { type GradedAttempt, gradeAll, readAttempts } from '../test/golden-attempts/read.ts'
import type { BenchRow } from './row.ts'

const SEED = 20_261_120
const WORST = 10

/**
 * How well the grade of a drawing's structure agrees with a marker's rating made before the grader saw it: apart for the
 * attempts that may be tuned on and those held out, in all and by form. Single disagreements are shown of the first kind only.
 */
export async function run(): Promise<BenchRow[]> {
  const graded = gradeAll(readAttempts())
  const tuning = graded.filter(({ heldOut }) => !heldOut)
  const heldOut = graded.filter((attempt) => attempt.heldOut)
  return [...rowsOf('tuning', tuning), ...rowsOf('held out', heldOut), ...worst(tuning)]
}

function rowsOf(set: string, attempts: readonly GradedAttempt[]): BenchRow[] {
  const forms = [...new Set(attempts.map(({ form }) => form))].sort()
  return [
    ...agreement(`${set}, all`, attempts),
    ...forms.flatMap((form) =>
      agreement(
        `${set}, ${form}`,
        attempts.filter((attempt) => attempt.form === form),
      ),
    ),
  ]
}

function agreement(what: string, attempts: readonly GradedAttempt[]): BenchRow[] {
  const r = estimate(attempts, pearson, SEED)
  const error = estimate(attempts, meanAbsoluteError, SEED)
  const plain = errorOfTheMean(attempts)
  return [
    row(`${what} (${attempts.length}): Pearson r ${interval(r, 2)}`, r.value, ''),
    {
      ...row(`${what}: mean absolute error ${interval(error, 1)}`, error.value, 'points of 40'),
      against: { what: 'the mean rating for all', value: plain, ratio: error.value / plain },
    },
    row(`${what}: kinder than the marker by`, bias(attempts), 'points of 40'),
  ]
}

const interval = ({ low, high }: Estimate, digits: number): string =>
  `[95%: ${low.toFixed(digits)} to ${high.toFixed(digits)}]`

function worst(attempts: readonly GradedAttempt[]): BenchRow[] {
  const error = ({ rating, graded }: GradedAttempt): number => graded - rating
  return attempts
    .toSorted((a, b) => Math.abs(error(b)) - Math.abs(error(a)))
    .slice(0, WORST)
    .map((attempt) => {
      const { id, form, rating, graded, because } = attempt
      const what = `worst, ${id} (${form}): rated ${rating}, graded ${graded.toFixed(1)}; ${because}`
      return row(what, error(attempt), 'points of 40')
    })
}

const row = (what: string, value: number, unit: string): BenchRow => ({
  bench: 'golden',
  what,
  value,
  unit,
  bar: null,
  holds: null,
  against: null,
})
