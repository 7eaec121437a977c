import type { Drawing } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { LaidOut } from './laid-out.ts'
import { layoutMatrix } from './matrix.ts'
import { layoutSequence } from './sequence.ts'
import { layoutTimeline } from './timeline.ts'

/**
 * The layout of a form that needs no engine, in microseconds; null for one that does (topology, states,
 * decision).
 */
export function layoutAtOnce(drawing: Drawing, vocabulary: Vocabulary): LaidOut | null {
  if (drawing.form === 'sequence') return layoutSequence(drawing, vocabulary)
  if (drawing.form === 'timeline') return layoutTimeline(drawing, vocabulary)
  if (drawing.form === 'matrix') return layoutMatrix(drawing, vocabulary)
  return null
}
