import { policyFor, type Scheduling } from '#domain/memory/index.ts'
import { parametersOf } from '#domain/progress/index.ts'
import type { Learner } from './learner.ts'

/**
 * How something is scheduled that is no diagram of the library, by the learner's settings: a question card, a fact. Asking
 * for it the first time solves some tables, so ask where it is needed.
 */
export function schedulingFor(
  { state, settings }: Pick<Learner, 'state' | 'settings'>,
  meanRecall = settings.meanRecall,
): Scheduling {
  const { scheduler, ladder } = settings
  const { parameters } = parametersOf(state)
  return { scheduler, ladder, parameters, policy: policyFor(parameters, meanRecall) }
}
