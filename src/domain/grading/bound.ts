import { type Assignment, assign } from './hungarian.ts'
import type { Link, MappingProblem, Placing } from './mapping.ts'

/** A mapping half made: what is decided, what is free, and the work done so far. */
export interface State {
  readonly problem: MappingProblem
  /** Row-major [drawn × reference]: 1 where the drawn thing may stand. */
  readonly allowed: Uint8Array
  readonly placing: Placing
  readonly decided: Uint8Array
  readonly taken: Uint8Array
  /** Elementary operations so far: the same on every machine, unlike time. */
  work: number
}

/** What the undecided things can earn at most, and the assignment that shows it. */
export interface Bound {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  /** Row-major [rows × columns]: at most this for placing a row's thing at a column's place. */
  readonly worth: Float64Array
  readonly assignment: Assignment
  /** Points; negative where not every required thing can be placed. */
  readonly points: number
}

/** More than any grade: so the assignment places what is required before it earns anything. */
const REQUIRED = 1000

/** At most what placing the row's thing at the column's place takes from the points of the whole. */
export function reducedCost(bound: Bound, row: number, column: number): number {
  const { rowPrice, columnPrice } = bound.assignment
  const worth = bound.worth[row * bound.columns.length + column] as number
  return (rowPrice[row] as number) + (columnPrice[column] as number) - worth
}

/**
 * An admissible bound in the manner of Gilmore (1962) and Lawler (1963): each placement counts its gain, its links
 * to placed things exactly, and half of the most that its links to undecided things could earn (the other half is
 * the other end's); the best assignment over these is at least the best mapping.
 */
export function boundOf(state: State, rows: readonly number[], scratch: Float64Array): Bound {
  const { problem, allowed, taken } = state
  const size = problem.reference
  const columns: number[] = []
  for (let j = 0; j < size; j++) if (!taken[j]) columns.push(j)
  const worth = new Float64Array(rows.length * columns.length)
  let required = 0
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r] as number
    const extra = problem.required[i] ? REQUIRED : 0
    if (extra > 0) required++
    for (let c = 0; c < columns.length; c++) {
      const j = columns[c] as number
      if (allowed[i * size + j]) worth[r * columns.length + c] = extra + placementBound(state, i, j, scratch)
    }
  }
  const assignment = assign(worth, rows.length, columns.length)
  const small = Math.min(rows.length, columns.length)
  state.work += small * small * Math.max(rows.length, columns.length)
  return { rows, columns, worth, assignment, points: assignment.total - required * REQUIRED }
}

function placementBound(state: State, i: number, j: number, scratch: Float64Array): number {
  const { problem, allowed, placing, decided, taken } = state
  const size = problem.reference
  let sure = problem.gain[i * size + j] as number
  let mine = 0
  let touched = 0
  const links = problem.links[i] ?? []
  for (let n = 0; n < links.length; n++) {
    const { other, table } = links[n] as Link
    if (decided[other]) {
      const at = placing[other] as number
      if (at >= 0) sure += table.worth[j * size + at] as number
      continue
    }
    let most = 0
    const places = table.places[j] ?? []
    state.work += places.length
    for (let p = 0; p < places.length; p++) {
      const k = places[p] as number
      if (taken[k] || k === j || !allowed[other * size + k]) continue
      const worth = table.worth[j * size + k] as number
      if (worth > most) most = worth
      // The list of what was touched stands behind the values.
      if ((scratch[k] as number) === 0) scratch[size + touched++] = k
      if (worth > (scratch[k] as number)) scratch[k] = worth
    }
    mine += most
  }
  let theirs = 0
  for (let t = 0; t < touched; t++) {
    const k = scratch[size + t] as number
    theirs += scratch[k] as number
    scratch[k] = 0
  }
  return sure + Math.min(mine, theirs) / 2
}
