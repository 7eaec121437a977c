import {
  type Diagram,
  isLinked,
  parseDrawing,
  resolve,
  variantNamed,
  variantsOf,
} from '#domain/diagram/index.ts'
import {
  type AppealRecord,
  type AttemptRecord,
  appealsFor,
  pairOf,
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

/** What is known of one attempt: who may have been taken for whom, and once it was graded, who was. */
interface Known {
  readonly may: ReadonlySet<string>
  takings: readonly Taking[] | null
}
const found = new WeakMap<EventStore, Map<string, Known>>()

interface Candidate {
  readonly diagram: Diagram
  readonly attempt: AttemptRecord
  readonly event: () => Promise<Attempted | null>
  readonly appeals: readonly AppealRecord[]
  readonly known: Known
}

/** Oldest first; with `times`, at least all those of pairs that were confused so often. */
export async function takingsOf(world: World, learner: Learner, times = 1): Promise<Taking[]> {
  const candidates = await candidatesOf(world, learner)
  const often = new Map<string, number>()
  for (const { known } of candidates)
    for (const pair of known.may) often.set(pair, (often.get(pair) ?? 0) + 1)
  const takings: Taking[] = []
  let graded = 0
  for (const { diagram, attempt, event, appeals, known } of candidates) {
    if (known.takings === null) {
      if (![...known.may].some((pair) => (often.get(pair) ?? 0) >= times)) continue
      const whole = await event()
      known.takings = whole === null ? [] : wrongNames(world, diagram, whole, appeals, attempt.at)
      if (++graded % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve))
    }
    takings.push(...known.takings)
  }
  return takings
}

/** Attempts that count and lost a node to a wrong name, oldest first. */
async function candidatesOf(world: World, { state }: Learner): Promise<Candidate[]> {
  const kept = found.get(world.store) ?? new Map<string, Known>()
  found.set(world.store, kept)
  const attempts = Object.keys(state.items)
    .flatMap((diagram) => standingAttempts(state, diagram).map((attempt) => ({ diagram, attempt })))
    .filter(({ attempt }) => attempt.lost?.some((line) => line.startsWith(WRONG)))
    .sort(({ attempt: a }, { attempt: b }) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .slice(-ATTEMPTS_MOST)
  const candidates: Candidate[] = []
  for (const { diagram: id, attempt } of attempts) {
    const diagram = world.catalogue.diagrams.get(id)
    if (diagram === undefined) continue
    const appeals = appealsFor(state, id, attempt.id)
    const key = [world.learner, attempt.id, ...appeals.map((appeal) => appeal.id)].join(' ')
    const event = async () => {
      const read = await findAttempt(world, attempt.id)
      return read.ok ? read.value : null
    }
    const known = kept.get(key) ?? { may: possible(world, diagram, attempt, await event()), takings: null }
    kept.set(key, known)
    candidates.push({ diagram, attempt, event, appeals, known })
  }
  return candidates
}

const WRONG = 'wrong node '

/**
 * Pairs that the attempt may have confused, without grading it: a name is only ever wrong where the reference has nothing of
 * that name. Grading takes a hundred times as long.
 */
function possible(
  { catalogue }: World,
  diagram: Diagram,
  { lost }: AttemptRecord,
  event: Attempted | null,
): ReadonlySet<string> {
  if (event === null) return new Set()
  const thing = (label: string) => thingOf(catalogue, diagram, label)
  const right = new Map(variantsOf(diagram).flatMap((variant) => [...labelsOf(variant.diagram.drawing)]))
  const has = new Set([...right.values()].map(thing))
  const drawn = labelsOf(parseDrawing(event.payload.drawing, diagram.item.form).drawing)
  const strange = [...drawn.values()].map(thing).filter((one) => !has.has(one))
  const wrong = (lost ?? []).flatMap((line) =>
    line.startsWith(WRONG) ? (right.get(line.slice(WRONG.length)) ?? []) : [],
  )
  return new Set(wrong.flatMap((label) => strange.map((other) => pairOf(thing(label), other))))
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
