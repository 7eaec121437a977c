import { invariant } from '#lib/invariant.ts'

/**
 * A maximum-weight assignment with its proof: `rowPrice[i] + columnPrice[j] >= worth[i][j]` everywhere, with
 * equality on the pairs of the assignment, and the prices add up to `total`.
 */
export interface Assignment {
  readonly total: number
  /** For each row its column, or -1. */
  readonly columnOf: Int32Array
  readonly rowPrice: Float64Array
  readonly columnPrice: Float64Array
}

/**
 * Assigns rows to columns so that the summed worth is greatest. `worth` is row-major and nowhere negative, so that
 * leaving a pair out is never better; every row gets a column where there are enough, else every column a row.
 * Kuhn (1955) in the shortest-augmenting-path form of Jonker and Volgenant (1987): O(min² · max).
 */
export function assign(worth: Float64Array, rows: number, columns: number): Assignment {
  invariant(worth.length >= rows * columns, 'assign: the table is too small')
  if (rows <= columns) return assignWide(worth, rows, columns)
  const turned = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * rows + i] = worth[i * columns + j] as number
  const solved = assignWide(turned, columns, rows)
  const columnOf = new Int32Array(rows).fill(-1)
  solved.columnOf.forEach((row, column) => {
    columnOf[row] = column
  })
  return { total: solved.total, columnOf, rowPrice: solved.columnPrice, columnPrice: solved.rowPrice }
}

/** Rows ≤ columns. Works on costs (minus the worth) with 1-based rows and columns; column 0 is the free end. */
function assignWide(worth: Float64Array, rows: number, columns: number): Assignment {
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  const rowAt = new Int32Array(columns + 1)
  const before = new Int32Array(columns + 1)
  const slack = new Float64Array(columns + 1)
  const seen = new Uint8Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowAt[0] = row
    slack.fill(Number.POSITIVE_INFINITY)
    seen.fill(0)
    let column = 0
    do {
      seen[column] = 1
      const from = rowAt[column] as number
      const base = (from - 1) * columns - 1
      const potential = rowPotential[from] as number
      let delta = Number.POSITIVE_INFINITY
      let next = 0
      for (let j = 1; j <= columns; j++) {
        if (seen[j]) continue
        const reduced = -(worth[base + j] as number) - potential - (columnPotential[j] as number)
        if (reduced < (slack[j] as number)) {
          slack[j] = reduced
          before[j] = column
        }
        if ((slack[j] as number) < delta) {
          delta = slack[j] as number
          next = j
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (seen[j]) {
          const at = rowAt[j] as number
          rowPotential[at] = (rowPotential[at] as number) + delta
          columnPotential[j] = (columnPotential[j] as number) - delta
        } else slack[j] = (slack[j] as number) - delta
      }
      column = next
    } while (rowAt[column] !== 0)
    do {
      const previous = before[column] as number
      rowAt[column] = rowAt[previous] as number
      column = previous
    } while (column !== 0)
  }
  const columnOf = new Int32Array(rows).fill(-1)
  let total = 0
  for (let j = 1; j <= columns; j++) {
    const row = rowAt[j] as number
    if (row === 0) continue
    columnOf[row - 1] = j - 1
    total += worth[(row - 1) * columns + j - 1] as number
  }
  return {
    total,
    columnOf,
    rowPrice: rowPotential.subarray(1).map((price) => -price),
    columnPrice: columnPotential.subarray(1).map((price) => -price),
  }
}
