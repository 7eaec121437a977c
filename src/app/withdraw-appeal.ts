import { type AppealRecord, appealsFor, type LearnerState, standingRegrade } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { findAttempt } from './attempts.ts'
import { gradeAgain, keptOf } from './graded.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { notFound } from './problem.ts'
import { type Happening, recordAll } from './record.ts'
import type { Problem } from './views.ts'

/**
 * Takes an appeal back by an event of its own; taking it back twice is once. The grades that counted it count no more,
 * and what was recorded before counts again; where other appeals still stand, the grade with those is recorded.
 */
export async function withdrawAppeal(
  world: World,
  input: { readonly appeal: string },
): Promise<Result<{ readonly attempt: string }, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { state } = learner.value
  const made = Object.hasOwn(state.appeals, input.appeal) ? state.appeals[input.appeal] : undefined
  if (made === undefined)
    return notFound('There is no such appeal.', 'Settings lists the appeals that stand.')
  if (!state.withdrawn[made.id]) {
    const grades = await gradesWithout(world, state, made)
    const withdrawn = { type: 'appeal.withdrawn', payload: { appeal: made.id } } as const
    const taken = await recordAll(world, [withdrawn, ...grades])
    if (!taken.ok) return taken
  }
  return ok({ attempt: made.attempt })
}

/** Grades of the attempts that counted an appeal, where no recorded grade counts exactly the appeals that are left. */
async function gradesWithout(world: World, state: LearnerState, made: AppealRecord): Promise<Happening[]> {
  const diagram = world.catalogue.diagrams.get(made.diagram)
  if (diagram === undefined) return []
  const after: LearnerState = { ...state, withdrawn: { ...state.withdrawn, [made.id]: true } }
  const grades: Happening[] = []
  for (const { id, grader } of state.items[made.diagram]?.attempts ?? []) {
    const counted = standingRegrade(state, id)
    if (!counted?.appeals.includes(made.id)) continue
    const left = appealsFor(after, made.diagram, id)
    const next = standingRegrade(after, id)
    const holds = (next?.appeals ?? []).length === left.length && (next?.grader ?? grader) === counted.grader
    const recorded = holds ? null : await findAttempt(world, id)
    if (!recorded?.ok) continue
    const kept = keptOf(diagram, gradeAgain(diagram, recorded.value, left))
    const payload = { attempt: id, cause: 'appeal' as const, ...kept, appeals: left.map((one) => one.id) }
    grades.push({ type: 'recall.regraded', payload })
  }
  return grades
}
