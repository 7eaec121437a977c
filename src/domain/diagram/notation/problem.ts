/** One thing wrong with a drawing's text. Lines and columns count from 1. */
export interface NotationProblem {
  readonly line: number
  readonly column: number
  readonly message: string
  /** What was probably meant. */
  readonly suggestion: string | null
}

/** What a drawing may hold at most; beyond it, parsing stops with a problem that says so. */
export const LIMITS = { characters: 200_000, label: 200, elements: 600, depth: 3 } as const

export function tooLong(text: string): NotationProblem | null {
  if (text.length <= LIMITS.characters) return null
  return {
    line: 1,
    column: 1,
    message: `the drawing has ${text.length} characters; at most ${LIMITS.characters} are read`,
    suggestion: null,
  }
}
