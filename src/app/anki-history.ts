import { DAY_MS, type History, type Memory, type Rating, schedule, trace } from '#domain/memory/index.ts'
import {
  histories,
  type LearnerState,
  parametersOf,
  ratingOfAttempt,
  standingAttempts,
  targetOf,
} from '#domain/progress/index.ts'
import { fnv1a64 } from '#lib/hash.ts'
import { uuidv7 } from '#lib/ids.ts'
import type { Learner } from './learner.ts'
import type { AnkiMemory, AnkiReview, World } from './ports.ts'
import { schedulingFor } from './scheduling.ts'

/** What Anki calls a diagram, or one of its facts: the guid of its note, from which both are found again. */
export interface Exported {
  readonly diagram: string
  readonly fact: string | null
}

export const guidOf = ({ diagram, fact }: Exported): string =>
  fact === null ? `atlas:${diagram}` : `atlas:${diagram}#${fact}`

/** Null for a note that Atlas did not write. */
export function exportedOf(guid: string): Exported | null {
  const match = /^atlas:([a-z]+\/[a-z0-9-]{1,150})(?:#([a-z0-9-]{1,80}))?$/.exec(guid)
  return match === null ? null : { diagram: match[1] ?? '', fact: match[2] ?? null }
}

export const EASE: Readonly<Record<Rating, AnkiReview['ease']>> = { again: 1, hard: 2, good: 3, easy: 4 }
export const RATINGS: Readonly<Record<AnkiReview['ease'], Rating>> = {
  1: 'again',
  2: 'hard',
  3: 'good',
  4: 'easy',
}

/**
 * The mark of a line that Atlas wrote into Anki's log: the last three digits of its time and of its duration follow from
 * the note and the second. Anki keeps both for ever, so the line is known again on every machine, whoever has the log of
 * Atlas; one of Anki's own has that mark once in a million.
 */
function markOf(guid: string, second: number): { readonly id: number; readonly duration: number } {
  const hash = BigInt(`0x${fnv1a64(`${guid} ${second}`)}`)
  return { id: Number(hash % 1000n), duration: Number((hash / 1000n) % 1000n) }
}

export function isOurs(guid: string, { id, milliseconds }: Pick<AnkiReview, 'id' | 'milliseconds'>): boolean {
  const mark = markOf(guid, Math.floor(id / 1000))
  return id % 1000 === mark.id && milliseconds % 1000 === mark.duration
}

/** An id that follows from the other program's own: the same review is the same event, on every machine. */
export function importedId(guid: string, ord: number, id: number): string {
  const hex = ['one', 'two'].map((half) => fnv1a64(`${half} ${guid} ${ord} ${id}`)).join('')
  const bytes = Array.from({ length: 10 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
  return uuidv7(id, Uint8Array.from(bytes))
}

/** One answer, as the log will have it. */
interface Answered {
  readonly at: number
  readonly rating: Rating
  readonly seconds: number | null
  /** It came from Anki, so it has its time there to the millisecond. */
  readonly isFromAnki: boolean
}

/** The reviews of a diagram, or of one of its facts, that Anki has a word for: those that asked all of it. */
function answersOf(state: LearnerState, { diagram, fact }: Exported): Answered[] {
  const elsewhere = (state.items[diagram]?.reviews ?? [])
    .filter((review) => review.fact === fact && !state.undone[review.id])
    .map(({ at, rating, seconds }) => ({ at, rating, seconds, isFromAnki: true }))
  if (fact !== null) return elsewhere
  const here = standingAttempts(state, diagram)
    .filter(({ asked }) => asked === null)
    .map((attempt) => ({
      at: attempt.at,
      rating: ratingOfAttempt(attempt),
      seconds: attempt.seconds,
      isFromAnki: false,
    }))
  return [...elsewhere, ...here].sort((a, b) => a.at - b.at)
}

/** What happened to everything that is exported, and how it is scheduled. */
export interface Histories {
  of(exported: Exported): History | null
  memoryOf(exported: Exported): Memory | null
  /** Of the review log; empty where there is none. Ids are taken once for all cards of a package. */
  reviewsOf(exported: Exported): AnkiReview[]
}

export function ankiHistories({ catalogue }: Pick<World, 'catalogue'>, learner: Learner): Histories {
  const { state, settings } = learner
  const all = histories(state, catalogue.items)
  const { parameters } = parametersOf(state)
  const taken = new Set<number>()
  const schedulingOf = ({ diagram }: Exported) => {
    const tier = catalogue.items.get(diagram)?.tier ?? 1
    return schedulingFor(learner, targetOf(settings, tier))
  }
  const of = (exported: Exported): History | null => {
    if (exported.fact === null) return all.get(exported.diagram) ?? null
    const reviews = answersOf(state, exported).map(({ at, rating }) => ({ at, rating }))
    return reviews[0] === undefined ? null : { introduced: reviews[0].at, reviews }
  }
  return {
    of,
    memoryOf(exported) {
      if (exported.fact === null) return learner.memories.get(exported.diagram) ?? null
      const history = of(exported)
      return history === null ? null : schedule(history, schedulingOf(exported))
    },
    reviewsOf(exported) {
      const history = of(exported)
      if (history === null) return []
      const traced = trace(history, parameters)
      let lastIntervalDays = 0
      // A clock that ran ahead has recorded days to come, and Anki's log ends today.
      const answers = answersOf(state, exported).filter(({ at }) => at <= learner.now)
      return answers.map((answer, i): AnkiReview => {
        const reviews = history.reviews.filter(({ at }) => at <= answer.at)
        const { due } = schedule({ ...history, reviews }, schedulingOf(exported))
        const intervalDays = Math.max(1, Math.round((due - answer.at) / DAY_MS))
        const line = {
          ...keyOf(guidOf(exported), answer, taken),
          ease: EASE[answer.rating],
          isFirst: i === 0,
          intervalDays,
          lastIntervalDays,
          difficulty: traced.findLast(({ at }) => at <= answer.at)?.difficulty ?? 5,
        }
        lastIntervalDays = intervalDays
        return line
      })
    },
  }
}

function keyOf(
  guid: string,
  { at, seconds, isFromAnki }: Answered,
  taken: Set<number>,
): Pick<AnkiReview, 'id' | 'milliseconds'> {
  const exact = { id: at, milliseconds: Math.round((seconds ?? 0) * 1000) }
  if (isFromAnki && !taken.has(at)) {
    taken.add(at)
    return exact
  }
  for (let second = Math.floor(at / 1000); ; second++) {
    const mark = markOf(guid, second)
    const id = second * 1000 + mark.id
    if (taken.has(id)) continue
    taken.add(id)
    return { id, milliseconds: Math.floor(seconds ?? 0) * 1000 + mark.duration }
  }
}

/**
 * The recall at which one item comes back in Anki, for a mean over all: between two reviews recall falls from 1 to it, a
 * little faster at first. Within what Anki's own slider takes.
 */
export const desiredRetention = (meanRecall: number): number =>
  Math.min(0.97, Math.max(0.7, Math.round((1 - (1 - meanRecall) / 0.525) * 1000) / 1000))

/** Days are the learner's own, counted from day zero; null for what was never recalled: there it is a new card. */
export function ankiMemory(
  memory: Memory | null,
  retention: number,
  now: number,
  dayOf: (at: number) => number,
): AnkiMemory | null {
  if (memory === null || memory.reviews === 0) return null
  const { last, due, stability, difficulty, decay, reviews, lapses } = memory
  return {
    last: Math.min(last, now),
    due: dayOf(due),
    intervalDays: Math.max(1, Math.round((due - last) / DAY_MS)),
    stability,
    difficulty,
    decay,
    desiredRetention: retention,
    reviews,
    lapses,
  }
}
