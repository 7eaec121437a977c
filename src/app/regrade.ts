import type { Diagram } from '#domain/diagram/index.ts'
import { GRADER, type Grade } from '#domain/grading/index.ts'
import {
  appealsFor,
  type KeptGrade,
  type LearnerEvent,
  type LearnerState,
  standingRegrade,
} from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import type { Attempted } from './attempts.ts'
import { gradeAgain, keptOf, nameOfElement, sameScores } from './graded.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import { type Happening, recordAll } from './record.ts'
import type { Problem, RegradeChange, RegradeView } from './views.ts'

/** So many attempts are graded before others get their turn: about 60 ms. */
const AT_ONCE = 10

/** Every attempt that counts, graded anew from its drawing: which would change, from what to what and why. */
export async function previewRegrade(world: World): Promise<Result<RegradeView, Problem>> {
  const found = await findChanges(world)
  if (!found.ok) return found
  const { checked, changes, state } = found.value
  const last = lastRegrade(state)
  return ok({
    grader: GRADER,
    checked,
    changes: changes.map(({ view }) => view),
    last: last === null ? null : { at: new Date(last.at).toISOString(), attempts: last.ids.length },
  })
}

/** Records the grades that differ, each as an event beside its attempt; what was recorded before stays. */
export async function applyRegrade(world: World): Promise<Result<{ readonly regraded: number }, Problem>> {
  const found = await findChanges(world)
  if (!found.ok) return found
  const events = found.value.changes.map(({ view, kept, appeals }): Happening => {
    const payload = { attempt: view.attempt, cause: 'regrade' as const, ...kept, appeals }
    return { type: 'recall.regraded', payload }
  })
  const recorded = await recordAll(world, events)
  return recorded.ok ? ok({ regraded: events.length }) : recorded
}

/** Takes the last regrade back as a whole: the grades before it count again. */
export async function undoRegrade(world: World): Promise<Result<{ readonly undone: number }, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const ids = lastRegrade(learner.value.state)?.ids ?? []
  const undone = ids.map((regrade): Happening => ({ type: 'recall.regrade-undone', payload: { regrade } }))
  const recorded = await recordAll(world, undone)
  return recorded.ok ? ok({ undone: ids.length }) : recorded
}

/** What was regraded at once has one time. */
function lastRegrade(state: LearnerState): { at: number; ids: string[] } | null {
  const standing = Object.values(state.regrades)
    .flat()
    .filter(({ id, cause }) => cause === 'regrade' && !state.regradesUndone[id])
  const at = standing.reduce((latest, one) => Math.max(latest, one.at), 0)
  return at === 0 ? null : { at, ids: standing.filter((one) => one.at === at).map(({ id }) => id) }
}

interface Change {
  readonly view: RegradeChange
  readonly kept: KeptGrade
  readonly appeals: string[]
}

async function findChanges(
  world: World,
): Promise<
  Result<
    { readonly checked: number; readonly changes: readonly Change[]; readonly state: LearnerState },
    Problem
  >
> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const read = await world.store.read(world.learner)
  if (!read.ok) return storage(read.error)
  const { state } = learner.value
  const events = new Map(read.value.events.map((event) => [event.id, event]))
  const changes: Change[] = []
  let checked = 0
  for (const event of events.values()) {
    if (event.type !== 'recall.attempted' || state.undone[event.id]) continue
    const diagram = world.catalogue.diagrams.get(event.payload.diagram)
    if (diagram === undefined) continue
    const change = changeOf(diagram, event, state, events)
    if (change !== null) changes.push(change)
    if (++checked % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve))
  }
  return ok({ checked, changes, state })
}

function changeOf(
  diagram: Diagram,
  event: Attempted,
  state: LearnerState,
  events: ReadonlyMap<string, LearnerEvent>,
): Change | null {
  const standing = appealsFor(state, diagram.item.id, event.id)
  const grade = gradeAgain(diagram, event, standing)
  const kept = keptOf(diagram, grade)
  const before = countedGrade(event, state, events)
  if (sameScores(before.grade, kept.grade)) return null
  const view: RegradeChange = {
    attempt: event.id,
    id: diagram.item.id,
    title: diagram.item.title,
    at: event.at,
    before: before.grade,
    after: kept.grade,
    because: causeOf(before, kept),
    parts: partsOf(before.grade, kept.grade),
    changed: before.lost === null ? null : elementsOf(before.lost, kept.lost, grade),
  }
  return { view, kept, appeals: standing.map(({ id }) => id) }
}

/** The grade that counts now; `lost` is null where the attempt was recorded before that was kept. */
type Counted = Omit<KeptGrade, 'lost'> & { readonly lost: readonly string[] | null }

function countedGrade(
  event: Attempted,
  state: LearnerState,
  events: ReadonlyMap<string, LearnerEvent>,
): Counted {
  const by = events.get(standingRegrade(state, event.id)?.id ?? '')
  if (by?.type === 'recall.regraded') return by.payload
  if (by?.type === 'appeal.made' && by.v === 2 && by.payload.regrade !== null) return by.payload.regrade
  return { ...event.payload, lost: event.v === 1 ? null : event.payload.lost }
}

function causeOf(before: Counted, after: KeptGrade): string {
  if (before.grader !== after.grader)
    return `It was graded by grader ${before.grader}; today's is ${after.grader}.`
  if (before.revision !== after.revision)
    return `It was graded against revision ${before.revision} of the diagram; today's is ${after.revision}.`
  return 'The names or answers that the content or your appeals accept have changed.'
}

const PARTS = ['structure', 'technical', 'context', 'speed'] as const
const points = (value: number): string => String(Math.round(value * 100) / 100)

function partsOf(before: KeptGrade['grade'], after: KeptGrade['grade']): string[] {
  return PARTS.filter((part) => Math.abs(before[part] - after[part]) > 1e-6).map((part) => {
    const name = `${part.charAt(0).toUpperCase()}${part.slice(1)}`
    return `${name}: ${points(before[part])} then, ${points(after[part])} now.`
  })
}

type Verdicts = ReadonlyMap<string, string>

/** Verdicts by element; of two lines about one element (`a <-> b`) both. What is not listed lost nothing. */
function verdictsOf(lost: readonly string[]): Verdicts {
  const found = new Map<string, string>()
  for (const line of [...lost].sort()) {
    const at = line.indexOf(' ')
    const [verdict, name] = [line.slice(0, at), line.slice(at + 1)]
    found.set(name, found.has(name) ? `${found.get(name)} and ${verdict}` : verdict)
  }
  return found
}

/** The elements that are judged otherwise than before. Speed follows the structure, and is told by its part. */
function elementsOf(
  before: readonly string[],
  after: readonly string[],
  grade: Grade,
): NonNullable<RegradeChange['changed']> {
  const [was, is] = [verdictsOf(before), verdictsOf(after)]
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => !name.startsWith('speed'))
  return names.flatMap((name) => {
    const [then, now] = [was.get(name) ?? 'matched', is.get(name) ?? 'matched']
    if (then === now) return []
    const about = grade.elements.filter((one) => nameOfElement(one) === name)
    const one = about.find(({ verdict }) => verdict !== 'matched') ?? about[0]
    const because = one?.because ?? 'It is no line of the grade any more.'
    return [{ kind: name.slice(0, name.indexOf(' ')), label: one?.label ?? name, was: then, now, because }]
  })
}
