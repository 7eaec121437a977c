import type { DrawnEdge } from '#domain/diagram/index.ts'
import { assign } from './hungarian.ts'
import type { Labels } from './labels.ts'

/** One direction of one drawn edge, between things by number: `a <-> b` is two of them. */
export interface Arc {
  readonly edge: string
  /** -1 where the drawing has no such thing. */
  readonly from: number
  readonly to: number
  readonly undirected: boolean
  readonly label: string
  /** Drawn, and right either way by an appeal. */
  readonly accepted?: true
  /** Of the reference, and as right the other way round: why. */
  readonly eitherWay?: string
}

export interface ArcPair {
  readonly drawn: Arc
  readonly reference: Arc
  readonly credit: number
  /** The drawn one runs the other way. */
  readonly turned: boolean
}

export function arcsOf(edges: readonly DrawnEdge[], indexOf: ReadonlyMap<string, number>): Arc[] {
  return edges.flatMap((edge): Arc[] => {
    const from = indexOf.get(edge.from) ?? -1
    const to = indexOf.get(edge.to) ?? -1
    const arc: Arc = { edge: edge.id, from, to, undirected: edge.arrow === 'undirected', label: edge.label }
    return edge.arrow === 'both' ? [arc, { ...arc, from: to, to: from }] : [arc]
  })
}

/** How the labels of arcs are read: those of a topology are free, shown as they are and never looked up. */
export interface LabelRule {
  /** Where the reference has no label, any will do. */
  readonly fits: (drawn: Arc, reference: Arc) => boolean
  readonly meaning: (label: string) => string
  readonly name: (label: string) => string
  readonly credits: Credits
}

interface Credits {
  /** Of an arc that says the right thing the wrong way round. */
  readonly turned: number
  /** Of one between the right ends that says something else; one that says nothing known has half. */
  readonly other: number
}

/**
 * A connection drawn the wrong way round still joins the right things; a message sent the wrong way is another message,
 * and so, nearly, is one that says something else.
 */
const CREDITS = {
  connection: { turned: 0.5, other: 0.5 },
  message: { turned: 0, other: 0.25 },
} as const satisfies Record<string, Credits>

export const labelRule = (
  labels: Labels,
  graded: boolean,
  of: keyof typeof CREDITS = 'connection',
): LabelRule => {
  const credits = CREDITS[of]
  return graded
    ? {
        fits: (drawn, reference) =>
          reference.label.trim() === '' || labels.same(drawn.label, reference.label),
        meaning: labels.meaning,
        name: labels.name,
        credits,
      }
    : { fits: () => true, meaning: () => '', name: (label) => label, credits }
}

/**
 * The credit of one drawn arc for one of the reference between the same two ends: 1; half for a wrong label, or for
 * the wrong direction (reversed, or without a head where there should be one); 0 for both; less for messages, see
 * `CREDITS`. `along` says that both run the same way. The direction of an arc that was accepted on appeal is right.
 */
export function arcCredit(drawn: Arc, reference: Arc, along: boolean, rule: LabelRule): number {
  const loop = reference.from === reference.to
  const free = reference.undirected || reference.eitherWay !== undefined || drawn.accepted
  const way = free || loop || (along && !drawn.undirected)
  const label = rule.fits(drawn, reference)
  if (way && label) return 1
  if (way) return rule.meaning(drawn.label).startsWith('concept:') ? rule.credits.other : 0.5
  if (!label) return 0
  return drawn.undirected ? 0.5 : rule.credits.turned
}

/**
 * The pairing with most credit of the arcs between two drawn things and two of the reference, where drawn thing `at`
 * stands for `place`. Pairs without credit are left out.
 */
export function pairArcs(
  drawn: readonly Arc[],
  reference: readonly Arc[],
  at: number,
  place: number,
  rule: LabelRule,
): ArcPair[] {
  const along = (d: Arc, r: Arc) => (d.from === at) === (r.from === place)
  const credit = (d: Arc, r: Arc) => arcCredit(d, r, along(d, r), rule)
  const [d, r] = [drawn[0], reference[0]]
  if (!d || !r) return []
  if (drawn.length === 1 && reference.length === 1) {
    const only = credit(d, r)
    return only > 0 ? [{ drawn: d, reference: r, credit: only, turned: !along(d, r) }] : []
  }
  const worth = new Float64Array(drawn.length * reference.length)
  drawn.forEach((one, i) => {
    reference.forEach((other, j) => {
      worth[i * reference.length + j] = credit(one, other)
    })
  })
  const { columnOf } = assign(worth, drawn.length, reference.length)
  return drawn.flatMap((one, i) => {
    const other = reference[columnOf[i] as number]
    const earned = other ? credit(one, other) : 0
    return other && earned > 0
      ? [{ drawn: one, reference: other, credit: earned, turned: !along(one, other) }]
      : []
  })
}
