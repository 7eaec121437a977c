import { ok, type Result } from '#lib/result.ts'
import { findAttempt } from './attempts.ts'
import { findDiagram } from './diagrams.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { lastSaid, record } from './record.ts'
import type { MutationAnswer, Problem } from './views.ts'

export interface MutationInput {
  readonly attempt: string
  readonly answer: string
  readonly mark?: 'missed' | 'partly' | 'got-it' | undefined
}

/**
 * Transfer: what memory alone cannot answer. Without a mark the answer is only revealed; with one, the learner's answer
 * and their own mark are recorded, apart from the grade.
 */
export async function answerMutation(
  world: World,
  input: MutationInput,
): Promise<Result<MutationAnswer, Problem>> {
  const event = await findAttempt(world, input.attempt)
  if (!event.ok) return event
  const { diagram } = event.value.payload
  const found = findDiagram(world, diagram)
  if (!found.ok) return found
  const { attempt, answer, mark } = input
  if (mark !== undefined) {
    const learner = await loadLearner(world)
    if (!learner.ok) return learner
    const payload = { attempt, diagram, answer, mark }
    const after = lastSaid(learner.value.state.mutations)
    const recorded = await record(world, { type: 'mutation.answered', payload }, { after })
    if (!recorded.ok) return recorded
  }
  const { mutation } = found.value.item
  return ok({ answer: mutation.answer, because: mutation.because })
}
