import type { Category } from '#domain/curriculum/index.ts'
import type { Drawing, ElementId, Form } from '#domain/diagram/index.ts'
import type { Answers, Grade } from '#domain/grading/index.ts'
import type { Confidence, Settings } from '#domain/progress/index.ts'
import type { KeptView } from './views-memory.ts'

/** What the pages and the command line are shown: plain JSON, one view a page. Times are ISO 8601 UTC. */

/** new: never learnt; due: to be recalled now; resting: due later. */
export type MemoryState = 'new' | 'due' | 'resting'

export interface DiagramCard {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly category: Category
  readonly form: Form
  readonly tier: number
  readonly complexity: number
  /** First study. */
  readonly minutes: number
  readonly state: MemoryState
  readonly due: string | null
  /** Probability of recall now; null while new. */
  readonly recall: number | null
}

/** What to do next: recall a diagram, learn one, or nothing. */
export type NextStep = { readonly action: 'recall' | 'learn'; readonly id: string } | null

export interface LibraryView {
  readonly diagrams: readonly DiagramCard[]
}

export interface SourceView {
  readonly title: string
  readonly author: string
  readonly year: number
  readonly where: string | null
  readonly url: string | null
}

export interface LearnStep {
  readonly says: string
  /** Everything to be seen at this step, and what of it is fresh. */
  readonly visible: readonly ElementId[]
  readonly fresh: readonly ElementId[]
}

export interface FadedElement {
  readonly element: ElementId
  /** What it is, and its first letter. */
  readonly hint: string
  /** Its name as it is shown, and everything that names it just as well. */
  readonly right: string
  readonly accept: readonly string[]
}

export interface LearnView {
  readonly card: DiagramCard
  /** The whole drawing: each element is a `<g data-el="…">`. */
  readonly svg: string
  readonly description: readonly string[]
  readonly steps: readonly LearnStep[]
  /** The faded redraw: a third of the drawing, to be named before it is shown. */
  readonly faded: readonly FadedElement[]
  readonly facts: readonly {
    readonly ask: string
    readonly right: string
    /** The formula, where the figure is derived from its sources. */
    readonly derived: string | null
    readonly asOf: string
    readonly sources: readonly SourceView[]
  }[]
  readonly context: readonly {
    readonly ask: string
    readonly accept: readonly string[]
    readonly sources: readonly SourceView[]
  }[]
}

/** The answerless view: what a client may hold before the attempt ends. */
export interface RecallView {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly category: Category
  readonly form: Form
  /** What the drawing's size gives, by the learner's settings. */
  readonly parSeconds: number
  readonly facts: readonly { readonly id: string; readonly ask: string }[]
  readonly context: readonly { readonly id: string; readonly ask: string }[]
  /** Where only what was weak needs to be asked; null where it is the turn of the whole. */
  readonly part: RecallPart | null
  /** Whether to ask, before the grade, what total the learner expects. */
  readonly asksConfidence: boolean
  readonly draft: Draft | null
}

/** A partial redraw: what is given, and how much is asked. It holds nothing of what is asked. */
export interface RecallPart {
  /** To be sent back with the attempt. */
  readonly key: string
  /** In the notation, with the places of its nodes. */
  readonly drawing: string
  readonly places: Readonly<Record<string, { readonly x: number; readonly y: number }>>
  readonly parSeconds: number
  /** How many elements of the drawing are asked; 0 where only questions are. */
  readonly elements: number
  /** The questions that are asked. */
  readonly facts: RecallView['facts']
  readonly context: RecallView['context']
}

/** What a learner sees of the mutation's answer before marking their own; nothing is recorded by looking. */
export interface MutationAnswer {
  readonly answer: string
  readonly because: string
}

/** Saved at each stroke. `drawing` is in the notation. */
export interface Draft {
  readonly drawing: string
  readonly places: Readonly<Record<string, { readonly x: number; readonly y: number }>>
  readonly answers: Answers
  /** Time drawing so far, with pauses taken out. */
  readonly seconds: number
  readonly hints: number
  /** The key of the partial redraw that this is; none for the whole diagram. */
  readonly part?: string | null
  /** The clock that the learner chose for this recall, in seconds; none where it is as it was shown. */
  readonly par?: number | null
  readonly stage: 'draw' | 'answer'
  readonly at: string
}

export type AttemptInput = Omit<Draft, 'stage' | 'at'>

export interface ResultView {
  readonly attempt: string
  readonly card: DiagramCard
  readonly at: string
  readonly seconds: number | null
  readonly parSeconds: number
  /** True where the learner chose the clock. */
  readonly isOwnPar: boolean
  readonly grade: Grade
  /** The share of the whole diagram's points that was asked; 1 for all of it. The grade is of what was asked. */
  readonly share: number
  /** The total that the learner expected before they saw it, of 100; null where they did not say. */
  readonly expected: number | null
  /** The ways to draw it that the reference then has, each with why it is as good; none where it stands as it is. */
  readonly against: readonly { readonly name: string; readonly says: string }[]
  /** How much of the total the learner's appeals have won. */
  readonly onAppeal: number
  /** The total that counts, where the grader or the diagram has changed since it was given; else null. */
  readonly recordedTotal: number | null
  /** The learner's drawing with the overlay, and the reference. */
  readonly overlaySvg: string
  readonly referenceSvg: string
  /** The overlay with what is missing put into it, dashed; null where nothing is. */
  readonly ghosts: {
    readonly svg: string
    /** What elements of the learner's drawing, and of the reference, are called in it. */
    readonly drawn: Readonly<Record<string, ElementId>>
    readonly reference: Readonly<Record<string, ElementId>>
    /** At least half of the reference was drawn: what is missing has something to stand beside. */
    readonly mostlyThere: boolean
  } | null
  readonly facts: readonly {
    readonly id: string
    readonly ask: string
    readonly given: string
    readonly right: string
    readonly correct: boolean
    /** The formula, where the figure is derived from its sources. */
    readonly derived: string | null
    readonly asOf: string
    readonly sources: readonly SourceView[]
  }[]
  readonly context: readonly {
    readonly id: string
    readonly ask: string
    readonly given: string
    readonly accepted: readonly string[]
    readonly correct: boolean
    readonly sources: readonly SourceView[]
  }[]
  /** When it comes back and why: `because` is the whole sentence, `why` the same without the day. */
  readonly comesBack: { readonly due: string; readonly because: string; readonly why: string }
  /** The answer is null until it was answered. */
  readonly mutation: {
    readonly ask: string
    readonly given: string | null
    readonly mark: 'missed' | 'partly' | 'got-it' | null
    readonly answer: string | null
    readonly because: string | null
  }
  /** Those that count for this attempt, and words about it. */
  readonly appeals: readonly {
    readonly id: string
    readonly kind: string
    readonly label: string
    readonly says: string
    /** What it accepts, in words; null for words alone. */
    readonly accepts: string | null
    /** The line of the grade that it is about, by its place among the elements, or null. */
    readonly element: number | null
  }[]
  readonly undone: boolean
  readonly next: NextStep
}

export interface ProgressView {
  /** Over all introduced items; null while there are none. */
  readonly meanRecall: number | null
  readonly kept: KeptView
  readonly confidence: Confidence
  readonly introduced: number
  readonly total: number
  readonly forecast: readonly { readonly day: string; readonly due: number }[]
  readonly attemptsByDay: readonly { readonly day: string; readonly attempts: number }[]
  readonly gradeByForm: readonly { readonly form: Form; readonly mean: number; readonly attempts: number }[]
  readonly recent: readonly {
    readonly attempt: string
    readonly id: string
    readonly title: string
    readonly at: string
    readonly total: number
    /** Only what was weak was asked, and the total is of that. */
    readonly part: boolean
    readonly undone: boolean
  }[]
}

/** For type-ahead: the whole field and every diagram's own names, with no word of which diagram. */
export interface VocabularyView {
  readonly concepts: readonly {
    readonly id: string
    readonly name: string
    readonly kind: string
    readonly layer: string
    readonly icon: string | null
    readonly aliases: readonly string[]
    /** False for a name that only some diagram gives. */
    readonly field: boolean
  }[]
}

/** An appeal that stands. */
export interface AppealView {
  readonly id: string
  readonly at: string
  readonly attempt: string
  readonly diagram: string
  readonly title: string
  readonly kind: string
  readonly label: string
  readonly given: string
  readonly says: string
  /** What it accepts, in words: `“token ring” counts as Ring`; null for words alone, which change no grade. */
  readonly accepts: string | null
}

/** What an appeal would do: totals of 100. Where it accepts nothing, it is kept as words. */
export interface AppealPreview {
  readonly accepts: boolean
  readonly before: number
  readonly after: number
  /** Why nothing could be accepted, in a sentence; empty where something is. */
  readonly because: string
}

/** What learners' appeals suggest to whoever keeps the content, by diagram. */
export interface AppealSuggestion {
  readonly diagram: string
  readonly sort: 'alias' | 'accept' | 'cell' | 'edge' | 'fact' | 'context' | 'words'
  /** What it is for: a concept's id, a label of the reference, a fact or slot, or the element as the grade showed it. */
  readonly of: string
  readonly given: string
  readonly times: number
  readonly says: readonly string[]
}

type Scores = {
  readonly [K in 'total' | 'structure' | 'technical' | 'context' | 'speed']: number
}

/** An attempt that today's grader, content and appeals grade otherwise. */
export interface RegradeChange {
  readonly attempt: string
  readonly id: string
  readonly title: string
  readonly at: string
  readonly before: Scores
  readonly after: Scores
  /** Why it may differ, and which parts do: a sentence each. */
  readonly because: string
  readonly parts: readonly string[]
  /** The elements that are judged otherwise; null where the attempt was recorded before its evidence was kept. */
  readonly changed:
    | readonly {
        readonly kind: string
        readonly label: string
        readonly was: string
        readonly now: string
        readonly because: string
      }[]
    | null
}

export interface RegradeView {
  readonly grader: string
  /** Attempts that were graded anew. */
  readonly checked: number
  readonly changes: readonly RegradeChange[]
  /** The last regrade that was applied, which can be taken back; else null. */
  readonly last: { readonly at: string; readonly attempts: number } | null
}

export interface SettingsView {
  readonly settings: Settings
  /** How many diagrams each tier has, lowest first. */
  readonly tiers: readonly { readonly tier: number; readonly diagrams: number }[]
  readonly appeals: readonly AppealView[]
  readonly learner: string
  readonly dataFolder: string
}

/** Every failure that a page or a terminal is told of; a fault is one that nobody foresaw. */
export interface Problem {
  readonly code: 'not-found' | 'bad-input' | 'storage' | 'fault'
  readonly message: string
  /** What to do next. */
  readonly mend: string
}

/** A diagram in words, for a terminal or another program. */
export interface ShowView {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly category: Category
  readonly form: Form
  readonly tier: number
  readonly complexity: number
  readonly minutes: number
  readonly needs: readonly string[]
  readonly revision: number
  readonly notation: string
  readonly drawing: Drawing
  /** One sentence an element. */
  readonly description: readonly string[]
  readonly walkthrough: readonly string[]
  readonly facts: readonly {
    readonly id: string
    readonly ask: string
    readonly right: string
    readonly derived: string | null
    readonly asOf: string
    readonly sources: readonly SourceView[]
  }[]
  readonly context: readonly {
    readonly id: string
    readonly ask: string
    readonly accepted: readonly string[]
    readonly sources: readonly SourceView[]
  }[]
  readonly mutation: { readonly ask: string; readonly answer: string; readonly because: string }
}

export interface CatalogueView {
  readonly counts: {
    readonly category: Readonly<Record<string, number>>
    readonly form: Readonly<Record<string, number>>
    readonly tier: Readonly<Record<string, number>>
  }
  readonly ids: readonly string[]
}
