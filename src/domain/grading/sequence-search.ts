import { alignedWorth } from './alignment.ts'
import { type Arc, arcCredit, type LabelRule } from './arcs.ts'
import { assign } from './hungarian.ts'
import { EPSILON } from './local-search.ts'
import type { Placing } from './mapping.ts'
import type { Options } from './options.ts'
import type { Side } from './things.ts'
import type { Units } from './weights.ts'

/** Participants to be placed so that names and aligned messages together earn most. */
export interface SequenceProblem {
  readonly drawn: Side
  readonly reference: Side
  readonly options: Options
  readonly units: Units
  readonly rule: LabelRule
}

/** Elementary operations for one search: about 100 ms on a slow core. */
export const SEQUENCE_WORK_LIMIT = 6_000_000

interface Search extends SequenceProblem {
  readonly order: readonly number[]
  readonly placing: Placing
  readonly decided: Uint8Array
  readonly taken: Uint8Array
  /** By message and message: the credit where the ends run along, and where they run against each other. */
  readonly along: Float64Array
  readonly against: Float64Array
  readonly limit: number
  work: number
  best: Placing
  bestWorth: number
}

export function placeParticipants(
  problem: SequenceProblem,
  limit = SEQUENCE_WORK_LIMIT,
): { placing: Placing; worth: number; proven: boolean } {
  const search = begin(problem, limit)
  const proven = visit(search, 0, boundOf(search, 0))
  return { placing: search.best, worth: search.bestWorth, proven }
}

function begin(problem: SequenceProblem, limit: number): Search {
  const { drawn, reference, options, rule } = problem
  const placing = new Int32Array(drawn.things.length).fill(-1)
  const decided = new Uint8Array(drawn.things.length)
  const taken = new Uint8Array(reference.things.length)
  const degree = new Int32Array(drawn.things.length)
  for (const arc of drawn.arcs)
    for (const end of [arc.from, arc.to]) if (end >= 0) degree[end] = (degree[end] as number) + 1
  drawn.things.forEach((_, i) => {
    const places = options.options[i] ?? []
    const [only] = places
    if (only === undefined) decided[i] = 1
    else if (options.required[i] && places.length === 1 && !taken[only]) {
      placing[i] = only
      decided[i] = 1
      taken[only] = 1
    }
  })
  const order = drawn.things.map((_, i) => i).filter((i) => !decided[i])
  order.sort((a, b) => (degree[b] as number) - (degree[a] as number) || a - b)
  const credits = (along: boolean) =>
    Float64Array.from(
      drawn.arcs.flatMap((one) => reference.arcs.map((other) => arcCredit(one, other, along, rule))),
    )
  return {
    ...problem,
    order,
    placing,
    decided,
    taken,
    along: credits(true),
    against: credits(false),
    limit,
    work: 0,
    best: placing.slice(),
    bestWorth: -1,
  }
}

/** Credits of messages where the ends could still come to stand together; exact once all is decided. */
export function messageCredits(search: Search): Float64Array {
  const { drawn, reference, along, against } = search
  const width = reference.arcs.length
  const credits = new Float64Array(drawn.arcs.length * width)
  drawn.arcs.forEach((one, d) => {
    reference.arcs.forEach((other, r) => {
      if ((one.from === one.to) !== (other.from === other.to)) return
      const at = d * width + r
      if (meets(search, one, other.from, other.to)) credits[at] = along[at] as number
      if (meets(search, one, other.to, other.from))
        credits[at] = Math.max(credits[at] as number, against[at] as number)
    })
  })
  return credits
}

const meets = (search: Search, arc: Arc, from: number, to: number): boolean =>
  couldStand(search, arc.from, from) && couldStand(search, arc.to, to)

function couldStand({ decided, placing, taken, options }: Search, i: number, j: number): boolean {
  if (i < 0 || j < 0) return false
  if (decided[i]) return placing[i] === j
  return !taken[j] && (options.options[i] ?? []).includes(j)
}

/** At most this, with the participants before `depth` decided: names by assignment, messages by optimistic alignment. */
function boundOf(search: Search, depth: number): number {
  const { drawn, reference, options, units, placing, order, taken } = search
  const size = reference.things.length
  let names = 0
  placing.forEach((j, i) => {
    if (j >= 0 && options.named[i * size + j]) names += units.pair * units.elements
  })
  const rows = order.slice(depth)
  const worth = new Float64Array(rows.length * size)
  rows.forEach((i, r) => {
    for (const j of options.options[i] ?? [])
      if (!taken[j] && options.named[i * size + j]) worth[r * size + j] = units.pair * units.elements
  })
  if (rows.length > 0) names += assign(worth, rows.length, size).total
  const [d, r] = [drawn.arcs.length, reference.arcs.length]
  search.work += 4 * d * r + rows.length * size * size
  return names + units.pair * units.relations * alignedWorth(messageCredits(search), d, r)
}

/** Everything below this point; false when the work ran out. */
function visit(search: Search, depth: number, bound: number): boolean {
  if (bound <= search.bestWorth + EPSILON) return true
  if (depth === search.order.length) {
    search.best = search.placing.slice()
    search.bestWorth = bound
    return true
  }
  const i = search.order[depth] as number
  const required = search.options.required[i] === true
  const places = (search.options.options[i] ?? []).filter((j) => !search.taken[j])
  if (required && places.length === 0) return true
  search.decided[i] = 1
  const children = (required ? places : [...places, -1]).map((place) => {
    put(search, i, place)
    const child = { place, bound: boundOf(search, depth + 1) }
    remove(search, i, place)
    return child
  })
  children.sort((a, b) => b.bound - a.bound)
  let complete = true
  for (const child of children) {
    put(search, i, child.place)
    complete = visit(search, depth + 1, child.bound)
    remove(search, i, child.place)
    if (!complete || search.work > search.limit) {
      complete = complete && child === children.at(-1)
      break
    }
  }
  search.decided[i] = 0
  return complete
}

function put(search: Search, i: number, place: number): void {
  search.placing[i] = place
  if (place >= 0) search.taken[place] = 1
}

function remove(search: Search, i: number, place: number): void {
  search.placing[i] = -1
  if (place >= 0) search.taken[place] = 0
}
