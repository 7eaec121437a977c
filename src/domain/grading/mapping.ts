/**
 * Where the drawn things stand in the reference, as a problem of numbers. Each drawn thing goes to one of its options
 * or nowhere, no two to the same; the mapping earns `gain` for each placed thing and a table's worth for each link
 * between two placed things. All weights are fixed and none is negative: a quadratic assignment problem.
 */
export interface MappingProblem {
  readonly drawn: number
  readonly reference: number
  /** For each drawn thing the things of the reference that it may stand for, the likeliest first. */
  readonly options: readonly (readonly number[])[]
  /** A drawn thing that must be placed: its label names something that the reference has. */
  readonly required: readonly boolean[]
  /** Points for placing, row-major [drawn × reference]. */
  readonly gain: Float64Array
  readonly links: readonly (readonly Link[])[]
}

/** Seen from one end; the other end holds its mirror. At most one link between two things, none to itself. */
export interface Link {
  readonly other: number
  readonly table: LinkTable
}

/** Points by where the two ends stand. Links that are worth the same everywhere share one table. */
export interface LinkTable {
  /** Row-major [this end × other end] over the reference. */
  readonly worth: Float64Array
  /** For each place of this end, the places of the other that are worth something. */
  readonly places: readonly (readonly number[])[]
}

/** For each drawn thing its place in the reference, or -1. */
export type Placing = Int32Array

export function linkTable(worth: Float64Array, reference: number): LinkTable {
  const places = Array.from({ length: reference }, (_, j) => {
    const found: number[] = []
    for (let k = 0; k < reference; k++) if ((worth[j * reference + k] as number) > 0) found.push(k)
    return found
  })
  return { worth, places }
}

/** What drawn thing `i` earns at place `j` with all others as placed; its links count whole. */
export function earns(problem: MappingProblem, placing: Placing, i: number, j: number): number {
  const size = problem.reference
  let sum = problem.gain[i * size + j] as number
  for (const { other, table } of problem.links[i] ?? []) {
    const at = placing[other] as number
    if (at >= 0) sum += table.worth[j * size + at] as number
  }
  return sum
}

/** The points of a whole mapping. */
export function worthOf(problem: MappingProblem, placing: Placing): number {
  const size = problem.reference
  let sum = 0
  placing.forEach((j, i) => {
    if (j < 0) return
    sum += problem.gain[i * size + j] as number
    for (const { other, table } of problem.links[i] ?? []) {
      const at = placing[other] as number
      if (other > i && at >= 0) sum += table.worth[j * size + at] as number
    }
  })
  return sum
}
