import { parSeconds } from '#domain/grading/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { findDiagram } from './diagrams.ts'
import { readDraft } from './drafts.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import { factName, slotName } from './question-ids.ts'
import type { Problem, RecallView } from './views.ts'

/** The questions of a diagram and no answer to any: field by field, so that a new field of an item stays home. */
export async function recallView(
  world: World,
  input: { readonly id: string },
): Promise<Result<RecallView, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const draft = await world.store.draft(world.learner, input.id)
  if (!draft.ok) return storage(draft.error)
  const { item, drawing } = found.value
  return ok({
    id: item.id,
    title: item.title,
    question: item.question,
    category: item.category,
    form: item.form,
    parSeconds: parSeconds(drawing),
    facts: item.facts.map(({ ask }, place) => ({ id: factName(place), ask })),
    context: item.context.map(({ ask }, place) => ({ id: slotName(place), ask })),
    draft: draft.value === null ? null : readDraft(draft.value),
  })
}
