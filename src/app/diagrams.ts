import type { DiagramItem } from '#domain/curriculum/index.ts'
import {
  type Diagram,
  displayName,
  type LaidOut,
  layoutAtOnce,
  layoutDrawing,
  layoutHash,
  type RunElk,
} from '#domain/diagram/index.ts'
import { parseQuantity } from '#lib/quantity.ts'
import { ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import { type Learner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import { notFound } from './problem.ts'
import type { DiagramCard, Problem, SourceView } from './views.ts'

/** The diagram of an id, or what was probably meant. */
export function findDiagram({ catalogue }: Pick<World, 'catalogue'>, id: string): Result<Diagram, Problem> {
  const found = catalogue.diagrams.get(id)
  if (found) return ok(found)
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id
  const near = nearestId(catalogue.items, id)
  return notFound(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an id from outside may hold them, a message must not
    `There is no diagram "${shown.replace(/[\u0000-\u001f\u007f]/g, '�')}".`,
    near === null
      ? 'The library lists all there are; in a terminal, atlas catalog does.'
      : `Did you mean "${near}"?`,
  )
}

/** By the whole id, else by its second half alone: people remember `raft`, not its category. */
function nearestId(items: ReadonlyMap<string, DiagramItem>, id: string): string | null {
  if (id.length > 200) return null
  const slug = id.split('/').at(-1) ?? id
  const bySlug = new Map([...items.keys()].map((known) => [known.split('/')[1] ?? known, known]))
  const near = nearest(slug, bySlug.keys())
  return nearest(id, items.keys()) ?? (near === null ? null : (bySlug.get(near) ?? null))
}

export function cardOf(item: DiagramItem, learner: Learner): DiagramCard {
  const { state, due, recall } = standingOf(learner, item.id)
  return {
    id: item.id,
    title: item.title,
    question: item.question,
    category: item.category,
    form: item.form,
    tier: item.tier,
    complexity: item.complexity,
    minutes: item.minutes,
    state,
    due: due === null ? null : new Date(due).toISOString(),
    recall,
  }
}

/** The reference laid out: as it was baked, or at once, or by ELK where the baked layout is of another drawing. */
export async function layoutOf(
  world: Pick<World, 'catalogue' | 'runElk'>,
  { item, drawing, vocabulary }: Diagram,
): Promise<LaidOut> {
  const atOnce = layoutAtOnce(drawing, vocabulary)
  if (atOnce !== null) return atOnce
  const baked = world.catalogue.bakedLayout(item.id) as { hash: string; layout: LaidOut } | null
  if (baked !== null && baked.hash === layoutHash(drawing, vocabulary)) return baked.layout
  return layoutDrawing(drawing, vocabulary, world.runElk as RunElk, 'tidy')
}

export const sourcesOf = ({ catalogue }: Pick<World, 'catalogue'>, ids: readonly string[]): SourceView[] =>
  ids.flatMap((id): SourceView[] => {
    const source = catalogue.sources.get(id)
    if (!source) return []
    const { title, author, year, where, url } = source
    return [{ title, author, year, where: where ?? null, url: url ?? null }]
  })

/** Every question of a diagram with its right answers, as people read them. */
export function factsOf(world: Pick<World, 'catalogue'>, { item, vocabulary }: Diagram) {
  return item.facts.map((fact) => ({
    id: fact.id,
    ask: fact.ask,
    // A number is itself: 400 workers are no "Bad request".
    right: parseQuantity(fact.value) ? fact.value : displayName(vocabulary, fact.value),
    derived: fact.derived ?? null,
    asOf: fact.as_of,
    sources: sourcesOf(world, fact.source),
  }))
}

export function contextOf(world: Pick<World, 'catalogue'>, { item, vocabulary }: Diagram) {
  return item.context.map((slot) => ({
    id: slot.slot,
    ask: slot.ask,
    accepted: slot.accept.map((wording) => displayName(vocabulary, wording)),
    sources: sourcesOf(world, slot.source),
  }))
}
