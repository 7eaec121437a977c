import { type Diagram, isLinked, parseDrawing, resolve, variantNamed } from '#domain/diagram/index.ts'
import {
  type AppealRecord,
  type AttemptRecord,
  appealsFor,
  standingAttempts,
  type Taking,
} from '#domain/progress/index.ts'
import { type Attempted, findAttempt } from './attempts.ts'
import { gradeAgain } from './graded.ts'
import type { Learner } from './learner.ts'
import type { EventStore, World } from './ports.ts'

/**
 * What was drawn in the place of what. An event names only what was lost, so each drawing with a wrong name in it is graded
 * once more; what that gave is remembered for as long as the process lives.
 */

/** The newest attempts with a wrong name; older confusions have had their drills, or are long mended. */
const ATTEMPTS_MOST = 200
/** So many are graded before others have their turn. */
const AT_ONCE = 16

const found = new WeakMap<EventStore, Map<string, readonly Taking[]>>()

/** Oldest first. */
export async function takingsOf(world: World, { state }: Learner): Promise<Taking[]> {
  const candidates = Object.keys(state.items)
    .flatMap((diagram) => standingAttempts(state, diagram).map((attempt) => ({ diagram, attempt })))
    .filter(({ attempt }) => attempt.lost?.some((line) => line.startsWith('wrong node ')))
    .sort((a, b) => a.attempt.at - b.attempt.at)
    .slice(-ATTEMPTS_MOST)
  const known = found.get(world.store) ?? new Map<string, readonly Taking[]>()
  found.set(world.store, known)
  const takings: Taking[] = []
  let graded = 0
  for (const { diagram: id, attempt } of candidates) {
    const diagram = world.catalogue.diagrams.get(id)
    if (diagram === undefined) continue
    const appeals = appealsFor(state, id, attempt.id)
    const key = [world.learner, attempt.id, ...appeals.map((appeal) => appeal.id)].join(' ')
    const own = known.get(key) ?? (await takingsIn(world, diagram, attempt, appeals))
    if (!known.has(key) && ++graded % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve))
    known.set(key, own)
    takings.push(...own)
  }
  return takings
}

async function takingsIn(
  world: World,
  diagram: Diagram,
  { id, at }: AttemptRecord,
  appeals: readonly AppealRecord[],
): Promise<Taking[]> {
  const event = await findAttempt(world, id)
  return event.ok ? wrongNames(world, diagram, event.value, appeals, at) : []
}

function wrongNames(
  { catalogue }: World,
  diagram: Diagram,
  event: Attempted,
  appeals: readonly AppealRecord[],
  at: number,
): Taking[] {
  const grade = gradeAgain(diagram, event, appeals)
  const drawn = labelsOf(parseDrawing(event.payload.drawing, diagram.item.form).drawing)
  const right = labelsOf(variantNamed(diagram, grade.against).drawing)
  return grade.elements.flatMap((one): Taking[] => {
    if (one.kind !== 'node' || one.verdict !== 'wrong') return []
    const [mine, theirs] = [drawn.get(one.drawn ?? ''), right.get(one.reference ?? '')]
    if (mine === undefined || theirs === undefined || mine.trim() === '') return []
    const [expected, given] = [theirs, mine].map((label) => thingOf(catalogue, diagram, label)) as [
      string,
      string,
    ]
    return expected === given
      ? []
      : [{ attempt: event.id, at, diagram: diagram.item.id, expected, drawn: given }]
  })
}

const labelsOf = (drawing: Diagram['drawing']): Map<string, string> =>
  new Map((isLinked(drawing) ? drawing.nodes : []).map(({ id, label }) => [`node:${id}`, label]))

/**
 * What a label of a diagram is, the same in every diagram: the field's concept by its id, a name of the diagram's own by its
 * words; what no vocabulary knows by its own words in lower case.
 */
export function thingOf({ concepts }: World['catalogue'], { vocabulary }: Diagram, label: string): string {
  const id = resolve(vocabulary, label)?.concept
  if (id === undefined) return label.trim().toLowerCase()
  const own = vocabulary.concepts.get(id)
  return concepts.get(id) === own || own === undefined ? id : own.name
}

/** How a person reads it. */
export const thingName = ({ concepts }: World['catalogue'], thing: string): string =>
  concepts.get(thing)?.name ?? thing
