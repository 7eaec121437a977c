/** Points for structure; see docs/grading.md. */
export const STRUCTURE = 40

/** Elements, relations and groupings weigh 4 : 5 : 1, over those that the reference has. */
const SHARES = { elements: 4, relations: 5, groups: 1 } as const

export interface Counts {
  readonly elements: number
  readonly relations: number
  readonly groups: number
}

/**
 * The worth of one element of each sort: with R in the reference and L drawn, `u = 40 · share / (R + L)`. A matched pair
 * earns 2u; a missing one loses u and so does an extra one, so that the part's score is 40 · share · F1. A sort that
 * the reference does not have is worth nothing, and its share goes to the others.
 */
export function unitsOf(reference: Counts, drawn: Counts): Counts {
  const sorts = ['elements', 'relations', 'groups'] as const
  const shares = sorts.reduce((sum, sort) => sum + (reference[sort] > 0 ? SHARES[sort] : 0), 0)
  const unit = (sort: keyof Counts) =>
    reference[sort] > 0 ? (STRUCTURE * SHARES[sort]) / shares / (reference[sort] + drawn[sort]) : 0
  return { elements: unit('elements'), relations: unit('relations'), groups: unit('groups') }
}
