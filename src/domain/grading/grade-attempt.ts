import { type Diagram, type Drawing, isLinked, variantsOf } from '#domain/diagram/index.ts'
import { invariant } from '#lib/invariant.ts'
import { gradeContext, gradeFacts } from './answers.ts'
import { type Accepted, readAccepted } from './appeals.ts'
import { exact, partOf } from './element.ts'
import { type Answers, GRADER, type Grade, type Part } from './grade.ts'
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
  /** The seconds in which it still earns all of speed, where the learner chose them; else what the drawing's size gives. */
  readonly par?: number | null
  /** What the learner's appeals have won, as `appealFor` writes it. */
  readonly appeals?: readonly string[]
}

/** The same drawing, answers and time give the same grade, on any machine. */
export function gradeAttempt(diagram: Diagram, attempt: Attempt): Grade {
  const appeals = (attempt.appeals ?? []).flatMap((key) => readAccepted(key) ?? [])
  const { against, built, structure } = bestStructure(diagram, attempt.drawing, appeals)
  const technical = gradeFacts(diagram, attempt.answers, appeals)
  const context = gradeContext(diagram, attempt.answers, appeals)
  const speed = gradeSpeed(structure.score, attempt.seconds, attempt.par ?? parSeconds(diagram.drawing))
  return {
    grader: GRADER,
    total: exact(structure.score + technical.part.score + context.part.score + speed.part.score),
    structure,
    technical: technical.part,
    context: context.part,
    speed: speed.part,
    proven: built.proven,
    against,
    elements: [...built.elements, ...technical.elements, ...context.elements, ...speed.elements],
  }
}

/**
 * The structure against that of the reference's variants with which the drawing earns most; of equals the first, and
 * the reference itself comes first. What is right under the variant that was chosen still is when more is added, so
 * that the best of all falls as little as one of them alone. The steps of the search are shared among them.
 */
function bestStructure(diagram: Diagram, drawing: Drawing, appeals: readonly Accepted[]): Best {
  const variants = variantsOf(diagram)
  const effort = 1 / variants.length
  let best: Best | null = null
  let proven = true
  for (const { names, diagram: variant } of variants) {
    const built = gradeStructure(variant.drawing, drawing, readLabels(variant, appeals), effort)
    const structure = partOf(built.elements, STRUCTURE)
    proven &&= built.proven
    if (best === null || structure.score > best.structure.score) best = { against: names, built, structure }
  }
  invariant(best !== null, 'a diagram has its reference')
  return { ...best, built: { ...best.built, proven } }
}

interface Best {
  readonly against: readonly string[]
  readonly built: Structure
  readonly structure: Part
}

/** A drawing of another kind than the reference (a table for a graph) says nothing that could be graded. */
function gradeStructure(reference: Drawing, given: Drawing, labels: Labels, effort: number): Structure {
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
    ? gradeSequence(reference, drawing, labels, effort)
    : gradeGraph(reference, drawing, labels, effort)
}
