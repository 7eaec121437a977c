import type { Concept, DiagramItem } from '#domain/curriculum/index.ts'
import {
  buildVocabulary,
  type Collision,
  type Diagram,
  type NotationProblem,
  parseDrawing,
  type Vocabulary,
  withNames,
} from '#domain/diagram/index.ts'

export interface ResolvedDiagram {
  readonly diagram: Diagram
  readonly problems: readonly NotationProblem[]
}

/** A diagram with its drawing parsed and its own names before the field's. */
export function resolveDiagram(item: DiagramItem, field: Vocabulary): ResolvedDiagram {
  const { drawing, problems } = parseDrawing(item.drawing, item.form)
  return { diagram: { item, drawing, vocabulary: withNames(field, ownNames(item)) }, problems }
}

/** The names that one diagram gives itself, as concepts. */
export const ownNames = (item: DiagramItem): Concept[] =>
  Object.entries(item.names).map(([id, name]) => ({
    id,
    name: name.name ?? capital(id.replaceAll('-', ' ')),
    kind: name.kind,
    layer: name.layer,
    icon: name.icon ?? null,
    aliases: name.aliases,
  }))

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const fieldVocabulary = (
  concepts: readonly Concept[],
): { vocabulary: Vocabulary; collisions: Collision[] } => buildVocabulary(concepts)
