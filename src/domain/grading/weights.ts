/** Points for structure; see docs/grading.md. */
export const STRUCTURE = 40

/** What elements, relations and groupings weigh by form, over those that the reference has. */
export const SHARES = {
  graph: { elements: 4, relations: 5, groups: 1 },
  sequence: { elements: 1, relations: 3, groups: 0 },
  timeline: { elements: 3, relations: 6, groups: 1 },
  matrix: { elements: 1, relations: 2, groups: 0 },
} as const satisfies Record<string, Counts>

export interface Counts {
  readonly elements: number
  readonly relations: number
  readonly groups: number
}

/**
 * The worth of one element of each sort: with R in the reference and L drawn, `u = 40 · share / (R + L)`. A matched pair
 * earns 2u; a missing one loses u and so does an extra one, so that the part's score is 40 · share · F1. A sort that
 * the reference does not have is worth nothing, and its share goes to the others. Where a relation that is drawn
 * blindly earns `blind` on average, `u = 40 · share / (R + L - 2 · blind · L)`: what is above that chance is the share.
 */
export function unitsOf(reference: Counts, drawn: Counts, weights: Counts, blind = 0): Counts {
  const sorts = ['elements', 'relations', 'groups'] as const
  const shares = sorts.reduce((sum, sort) => sum + (reference[sort] > 0 ? weights[sort] : 0), 0)
  const unit = (sort: keyof Counts) =>
    reference[sort] > 0 ? (STRUCTURE * weights[sort]) / shares / (reference[sort] + drawn[sort]) : 0
  const all = reference.relations + drawn.relations
  const relations = (unit('relations') * all) / Math.max(1, all - 2 * blind * drawn.relations)
  return { elements: unit('elements'), relations, groups: unit('groups') }
}
