import { type Bound, boundOf, reducedCost, type State } from './bound.ts'
import { EPSILON, improve } from './local-search.ts'
import { type MappingProblem, type Placing, worthOf } from './mapping.ts'
import { drawnTwins, referenceTwins } from './twins.ts'

export interface Mapping {
  readonly placing: Placing
  readonly worth: number
  /** True when no other mapping earns more; false when the work ran out before that was known. */
  readonly proven: boolean
  readonly work: number
}

/** Elementary operations for one search: about 100 ms on a slow core, and the same grade on every machine. */
export const WORK_LIMIT = 6_000_000

interface Search extends State {
  readonly order: readonly number[]
  readonly scratch: Float64Array
  readonly limit: number
  best: Placing
  bestWorth: number
  twins: { readonly drawn: Int32Array; readonly reference: Int32Array } | null
}

/**
 * The mapping that earns most: Hungarian start, local search, then depth-first branch and bound. Of equal mappings the
 * first found stands, which depends on the order of the problem's things and options only.
 */
export function bestMapping(problem: MappingProblem, limit = WORK_LIMIT): Mapping {
  const search = begin(problem, limit)
  const root = boundOf(search, search.order, search.scratch)
  const start = follow(search, root)
  search.work += improve(problem, start, search.order)
  adopt(search, start)
  const proven = root.points + fixedWorth(search) <= search.bestWorth + EPSILON || visit(search, 0, root)
  return { placing: search.best, worth: search.bestWorth, proven, work: search.work }
}

/** The start alone, as it would be without a search: what the benchmark compares with. */
export function hungarianMapping(problem: MappingProblem): Mapping {
  const search = begin(problem, 0)
  const placing = follow(search, boundOf(search, search.order, search.scratch))
  return { placing, worth: worthOf(problem, placing), proven: false, work: search.work }
}

function begin(problem: MappingProblem, limit: number): Search {
  const { drawn, reference } = problem
  const allowed = new Uint8Array(drawn * reference)
  problem.options.forEach((places, i) => {
    for (const j of places) allowed[i * reference + j] = 1
  })
  const placing = new Int32Array(drawn).fill(-1)
  const decided = new Uint8Array(drawn)
  const taken = new Uint8Array(reference)
  for (let i = 0; i < drawn; i++) {
    const places = problem.options[i] ?? []
    const [only] = places
    if (only === undefined) decided[i] = 1
    else if (problem.required[i] && places.length === 1 && !taken[only]) {
      placing[i] = only
      decided[i] = 1
      taken[only] = 1
    }
  }
  return {
    problem,
    allowed,
    placing,
    decided,
    taken,
    work: 0,
    order: searchOrder(problem, decided),
    scratch: new Float64Array(2 * reference),
    limit,
    best: placing.slice(),
    bestWorth: -1,
    twins: null,
  }
}

/** Next comes the thing with most links to what is already decided, then the one with fewest options. */
function searchOrder(problem: MappingProblem, decided: Uint8Array): number[] {
  const done = decided.slice()
  const rest: number[] = []
  done.forEach((is, i) => {
    if (!is) rest.push(i)
  })
  const ties = new Int32Array(problem.drawn)
  const count = (i: number) => {
    for (const { other } of problem.links[i] ?? []) ties[other] = (ties[other] as number) + 1
  }
  done.forEach((is, i) => {
    if (is) count(i)
  })
  const order: number[] = []
  while (rest.length > 0) {
    let at = 0
    rest.forEach((i, index) => {
      if (ranksBefore(problem, ties, i, rest[at] as number)) at = index
    })
    const [next] = rest.splice(at, 1)
    order.push(next as number)
    count(next as number)
  }
  return order
}

function ranksBefore(problem: MappingProblem, ties: Int32Array, a: number, b: number): boolean {
  const options = (i: number) => problem.options[i]?.length ?? 0
  const difference = (ties[a] as number) - (ties[b] as number)
  if (difference !== 0) return difference > 0
  return options(a) < options(b)
}

/** The whole mapping that a bound's assignment means: pairs that may not be are left out. */
function follow(search: Search, bound: Bound): Placing {
  const placing = search.placing.slice()
  const size = search.problem.reference
  bound.rows.forEach((i, r) => {
    const column = bound.assignment.columnOf[r] as number
    const j = bound.columns[column]
    if (column >= 0 && j !== undefined && search.allowed[i * size + j]) placing[i] = j
  })
  return placing
}

function adopt(search: Search, placing: Placing): void {
  const missing = search.problem.required.some((required, i) => required && (placing[i] as number) < 0)
  if (missing && search.bestWorth >= 0) return
  const worth = worthOf(search.problem, placing)
  if (worth <= search.bestWorth + EPSILON) return
  search.best = placing.slice()
  search.bestWorth = worth
}

const fixedWorth = (search: Search): number => worthOf(search.problem, search.placing)

/** Everything below this point of the tree; false when the work ran out. */
function visit(search: Search, depth: number, known: Bound | null): boolean {
  const fixed = fixedWorth(search)
  if (depth === search.order.length) {
    adopt(search, search.placing)
    return true
  }
  const bound = known ?? boundOf(search, search.order.slice(depth), search.scratch)
  if (bound.points + fixed <= search.bestWorth + EPSILON) return true
  adopt(search, follow(search, bound))
  if (search.work > search.limit) return false
  search.twins ??= { drawn: drawnTwins(search.problem), reference: referenceTwins(search.problem) }
  return branch(search, depth, bound, fixed)
}

function branch(search: Search, depth: number, bound: Bound, fixed: number): boolean {
  const { problem, placing, decided, taken } = search
  const i = search.order[depth] as number
  decided[i] = 1
  let complete = true
  for (const { place, cost } of candidates(search, i, bound)) {
    if (bound.points - cost + fixed <= search.bestWorth + EPSILON) break
    placing[i] = place
    taken[place] = 1
    complete = visit(search, depth + 1, null)
    taken[place] = 0
    placing[i] = -1
    if (!complete) break
  }
  if (complete && !problem.required[i]) complete = visit(search, depth + 1, null)
  decided[i] = 0
  return complete
}

/** The places worth trying, cheapest first; of places that are alike only the first free one. */
function candidates(search: Search, i: number, bound: Bound): { place: number; cost: number }[] {
  const { problem, taken, twins } = search
  const found: { place: number; cost: number }[] = []
  const floor = lowestPlace(search, i)
  const tried = new Set<number>()
  for (const place of problem.options[i] ?? []) {
    if (taken[place] || place < floor) continue
    const alike = twins?.reference[place] as number
    if (alike >= 0 && firstFree(search, alike) !== place) continue
    if (tried.has(place)) continue
    tried.add(place)
    const column = bound.columns.indexOf(place)
    const idle = (bound.worth[column] as number) <= 0
    if (!(idle && !problem.required[i])) found.push({ place, cost: reducedCost(bound, 0, column) })
  }
  return found.sort((a, b) => a.cost - b.cost)
}

function firstFree(search: Search, alike: number): number {
  const classOf = search.twins?.reference
  for (let j = 0; j < search.problem.reference; j++) if (classOf?.[j] === alike && !search.taken[j]) return j
  return -1
}

/** Drawn things that are alike take places in rising order, and once one has none, neither have the later ones. */
function lowestPlace(search: Search, i: number): number {
  const classes = search.twins?.drawn
  const alike = classes?.[i] as number
  if (!classes || alike < 0) return 0
  let floor = 0
  for (const other of search.order) {
    if (other === i) break
    if (classes[other] !== alike) continue
    const at = search.placing[other] as number
    if (at < 0) return search.problem.reference
    floor = Math.max(floor, at + 1)
  }
  return floor
}
