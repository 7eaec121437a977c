import type { Category } from '#domain/curriculum/index.ts'
import type { DiagramCard, NextStep } from './views.ts'

/** What Today shows. Times are ISO 8601 UTC, dates `2027-03-12`, in the learner's time zone. */

export interface TodayView {
  /** What is to be recalled today, in the order in which to do it: within the day's minutes, where it has some. */
  readonly due: readonly DiagramCard[]
  readonly fresh: readonly DiagramCard[]
  /** For all that is due and new, by the learner's own times where there are any. */
  readonly minutes: number
  readonly next: NextStep
  /** When nothing is due: when the next one comes back. */
  readonly nextDue: { readonly id: string; readonly title: string; readonly due: string } | null
  /** An attempt that was left in the middle. */
  readonly unfinished: { readonly id: string; readonly title: string; readonly at: string } | null
  readonly doneToday: number
  /** The day's minutes, where the learner set a bound. */
  readonly cap: { readonly minutes: number; readonly spent: number } | null
  readonly debt: DebtView | null
  readonly target: TargetView | null
  readonly maintenance: MaintenanceView | null
  /** Private question cards that wait. */
  readonly cards: { readonly due: number; readonly fresh: number; readonly minutes: number } | null
  /** Pairs that were taken for each other, to be told apart. */
  readonly drills: readonly { readonly drill: string; readonly minutes: number }[]
  /** The cap, the debt and the date in sentences, the most pressing first; none where there is nothing to say. */
  readonly says: readonly string[]
}

/** What is due and does not fit today. */
export interface DebtView {
  readonly items: number
  readonly minutes: number
  /** The day by which nothing waits any more; null where it does not end within a year. */
  readonly gone: string | null
  /** Where it does not end: the minutes a day that would keep what is known. */
  readonly needs: number | null
  readonly pausesNew: boolean
  /** The most valuable of what waits, for who has more time than planned. */
  readonly first: string
}

export interface TargetView {
  readonly date: string
  readonly daysLeft: number
  /** ahead: more than a week; then the protocol's steps; over: the day is past. */
  readonly phase: 'ahead' | 'week' | 'focus' | 'eve' | 'day' | 'over'
  /** Of all diagrams that will have been met by then: how many, and the mean probability of recalling them. */
  readonly met: number
  readonly recall: number | null
  /** The last day on which something new is begun; null where none is any more. */
  readonly newUntil: string | null
  /** Diagrams among today's that are not due: their last look before the day. */
  readonly looks: readonly string[]
}

export interface MaintenanceView {
  readonly kind: 'daily' | 'weekly' | 'monthly' | 'quarterly'
  readonly done: number
  readonly of: number
  /** What is still open of it and not due by itself. */
  readonly open: readonly DiagramCard[]
  /** The last monthly or quarterly check. */
  readonly lastCheck: {
    readonly at: string
    readonly passed: number
    readonly of: number
    /** Weakest first. */
    readonly weak: readonly { readonly category: Category; readonly mean: number }[]
  } | null
}
