import type { Concept, DiagramItem, Source } from '#domain/curriculum/index.ts'
import type { Diagram } from '#domain/diagram/index.ts'
import type { FitSequence } from '#domain/memory/index.ts'
import type { LearnerEvent } from '#domain/progress/index.ts'
import type { Result } from '#lib/result.ts'

/** What the outside must provide to the use cases. */

export interface Catalogue {
  /** Every item with its drawing still text: what lists need. */
  readonly items: ReadonlyMap<string, DiagramItem>
  /** The same with their drawings parsed, each when it is first asked for. */
  readonly diagrams: ReadonlyMap<string, Diagram>
  /** The field's concepts, without the names of single diagrams. */
  readonly concepts: ReadonlyMap<string, Concept>
  readonly sources: ReadonlyMap<string, Source>
  readonly icons: Readonly<
    Record<string, { readonly body: string; readonly width: number; readonly height: number }>
  >
  /** The baked layout of a diagram as its file holds it, or null where there is none. */
  bakedLayout(id: string): unknown
}

export interface StoreProblem {
  /** newer: written by a later version of Atlas than this one; clash: see `EventStore.append`. */
  readonly code: 'full' | 'read-only' | 'locked' | 'damaged' | 'unreachable' | 'newer' | 'clash'
  /** What is wrong, in a sentence. */
  readonly message: string
  /** What to do next, in a sentence. */
  readonly mend: string
  /** Of a clash: the event's id. */
  readonly event?: string
}

/**
 * The log of learners' events. Appending is one transaction: all of the events or none, durable when it returns. An
 * event that is there already is skipped (a set union), so every append may be repeated. An id that is there with other
 * content is a `clash`, and refuses all that came with it: events never change, so one of the two would be lost.
 */
export interface EventStore {
  append(events: readonly LearnerEvent[]): Promise<Result<{ added: number }, StoreProblem>>
  /**
   * Events of one learner in the order of their ids, after the given position (from 0) in the log. Positions grow with
   * each append, so nothing that is committed later hides behind a position that was read before.
   */
  read(
    learner: string,
    after?: number,
  ): Promise<Result<{ events: LearnerEvent[]; position: number }, StoreProblem>>
  /** One event by its id; null where the learner has none. */
  find(learner: string, id: string): Promise<Result<LearnerEvent | null, StoreProblem>>
  /** A fold's state that can always be thrown away; null when there is none of this version. */
  snapshot(learner: string, version: string): Promise<{ position: number; state: string } | null>
  saveSnapshot(learner: string, version: string, position: number, state: string): Promise<void>
  /** An attempt in the middle: not history, replaced at each stroke, gone when the attempt ends. */
  draft(learner: string, diagram: string): Promise<Result<string | null, StoreProblem>>
  drafts(learner: string): Promise<Result<{ diagram: string; body: string }[], StoreProblem>>
  saveDraft(learner: string, diagram: string, body: string | null): Promise<Result<void, StoreProblem>>
  close(): Promise<void>
}

/** Paints an SVG that stands alone as a PNG, at twice its size. */
export type Paint = (
  svg: string,
) => Promise<Result<Uint8Array, { readonly message: string; readonly mend: string }>>

/**
 * Fits the 21 parameters of FSRS-6 to whole recalls, beside everything else that runs: nobody waits for it. `onProgress`
 * is told the share that is done, 0 to 1. A signal that aborts ends it at once, without a trace.
 */
export type FitParameters = (
  sequences: readonly FitSequence[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
) => Promise<Result<FittedParameters, { readonly message: string; readonly mend: string }>>

export interface FittedParameters {
  readonly parameters: readonly number[]
  /** What made them: library and version. */
  readonly optimizer: string
}

export interface Clock {
  /** Unix time in ms. */
  now(): number
}

export interface Ids {
  /** A new UUID version 7. */
  next(): string
}

/** Everything a use case may reach. */
export interface World {
  readonly catalogue: Catalogue
  readonly store: EventStore
  readonly clock: Clock
  readonly ids: Ids
  readonly learner: string
  /** The learner's time zone, as the IANA names it: days begin at its midnight. */
  readonly timeZone: string
  /** Runs ELK on a graph of its JSON format; loaded only when a drawing has no places. */
  readonly runElk: (graph: unknown) => Promise<unknown>
  readonly fitParameters: FitParameters
}

/**
 * A package of Anki that is to be written. What stands in Anki's tables follows from it: ids from the guids and names, so
 * that an update meets what it updates. Times are Unix times in ms.
 */
export interface AnkiExport {
  readonly now: number
  /** The learner's midnight from which `due` counts days. */
  readonly dayZero: number
  readonly preset: {
    readonly name: string
    readonly parameters: readonly number[]
    readonly desiredRetention: number
  }
  readonly noteTypes: readonly AnkiNoteType[]
  readonly notes: readonly AnkiNote[]
  /** Texts by their file names. */
  readonly media: ReadonlyMap<string, string>
}

export interface AnkiNoteType {
  readonly name: string
  /** Of its fields the first is the one that Anki sorts by and finds doubles with. */
  readonly fields: readonly string[]
  /** Templates of the one card, with `{{Field}}`. */
  readonly front: string
  readonly back: string
  readonly css: string
}

/** A note with its one card. */
export interface AnkiNote {
  readonly guid: string
  readonly noteType: string
  /** `Atlas::Patterns`; the decks above it are made too. */
  readonly deck: string
  /** HTML, in the order of the note type's fields. */
  readonly fields: readonly string[]
  /** Without spaces. */
  readonly tags: readonly string[]
  /** Null for a new card. */
  readonly memory: AnkiMemory | null
  /** Oldest first. */
  readonly reviews: readonly AnkiReview[]
}

export interface AnkiMemory {
  readonly last: number
  /** Days after day zero. */
  readonly due: number
  readonly intervalDays: number
  readonly stability: number
  readonly difficulty: number
  readonly decay: number
  readonly desiredRetention: number
  readonly reviews: number
  readonly lapses: number
}

/** A line of Anki's review log. */
export interface AnkiReview {
  /** When it was answered, in ms; the log's key, so no two are the same. */
  readonly id: number
  /** again, hard, good, easy. */
  readonly ease: 1 | 2 | 3 | 4
  readonly milliseconds: number
  readonly isFirst: boolean
  readonly intervalDays: number
  readonly lastIntervalDays: number
  readonly difficulty: number
}

/** What a package of Anki holds, as plain text: a card is what its template makes of its note. */
export interface AnkiCollection {
  readonly cards: readonly AnkiCard[]
  /** Answers alone: no rescheduling by hand. In the order of their ids. */
  readonly answers: readonly AnkiAnswer[]
}

export interface AnkiCard {
  readonly guid: string
  /** Which of the note's cards. */
  readonly ord: number
  /** `Spanish::Verbs`. */
  readonly deck: string
  readonly question: string
  readonly answer: string
  readonly tags: readonly string[]
  /** Pictures and sounds that stand in it, and are left out of its text. */
  readonly leftOut: number
}

export type AnkiAnswer = Pick<AnkiCard, 'guid' | 'ord'> & Pick<AnkiReview, 'id' | 'ease' | 'milliseconds'>

/** Reads and writes packages of Anki (`.apkg`). */
export interface AnkiPackages {
  write(pack: AnkiExport): Uint8Array
  read(bytes: Uint8Array): Result<AnkiCollection, { readonly message: string; readonly mend: string }>
}
