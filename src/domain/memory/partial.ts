/**
 * When an item is asked in part: what was weak at its last whole recall, instead of all of it. Whole recalls come at growing
 * intervals: after n of them passed in a row, up to n partial ones may stand between two.
 */

/** More than this share of an item's points is not a part any more. */
export const PART_MOST = 1 / 3
const PARTS_BETWEEN_MOST = 3

export interface Recalls {
  /** Whole recalls that passed in a row, up to the last one. */
  readonly wholesPassed: number
  /** Partial recalls since the last whole one. */
  readonly partsSince: number
  /** Whether the last of them failed. */
  readonly lastPartFailed: boolean
}

/** Whether the next recall may ask a part that is worth this share (0 to 1) of the whole. */
export const asksPart = ({ wholesPassed, partsSince, lastPartFailed }: Recalls, share: number): boolean =>
  share > 0 &&
  share <= PART_MOST &&
  !lastPartFailed &&
  partsSince < Math.min(PARTS_BETWEEN_MOST, wholesPassed)

/**
 * How much a partial recall counts as a review: the share of the item that it asked. What was given was read, not recalled,
 * and reading says little about memory.
 */
export const partialWeight = (share: number): number => Math.min(1, Math.max(0, share))

/** The numbers that `asksPart` needs, from an item's recalls, oldest first. */
export function recallsOf(
  attempts: readonly { readonly part: boolean; readonly passed: boolean }[],
): Recalls {
  const last = attempts.findLastIndex(({ part }) => !part)
  const wholes = attempts.filter(({ part }) => !part)
  const failed = wholes.findLastIndex(({ passed }) => !passed)
  const since = attempts.slice(last + 1)
  return {
    wholesPassed: wholes.length - 1 - failed,
    partsSince: since.length,
    lastPartFailed: since.at(-1)?.passed === false,
  }
}
