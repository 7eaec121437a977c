import { type EventType, type LearnerEvent, versionOf, type WrittenEvent } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import type { Problem } from './views.ts'

/** What happened, before it has an id, a time and a learner. */
export type Happening = {
  [T in EventType]: Pick<Extract<WrittenEvent, { type: T }>, 'type' | 'payload'>
}[EventType]

/** The last time that four digits of a year can say. */
const LAST_MS = Date.UTC(10_000, 0) - 1

/** When the last of some things was said, Unix ms; −∞ where nothing was. */
export const lastSaid = (said: Readonly<Record<string, { readonly at: number }>>): number =>
  Object.values(said).reduce((last, { at }) => Math.max(last, at), -Infinity)

/**
 * Appends one event, now; durable when it returns its id. With `id`, repeating the call records it once. `after`: when what it
 * takes the place of was said (Unix ms), so that it is the later word even where the clock was set back since.
 */
export async function record(
  world: World,
  happening: Happening,
  { id = world.ids.next(), after = -Infinity }: { readonly id?: string; readonly after?: number } = {},
): Promise<Result<string, Problem>> {
  const recorded = await recordAll(world, [{ ...happening, id }], after)
  return recorded.ok ? ok(id) : recorded
}

/** Appends events that happen together, all of them or none. */
export async function recordAll(
  { store, clock, ids, learner }: World,
  happenings: readonly (Happening & { readonly id?: string })[],
  after = -Infinity,
): Promise<Result<void, Problem>> {
  const at = new Date(Math.min(LAST_MS, Math.max(clock.now(), after + 1))).toISOString()
  const events = happenings.map(
    ({ id = ids.next(), type, payload }) =>
      ({ id, learner, at, type, payload, v: versionOf(type) }) as LearnerEvent,
  )
  const appended = await store.append(events)
  return appended.ok ? ok(undefined) : storage(appended.error)
}
