import type { DiagramItem } from '#domain/curriculum/index.ts'
import type { Answers } from '#domain/grading/index.ts'

/**
 * What the questions of a diagram are called until the attempt ends: by their places, because the id of a fact often is
 * its answer (`watermarks`).
 */
export const factName = (place: number): string => `fact-${place + 1}`
export const slotName = (place: number): string => `context-${place + 1}`

/** Answers by the ids that the diagram gives its questions; an answer under such an id already keeps it. */
export function answersById(item: DiagramItem, { facts, context }: Answers): Answers {
  return {
    facts: renamed(
      facts,
      item.facts.map((fact) => fact.id),
      factName,
    ),
    context: renamed(
      context,
      item.context.map((slot) => slot.slot),
      slotName,
    ),
  }
}

function renamed(
  given: Readonly<Record<string, string>>,
  ids: readonly string[],
  nameAt: (place: number) => string,
): Record<string, string> {
  const known = new Map(ids.map((id, place) => [nameAt(place), id]))
  return Object.fromEntries(
    Object.entries(given).map(([name, answer]) => [
      ids.includes(name) ? name : (known.get(name) ?? name),
      answer,
    ]),
  )
}
