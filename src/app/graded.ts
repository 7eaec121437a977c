import { type Diagram, parseDrawing } from '#domain/diagram/index.ts'
import {
  type Attempt,
  type Grade,
  type GradedElement,
  gradeAttempt,
  gradePart,
  lineName,
} from '#domain/grading/index.ts'
import type { AppealRecord, KeptGrade } from '#domain/progress/index.ts'
import type { Attempted } from './attempts.ts'

/** The grade of a recorded attempt by today's grader and content, with the appeals that it is to count. */
export function gradeAgain(
  diagram: Diagram,
  { payload }: Attempted,
  appeals: readonly Pick<AppealRecord, 'accepts'>[],
): Grade {
  const attempt = {
    drawing: parseDrawing(payload.drawing, diagram.item.form).drawing,
    answers: payload.answers,
    seconds: payload.seconds,
    par: ownPar(payload),
    appeals: appeals.flatMap(({ accepts }) => accepts ?? []),
  }
  return gradeAsked(diagram, attempt, askedBy(payload))
}

/** What an attempt asked: lines of the grade by their names, and their share of all points. */
export interface Asked {
  readonly asked: readonly string[] | null
  readonly share: number
}
export const WHOLE: Asked = { asked: null, share: 1 }

/** What a recorded attempt asked. */
export const askedBy = (payload: Attempted['payload']): Asked => ('asked' in payload ? payload : WHOLE)

/** The clock that the learner chose for an attempt; null where it was the drawing's own. */
export const ownPar = (payload: Attempted['payload']): number | null =>
  'par' in payload ? payload.par : null

/** The grade of what was asked: all of it, or a part. */
export const gradeAsked = (diagram: Diagram, attempt: Attempt, { asked, share }: Asked): Grade =>
  asked === null ? gradeAttempt(diagram, attempt) : gradePart(diagram, attempt, new Set(asked), share)

const LOST_MOST = 2000
const LINE_MOST = 500

/** What an event keeps of a grade: who made it and against what, its scores, and what lost points. */
export const keptOf = ({ item }: Diagram, grade: Grade): KeptGrade => ({
  revision: item.revision,
  grader: grade.grader,
  grade: {
    total: grade.total,
    structure: grade.structure.score,
    technical: grade.technical.score,
    context: grade.context.score,
    speed: grade.speed.score,
    proven: grade.proven,
  },
  lost: grade.elements
    .filter(({ verdict }) => verdict !== 'matched')
    .slice(0, LOST_MOST)
    .map((element) => `${element.verdict} ${nameOfElement(element)}`.slice(0, LINE_MOST)),
})

/** `node node:cache`: the kind of a line of the grade, and the element or the question that it is about. */
export const nameOfElement = (element: GradedElement): string => lineName(element).slice(0, LINE_MOST - 10)

/** Scores are exact to 1e-9; anything more is another grade. */
export const sameScores = (a: KeptGrade['grade'], b: KeptGrade['grade']): boolean =>
  (['total', 'structure', 'technical', 'context', 'speed'] as const).every(
    (part) => Math.abs(a[part] - b[part]) < 1e-6,
  )
