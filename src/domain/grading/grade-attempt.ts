import { type Diagram, type Drawing, isLinked } from '#domain/diagram/index.ts'
import { gradeContext, gradeFacts } from './answers.ts'
import { readAccepted } from './appeals.ts'
import { exact, partOf } from './element.ts'
import { type Answers, GRADER, type Grade } from './grade.ts'
import { gradeGraph } from './graph.ts'
import { type Labels, readLabels } from './labels.ts'
import { gradeMatrix } from './matrix.ts'
import { gradeSequence } from './sequence.ts'
import type { Structure } from './solved.ts'
import { gradeSpeed, parSeconds } from './speed.ts'
import { gradeTimeline } from './timeline.ts'
import { STRUCTURE } from './weights.ts'

export interface Attempt {
  readonly drawing: Drawing
  readonly answers: Answers
  /** From the first sight of the question to the end of the drawing; null where no clock ran. */
  readonly seconds: number | null
  /** What the learner's appeals have won, as `appealFor` writes it. */
  readonly appeals?: readonly string[]
}

/** The same drawing, answers and time give the same grade, on any machine. */
export function gradeAttempt(diagram: Diagram, attempt: Attempt): Grade {
  const appeals = (attempt.appeals ?? []).flatMap((key) => readAccepted(key) ?? [])
  const built = gradeStructure(diagram.drawing, attempt.drawing, readLabels(diagram, appeals))
  const structure = partOf(built.elements, STRUCTURE)
  const technical = gradeFacts(diagram, attempt.answers, appeals)
  const context = gradeContext(diagram, attempt.answers, appeals)
  const speed = gradeSpeed(structure.score, attempt.seconds, parSeconds(diagram.drawing))
  return {
    grader: GRADER,
    total: exact(structure.score + technical.part.score + context.part.score + speed.part.score),
    structure,
    technical: technical.part,
    context: context.part,
    speed: speed.part,
    proven: built.proven,
    elements: [...built.elements, ...technical.elements, ...context.elements, ...speed.elements],
  }
}

/** A drawing of another kind than the reference (a table for a graph) says nothing that could be graded. */
function gradeStructure(reference: Drawing, given: Drawing, labels: Labels): Structure {
  if (reference.form === 'timeline')
    return gradeTimeline(
      reference,
      given.form === 'timeline' ? given : { form: 'timeline', events: [] },
      labels,
    )
  if (reference.form === 'matrix') {
    const drawing = given.form === 'matrix' ? given : { form: 'matrix' as const, columns: [], rows: [] }
    return gradeMatrix(reference, drawing, labels)
  }
  const { form } = reference
  const drawing = isLinked(given) ? given : { form, nodes: [], edges: [], groups: [] }
  return reference.form === 'sequence'
    ? gradeSequence(reference, drawing, labels)
    : gradeGraph(reference, drawing, labels)
}
