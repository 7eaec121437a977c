import type { Form } from '#domain/diagram/index.ts'
import type { GradedElement, Verdict } from '#domain/grading/index.ts'
import type { MistakeKind } from '#domain/progress/index.ts'

/** The error log and the contrast drills, as pages and terminals are shown them. Times are ISO 8601 UTC. */

export interface MistakeNote {
  readonly at: string
  readonly kind: MistakeKind
  readonly cause: string
  readonly correction: string
}

/** One element of one diagram that attempts have lost. */
export interface MistakeView {
  readonly diagram: string
  readonly title: string
  /** As the lines of a grade name it: `node node:cache`. */
  readonly name: string
  readonly element: GradedElement['kind'] | 'mutation'
  /** As a person reads it: `CDN → Load balancer`, or the question of a fact. */
  readonly label: string
  readonly verdict: Verdict | 'missed'
  readonly kind: MistakeKind
  readonly suggested: MistakeKind
  /** Connections that were missing with it. */
  readonly took: number
  /** How often it was lost. */
  readonly times: number
  /** Newest first, on a page the last few; `line` is what a note is about. */
  readonly losses: readonly { readonly attempt: string; readonly at: string; readonly line: string }[]
  readonly note: MistakeNote | null
  readonly mended: string | null
  /** again: lost three times, or once more after it was right. */
  readonly standing: 'again' | 'open' | 'mended'
  /** When its diagram comes back; null where it is no longer scheduled. */
  readonly due: string | null
}

export interface MistakesView {
  /** By where they stand and then by when they were lost last; the newest ones where there are very many. */
  readonly mistakes: readonly MistakeView[]
  /** All of them. */
  readonly counts: Readonly<Record<MistakeView['standing'], number>>
  readonly confusions: readonly ConfusionView[]
}

/** Two things that were taken for each other. */
export interface ConfusionView {
  readonly expected: string
  readonly drawn: string
  readonly times: number
  readonly last: string
  /** seldom: fewer than three times; alone: no diagram shows the other one, so nothing can be set beside it. */
  readonly state: 'seldom' | 'due' | 'resting' | 'alone'
  readonly due: string | null
  /** Its drill's id; it says nothing of what it is about. */
  readonly drill: string | null
  readonly drills: number
}

/** One of the two drawings of a drill before it is answered: what is asked for is in none of its fields. */
export interface ContrastSide {
  readonly diagram: string
  readonly title: string
  readonly question: string
  readonly form: Form
  /** In the notation; blanks are nodes called `1`, `2` and so on. */
  readonly drawing: string
  readonly places: Readonly<Record<string, { readonly x: number; readonly y: number }>>
  readonly blanks: readonly { readonly number: number; readonly node: string }[]
  /** The blanks' connections are left out too, and asked for. */
  readonly connections: boolean
}

export interface ContrastView {
  readonly drill: string
  /** Two diagrams, or one that shows both things. */
  readonly sides: readonly ContrastSide[]
}

export interface ContrastInput {
  readonly drill: string
  /** In the order of the sides, each in the notation with its blanks named. */
  readonly drawings: readonly string[]
  readonly diagrams: readonly string[]
  readonly seconds: number | null
}

export interface ContrastResult {
  /** The drill's id, to take it back. */
  readonly drilled: string
  readonly asked: number
  readonly right: number
  readonly expected: string
  readonly drawn: string
  readonly sides: readonly {
    readonly diagram: string
    readonly title: string
    /** The reference with what was missed in it. */
    readonly svg: string
    readonly elements: readonly Pick<GradedElement, 'kind' | 'label' | 'verdict' | 'because'>[]
  }[]
  /** Each of the two: why it stands where it does, and what it is joined to. */
  readonly things: readonly ContrastThing[]
  /** When the pair comes back; null where it is no pair any more. */
  readonly due: string | null
}

export interface ContrastThing {
  readonly name: string
  readonly title: string
  /** The sentence of the walkthrough that shows it. */
  readonly says: string | null
  /** What sends to it and what it sends to, by name. */
  readonly from: readonly string[]
  readonly to: readonly string[]
}
