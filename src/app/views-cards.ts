import type { Rating } from '#domain/memory/index.ts'

/** What is shown of private question cards, and of what an import brings. Times are ISO 8601 UTC. */

export interface CardsView {
  /** The one to answer now; null where none is waiting. */
  readonly card: QuestionCard | null
  readonly due: number
  /** New ones, within the day's share. */
  readonly fresh: number
  readonly minutes: number
  readonly doneToday: number
  /** When the next one comes back, where none is waiting. */
  readonly nextDue: string | null
  readonly decks: readonly DeckView[]
}

/** The learner rates it alone, so its answer comes with it: no grade is at stake. */
export interface QuestionCard {
  readonly id: string
  readonly deck: string
  readonly question: string
  readonly answer: string
  readonly isNew: boolean
  /** When it comes back after each rating, in words: `24 November`. */
  readonly back: Readonly<Record<Rating, string>>
}

export interface DeckView {
  readonly id: string
  readonly name: string
  readonly cards: number
  readonly due: number
  /** Never answered. */
  readonly fresh: number
}

/** What a package brings, or would bring. */
export interface ImportView {
  /** Of diagrams and facts that Atlas exported. */
  readonly reviews: {
    readonly added: number
    readonly known: number
    /** Lines that Atlas itself had written into the package. */
    readonly ours: number
    readonly diagrams: number
    readonly facts: number
    /** Of diagrams or facts that are not in the library. */
    readonly strange: number
  }
  readonly decks: readonly {
    readonly name: string
    readonly cards: number
    /** Of them, new or with other words than before. */
    readonly changed: number
    readonly answers: number
    /** Pictures and sounds that stand as words in their place. */
    readonly leftOut: number
  }[]
  /** Answers at a time that cannot be: before there was Anki, or in the future. */
  readonly outOfTime: number
  /** Events that were recorded, or would be. */
  readonly events: number
}
