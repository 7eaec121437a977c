import { earns, type MappingProblem, type Placing } from './mapping.ts'

/** Gains smaller than this are rounding: a tie. */
export const EPSILON = 1e-9

/**
 * Improves a mapping in place by single moves and swaps until none helps, in a fixed order. Only strict gains are
 * taken, so ties stay as they were found. `movable` are the things that may change place.
 */
export function improve(problem: MappingProblem, placing: Placing, movable: readonly number[]): number {
  const holder = new Int32Array(problem.reference).fill(-1)
  placing.forEach((j, i) => {
    if (j >= 0) holder[j] = i
  })
  let steps = 0
  let better = true
  while (better && steps < 20_000) {
    better = false
    for (const i of movable)
      for (const j of problem.options[i] ?? []) {
        steps += problem.links[i]?.length ?? 0
        if (j !== placing[i] && tryMove(problem, placing, holder, i, j)) better = true
      }
  }
  return steps
}

/** Moves `i` to `j`; whoever stood there takes the old place if it may, else none if it may. Undone unless it pays. */
function tryMove(
  problem: MappingProblem,
  placing: Placing,
  holder: Int32Array,
  i: number,
  j: number,
): boolean {
  const from = placing[i] as number
  const other = holder[j] as number
  const swaps = other >= 0 && from >= 0 && (problem.options[other] ?? []).includes(from)
  if (other >= 0 && !swaps && problem.required[other]) return false
  const before = together(problem, placing, i, other)
  const put = (thing: number, place: number) => {
    placing[thing] = place
    if (place >= 0) holder[place] = thing
  }
  put(i, j)
  if (from >= 0) holder[from] = -1
  if (other >= 0) put(other, swaps ? from : -1)
  if (together(problem, placing, i, other) > before + EPSILON) return true
  put(i, from)
  holder[j] = -1
  if (other >= 0) put(other, j)
  return false
}

/** What two things earn with the rest as it stands; a link between them counts once. */
function together(problem: MappingProblem, placing: Placing, i: number, other: number): number {
  const one = placing[i] as number
  let sum = one >= 0 ? earns(problem, placing, i, one) : 0
  const two = other >= 0 ? (placing[other] as number) : -1
  if (two < 0) return sum
  sum += earns(problem, placing, other, two)
  if (one < 0) return sum
  const between = (problem.links[i] ?? []).find((link) => link.other === other)
  return between ? sum - (between.table.worth[one * problem.reference + two] as number) : sum
}
