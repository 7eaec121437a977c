import type { LinkTable, MappingProblem } from './mapping.ts'

/**
 * Things that can be swapped without changing any mapping's worth. Each gets the number of its class (the first
 * member's), or -1 when it is like no other. Trying one of each class is enough: the others earn the same.
 */
export function drawnTwins(problem: MappingProblem): Int32Array {
  const linksOf = problem.links.map((links) => new Map(links.map((link) => [link.other, link.table])))
  return classes(problem.drawn, (a, b) => drawnAlike(problem, linksOf, a, b))
}

function drawnAlike(
  problem: MappingProblem,
  linksOf: readonly Map<number, LinkTable>[],
  a: number,
  b: number,
): boolean {
  const size = problem.reference
  if (problem.required[a] !== problem.required[b]) return false
  const mine = problem.options[a] ?? []
  const theirs = problem.options[b] ?? []
  if (mine.length === 0 || mine.length !== theirs.length) return false
  const set = new Set(theirs)
  for (const j of mine)
    if (!set.has(j) || problem.gain[a * size + j] !== problem.gain[b * size + j]) return false
  const fromA = linksOf[a] ?? new Map<number, LinkTable>()
  const fromB = linksOf[b] ?? new Map<number, LinkTable>()
  if (fromA.size !== fromB.size || fromA.get(b) !== fromB.get(a)) return false
  for (const [other, table] of fromA) if (other !== b && fromB.get(other) !== table) return false
  return true
}

export function referenceTwins(problem: MappingProblem): Int32Array {
  const tables = new Set<LinkTable>()
  for (const links of problem.links) for (const { table } of links) tables.add(table)
  const optionsOf = Array.from({ length: problem.reference }, () => new Set<number>())
  problem.options.forEach((places, i) => {
    for (const j of places) optionsOf[j]?.add(i)
  })
  return classes(problem.reference, (a, b) => {
    const mine = optionsOf[a] ?? new Set<number>()
    if (mine.size === 0 || mine.size !== optionsOf[b]?.size) return false
    for (const i of mine) {
      if (!optionsOf[b]?.has(i)) return false
      const row = i * problem.reference
      if (problem.gain[row + a] !== problem.gain[row + b]) return false
    }
    for (const table of tables) if (!swappable(table.worth, problem.reference, a, b)) return false
    return true
  })
}

function swappable(worth: Float64Array, size: number, a: number, b: number): boolean {
  if (worth[a * size + b] !== worth[b * size + a]) return false
  for (let k = 0; k < size; k++) {
    if (k === a || k === b) continue
    if (worth[a * size + k] !== worth[b * size + k]) return false
    if (worth[k * size + a] !== worth[k * size + b]) return false
  }
  return true
}

function classes(size: number, alike: (a: number, b: number) => boolean): Int32Array {
  const found = new Int32Array(size).fill(-1)
  for (let b = 1; b < size; b++)
    for (let a = 0; a < b; a++) {
      const first = found[a] === -1 || found[a] === a
      if (!first || !alike(a, b)) continue
      found[a] = a
      found[b] = a
      break
    }
  return found
}
