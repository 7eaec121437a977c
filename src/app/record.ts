import type { EventType, LearnerEvent } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import type { Problem } from './views.ts'

/** What happened, before it has an id, a time and a learner. */
export type Happening = {
  [T in EventType]: Pick<Extract<LearnerEvent, { type: T }>, 'type' | 'payload'>
}[EventType]

/** Appends one event, now; durable when it returns its id. With `id`, repeating the call records it once. */
export async function record(
  { store, clock, ids, learner }: World,
  happening: Happening,
  id = ids.next(),
): Promise<Result<string, Problem>> {
  const at = new Date(clock.now()).toISOString()
  const appended = await store.append([{ ...happening, id, learner, at, v: 1 } as LearnerEvent])
  return appended.ok ? ok(id) : storage(appended.error)
}
