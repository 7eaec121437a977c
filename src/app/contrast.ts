import { displayName, type ElementId, type Mark, render, walkthrough } from '#domain/diagram/index.ts'
import { opensAt } from '#domain/memory/index.ts'
import { CONFUSED_FROM, type Confusion, confusionsOf, type EventOf, pairOf } from '#domain/progress/index.ts'
import { fnv1a64 } from '#lib/hash.ts'
import { ok, type Result } from '#lib/result.ts'
import { type DrilledElement, gradeSide, scoreOf } from './contrast-grade.ts'
import { type Side, secondsFor, sideOf, sidesOf, sideView } from './contrast-sides.ts'
import { layoutOf } from './diagrams.ts'
import { type Learner, loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { badInput, notFound, storage } from './problem.ts'
import { readDrawing } from './read-drawing.ts'
import { record } from './record.ts'
import { takingsOf, thingName, thingOf } from './takings.ts'
import type { Problem } from './views.ts'
import type {
  ConfusionView,
  ContrastInput,
  ContrastResult,
  ContrastThing,
  ContrastView,
} from './views-mistakes.ts'

/** A drill that is due: what it is about is not said before it begins. */
export interface DueDrill {
  readonly drill: string
  readonly minutes: number
}

/** Stands for the pair in addresses, and does not say which it is. */
const drillId = ({ expected, drawn }: Confusion): string => fnv1a64(pairOf(expected, drawn))

/** All confusions, or at least those that happened so often. */
async function confusions(world: World, learner: Learner, times = CONFUSED_FROM): Promise<Confusion[]> {
  const { state } = learner
  const drills = state.drills.filter(({ id }) => !state.undone[id])
  return confusionsOf(await takingsOf(world, learner, times), drills)
}

/** From the learner's own midnight on, as a diagram is. */
function isOffered({ due, drilled }: Confusion, { now, days }: Learner): boolean {
  if (due === null) return false
  return now >= (drilled === null || due <= drilled ? due : opensAt({ due, last: drilled }, days.startOf))
}

/** Drills for today, the longest due first. */
export async function dueDrills(world: World, learner: Learner): Promise<readonly DueDrill[]> {
  const due = (await confusions(world, learner))
    .filter((one) => isOffered(one, learner))
    .sort((a, b) => (a.due ?? 0) - (b.due ?? 0))
  return due.flatMap((one): DueDrill[] => {
    const sides = sidesOf(world, learner, one)
    return sides === null ? [] : [{ drill: drillId(one), minutes: Math.ceil(secondsFor(sides) / 60) }]
  })
}

/** Everything that was taken for something else, for the page of mistakes. */
export async function confusionViews(world: World, learner: Learner): Promise<ConfusionView[]> {
  const { catalogue } = world
  const views = (await confusions(world, learner, 1)).map((one): ConfusionView => {
    const { due, takings, drills } = one
    const seldom = takings.length < CONFUSED_FROM
    const alone = !seldom && sidesOf(world, learner, one) === null
    const isDue = isOffered(one, learner)
    return {
      expected: thingName(catalogue, one.expected),
      drawn: thingName(catalogue, one.drawn),
      times: takings.length,
      last: new Date(takings.at(-1)?.at ?? 0).toISOString(),
      state: seldom ? 'seldom' : alone ? 'alone' : isDue ? 'due' : 'resting',
      due: due === null ? null : new Date(due).toISOString(),
      drill: seldom || alone ? null : drillId(one),
      drills,
    }
  })
  // What can be done now comes first; the rest stays in its order.
  return views.sort((a, b) => Number(b.state === 'due') - Number(a.state === 'due'))
}

async function findConfusion(
  world: World,
  learner: Learner,
  drill: string,
): Promise<Result<Confusion, Problem>> {
  const found = (await confusions(world, learner)).find((one) => one.due !== null && drillId(one) === drill)
  return found
    ? ok(found)
    : notFound(
        'There is no such drill any more.',
        'The error log lists what was taken for what, and what of it can be drilled.',
      )
}

/** The two drawings with their blanks. */
export async function contrastView(
  world: World,
  { drill }: { readonly drill: string },
): Promise<Result<ContrastView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const found = await findConfusion(world, learner.value, drill)
  if (!found.ok) return found
  const sides = sidesOf(world, learner.value, found.value)
  if (sides === null)
    return notFound('No diagram shows the other of the two.', 'Nothing can be set beside it yet.')
  return ok({ drill, sides: await Promise.all(sides.map((side) => sideView(world, side))) })
}

/** Grades and records a drill. With `event`, a request that is repeated is recorded once. */
export async function finishContrast(
  world: World,
  { event, ...input }: ContrastInput & { readonly event: string | null },
): Promise<Result<ContrastResult, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const found = await findConfusion(world, learner.value, input.drill)
  if (!found.ok) return found
  const { expected, drawn } = found.value
  const graded = gradeSides(world, [expected, drawn], input)
  if (!graded.ok) return graded
  const sides = graded.value
  const [first, second = first] = sides.map(({ side }) => side.diagram.item.id)
  if (first === undefined || second === undefined) return badSides()
  const score = scoreOf(sides.flatMap(({ elements }) => elements))
  const payload = { expected, drawn, diagrams: [first, second] as [string, string], ...score }
  const recorded = await recordOnce(world, { ...payload, seconds: input.seconds }, event)
  if (!recorded.ok) return recorded
  return resultOf(world, recorded.value, [expected, drawn], sides, score)
}

/** Takes a drill back by an event of its own: the pair is due as it was before. */
export async function undoContrast(
  world: World,
  { drilled }: { readonly drilled: string },
): Promise<Result<{ readonly undone: true }, Problem>> {
  const found = await world.store.find(world.learner, drilled)
  if (!found.ok) return storage(found.error)
  if (found.value?.type !== 'contrast.drilled')
    return notFound('There is no such drill in your log.', 'Open the error log: it lists what there is.')
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  if (!learner.value.state.undone[drilled]) {
    const undone = await record(world, { type: 'recall.undone', payload: { attempt: drilled } })
    if (!undone.ok) return undone
  }
  return ok({ undone: true })
}

type Drilled = EventOf<'contrast.drilled'>['payload']

/** The drill's id. A request that is repeated with its key changes nothing: the first one counts. */
async function recordOnce(
  world: World,
  payload: Drilled,
  event: string | null,
): Promise<Result<string, Problem>> {
  if (event === null) return record(world, { type: 'contrast.drilled', payload })
  const before = await world.store.find(world.learner, event)
  if (!before.ok) return storage(before.error)
  if (before.value === null) return record(world, { type: 'contrast.drilled', payload }, { id: event })
  return before.value.type === 'contrast.drilled'
    ? ok(event)
    : badInput('This was handed in before, as something else.', 'Open the drill again from the error log.')
}

interface GradedSide {
  readonly side: Side
  readonly elements: readonly DrilledElement[]
}

const badSides = () =>
  badInput('These are not the drawings of this drill.', 'Open the drill again from the error log.')

function gradeSides(
  world: World,
  things: readonly string[],
  { diagrams, drawings }: ContrastInput,
): Result<readonly GradedSide[], Problem> {
  const graded: GradedSide[] = []
  for (const [i, id] of diagrams.entries()) {
    const diagram = world.catalogue.diagrams.get(id)
    const side = diagram && sideOf(world, diagram, things)
    if (!diagram || !side) return badSides()
    const drawing = readDrawing(diagram, drawings[i] ?? '')
    if (!drawing.ok) return drawing
    graded.push({ side, elements: gradeSide(side, drawing.value) })
  }
  return graded.length === 0 ? badSides() : ok(graded)
}

async function resultOf(
  world: World,
  drilled: string,
  things: readonly [string, string],
  sides: readonly GradedSide[],
  score: { readonly asked: number; readonly right: number },
): Promise<Result<ContrastResult, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const pair = pairOf(...things)
  const after = (await confusions(world, learner.value)).find(
    (one) => pairOf(one.expected, one.drawn) === pair,
  )
  const due = after?.due ?? null
  return ok({
    drilled,
    ...score,
    expected: thingName(world.catalogue, things[0]),
    drawn: thingName(world.catalogue, things[1]),
    sides: await Promise.all(sides.map((side, i) => sideResult(world, side, i))),
    things: things.flatMap((thing) => explained(world, sides, thing) ?? []),
    due: due === null ? null : new Date(due).toISOString(),
  })
}

async function sideResult(
  world: World,
  { side, elements }: GradedSide,
  place: number,
): Promise<ContrastResult['sides'][number]> {
  const { diagram } = side
  const marks = new Map<ElementId, Mark>()
  for (const { reference, verdict } of elements) {
    if (reference === null || verdict === 'extra') continue
    const before = marks.get(reference)
    if (before === undefined || before.verdict === 'matched') marks.set(reference, { verdict })
  }
  const options = { icons: world.catalogue.icons, marks, idPrefix: `side${place}`, title: diagram.item.title }
  return {
    diagram: diagram.item.id,
    title: diagram.item.title,
    svg: render(await layoutOf(world, diagram), options),
    elements: elements.map(({ kind, label, verdict, because }) => ({ kind, label, verdict, because })),
  }
}

/** Why a thing stands where it does, from the first side that shows it. */
function explained(world: World, sides: readonly GradedSide[], thing: string): ContrastThing | null {
  for (const { side } of sides) {
    const { diagram, drawing, blanks } = side
    const node = blanks.find(({ label }) => thingOf(world.catalogue, diagram, label) === thing)
    if (node === undefined) continue
    const element: ElementId = `node:${node.id}`
    const labels = new Map([...drawing.nodes, ...drawing.groups].map(({ id, label }) => [id, label]))
    const names = (ids: readonly string[]) => [
      ...new Set(ids.map((id) => displayName(diagram.vocabulary, labels.get(id) ?? id))),
    ]
    const { edges } = drawing
    return {
      name: displayName(diagram.vocabulary, node.label),
      title: diagram.item.title,
      says: walkthrough(diagram).steps.find(({ fresh }) => fresh.includes(element))?.says ?? null,
      from: names([
        ...edges.filter(({ to }) => to === node.id).map(({ from }) => from),
        ...edges.filter(({ from, arrow }) => arrow === 'both' && from === node.id).map(({ to }) => to),
      ]),
      to: names([
        ...edges.filter(({ from }) => from === node.id).map(({ to }) => to),
        ...edges.filter(({ to, arrow }) => arrow === 'both' && to === node.id).map(({ from }) => from),
      ]),
    }
  }
  return null
}
