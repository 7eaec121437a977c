import type { ElementId } from '#domain/diagram/index.ts'

/** Raised whenever the same attempt could get another grade; recorded with each attempt. */
export const GRADER = '3'

/**
 * How one element fared. `wrong`: the right place with another label, or a wrong answer; `reversed`: the arrow points
 * the other way; `extra`: drawn, but not in the reference.
 */
export type Verdict = 'matched' | 'missing' | 'extra' | 'wrong' | 'reversed'

export interface GradedElement {
  readonly kind:
    | 'node'
    | 'edge'
    | 'group'
    | 'message'
    | 'event'
    | 'order'
    | 'row'
    | 'column'
    | 'cell'
    | 'fact'
    | 'context'
    | 'speed'
  /** As a person reads it: `CDN → Load balancer`, or the question of a fact. */
  readonly label: string
  readonly verdict: Verdict
  readonly points: number
  /** What it could have earned. Over a part of the grade, `of` adds up to the part's maximum and `points` to its score. */
  readonly of: number
  /** Why, in one sentence. */
  readonly because: string
  readonly reference: ElementId | null
  readonly drawn: ElementId | null
  /** For facts and context: its id, what was answered and what is right. */
  readonly answer?: { readonly id: string; readonly given: string; readonly right: string }
}

export interface Part {
  readonly score: number
  readonly max: number
}

/** Points are exact to 1e-9; people see them rounded to one decimal. */
export interface Grade {
  readonly grader: string
  readonly total: number
  readonly structure: Part
  readonly technical: Part
  readonly context: Part
  readonly speed: Part
  /** False where the best mapping could not be proven within its bound of steps. */
  readonly proven: boolean
  /** The content's alternatives that the drawing was graded against; none where it was the reference as it stands. */
  readonly against: readonly string[]
  readonly elements: readonly GradedElement[]
}

/** What a learner answered, by the id of the fact and by the slot of the context. */
export interface Answers {
  readonly facts: Readonly<Record<string, string>>
  readonly context: Readonly<Record<string, string>>
}
