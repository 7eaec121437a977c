import { type Diagram, type ElementId, parseDrawing, variantNamed } from '#domain/diagram/index.ts'
import { appealFor, type Claim, type Grade, type GradedElement, whyNoAppeal } from '#domain/grading/index.ts'
import { type AppealRecord, appealsFor, standingAppeals } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { type Attempted, findAttempt } from './attempts.ts'
import { findDiagram } from './diagrams.ts'
import { gradeAgain, keptOf, sameScores } from './graded.ts'
import { type Learner, loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { type Happening, recordAll } from './record.ts'
import { result } from './result.ts'
import type { AppealPreview, Problem, ResultView } from './views.ts'

export interface AppealInput {
  readonly attempt: string
  /** The element's kind and label as the grade showed them, and what the learner had in its place. */
  readonly kind: string
  readonly label: string
  readonly given: string
  readonly says: string
  /** What belongs together, where the grade did not pair it: the drawn element stands for that of the reference. */
  readonly drawn?: string | null | undefined
  readonly reference?: string | null | undefined
}

/**
 * "I think I am right": what it accepts counts at once, for this attempt and for every later one of the diagram. What
 * nothing could be made of is kept as words, for whoever keeps the names and answers of the content. Saying the same
 * again about the same element is saying it once.
 */
export async function appeal(world: World, input: AppealInput): Promise<Result<ResultView, Problem>> {
  const heard = await hear(world, input)
  if (!heard.ok) return heard
  const { event, diagram, learner, accepts } = heard.value
  const { attempt, kind, label, given, says } = input
  const standing = appealsFor(learner.state, diagram.item.id, event.id)
  const isSame = (one: AppealRecord) =>
    one.attempt === attempt && one.kind === kind && one.label === label && one.given === given
  if (standingAppeals(learner.state).some(isSame)) return result(world, { attempt })
  const id = world.ids.next()
  const [before, after] = [heard.value.before, heard.value.after].map((grade) => keptOf(diagram, grade))
  const changes = before !== undefined && after !== undefined && !sameScores(before.grade, after.grade)
  const regrade = changes ? { ...after, appeals: standing.map((one) => one.id) } : null
  const payload = { attempt, diagram: diagram.item.id, kind, label, given, says, accepts, regrade }
  const later = accepts === null ? [] : await laterGrades(world, heard.value, { id, accepts })
  const made = await recordAll(world, [{ type: 'appeal.made', payload, id }, ...later])
  return made.ok ? result(world, { attempt }) : made
}

/** What an appeal would do, without recording it. */
export async function previewAppeal(
  world: World,
  input: Omit<AppealInput, 'says'>,
): Promise<Result<AppealPreview, Problem>> {
  const heard = await hear(world, { ...input, says: '' })
  if (!heard.ok) return heard
  const { accepts, before, after, claim } = heard.value
  const because =
    accepts !== null ? '' : claim === null ? 'No line of this grade is about it.' : whyNoAppeal(claim)
  return ok({ accepts: accepts !== null, before: before.total, after: after.total, because })
}

interface Heard {
  readonly event: Attempted
  readonly diagram: Diagram
  readonly learner: Learner
  /** The line of the grade; null where there is no such line. */
  readonly claim: Claim | null
  readonly accepts: string | null
  readonly before: Grade
  readonly after: Grade
}

async function hear(world: World, input: AppealInput): Promise<Result<Heard, Problem>> {
  const event = await findAttempt(world, input.attempt)
  if (!event.ok) return event
  const found = findDiagram(world, event.value.payload.diagram)
  if (!found.ok) return found
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const diagram = found.value
  const standing = appealsFor(learner.value.state, diagram.item.id, event.value.id)
  const before = gradeAgain(diagram, event.value, standing)
  const claim = claimOn(before, input)
  const accepts = claim === null ? null : acceptedBy(diagram, event.value, before, claim)
  const after = accepts === null ? before : gradeAgain(diagram, event.value, [...standing, { accepts }])
  return ok({ event: event.value, diagram, learner: learner.value, claim, accepts, before, after })
}

/** The line of the grade that an appeal is about, with what the learner paired it with. */
function claimOn(grade: Grade, { kind, label, drawn, reference }: Omit<AppealInput, 'says'>): Claim | null {
  const isAbout = (one: GradedElement) =>
    one.kind === kind && one.label === label && one.verdict !== 'matched'
  const fits = (one: GradedElement) =>
    (!one.drawn || !drawn || one.drawn === drawn) &&
    (!one.reference || !reference || one.reference === reference)
  const about = grade.elements.find((one) => isAbout(one) && fits(one))
  if (about === undefined) return null
  return {
    kind: about.kind,
    verdict: about.verdict,
    drawn: about.drawn ?? ((drawn ?? null) as ElementId | null),
    reference: about.reference ?? ((reference ?? null) as ElementId | null),
    answer: about.answer?.id ?? null,
  }
}

/** What a claim would accept; null for words alone. */
function acceptedBy(diagram: Diagram, { payload }: Attempted, grade: Grade, claim: Claim): string | null {
  const { drawing } = parseDrawing(payload.drawing, diagram.item.form)
  return appealFor(variantNamed(diagram, grade.against), { drawing, answers: payload.answers }, claim)
}

/** Grades of the attempts of the diagram that came after, where the appeal changes them too. */
async function laterGrades(
  world: World,
  { event, diagram, learner }: Heard,
  made: { readonly id: string; readonly accepts: string },
): Promise<Happening[]> {
  const { state } = learner
  const attempts = state.items[diagram.item.id]?.attempts ?? []
  const after = attempts.slice(attempts.findIndex(({ id }) => id === event.id) + 1)
  const grades: Happening[] = []
  for (const one of after) {
    const recorded = await findAttempt(world, one.id)
    if (!recorded.ok) continue
    const standing = appealsFor(state, diagram.item.id, one.id)
    const before = keptOf(diagram, gradeAgain(diagram, recorded.value, standing))
    const kept = keptOf(diagram, gradeAgain(diagram, recorded.value, [...standing, made]))
    if (sameScores(before.grade, kept.grade)) continue
    const appeals = [...standing, made].map(({ id }) => id)
    const payload = { attempt: one.id, cause: 'appeal' as const, ...kept, appeals }
    grades.push({ type: 'recall.regraded', payload })
  }
  return grades
}
