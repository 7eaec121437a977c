import type { EventOf } from '#domain/progress/index.ts'
import { isUuid } from '#lib/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import type { World } from './ports.ts'
import { notFound, storage } from './problem.ts'
import type { Problem } from './views.ts'

export type Attempted = EventOf<'recall.attempted'>

/** The recorded attempt of an id. */
export async function findAttempt(
  { store, learner }: World,
  id: string,
): Promise<Result<Attempted, Problem>> {
  const missing = () => notFound('There is no such attempt.', 'Progress lists the attempts that were made.')
  if (!isUuid(id)) return missing()
  const found = await store.find(learner, id)
  if (!found.ok) return storage(found.error)
  return found.value?.type === 'recall.attempted' ? ok(found.value) : missing()
}
