import { default_w } from 'ts-fsrs'
import { invariant } from '#lib/invariant.ts'
import { ladderDue } from './ladder.ts'
import {
  DAY_MS,
  FIRST_RECALL_MS,
  type History,
  HOUR_MS,
  LONGEST_DAYS,
  type Memory,
  type Review,
  type Scheduling,
} from './memory.ts'
import {
  type FsrsModel,
  firstDifficulty,
  firstStability,
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from './model.ts'
import { RATINGS, type Rating } from './rating.ts'

/** FSRS-6's own, from its authors' collections; what stands until a learner has better ones. */
export const DEFAULT_PARAMETERS: readonly number[] = [...default_w]

const GRADE: Readonly<Record<Rating, Grade>> = { again: 1, hard: 2, good: 3, easy: 4 }

/** Where a review left an item. */
export interface Trace {
  /** Of the review, Unix ms. */
  readonly at: number
  readonly rating: Rating
  readonly weight: number
  readonly through: string | undefined
  /** The probability of recall that was expected at it; null at the first of the item itself. */
  readonly expected: number | null
  /** Whole days that had passed, as the model counts them. */
  readonly days: number
  readonly last: number
  readonly stability: number
  readonly difficulty: number
}

interface State {
  readonly last: number
  readonly stability: number
  readonly difficulty: number
}

/** Seen but never recalled: remembered no better than after a hard first recall. */
const seen = (model: FsrsModel, at: number): State => ({
  last: at,
  stability: firstStability(model, GRADE.hard),
  difficulty: firstDifficulty(model, GRADE.hard),
})

/** Whole days between two times, never less than none: a clock may have been set back. */
const wholeDays = (from: number, to: number): number => Math.round(Math.max(0, to - from) / DAY_MS)

/** FSRS-6's own next state, as if the whole item had been recalled. */
function wholeReview(
  model: FsrsModel,
  { stability, difficulty }: State,
  days: number,
  grade: Grade,
): Omit<State, 'last'> {
  const r = recallAfter(model, days, stability)
  return {
    stability:
      grade === GRADE.again
        ? stabilityAfterFail(model, stability, difficulty, r)
        : stabilityAfterPass(model, stability, difficulty, r, grade),
    difficulty: nextDifficulty(model, difficulty, grade),
  }
}

/**
 * The state after a review of weight `w`: the way to that after a whole review, as far as `w` says. Stability goes on its
 * logarithm, `S' = S·(S_whole/S)^w`, since it is what reviews multiply; difficulty and the time from which forgetting counts
 * go straight: after a redraw of a third, two thirds of the time since the last one still count. Weight 0 changes nothing, 1
 * is FSRS. A failure through another item shows that a memory is weaker, and refreshes nothing: the time stays.
 */
function reviewed(model: FsrsModel, before: State, review: Review, isFirst: boolean): State {
  const { at, rating, weight: w = 1, through } = review
  const grade = GRADE[rating]
  const whole = isFirst
    ? { stability: firstStability(model, grade), difficulty: firstDifficulty(model, grade) }
    : wholeReview(model, before, wholeDays(before.last, at), grade)
  const refreshes = through === undefined || rating !== 'again'
  if (w === 1) return { ...whole, last: refreshes ? at : before.last }
  return {
    stability: before.stability * (whole.stability / before.stability) ** w,
    difficulty: before.difficulty + w * (whole.difficulty - before.difficulty),
    last: refreshes ? Math.ceil(before.last + w * Math.max(0, at - before.last)) : before.last,
  }
}

/** Parts of an item that passed on one evening: where they began, and how much of a whole they came to. */
interface Sitting {
  readonly at: number
  readonly base: State
  readonly used: number
}

/**
 * Parts of one evening all count from where it began, and together for one whole at most: else ten of them would multiply
 * a memory ten times for one long rest. A failure counts for itself.
 */
function inSitting(
  model: FsrsModel,
  before: State,
  review: Review,
  sitting: Sitting | null,
  isFirst: boolean,
): { state: State; sitting: Sitting | null } {
  const { at, rating, weight: w = 1 } = review
  if (rating === 'again' || (w === 1 && (sitting === null || sitting.used >= 1)))
    return { state: reviewed(model, before, review, isFirst), sitting: null }
  if (sitting === null || wholeDays(sitting.at, at) > 0)
    return {
      state: reviewed(model, before, review, isFirst),
      sitting: w === 1 ? null : { at, base: before, used: w },
    }
  const { base, used } = sitting
  const counts = Math.min(w, 1 - used)
  const grown = reviewed(model, base, { ...review, weight: counts }, false)
  return {
    state: {
      stability: before.stability * (grown.stability / base.stability),
      difficulty: before.difficulty + grown.difficulty - base.difficulty,
      last: Math.max(before.last, Math.ceil(base.last + (used + counts) * (at - base.last))),
    },
    sitting: { ...sitting, used: used + counts },
  }
}

/** A history, review by review, under some parameters. */
export function trace({ introduced, reviews }: History, parameters: readonly number[]): Trace[] {
  const model = modelFor(parameters)
  let state = seen(model, introduced)
  let sitting: Sitting | null = null
  let isFirst = true
  let before = -Infinity
  const traces: Trace[] = []
  for (const review of reviews) {
    invariant(review.at >= before, 'reviews come in the order of their time')
    before = review.at
    const { at, rating, weight = 1, through } = review
    if (weight <= 0) continue
    const days = wholeDays(state.last, at)
    const expected = isFirst ? null : recallAfter(model, days, state.stability)
    if (through !== undefined) state = reviewed(model, state, review, false)
    else {
      const next = inSitting(model, state, review, sitting, isFirst)
      state = next.state
      sitting = next.sitting
      isFirst = false
    }
    traces.push({ at, rating, weight, through, expected, days, ...state })
  }
  return traces
}

/**
 * The memory that a history leaves. Pure: the same history and settings give the same memory, so undoing an attempt is
 * scheduling the history without it.
 *
 * Stability and difficulty are always those of FSRS-6 (they say how likely recall is); the setting chooses who says when
 * an item comes back. Between two reviews whole days count, as in the data that FSRS was fitted to, rounded from the exact
 * time: the UTC calendar of ts-fsrs's cards would call 23:59 and 00:01 a day apart, and fractions of a day would let
 * twenty redraws of one evening pass for months of memory. `traces`: of this history under these parameters, where the
 * caller has them already.
 */
export function schedule(
  history: History,
  scheduling: Scheduling,
  traces: readonly Trace[] = trace(history, scheduling.parameters),
): Memory {
  const { introduced } = history
  const { parameters, scheduler, ladder } = scheduling
  const own = traces.filter(({ through }) => through === undefined)
  const model = modelFor(parameters)
  const start = seen(model, introduced)
  const { last, stability, difficulty } = traces.at(-1) ?? start
  const lastOwn = own.at(-1)
  const memory = { introduced, last, stability, difficulty, decay: -model.decay, reviews: own.length }
  const lapses = own.slice(1).filter(({ rating }) => rating === 'again').length
  const due = (): number => {
    if (scheduler === 'ladder') return ladderDue(history, ladder)
    if (lastOwn === undefined) return introduced + FIRST_RECALL_MS
    const days = Math.max(
      daysOf(scheduling, memory),
      ...worse(model, traces.at(-2) ?? start, traces.at(-1), own.length === 1).map((state) =>
        daysOf(scheduling, state),
      ),
    )
    // What was asked in part may be due for the rest at once; it waits for a day as everything does.
    return Math.max(lastOwn.at + DAY_MS, last + days * DAY_MS)
  }
  return { ...memory, lapses, due: due() }
}

const daysOf = ({ policy }: Scheduling, { stability, difficulty }: Omit<State, 'last'>): number =>
  Math.min(LONGEST_DAYS, Math.max(1, policy.intervalDays(stability, difficulty)))

/**
 * Where a worse rating of the last review would have left the item. After a recall that came early stability hardly grows, and
 * a lower difficulty alone would bring it back sooner: a better rating never does.
 */
function worse(
  model: FsrsModel,
  before: State,
  last: Trace | undefined,
  isFirst: boolean,
): Omit<State, 'last'>[] {
  if (last === undefined || last.through !== undefined || last.weight < 1) return []
  return RATINGS.slice(0, RATINGS.indexOf(last.rating)).map((rating) =>
    reviewed(model, before, { at: last.at, rating }, isFirst),
  )
}

const models = new WeakMap<readonly number[], FsrsModel>()

/** The model of a set of parameters, as long as somebody holds on to them. */
function modelFor(parameters: readonly number[]): FsrsModel {
  const known = models.get(parameters)
  if (known !== undefined) return known
  const made = modelOf(parameters)
  models.set(parameters, made)
  return made
}

/**
 * Probability of recall at a time (Unix ms), by FSRS-6's forgetting curve `R(t, S) = (1 + F·t/S)^−w20` under the learner's
 * parameters, with F such that `R(S, S) = 0.9`.
 */
export function recallNow({ last, stability, decay }: Recallable, at: number): number {
  const factor = 0.9 ** (-1 / decay) - 1
  return (1 + (factor * Math.max(0, at - last)) / DAY_MS / stability) ** -decay
}

type Recallable = Pick<Memory, 'last' | 'stability' | 'decay'>

/**
 * From when an item is offered. What rests a day or longer is offered from the start of the learner's day on which it
 * falls due, so that Today does not trickle in by the hour; but never before half of its interval has passed.
 * `startOfDay` gives the learner's midnight before a time. Times in Unix ms.
 */
export function opensAt(memory: Pick<Memory, 'due' | 'last'>, startOfDay: (at: number) => number): number {
  const interval = memory.due - memory.last
  if (interval < 20 * HOUR_MS) return memory.due
  return Math.min(memory.due, Math.max(startOfDay(memory.due), memory.last + Math.ceil(interval / 2)))
}
