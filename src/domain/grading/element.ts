import type { ElementId } from '#domain/diagram/index.ts'
import type { GradedElement, Part, Verdict } from './grade.ts'

interface Line {
  readonly kind: GradedElement['kind']
  readonly label: string
  readonly verdict: Verdict
  readonly points: number
  readonly of: number
  readonly because: string
  readonly reference?: ElementId | null
  readonly drawn?: ElementId | null
  readonly answer?: GradedElement['answer']
}

export const element = ({ reference = null, drawn = null, answer, ...rest }: Line): GradedElement => ({
  ...rest,
  reference,
  drawn,
  ...(answer ? { answer } : {}),
})

/** Rounded to 1e-9, so that a sum in another order is the same score. */
export const exact = (points: number): number => Math.round(points * 1e9) / 1e9

export const partOf = (elements: readonly GradedElement[], max: number): Part => ({
  score: exact(elements.reduce((sum, { points }) => sum + points, 0)),
  max,
})
