import type { Rating } from '#domain/memory/index.ts'
import type { EventOf } from './events.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'

/**
 * Everything that is known of a learner: a fold over their events, plain JSON. Lists are in the order of (time, id), so
 * the same set of events gives the same state in whatever order they arrived. Times are Unix times in ms.
 */
export interface LearnerState {
  /** By the diagram's id. */
  readonly items: Readonly<Record<string, ItemRecord>>
  /** Ids of attempts that were undone. */
  readonly undone: Readonly<Record<string, true>>
  /** Other grades of an attempt, by its id, oldest first; what counts of them says `standingRegrade`. */
  readonly regrades: Readonly<Record<string, readonly RegradeRecord[]>>
  readonly regradesUndone: Readonly<Record<string, true>>
  /** By the appeal's id; a withdrawn one stays, with its mark in `withdrawn`. */
  readonly appeals: Readonly<Record<string, AppealRecord>>
  readonly withdrawn: Readonly<Record<string, true>>
  /** The last answer, by the attempt's id. */
  readonly mutations: Readonly<Record<string, MutationRecord>>
  /** Oldest first. */
  readonly fits: readonly FitRecord[]
  /** The last word about each thing lost, by `mistakeKey`. */
  readonly mistakes: Readonly<Record<string, MistakeRecord>>
  readonly drills: readonly DrillRecord[]
  readonly decks: Readonly<Record<string, DeckRecord>>
  /** By the card's id. */
  readonly answered: Readonly<Record<string, readonly CardAnswer[]>>
  /** The last change of each field. */
  readonly settings: { readonly [K in keyof Settings]?: Changed<Settings[K]> }
}

interface Stamped {
  readonly id: string
  readonly at: number
}

export interface ItemRecord {
  readonly learned: readonly LearnedRecord[]
  readonly attempts: readonly AttemptRecord[]
  /** Made in another program. */
  readonly reviews: readonly ReviewRecord[]
}

export interface LearnedRecord extends Stamped {
  readonly revision: number
}

export interface AttemptRecord extends Stamped {
  readonly revision: number
  readonly total: number
  readonly structure: number
  readonly speed: number
  readonly seconds: number | null
  readonly hints: number
  readonly grader: string
  /** The lines that lost points, as the event keeps them; null where it was recorded before they were kept. */
  readonly lost: readonly string[] | null
  /** What a partial redraw asked, by the same names; null for the whole diagram. */
  readonly asked: readonly string[] | null
  /** The share of the whole diagram's points that was asked. */
  readonly share: number
  /** The total that the learner expected. */
  readonly confidence: number | null
}

export interface ReviewRecord extends Stamped {
  readonly from: 'anki'
  readonly fact: string | null
  readonly rating: Rating
  readonly seconds: number | null
}

/** What an event `memory.fitted` says. */
export type FitRecord = Stamped & EventOf<'memory.fitted'>['payload']

export interface MistakeRecord extends Stamped {
  readonly attempt: string
  readonly lost: string
  readonly kind: 'conceptual' | 'procedural' | 'factual' | 'application'
  readonly cause: string
  readonly correction: string
}

export type DrillRecord = Stamped & EventOf<'contrast.drilled'>['payload']

export interface DeckRecord {
  readonly name: Changed<string> | null
  /** Cards that were imported before it are gone. */
  readonly removed: Stamped | null
  readonly cards: Readonly<Record<string, CardRecord>>
}

export interface CardRecord extends Stamped {
  /** When it was first imported, Unix time in ms. */
  readonly since: number
  readonly question: string
  readonly answer: string
  readonly tags: readonly string[]
}

export interface CardAnswer extends Stamped {
  readonly rating: Rating
  readonly seconds: number | null
  readonly from: 'atlas' | 'anki'
}

/** Its id is that of the event that brought it: a regrade, or an appeal. */
export interface RegradeRecord extends Stamped {
  readonly cause: 'regrade' | 'appeal'
  /** The appeals that it counts, by their ids. */
  readonly appeals: readonly string[]
  readonly revision: number
  readonly grader: string
  readonly total: number
  readonly structure: number
  readonly speed: number
  readonly lost: readonly string[]
}

export interface AppealRecord extends Stamped {
  readonly attempt: string
  readonly diagram: string
  readonly kind: string
  readonly label: string
  readonly given: string
  readonly says: string
  /** What it accepts, as grading reads it; null for words alone. */
  readonly accepts: string | null
}

export interface MutationRecord extends Stamped {
  readonly answer: string
  readonly mark: 'missed' | 'partly' | 'got-it'
}

export interface Changed<T> extends Stamped {
  readonly value: T
}

/** Raised whenever the fold gives another state: older snapshots are then thrown away. */
export const FOLD_VERSION = 'fold-3'

export const EMPTY_STATE: LearnerState = {
  items: {},
  undone: {},
  regrades: {},
  regradesUndone: {},
  appeals: {},
  withdrawn: {},
  mutations: {},
  fits: [],
  mistakes: {},
  drills: [],
  decks: {},
  answered: {},
  settings: {},
}

export const mistakeKey = (attempt: string, lost: string): string => `${attempt} ${lost}`

export const settingsOf = ({ settings }: LearnerState): Settings =>
  ({
    ...DEFAULT_SETTINGS,
    ...Object.fromEntries(Object.entries(settings).map(([field, changed]) => [field, changed.value])),
  }) as Settings

/** Attempts that count, oldest first, with the scores that count. */
export const standingAttempts = (state: LearnerState, diagram: string): readonly AttemptRecord[] =>
  (state.items[diagram]?.attempts ?? [])
    .filter((attempt) => !state.undone[attempt.id])
    .map((attempt) => asCounted(state, attempt))

/** The attempt with the scores that count: those of the regrade that stands, else its own. */
export function asCounted(state: LearnerState, attempt: AttemptRecord): AttemptRecord {
  const regrade = standingRegrade(state, attempt.id)
  if (regrade === null) return attempt
  const { total, structure, speed, lost } = regrade
  return { ...attempt, total, structure, speed, lost }
}

/**
 * The newest other grade of an attempt that was not undone and none of whose appeals is withdrawn, or null. Of two at
 * the same time the one that counts more appeals.
 */
export function standingRegrade(state: LearnerState, attempt: string): RegradeRecord | null {
  let best: RegradeRecord | null = null
  for (const one of state.regrades[attempt] ?? []) {
    if (state.regradesUndone[one.id] || one.appeals.some((appeal) => state.withdrawn[appeal])) continue
    const order = best === null ? 1 : one.at - best.at || one.appeals.length - best.appeals.length
    if (order >= 0) best = one
  }
  return best
}

/** The appeals that stand and count for an attempt: of the same diagram, made about it or about an earlier attempt. */
export function appealsFor(state: LearnerState, diagram: string, attempt: string): AppealRecord[] {
  const attempts = state.items[diagram]?.attempts ?? []
  const place = attempts.findIndex(({ id }) => id === attempt)
  // An attempt that is not known yet comes after all that are.
  const until = new Set((place < 0 ? attempts : attempts.slice(0, place + 1)).map(({ id }) => id))
  return Object.values(state.appeals)
    .filter(
      ({ id, accepts, diagram: about, attempt: first }) =>
        accepts !== null && about === diagram && until.has(first) && !state.withdrawn[id],
    )
    .sort(byTime)
}

/** Appeals that were not withdrawn, oldest first, with their ids. */
export const standingAppeals = (state: LearnerState): AppealRecord[] =>
  Object.values(state.appeals)
    .filter((appeal) => !state.withdrawn[appeal.id])
    .sort(byTime)

export const byTime = (a: Stamped, b: Stamped): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
