import { fnv1a64 } from '#lib/hash.ts'
import type { Drawing } from '../model.ts'
import { isLinked } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { captionLook, edgeChip, nodeLooks } from './look.ts'
import { CHARACTERS, TABULAR_WIDTH, WIDTHS } from './metrics.ts'

/** Raised whenever the same drawing would be laid out in another way. */
export const LAYOUT_VERSION = 1

/**
 * What a baked layout depends on: the drawing, how its labels are shown (names, icons, layers, shapes,
 * sizes), the faces' metrics and the version of the layout. 16 hexadecimal digits.
 */
export function layoutHash(drawing: Drawing, vocabulary: Vocabulary): string {
  const shown = isLinked(drawing)
    ? {
        nodes: [...nodeLooks(drawing, vocabulary)],
        labels: drawing.edges.map((edge) => edgeChip(drawing, edge, vocabulary)),
        captions: drawing.groups.map((group) => captionLook(group.label, vocabulary)),
      }
    : null
  return fnv1a64(JSON.stringify([LAYOUT_VERSION, CHARACTERS, WIDTHS, TABULAR_WIDTH, drawing, shown]))
}
