import { type EventType, type LearnerEvent, versionOf, type WrittenEvent } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import type { Problem } from './views.ts'

/** What happened, before it has an id, a time and a learner. */
export type Happening = {
  [T in EventType]: Pick<Extract<WrittenEvent, { type: T }>, 'type' | 'payload'>
}[EventType]

/** Appends one event, now; durable when it returns its id. With `id`, repeating the call records it once. */
export async function record(
  world: World,
  happening: Happening,
  id = world.ids.next(),
): Promise<Result<string, Problem>> {
  const recorded = await recordAll(world, [{ ...happening, id }])
  return recorded.ok ? ok(id) : recorded
}

/** Appends events that happen together, all of them or none. */
export async function recordAll(
  { store, clock, ids, learner }: World,
  happenings: readonly (Happening & { readonly id?: string })[],
): Promise<Result<void, Problem>> {
  const at = new Date(clock.now()).toISOString()
  const events = happenings.map(
    ({ id = ids.next(), type, payload }) =>
      ({ id, learner, at, type, payload, v: versionOf(type) }) as LearnerEvent,
  )
  const appended = await store.append(events)
  return appended.ok ? ok(undefined) : storage(appended.error)
}
