import {
  type Diagram,
  type Drawing,
  displayName,
  type ElementId,
  elementsOf,
  type Mark,
  nameOf,
  type Places,
  parseDrawing,
  placeDrawing,
  render,
  variantNamed,
} from '#domain/diagram/index.ts'
import {
  appealFor,
  GRADER,
  type Grade,
  type GradedElement,
  parSeconds,
  partialPar,
} from '#domain/grading/index.ts'
import { type AppealRecord, appealsFor, standingAppeals, standingRegrade } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { acceptsInWords } from './appeals.ts'
import { type Attempted, findAttempt } from './attempts.ts'
import { comesBack } from './comes-back.ts'
import { withCredits } from './credits.ts'
import { cardOf, contextOf, factsOf, findDiagram, layoutOf } from './diagrams.ts'
import { placesFor, withGhosts } from './ghosts.ts'
import { type Asked, askedBy, gradeAgain, ownPar } from './graded.ts'
import { type Learner, loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { nextOf } from './today.ts'
import type { Problem, ResultView } from './views.ts'

/** An attempt with its evidence: the grade is made again from the raw drawing, so it always has its elements. */
export async function result(
  world: World,
  input: { readonly attempt: string },
): Promise<Result<ResultView, Problem>> {
  const event = await findAttempt(world, input.attempt)
  if (!event.ok) return event
  const found = findDiagram(world, event.value.payload.diagram)
  if (!found.ok) return found
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  return ok(await resultView(world, event.value, found.value, learner.value))
}

async function resultView(
  world: World,
  event: Attempted,
  diagram: Diagram,
  learner: Learner,
): Promise<ResultView> {
  const { item, drawing } = diagram
  const { payload } = event
  const { asked, share } = askedBy(payload)
  const drawn = parseDrawing(payload.drawing, item.form).drawing
  const counted = appealsFor(learner.state, item.id, event.id)
  const grade = gradeAgain(diagram, event, counted)
  const onAppeal = counted.length === 0 ? 0 : grade.total - gradeAgain(diagram, event, []).total
  const against = variantNamed(diagram, grade.against)
  const { icons } = world.catalogue
  const places = placesFor(drawn, diagram.vocabulary, payload.places ?? {})
  const placed = placeDrawing(drawn, diagram.vocabulary, places)
  const overlay = { icons, marks: drawnMarks(against, drawn, grade), idPrefix: 'drawn' }
  const reference = { icons, marks: referenceMarks(grade), idPrefix: 'reference' }
  return {
    attempt: event.id,
    card: cardOf(item, learner),
    at: event.at,
    seconds: payload.seconds,
    parSeconds: ownPar(payload) ?? (asked === null ? parSeconds(drawing) : partialPar(diagram, share)),
    isOwnPar: ownPar(payload) !== null,
    grade,
    share,
    expected: 'confidence' in payload ? payload.confidence : null,
    against: item.alternatives
      .filter(({ name }) => grade.against.includes(name))
      .map(({ name, says }) => ({ name, says })),
    onAppeal,
    recordedTotal: recordedTotal(learner, diagram, event, grade),
    overlaySvg: render(placed, { ...overlay, title: `Your drawing of ${item.title}` }),
    ghosts: ghostsOf(world, against, drawn, grade, places),
    referenceSvg: render(await layoutOf(world, against), { ...reference, title: item.title }),
    ...answered(world, diagram, grade, asked),
    comesBack: withCredits(world, learner, item, Date.parse(event.at), comesBack(learner, diagram, event)),
    mutation: mutationOf(diagram, learner, event),
    appeals: appealsOf(world, against, event, learner, grade),
    undone: learner.state.undone[event.id] === true,
    next: nextOf(world, learner),
  }
}

/** The total that counts, where it was given by another grader, against another revision, or is another number. */
function recordedTotal({ state }: Learner, { item }: Diagram, event: Attempted, grade: Grade): number | null {
  const regrade = standingRegrade(state, event.id)
  const { grader, revision } = regrade ?? event.payload
  const total = regrade?.total ?? event.payload.grade.total
  const same = grader === GRADER && revision === item.revision && Math.abs(total - grade.total) < 1e-6
  return same ? null : total
}

/** The appeals that count for an attempt and words about it, each with the line of the grade that it is about. */
function appealsOf(
  world: World,
  diagram: Diagram,
  event: Attempted,
  { state }: Learner,
  grade: Grade,
): ResultView['appeals'] {
  const counted = new Set(appealsFor(state, diagram.item.id, event.id).map(({ id }) => id))
  const { drawing } = parseDrawing(event.payload.drawing, diagram.item.form)
  const drawn = { drawing, answers: event.payload.answers }
  const isAbout = (appeal: AppealRecord) => (one: GradedElement) =>
    one.kind === appeal.kind &&
    (appeal.accepts === null
      ? one.label === appeal.label
      : (['wrong', 'reversed'] as const).some((verdict) => {
          const { kind, drawn: mine, reference, answer } = one
          const claim = { kind, verdict, drawn: mine, reference, answer: answer?.id ?? null }
          return appealFor(diagram, drawn, claim) === appeal.accepts
        }))
  return standingAppeals(state)
    .filter((appeal) => appeal.attempt === event.id || counted.has(appeal.id))
    .map((appeal) => {
      const { id, kind, label, says } = appeal
      const at = grade.elements.findIndex(isAbout(appeal))
      return { id, kind, label, says, accepts: acceptsInWords(world, appeal), element: at < 0 ? null : at }
    })
}

/** What the grade says of each element that was drawn; under a wrong name stands the right one. */
function drawnMarks({ drawing, vocabulary }: Diagram, drawn: Drawing, grade: Grade): Map<ElementId, Mark> {
  const marks = new Map<ElementId, Mark>()
  for (const { drawn: element, reference, verdict } of grade.elements) {
    if (element === null) continue
    const right = reference === null ? '' : rightName(drawing, vocabulary, reference)
    const renamed = verdict === 'wrong' && right !== '' && right !== rightName(drawn, vocabulary, element)
    marks.set(element, renamed ? { verdict, correction: right } : { verdict })
  }
  return marks
}

/** The overlay once more, with what is missing in it. */
function ghostsOf(
  world: World,
  diagram: Diagram,
  drawn: Drawing,
  grade: Grade,
  places: Places,
): ResultView['ghosts'] {
  const { item, drawing, vocabulary } = diagram
  const ghosted = withGhosts(drawn, drawing, grade.elements, places, vocabulary)
  if (!ghosted) return null
  const marks = new Map<ElementId, Mark>(
    [...drawnMarks(diagram, drawn, grade)].map(([element, mark]) => [
      ghosted.drawn.get(element) ?? element,
      mark,
    ]),
  )
  for (const ghost of ghosted.ghosts) marks.set(ghost, { verdict: 'missing' })
  const title = `Your drawing of ${item.title}, with what is missing`
  const placed = placeDrawing(ghosted.drawing, vocabulary, ghosted.places)
  return {
    svg: render(placed, { icons: world.catalogue.icons, marks, idPrefix: 'ghosts', title }),
    drawn: Object.fromEntries(ghosted.drawn),
    reference: Object.fromEntries(ghosted.reference),
    mostlyThere: isMostlyThere(drawing, grade),
  }
}

/** Whether at least half of the reference was drawn, rightly or not. */
function isMostlyThere(drawing: Drawing, grade: Grade): boolean {
  const all = new Set(elementsOf(drawing))
  const there = grade.elements.filter(
    (one) => one.drawn !== null && one.reference !== null && all.has(one.reference),
  )
  return there.length * 2 >= all.size
}

/** How an element is called; a connection by what stands on it. */
function rightName(drawing: Drawing, vocabulary: Diagram['vocabulary'], element: ElementId): string {
  if (element.startsWith('edge:') && drawing.form !== 'timeline' && drawing.form !== 'matrix') {
    const edge = drawing.edges.find(({ id }) => `edge:${id}` === element)
    return edge && edge.label !== '' ? displayName(vocabulary, edge.label) : ''
  }
  if (element.startsWith('cell:') && drawing.form === 'matrix') {
    const [row = 0, column = 0] = element.slice('cell:'.length).split(',').map(Number)
    return displayName(vocabulary, drawing.rows[row - 1]?.cells[column - 1] ?? '')
  }
  return nameOf(drawing, vocabulary, element)
}

/** In the reference only what is missing is marked: the rest was drawn, and is marked there. */
function referenceMarks(grade: Grade): Map<ElementId, Mark> {
  return new Map(
    grade.elements.flatMap(({ reference, verdict }): [ElementId, Mark][] =>
      reference !== null && verdict === 'missing' ? [[reference, { verdict }]] : [],
    ),
  )
}

/** The questions that were asked, with what was answered and what is right. */
function answered(
  world: World,
  diagram: Diagram,
  grade: Grade,
  asked: Asked['asked'],
): Pick<ResultView, 'facts' | 'context'> {
  const isAsked =
    (kind: 'fact' | 'context') =>
    ({ id }: { readonly id: string }) =>
      asked === null || asked.includes(`${kind} ${id}`)
  const given = (kind: 'fact' | 'context', id: string) =>
    grade.elements.find((element) => element.kind === kind && element.answer?.id === id)
  const answerOf = (kind: 'fact' | 'context', id: string) => {
    const element = given(kind, id)
    return { given: element?.answer?.given ?? '', correct: element?.verdict === 'matched' }
  }
  return {
    facts: factsOf(world, diagram)
      .filter(isAsked('fact'))
      .map((fact) => ({ ...fact, ...answerOf('fact', fact.id) })),
    context: contextOf(world, diagram)
      .filter(isAsked('context'))
      .map((slot) => ({ ...slot, ...answerOf('context', slot.id) })),
  }
}

function mutationOf({ item }: Diagram, { state }: Learner, { id }: Attempted): ResultView['mutation'] {
  const own = state.mutations[id]
  return {
    ask: item.mutation.ask,
    given: own?.answer ?? null,
    mark: own?.mark ?? null,
    answer: own ? item.mutation.answer : null,
    because: own ? item.mutation.because : null,
  }
}
