import { type ComingItem, type Conditions, comingDays } from './agenda-coming.ts'

/** What is due and does not fit into the days that the learner gives. */
export interface Debt {
  readonly items: number
  readonly minutes: number
  /** In how many days nothing waits any more, 1 for tomorrow; null where it does not end within a year. */
  readonly goneIn: number | null
  /** Where it does not end: the minutes a day that what is known needs to be kept, over the year. */
  readonly needs: number | null
  /** New items wait while more than a day's work does. */
  readonly pausesNew: boolean
}

const YEAR = 365

/** `waiting` is what does not fit today; null where that is nothing. */
export function debtOf(
  items: readonly ComingItem[],
  conditions: Conditions,
  waiting: readonly { readonly minutes: number }[],
): Debt | null {
  if (waiting.length === 0) return null
  const minutes = waiting.reduce((sum, one) => sum + one.minutes, 0)
  const { days } = comingDays(items, conditions, YEAR)
  const gone = days.findIndex((day, i) => i > 0 && day.waiting === 0)
  return {
    items: waiting.length,
    minutes,
    goneIn: gone < 0 ? null : gone,
    needs: gone < 0 ? needed(items, conditions) : null,
    pausesNew: minutes > conditions.cap,
  }
}

/** Minutes a day over a year, if every item were recalled when it is due and nothing new came. */
function needed(items: readonly ComingItem[], conditions: Conditions): number {
  const unbounded = { ...conditions, cap: Number.POSITIVE_INFINITY, left: Number.POSITIVE_INFINITY }
  const { days } = comingDays(items, { ...unbounded, newcomers: null, target: null }, YEAR)
  return days.reduce((sum, { minutes }) => sum + minutes, 0) / YEAR
}
