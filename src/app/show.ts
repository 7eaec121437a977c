import { describe, printDrawing } from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { contextOf, factsOf, findDiagram } from './diagrams.ts'
import type { World } from './ports.ts'
import type { Problem, ShowView } from './views.ts'

/** Everything about a diagram in words, with all its answers. */
export async function show(
  world: Pick<World, 'catalogue'>,
  input: { readonly id: string },
): Promise<Result<ShowView, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const { item, drawing, vocabulary } = found.value
  return ok({
    id: item.id,
    title: item.title,
    question: item.question,
    category: item.category,
    form: item.form,
    tier: item.tier,
    complexity: item.complexity,
    minutes: item.minutes,
    needs: item.needs,
    revision: item.revision,
    notation: printDrawing(drawing),
    drawing,
    description: describe(drawing, vocabulary),
    walkthrough: item.walkthrough.map(({ says }) => says),
    facts: factsOf(world, found.value),
    context: contextOf(world, found.value),
    mutation: item.mutation,
  })
}
