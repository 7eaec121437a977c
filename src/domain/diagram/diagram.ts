import type { DiagramItem } from '#domain/curriculum/index.ts'
import type { Drawing } from './model.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A diagram of the curriculum with its drawing parsed and its labels' vocabulary at hand: what grading and drawing use. */
export interface Diagram {
  readonly item: DiagramItem
  readonly drawing: Drawing
  /** The field's concepts and, before them, the diagram's own names. */
  readonly vocabulary: Vocabulary
}
