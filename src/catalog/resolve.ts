import { type Concept, type DiagramItem, ownNames } from '#domain/curriculum/index.ts'
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

export const fieldVocabulary = (
  concepts: readonly Concept[],
): { vocabulary: Vocabulary; collisions: Collision[] } => buildVocabulary(concepts)
