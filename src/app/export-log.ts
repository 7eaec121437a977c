import { ok, type Result } from '#lib/result.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import type { Problem } from './views.ts'

/** The learner's whole history as JSON lines, one event a line, in the order of time. */
export async function exportLog({ store, learner }: World): Promise<Result<string, Problem>> {
  const read = await store.read(learner)
  if (!read.ok) return storage(read.error)
  return ok(read.value.events.map((event) => `${JSON.stringify(event)}\n`).join(''))
}
