import type { Diagram } from '#domain/diagram/index.ts'
import { parSeconds, partialPar } from '#domain/grading/index.ts'
import type { Settings } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { clockOf } from './clock.ts'
import { findDiagram } from './diagrams.ts'
import { readDraft } from './drafts.ts'
import { loadLearner } from './learner.ts'
import { givenOf, type PartAsked, partAsked } from './part.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import { factName, slotName } from './question-ids.ts'
import type { Problem, RecallPart, RecallView } from './views.ts'

/** The questions of a diagram and no answer to any: field by field, so that a new field of an item stays home. */
export async function recallView(
  world: World,
  input: { readonly id: string },
): Promise<Result<RecallView, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const draft = await world.store.draft(world.learner, input.id)
  if (!draft.ok) return storage(draft.error)
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { item, drawing } = found.value
  const part = partAsked(learner.value, found.value)
  return ok({
    id: item.id,
    title: item.title,
    question: item.question,
    category: item.category,
    form: item.form,
    parSeconds: clockOf(parSeconds(drawing), learner.value.settings),
    ...questionsOf(found.value),
    part: part === null ? null : await partView(world, found.value, part, learner.value.settings),
    asksConfidence: learner.value.settings.askConfidence,
    draft: draft.value === null ? null : readDraft(draft.value),
  })
}

async function partView(
  world: World,
  diagram: Diagram,
  part: PartAsked,
  settings: Settings,
): Promise<RecallPart> {
  const asks = new Set(part.asked)
  const { facts, context } = questionsOf(diagram)
  return {
    key: part.key,
    ...(await givenOf(world, diagram, part)),
    parSeconds: clockOf(partialPar(diagram, part.share), settings),
    elements: part.hidden.size,
    facts: facts.filter((_, place) => asks.has(`fact ${diagram.item.facts[place]?.id}`)),
    context: context.filter((_, place) => asks.has(`context ${diagram.item.context[place]?.slot}`)),
  }
}

/** By their places: the id of a fact often is its answer. */
const questionsOf = ({ item }: Diagram): Pick<RecallView, 'facts' | 'context'> => ({
  facts: item.facts.map(({ ask }, place) => ({ id: factName(place), ask })),
  context: item.context.map(({ ask }, place) => ({ id: slotName(place), ask })),
})
