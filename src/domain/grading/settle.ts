import { normalise } from '#lib/text.ts'
import { EPSILON } from './local-search.ts'
import { earns, type MappingProblem, type Placing, worthOf } from './mapping.ts'

interface Named {
  readonly label: string
}

/**
 * Makes the best mapping the one that a person expects, in place and without changing its worth: of instances of one
 * concept each stands for the one with its own words where that earns the same; and a wrongly named thing that earns
 * nothing where it was put stands nowhere: it is no misnamed thing but an extra one.
 */
export function settle(
  problem: MappingProblem,
  placing: Placing,
  named: Uint8Array,
  drawn: readonly Named[],
  reference: readonly Named[],
): void {
  placing.forEach((j, i) => {
    if (j < 0 || named[i * problem.reference + j]) return
    if (earns(problem, placing, i, j) <= 0) placing[i] = -1
  })
  const mine = drawn.map(({ label }) => normalise(label))
  const theirs = reference.map(({ label }) => normalise(label))
  placing.forEach((from, i) => {
    if (from < 0 || mine[i] === theirs[from]) return
    const to = (problem.options[i] ?? []).find((j) => theirs[j] === mine[i])
    if (to === undefined) return
    const holder = placing.indexOf(to)
    if (holder >= 0 && (mine[holder] === theirs[to] || !problem.options[holder]?.includes(from))) return
    const before = worthOf(problem, placing)
    placing[i] = to
    if (holder >= 0) placing[holder] = from
    if (worthOf(problem, placing) >= before - EPSILON) return
    placing[i] = from
    if (holder >= 0) placing[holder] = to
  })
}
