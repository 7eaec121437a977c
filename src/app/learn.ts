import { describe, render, walkthrough } from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { cardOf, contextOf, factsOf, findDiagram, layoutOf } from './diagrams.ts'
import { fadedElements } from './faded.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import type { LearnView, Problem } from './views.ts'

/** Everything about a diagram, to be learnt: its walkthrough, its faded redraw, its facts with their sources. */
export async function learn(
  world: World,
  input: { readonly id: string },
): Promise<Result<LearnView, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { item, drawing, vocabulary } = found.value
  const laidOut = await layoutOf(world, found.value)
  const description = describe(drawing, vocabulary)
  return ok({
    card: cardOf(item, learner.value),
    svg: render(laidOut, {
      icons: world.catalogue.icons,
      title: item.title,
      description: description.join('. '),
    }),
    description,
    steps: walkthrough(found.value).steps,
    faded: fadedElements(found.value),
    facts: factsOf(world, found.value).map(({ id: _, ...fact }) => fact),
    context: contextOf(world, found.value).map(({ ask, accepted, sources }) => ({
      ask,
      accept: accepted,
      sources,
    })),
  })
}
