/** Pairs of two sequences, in order in both. */
export type Aligned = readonly (readonly [number, number])[]

/**
 * The greatest summed worth of pairs that keep both orders (Needleman and Wunsch, 1970, with free gaps).
 * `worth` is row-major and nowhere negative. Returns the table of the best over all suffixes,
 * [rows + 1] × [columns + 1]; its first entry is the best of all.
 */
function suffixTable(worth: Float64Array, rows: number, columns: number): Float64Array {
  const width = columns + 1
  const best = new Float64Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--) {
      const pair = (best[(i + 1) * width + j + 1] as number) + (worth[i * columns + j] as number)
      const skipRow = best[(i + 1) * width + j] as number
      const skipColumn = best[i * width + j + 1] as number
      best[i * width + j] = Math.max(pair, skipRow, skipColumn)
    }
  return best
}

export function alignedWorth(worth: Float64Array, rows: number, columns: number): number {
  return suffixTable(worth, rows, columns)[0] as number
}

/** The alignment itself; of equal ones the one that pairs earliest. Pairs that are worth nothing are left out. */
export function align(worth: Float64Array, rows: number, columns: number): Aligned {
  const width = columns + 1
  const best = suffixTable(worth, rows, columns)
  const pairs: [number, number][] = []
  let i = 0
  let j = 0
  while (i < rows && j < columns) {
    const here = best[i * width + j] as number
    const points = worth[i * columns + j] as number
    if (points > 0 && here === (best[(i + 1) * width + j + 1] as number) + points) {
      pairs.push([i, j])
      i++
      j++
    } else if (here === best[i * width + j + 1]) j++
    else i++
  }
  return pairs
}
