import {
  type FsrsModel,
  firstDifficulty,
  firstStability,
  nextDifficulty,
  recallAfter,
  SHORTEST_STABILITY,
  stabilityAfterFail,
  stabilityAfterPass,
} from '../../src/domain/memory/model.ts'
import { FIRST_SHARES, PASS_SHARES } from '../../src/domain/memory/optimal.ts'
import type { Scale } from './learners.ts'

/**
 * The least that any schedule can cost whose mean recall, over all introduced items and all mornings, and
 * on the last morning too, is at
 * least a target. By weak duality, for any prices μ (of an item-morning) and ν (of an item on the last morning)
 *
 *   g(μ, ν) = min over schedules of  cost − μ·(Σ recall − target·mornings) − ν·(Σ last recall − target·items)
 *
 * is a lower bound, and items being independent, the minimum is that of each item by itself: a dynamic
 * programme over day,
 * stability and difficulty at a review. The bound is the greatest g found; a coarse search of the prices
 * loses nothing but tightness.
 */
export interface Bound {
  readonly value: number
  readonly mornings: number
  readonly last: number
}

export interface Cost {
  readonly pass: number
  readonly fail: number
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
}

const LOG_LOW = Math.log(SHORTEST_STABILITY)
const LOG_HIGH = Math.log(8000)

/** What does not depend on the prices. */
interface Tables extends GridSize {
  readonly model: FsrsModel
  readonly horizon: number
  readonly recall: Float64Array
  readonly landing: Float32Array
  readonly columnAfter: Float64Array
}

const rowOf = (rows: number, stability: number): number => {
  const row = ((Math.log(stability) - LOG_LOW) / (LOG_HIGH - LOG_LOW)) * (rows - 1)
  return Math.min(rows - 1.0001, Math.max(0, row))
}
const columnOf = (columns: number, difficulty: number): number =>
  Math.min(columns - 1.0001, ((difficulty - 1) / 9) * (columns - 1))

function tablesOf(model: FsrsModel, horizon: number, { rows, columns }: GridSize): Tables {
  const days = horizon + 1
  const recall = new Float64Array(rows * days)
  const landing = new Float32Array(rows * columns * days * 4)
  const columnAfter = new Float64Array(columns * 4)
  for (let row = 0; row < rows; row++) {
    const stability = Math.exp(LOG_LOW + ((LOG_HIGH - LOG_LOW) * row) / (rows - 1))
    for (let day = 1; day < days; day++) {
      const r = recallAfter(model, day, stability)
      recall[row * days + day] = r
      for (let column = 0; column < columns; column++) {
        const difficulty = 1 + (9 * column) / (columns - 1)
        const at = ((row * columns + column) * days + day) * 4
        landing[at] = rowOf(rows, stabilityAfterFail(model, stability, difficulty, r))
        for (const grade of [2, 3, 4] as const)
          landing[at + grade - 1] = rowOf(rows, stabilityAfterPass(model, stability, difficulty, r, grade))
      }
    }
  }
  for (let column = 0; column < columns; column++)
    for (const grade of [1, 2, 3, 4] as const) {
      const difficulty = nextDifficulty(model, 1 + (9 * column) / (columns - 1), grade)
      columnAfter[column * 4 + grade - 1] = columnOf(columns, difficulty)
    }
  return { rows, columns, model, horizon, recall, landing, columnAfter }
}

/**
 * Cost to the horizon of an item just reviewed, by day, row and column, for prices μ and ν; recall of a
 * review's own morning counts
 * before it. Open loop between reviews: nothing is learnt of an item until it is asked.
 */
function costsToGo(tables: Tables, cost: Cost, mornings: number, last: number): Float64Array[] {
  const { rows, columns, horizon, recall } = tables
  const days = horizon + 1
  const cells = rows * columns
  const toGo = Array.from({ length: days }, () => new Float64Array(cells))
  const ahead = Array.from({ length: days }, () => new Float64Array(4 * cells))
  const kept = new Float64Array(days)
  // Nothing is left to earn on the last day itself: its morning is past.
  for (let day = horizon - 1; day >= 0; day--) {
    const left = horizon - day
    const now = toGo[day] as Float64Array
    for (let row = 0; row < rows; row++) {
      for (let i = 1; i <= left; i++)
        kept[i] = (kept[i - 1] as number) + mornings * (recall[row * days + i] as number)
      const never = -(kept[left] as number) - last * (recall[row * days + left] as number)
      for (let column = 0; column < columns; column++)
        now[row * columns + column] = Math.min(
          never,
          bestInterval(tables, cost, kept, ahead, day, row, column),
        )
    }
    fillAhead(tables, now, ahead[day] as Float64Array)
  }
  return toGo
}

function bestInterval(
  { rows, columns, horizon, recall, landing }: Tables,
  cost: Cost,
  kept: Float64Array,
  ahead: readonly Float64Array[],
  day: number,
  row: number,
  column: number,
): number {
  const [hard, good, easy] = PASS_SHARES
  const days = horizon + 1
  const cells = rows * columns
  const base = column * rows
  let best = Number.POSITIVE_INFINITY
  for (let interval = 1; interval < horizon - day; interval++) {
    const next = ahead[day + interval] as Float64Array
    const r = recall[row * days + interval] as number
    const at = ((row * columns + column) * days + interval) * 4
    const fail = cost.fail + between(next, base, landing[at] as number)
    const pass =
      cost.pass +
      hard * between(next, base + cells, landing[at + 1] as number) +
      good * between(next, base + 2 * cells, landing[at + 2] as number) +
      easy * between(next, base + 3 * cells, landing[at + 3] as number)
    const value = (1 - r) * fail + r * pass - (kept[interval] as number)
    if (value < best) best = value
  }
  return best
}

function between(values: Float64Array, base: number, position: number): number {
  const low = position | 0
  const share = position - low
  return (values[base + low] as number) * (1 - share) + (values[base + low + 1] as number) * share
}

function fillAhead({ rows, columns, columnAfter }: Tables, now: Float64Array, ahead: Float64Array): void {
  for (let grade = 0; grade < 4; grade++)
    for (let column = 0; column < columns; column++) {
      const landing = columnAfter[column * 4 + grade] as number
      const low = landing | 0
      const share = landing - low
      for (let row = 0; row < rows; row++)
        ahead[(grade * columns + column) * rows + row] =
          (now[row * columns + low] as number) * (1 - share) +
          (now[row * columns + low + 1] as number) * share
    }
}

function atState({ rows, columns }: Tables, values: Float64Array, stability: number, difficulty: number) {
  const row = rowOf(rows, stability)
  const low = row | 0
  const column = columnOf(columns, difficulty)
  const left = column | 0
  const across = column - left
  const line = (at: number) =>
    (values[at * columns + left] as number) * (1 - across) +
    (values[at * columns + left + 1] as number) * across
  return line(low) * (1 - (row - low)) + line(low + 1) * (row - low)
}

function dual(
  tables: Tables,
  cost: Cost,
  target: number,
  scale: Scale,
  mornings: number,
  last: number,
): number {
  const { model, horizon } = tables
  const toGo = costsToGo(tables, cost, mornings, last)
  let value = 0
  let met = 0
  for (let day = 0; day < horizon && met < scale.items; day++) {
    const fresh = Math.min(scale.perDay, scale.items - met)
    met += fresh
    value += fresh * target * mornings * (horizon - day)
    for (const grade of [1, 2, 3, 4] as const) {
      const state = atState(
        tables,
        toGo[day] as Float64Array,
        firstStability(model, grade),
        firstDifficulty(model, grade),
      )
      value += fresh * (FIRST_SHARES[grade - 1] as number) * state
    }
  }
  return value + met * target * last
}

const SEARCH: GridSize = { rows: 32, columns: 6 }

interface Search {
  readonly start: { readonly mornings: number; readonly last: number }
  readonly size: GridSize
  /** False: the prices of `start` as they are. */
  readonly search?: boolean
}

/**
 * The greatest lower bound found: prices by a pattern search around `start` on a coarse grid, then one
 * evaluation on `size`.
 */
export function lowerBound(
  model: FsrsModel,
  horizon: number,
  cost: Cost,
  target: number,
  scale: Scale,
  { start, size, search = true }: Search,
): Bound {
  const coarse = search ? tablesOf(model, horizon, SEARCH) : null
  let prices = { mornings: start.mornings, last: start.last }
  if (coarse !== null) {
    let best = dual(coarse, cost, target, scale, prices.mornings, prices.last)
    for (let moved = true; moved; ) {
      moved = false
      for (const [a, b] of MOVES) {
        const [mornings, last] = [prices.mornings * a, prices.last * b]
        const value = dual(coarse, cost, target, scale, mornings, last)
        if (value <= best * 1.0005) continue
        best = value
        prices = { mornings, last }
        moved = true
        break
      }
    }
  }
  const tables = tablesOf(model, horizon, size)
  return { ...prices, value: dual(tables, cost, target, scale, prices.mornings, prices.last) }
}

const STEP = 1.25
const MOVES = [
  [STEP, 1],
  [1 / STEP, 1],
  [1, STEP],
  [1, 1 / STEP],
] as const
