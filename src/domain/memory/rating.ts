/** How a recall went, in the four words that schedulers understand. */
export type Rating = 'again' | 'hard' | 'good' | 'easy'
/** Worst first. */
export const RATINGS: readonly Rating[] = ['again', 'hard', 'good', 'easy']

/** Totals (0 to 100) from which a recall counts as at least so good. docs/memory.md says why these. */
export const RATING_FROM = { hard: 60, good: 75, easy: 92 } as const

export interface Recalled {
  /** Points of 100. */
  readonly total: number
  readonly structure: number
  readonly speed: number
  readonly hints: number
}

/**
 * The one place where a grade and its time become a rating.
 *
 * Within par is read off the grade itself (speed is `10·structure/40` up to par and falls beyond), so that an old
 * attempt keeps its rating when a diagram's par changes. A recall that was helped by a hint is hard at best.
 */
export function ratingOf(recalled: Recalled): Rating {
  const { total, hints } = recalled
  if (total < RATING_FROM.hard) return 'again'
  if (total < RATING_FROM.good || hints > 0) return 'hard'
  return total >= RATING_FROM.easy && withinPar(recalled) ? 'easy' : 'good'
}

/** True where no speed was lost to the clock. */
export const withinPar = ({ structure, speed }: { structure: number; speed: number }): boolean =>
  speed >= (10 * structure) / 40 - 1e-6
