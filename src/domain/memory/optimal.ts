import {
  daysUntil,
  type FsrsModel,
  type Grade,
  nextDifficulty,
  recallAfter,
  SHORTEST_STABILITY,
  stabilityAfterFail,
  stabilityAfterPass,
} from './model.ts'

/**
 * The price of memory. Reviews cost time; a day on which an item would not be recalled costs `price` times
 * the probability
 * of that (in passed reviews per lost item-day). For one price, the best interval after a review is the solution of
 *
 *   V(S, D) = min over I of  price·Σ(j=1..I) γ^j·(1 − R(j, S)) + γ^I·Σ(grade) P(grade | R(I, S))·(cost + V(S', D'))
 *
 * (Bellman's equation of the Lagrangian dual of "fewest reviews at this mean recall"; docs/memory-
 * proof.md). The table of the best
 * intervals over stability and difficulty is what a policy looks up.
 */

/** How passes split into hard, good, easy: the defaults of fsrs-rs's simulator. */
export const PASS_SHARES = [0.224, 0.631, 0.145] as const

/** How first exposures split into the four grades: the same source. */
export const FIRST_SHARES = [0.24, 0.094, 0.495, 0.171] as const

/** Minutes of a failed review over those of a passed one: the same redraw (3 min), then the correction (2 min). */
const FAIL_COST = 5 / 3

/** Intervals in which recall falls further, or of more than ten years, are not weighed. */
const LEAST_RECALL = 0.5
const MOST_DAYS = 3650

/** A day in two years counts 1/e of today: far enough for every path, near enough that old items are still asked. */
const GAMMA = Math.exp(-1 / 730)

const STABILITIES = 80
const DIFFICULTIES = 10
const CELLS = STABILITIES * DIFFICULTIES
const LOG_LOW = Math.log(SHORTEST_STABILITY)
const LOG_STEP = (Math.log(5000) - LOG_LOW) / (STABILITIES - 1)

const RECALL_LEVELS = 40
const HIGHEST_RECALL = 0.997
const MOST_ROUNDS = 100
/** Sweeps between two choices of what is best: choosing costs forty times as much as a sweep. */
const SWEEPS = 12
const TOLERANCE = 1e-3

const cellStability = (row: number): number => Math.exp(LOG_LOW + row * LOG_STEP)
const cellDifficulty = (column: number): number => 1 + (9 * column) / (DIFFICULTIES - 1)

/** Where a state lies on the grid, as fractions of rows and columns, inside the last cell's corners. */
const rowAt = (stability: number): number =>
  Math.min(STABILITIES - 1.0001, Math.max(0, (Math.log(stability) - LOG_LOW) / LOG_STEP))
const columnAt = (difficulty: number): number =>
  Math.min(DIFFICULTIES - 1.0001, Math.max(0, ((difficulty - 1) / 9) * (DIFFICULTIES - 1)))

/** What does not depend on the price: the choices at each stability and where each of them leads. */
export interface DecisionGrid {
  /** Choices of row `i` are `first[i]` to `first[i + 1]`. */
  readonly first: Int32Array
  readonly days: Float64Array
  readonly recall: Float64Array
  /** Σ γ^j·(1 − R(j)) over the days up to the choice. */
  readonly forgotten: Float64Array
  readonly discount: Float64Array
  /** Row reached by choice, difficulty column and grade: `[(choice·columns + column)·4 + grade − 1]`. */
  readonly rows: Float32Array
  /** Column reached by column and grade. */
  readonly columns: Float64Array
}

/** Intervals worth considering at a stability: short ones day by day, longer ones by even steps of recall. */
function choicesAt(model: FsrsModel, stability: number): number[] {
  const latest = Math.max(1, Math.min(MOST_DAYS, Math.round(daysUntil(model, LEAST_RECALL, stability))))
  const days = new Set<number>([latest])
  for (let day = 1; day <= Math.min(latest, 12); day++) days.add(day)
  for (let level = 0; level < RECALL_LEVELS; level++) {
    const recall = HIGHEST_RECALL - ((HIGHEST_RECALL - LEAST_RECALL) * level) / RECALL_LEVELS
    days.add(Math.min(latest, Math.max(1, Math.round(daysUntil(model, recall, stability)))))
  }
  return [...days].sort((a, b) => a - b)
}

const GRADES: readonly Grade[] = [1, 2, 3, 4]

export function decisionGrid(model: FsrsModel): DecisionGrid {
  const choices = Array.from({ length: STABILITIES }, (_, row) => choicesAt(model, cellStability(row)))
  const total = choices.reduce((sum, list) => sum + list.length, 0)
  const grid = {
    first: new Int32Array(STABILITIES + 1),
    days: new Float64Array(total),
    recall: new Float64Array(total),
    forgotten: new Float64Array(total),
    discount: new Float64Array(total),
    rows: new Float32Array(total * DIFFICULTIES * 4),
    columns: new Float64Array(DIFFICULTIES * 4),
  }
  let choice = 0
  for (const [row, list] of choices.entries()) {
    const stability = cellStability(row)
    let day = 0
    let weight = 1
    let forgotten = 0
    for (const days of list) {
      for (; day < days; weight *= GAMMA)
        forgotten += weight * GAMMA * (1 - recallAfter(model, ++day, stability))
      const r = recallAfter(model, days, stability)
      grid.days[choice] = days
      grid.recall[choice] = r
      grid.forgotten[choice] = forgotten
      grid.discount[choice] = weight
      landings(model, grid.rows, choice++, stability, r)
    }
    grid.first[row + 1] = choice
  }
  for (let column = 0; column < DIFFICULTIES; column++)
    for (const grade of GRADES)
      grid.columns[column * 4 + grade - 1] = columnAt(nextDifficulty(model, cellDifficulty(column), grade))
  return grid
}

function landings(model: FsrsModel, rows: Float32Array, choice: number, stability: number, r: number): void {
  for (let column = 0; column < DIFFICULTIES; column++) {
    const difficulty = cellDifficulty(column)
    const at = (choice * DIFFICULTIES + column) * 4
    rows[at] = rowAt(stabilityAfterFail(model, stability, difficulty, r))
    for (const grade of [2, 3, 4] as const)
      rows[at + grade - 1] = rowAt(stabilityAfterPass(model, stability, difficulty, r, grade))
  }
}

/** Costs to come once the grade has moved the difficulty: by grade, then column, then row. */
function afterGrade(grid: DecisionGrid, cost: Float64Array, ahead: Float64Array): void {
  for (let grade = 0; grade < 4; grade++)
    for (let column = 0; column < DIFFICULTIES; column++) {
      const landing = grid.columns[column * 4 + grade] as number
      const low = landing | 0
      const share = landing - low
      const base = grade * CELLS + column * STABILITIES
      for (let row = 0; row < STABILITIES; row++) {
        const at = row * DIFFICULTIES + low
        ahead[base + row] = (cost[at] as number) * (1 - share) + (cost[at + 1] as number) * share
      }
    }
}

/** What a choice costs from now on, at one difficulty and price. */
function worth(
  grid: DecisionGrid,
  ahead: Float64Array,
  price: number,
  choice: number,
  column: number,
): number {
  const [hard, good, easy] = PASS_SHARES
  const base = column * STABILITIES
  const at = (choice * DIFFICULTIES + column) * 4
  const r = grid.recall[choice] as number
  const fail = FAIL_COST + between(ahead, base, grid.rows[at] as number)
  const pass =
    1 +
    hard * between(ahead, base + CELLS, grid.rows[at + 1] as number) +
    good * between(ahead, base + 2 * CELLS, grid.rows[at + 2] as number) +
    easy * between(ahead, base + 3 * CELLS, grid.rows[at + 3] as number)
  return (
    price * (grid.forgotten[choice] as number) +
    (grid.discount[choice] as number) * ((1 - r) * fail + r * pass)
  )
}

function between(values: Float64Array, base: number, position: number): number {
  const low = position | 0
  const share = position - low
  return (values[base + low] as number) * (1 - share) + (values[base + low + 1] as number) * share
}

/**
 * The logarithm of the best interval in days at one price, by row and column of the grid. Modified policy
 * iteration: the best
 * choice of every state, then some sweeps of what those choices cost, until no cost moves.
 */
export function solvePrice(grid: DecisionGrid, price: number): Float64Array {
  const cost = new Float64Array(CELLS)
  const chosen = new Int32Array(CELLS)
  const ahead = new Float64Array(4 * CELLS)
  for (let round = 0, moved = Number.POSITIVE_INFINITY; moved > TOLERANCE && round < MOST_ROUNDS; round++) {
    afterGrade(grid, cost, ahead)
    moved = choose(grid, ahead, price, cost, chosen)
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      afterGrade(grid, cost, ahead)
      for (let cell = 0; cell < CELLS; cell++)
        cost[cell] = worth(grid, ahead, price, chosen[cell] as number, cell % DIFFICULTIES)
    }
  }
  afterGrade(grid, cost, ahead)
  const logDays = Float64Array.from(chosen, (choice, cell) => finest(grid, ahead, price, choice, cell))
  smooth(logDays)
  return logDays
}

/** Sets each state's best choice and its cost; the most that any cost moved. */
function choose(
  grid: DecisionGrid,
  ahead: Float64Array,
  price: number,
  cost: Float64Array,
  chosen: Int32Array,
): number {
  let moved = 0
  for (let cell = 0; cell < CELLS; cell++) {
    const column = cell % DIFFICULTIES
    const row = (cell - column) / DIFFICULTIES
    let best = Number.POSITIVE_INFINITY
    for (let choice = grid.first[row] as number; choice < (grid.first[row + 1] as number); choice++) {
      const value = worth(grid, ahead, price, choice, column)
      if (value >= best) continue
      best = value
      chosen[cell] = choice
    }
    moved = Math.max(moved, Math.abs(best - (cost[cell] as number)))
    cost[cell] = best
  }
  return moved
}

/**
 * The logarithm of the best interval; between choices that stand apart, the bottom of the parabola through
 * three of them.
 */
function finest(
  grid: DecisionGrid,
  ahead: Float64Array,
  price: number,
  choice: number,
  cell: number,
): number {
  const column = cell % DIFFICULTIES
  const row = (cell - column) / DIFFICULTIES
  const days = (at: number) => Math.log(grid.days[at] as number)
  const middle = days(choice)
  const isEdge = choice === grid.first[row] || choice + 1 === grid.first[row + 1]
  if (isEdge || (grid.days[choice] as number) < 12) return middle
  const value = (at: number) => worth(grid, ahead, price, at, column)
  const left = days(choice - 1) - middle
  const right = days(choice + 1) - middle
  const rise = value(choice - 1) - value(choice)
  const climb = value(choice + 1) - value(choice)
  const bend = rise * right - climb * left
  if (bend <= 0) return middle
  const step = (rise * right * right - climb * left * left) / (2 * bend)
  return middle + Math.min(right, Math.max(left, step))
}

/** A better remembered item never waits less at the same difficulty: the grid's own jitter is taken out. */
function smooth(logDays: Float64Array): void {
  for (let cell = DIFFICULTIES; cell < CELLS; cell++)
    logDays[cell] = Math.max(logDays[cell] as number, logDays[cell - DIFFICULTIES] as number)
}

/**
 * The interval of a table for any state, in days, not yet rounded: linear in the logarithms of stability
 * and interval.
 */
export function tableDays(logDays: Float64Array, stability: number, difficulty: number): number {
  const row = rowAt(stability)
  const column = columnAt(difficulty)
  const low = row | 0
  const left = column | 0
  const down = row - low
  const across = column - left
  const at = low * DIFFICULTIES + left
  const upper = (logDays[at] as number) * (1 - across) + (logDays[at + 1] as number) * across
  const lower =
    (logDays[at + DIFFICULTIES] as number) * (1 - across) +
    (logDays[at + DIFFICULTIES + 1] as number) * across
  return Math.exp(upper * (1 - down) + lower * down)
}
