import { DEFAULT_SETTINGS, type Settings } from './events.ts'

/**
 * Everything that is known of a learner: a fold over their events, plain JSON. Lists are in the order of (time, id), so
 * the same set of events gives the same state in whatever order they arrived. Times are Unix times in ms.
 */
export interface LearnerState {
  /** By the diagram's id. */
  readonly items: Readonly<Record<string, ItemRecord>>
  /** Ids of attempts that were undone. */
  readonly undone: Readonly<Record<string, true>>
  /** By the appeal's id; a withdrawn one stays, with its mark in `withdrawn`. */
  readonly appeals: Readonly<Record<string, AppealRecord>>
  readonly withdrawn: Readonly<Record<string, true>>
  /** The last answer, by the attempt's id. */
  readonly mutations: Readonly<Record<string, MutationRecord>>
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
}

export interface AppealRecord extends Stamped {
  readonly attempt: string
  readonly diagram: string
  readonly kind: string
  readonly label: string
  readonly given: string
  readonly says: string
}

export interface MutationRecord extends Stamped {
  readonly answer: string
  readonly mark: 'missed' | 'partly' | 'got-it'
}

export interface Changed<T> extends Stamped {
  readonly value: T
}

/** Raised whenever the fold gives another state: older snapshots are then thrown away. */
export const FOLD_VERSION = 'fold-1'

export const EMPTY_STATE: LearnerState = {
  items: {},
  undone: {},
  appeals: {},
  withdrawn: {},
  mutations: {},
  settings: {},
}

export const settingsOf = ({ settings }: LearnerState): Settings => ({
  scheduler: settings.scheduler?.value ?? DEFAULT_SETTINGS.scheduler,
  targetRecall: settings.targetRecall?.value ?? DEFAULT_SETTINGS.targetRecall,
  newPerDay: settings.newPerDay?.value ?? DEFAULT_SETTINGS.newPerDay,
  theme: settings.theme?.value ?? DEFAULT_SETTINGS.theme,
})

/** Attempts that count, oldest first. */
export const standingAttempts = (state: LearnerState, diagram: string): readonly AttemptRecord[] =>
  (state.items[diagram]?.attempts ?? []).filter((attempt) => !state.undone[attempt.id])

/** Appeals that were not withdrawn, oldest first, with their ids. */
export const standingAppeals = (state: LearnerState): AppealRecord[] =>
  Object.values(state.appeals)
    .filter((appeal) => !state.withdrawn[appeal.id])
    .sort(byTime)

export const byTime = (a: Stamped, b: Stamped): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
