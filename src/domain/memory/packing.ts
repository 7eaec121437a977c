/** Steps of the exact search; far beyond what a day's items of one category need. */
const STEPS = 20_000

/**
 * Whether things of these sizes can be put into so many runs of at most `capacity`; a larger one takes a run for itself.
 * By the sum or by first-fit decreasing where those decide, as they nearly always do; else by an exact search, bounded in
 * steps, beyond which the answer is no.
 */
export function fitsIntoRuns(sizes: readonly number[], capacity: number, runs: number): boolean {
  if (sizes.length <= runs) return true
  const sum = sizes.reduce((all, size) => all + Math.min(size, capacity), 0)
  if (sum > capacity * runs + 1e-9) return false
  // Filled one after another, two neighbours together hold more than one's capacity.
  if ((2 * sum) / capacity + 1 <= runs) return true
  const sorted = sizes.map((size) => Math.min(size, capacity)).sort((a, b) => b - a)
  return firstFit(sorted, capacity) <= runs || searched(sorted, capacity, runs)
}

const room = (left: number, size: number): boolean => size <= left + 1e-9

function firstFit(sorted: readonly number[], capacity: number): number {
  const left: number[] = []
  for (const size of sorted) {
    const run = left.findIndex((space) => room(space, size))
    if (run < 0) left.push(capacity - size)
    else left[run] = (left[run] ?? 0) - size
  }
  return left.length
}

function searched(sorted: readonly number[], capacity: number, runs: number): boolean {
  const left = Array<number>(runs).fill(capacity)
  let steps = 0
  const place = (i: number): boolean => {
    const size = sorted[i]
    if (size === undefined) return true
    if (++steps > STEPS) return false
    const tried = new Set<number>()
    for (let run = 0; run < runs; run++) {
      const space = left[run] ?? 0
      // Two runs with the same room left are the same choice.
      if (!room(space, size) || tried.has(space)) continue
      tried.add(space)
      left[run] = space - size
      if (place(i + 1)) return true
      left[run] = space
    }
    return false
  }
  return place(0)
}
