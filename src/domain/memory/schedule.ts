import { FSRSAlgorithm, type FSRSState, forgetting_curve } from 'ts-fsrs'
import { invariant } from '#lib/invariant.ts'
import { ladderDue } from './ladder.ts'
import { DAY_MS, FIRST_RECALL_MS, type History, HOUR_MS, type Memory, type Scheduling } from './memory.ts'
import type { Rating } from './rating.ts'

/** ts-fsrs counts its grades from 1. */
const GRADE: Readonly<Record<Rating, number>> = { again: 1, hard: 2, good: 3, easy: 4 }

const algorithms = new Map<number, FSRSAlgorithm>()

/** FSRS-6 with its default parameters; no fuzz, no same-day steps (docs/memory.md). One instance a target. */
function fsrs(targetRecall: number): FSRSAlgorithm {
  const known = algorithms.get(targetRecall)
  if (known) return known
  const made = new FSRSAlgorithm({
    request_retention: targetRecall,
    enable_fuzz: false,
    enable_short_term: false,
    learning_steps: [],
    relearning_steps: [],
  })
  algorithms.set(targetRecall, made)
  return made
}

/**
 * The memory that a history leaves. Pure: the same history and settings give the same memory, so undoing an attempt is
 * scheduling the history without it.
 *
 * Stability and difficulty are always those of FSRS-6 (they say how likely recall is); the setting chooses who says when
 * an item comes back. Between two reviews whole days count, as in the data that FSRS was fitted to, rounded from the exact
 * time: the UTC calendar of ts-fsrs's cards would call 23:59 and 00:01 a day apart, and fractions of a day would let
 * twenty redraws of one evening pass for months of memory.
 */
export function schedule(history: History, scheduling: Scheduling): Memory {
  const algorithm = fsrs(scheduling.targetRecall)
  let state: FSRSState | null = null
  let last = history.introduced
  let lapses = 0
  for (const review of history.reviews) {
    invariant(review.at >= last || state === null, 'reviews come in the order of their time')
    const elapsed = Math.round(Math.max(0, review.at - last) / DAY_MS)
    if (state !== null && review.rating === 'again') lapses++
    state = algorithm.next_state(state, elapsed, GRADE[review.rating])
    last = review.at
  }
  // Seen but never recalled: remembered no better than after a hard first recall.
  const now: FSRSState = state ?? algorithm.next_state(null, 0, GRADE.hard)
  return {
    introduced: history.introduced,
    last,
    stability: now.stability,
    difficulty: now.difficulty,
    reviews: history.reviews.length,
    lapses,
    due: dueOf(history, scheduling, now, last),
  }
}

function dueOf(history: History, scheduling: Scheduling, state: FSRSState, last: number): number {
  if (scheduling.scheduler === 'ladder') return ladderDue(history)
  if (history.reviews.length === 0) return last + FIRST_RECALL_MS
  return last + fsrs(scheduling.targetRecall).next_interval(state.stability, 0) * DAY_MS
}

/**
 * Probability of recall at a time (Unix ms), by FSRS-6's forgetting curve
 * `R(t, S) = (1 + F·t/S)^−w20`, with F such that `R(S, S) = 0.9`.
 */
export function recallNow(memory: Memory, at: number): number {
  const { w } = fsrs(0.9).parameters
  return forgetting_curve(w, Math.max(0, at - memory.last) / DAY_MS, memory.stability)
}

/**
 * From when an item is offered. What rests a day or longer is offered from the start of the learner's day on which it
 * falls due, so that Today does not trickle in by the hour; but never before half of its interval has passed.
 * `startOfDay` gives the learner's midnight before a time. Times in Unix ms.
 */
export function opensAt(memory: Memory, startOfDay: (at: number) => number): number {
  const interval = memory.due - memory.last
  if (interval < 20 * HOUR_MS) return memory.due
  return Math.min(memory.due, Math.max(startOfDay(memory.due), memory.last + interval / 2))
}
