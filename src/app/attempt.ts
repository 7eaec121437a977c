import { type Diagram, printDrawing } from '#domain/diagram/index.ts'
import { type Attempt, parSeconds, partialPar } from '#domain/grading/index.ts'
import { appealsFor, type EventOf } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { clockOf } from './clock.ts'
import { findDiagram } from './diagrams.ts'
import { type Asked, gradeAsked, keptOf, WHOLE } from './graded.ts'
import { type Learner, loadLearner } from './learner.ts'
import { weakPart } from './part.ts'
import type { World } from './ports.ts'
import { badInput } from './problem.ts'
import { answersById } from './question-ids.ts'
import { readDrawing } from './read-drawing.ts'
import { type Happening, recordAll } from './record.ts'
import type { AttemptInput, Problem } from './views.ts'

export interface FinishedAttempt extends Omit<AttemptInput, 'seconds'> {
  readonly id: string
  /** Null where nobody measured it. */
  readonly seconds: number | null
  /** The id that the attempt is to have, where a client may repeat its request; else null. */
  readonly event: string | null
  /** The total that the learner expected before the grade was shown; null where they were not asked or did not say. */
  readonly confidence?: number | null
}

/** Grades an attempt and records it; the draft is dropped only when that is safe on the disk. */
export async function attempt(
  world: World,
  input: FinishedAttempt,
): Promise<Result<{ readonly attempt: string }, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const { item } = found.value
  const drawing = readDrawing(found.value, input.drawing)
  if (!drawing.ok) return drawing
  const { seconds, hints, places } = input
  const answers = answersById(item, input.answers)
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const asks = partBegun(input.part ?? null, learner.value, found.value)
  const given = {
    diagram: item.id,
    drawing: printDrawing(drawing.value),
    places: { ...places },
    answers: { facts: { ...answers.facts }, context: { ...answers.context } },
    seconds,
    hints,
    confidence: input.confidence ?? null,
  }
  const before = await recordedBefore(world, input.event, given)
  if (before !== null) return before
  if (!asks.ok) return asks
  const par = chosenPar(input.par ?? null, found.value, asks.value, learner.value)
  const drawn = { drawing: drawing.value, answers, seconds, par }
  const id = input.event ?? world.ids.next()
  const kept = keptOf(found.value, gradeAsked(found.value, drawn, asks.value))
  const { asked, share } = asks.value
  const payload = { ...given, asked: asked === null ? null : [...asked], share, par, ...kept }
  const recorded = await recordAll(world, [
    { type: 'recall.attempted', payload, id },
    ...onAppeal(found.value, learner.value, drawn, id, asks.value),
  ])
  // The same request, at the same time: the other one was first.
  if (!recorded.ok) return (await recordedBefore(world, input.event, given)) ?? recorded
  await world.store.saveDraft(world.learner, item.id, null)
  return ok({ attempt: id })
}

/** What the attempt is to be graded by. A partial redraw's part is what it was when it began, or it cannot be graded. */
function partBegun(key: string | null, learner: Learner, diagram: Diagram): Result<Asked, Problem> {
  if (key === null) return ok(WHOLE)
  const part = weakPart(learner, diagram)
  if (part?.key === key) return ok({ asked: part.asked, share: part.share })
  return badInput(
    'What was to be redrawn has changed since this began: the diagram was recalled, regraded or corrected meanwhile.',
    'Open the recall again and choose to draw all of it; your text can be copied from the text panel first.',
  )
}

/** The clock of an attempt, where it is not the one that the drawing's size gives. */
function chosenPar(
  given: number | null,
  diagram: Diagram,
  asks: Asked,
  { settings }: Learner,
): number | null {
  const own = asks.asked === null ? parSeconds(diagram.drawing) : partialPar(diagram, asks.share)
  const par = given ?? clockOf(own, settings)
  return par === own ? null : par
}

type Given = Pick<
  EventOf<'recall.attempted'>['payload'],
  'diagram' | 'drawing' | 'places' | 'answers' | 'seconds' | 'hints'
>

const textOf = ({ diagram, drawing, places, answers, seconds, hints }: Given): string =>
  JSON.stringify([diagram, drawing, places, answers.facts, answers.context, seconds, hints])

/** What stands under the same key already: this very attempt, or another one, which is refused. Null where nothing does. */
async function recordedBefore(
  world: World,
  id: string | null,
  given: Given,
): Promise<Result<{ readonly attempt: string }, Problem> | null> {
  if (id === null) return null
  const found = await world.store.find(world.learner, id)
  if (!found.ok || found.value === null) return null
  const first = found.value
  if (first.type === 'recall.attempted' && textOf(first.payload) === textOf(given)) return ok({ attempt: id })
  return badInput(
    'This was handed in before, with other content. What was handed in first is kept.',
    'Progress shows it. To hand in another one, begin it anew.',
  )
}

/** What earlier appeals change of an attempt: a grade beside the recorded one, so that withdrawing them takes it back. */
function onAppeal(
  diagram: Diagram,
  { state }: Learner,
  drawn: Attempt,
  attempt: string,
  asks: Asked,
): Happening[] {
  const standing = appealsFor(state, diagram.item.id, attempt)
  if (standing.length === 0) return []
  const appealing = { ...drawn, appeals: standing.flatMap(({ accepts }) => accepts ?? []) }
  const grade = gradeAsked(diagram, appealing, asks)
  if (grade.total === gradeAsked(diagram, drawn, asks).total) return []
  const appeals = standing.map(({ id }) => id)
  const payload = { attempt, cause: 'appeal' as const, ...keptOf(diagram, grade), appeals }
  return [{ type: 'recall.regraded', payload }]
}
