import { ok, type Result } from '#lib/result.ts'
import { findDiagram } from './diagrams.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import type { Draft, Problem } from './views.ts'

/** Keeps an attempt in the middle, whatever state its text is in; null discards it. */
export async function saveDraft(
  world: World,
  input: { readonly id: string; readonly draft: Omit<Draft, 'at'> | null },
): Promise<Result<{ readonly at: string }, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const at = new Date(world.clock.now()).toISOString()
  const body = input.draft === null ? null : JSON.stringify({ ...input.draft, at })
  const saved = await world.store.saveDraft(world.learner, input.id, body)
  return saved.ok ? ok({ at }) : storage(saved.error)
}
