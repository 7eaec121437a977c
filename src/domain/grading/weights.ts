/** Points for structure; see docs/grading.md. */
export const STRUCTURE = 40

/**
 * What elements, relations and groupings weigh by form, over those that the reference has; and how many times what an
 * extra one costs a missing one does: in a sequence and a matrix what is missing is the answer that was asked for. In a
 * timeline an effect before its cause must cost more than one that is missing, so it costs no more there.
 */
export const SHARES = {
  graph: { elements: 4, relations: 5, groups: 1, missing: 1 },
  sequence: { elements: 1, relations: 3, groups: 0, missing: 2 },
  timeline: { elements: 3, relations: 6, groups: 1, missing: 1 },
  matrix: { elements: 1, relations: 2, groups: 0, missing: 2 },
} as const satisfies Record<string, Counts & { readonly missing: number }>

export interface Counts {
  readonly elements: number
  readonly relations: number
  readonly groups: number
}

/** What one extra element of each sort costs, in points; a missing one costs `missing` times that, a pair earns `pair` times. */
export interface Units extends Counts {
  readonly missing: number
  readonly pair: number
}

/**
 * The worth of one element of each sort. With R in the reference, L drawn and m the weight of what is missing,
 * `u = 40 · share / (m · R + L)`: a pair earns (1 + m) · u, a missing one loses m · u and an extra one u, so that the
 * part's score is 40 · share · F, van Rijsbergen's F with β² = m. A sort that the reference does not have is worth
 * nothing, and its share goes to the others. Where a relation that is drawn blindly earns `blind` on average and m is 1,
 * `u = 40 · share / (R + L - 2 · blind · L)`: what is above that chance is the share.
 */
export function unitsOf(
  reference: Counts,
  drawn: Counts,
  weights: Counts & { readonly missing: number },
  blind = 0,
): Units {
  const sorts = ['elements', 'relations', 'groups'] as const
  const { missing } = weights
  const shares = sorts.reduce((sum, sort) => sum + (reference[sort] > 0 ? weights[sort] : 0), 0)
  const unit = (sort: keyof Counts, expected = 0) =>
    reference[sort] > 0
      ? (STRUCTURE * weights[sort]) / shares / (missing * reference[sort] + drawn[sort] - 2 * expected)
      : 0
  const relations = unit('relations', blind * drawn.relations)
  return { elements: unit('elements'), relations, groups: unit('groups'), missing, pair: 1 + missing }
}
