import { mixed, type Stream } from '../engine/stream.ts'

/** How one of several things is chosen. */
export const POLICIES = [
  'random',
  'round-robin',
  'least-connections',
  'two-choices',
  'consistent-hash',
] as const
export type Policy = (typeof POLICIES)[number]

/** How a caller chooses among replicas. `shared`: one queue before all of them, the first free worker takes the next call. */
export type BalancePolicy = 'shared' | Policy

/** Things among which a policy chooses. */
export interface Pool {
  readonly count: number
  load(i: number): number
  /** False: known to be down. */
  usable(i: number): boolean
}

/**
 * The choice of a policy; where none is usable, as if all were (the call then finds out). `turn` rises by one a choice.
 * Consistent hashing is by rendezvous: the usable thing with the highest hash of (key, thing), so that one thing more or
 * less moves only its own keys.
 */
export function pick(policy: Policy, pool: Pool, key: number, turn: number, stream: Stream): number {
  const n = pool.count
  if (n === 1) return 0
  switch (policy) {
    case 'random':
      return usableOr(pool, stream.below(n), stream)
    case 'round-robin':
      return inTurn(pool, turn)
    case 'least-connections':
      return least(pool, turn % n)
    case 'two-choices': {
      const a = usableOr(pool, stream.below(n), stream)
      const b = usableOr(pool, (a + 1 + stream.below(n - 1)) % n, stream, a)
      return pool.load(b) < pool.load(a) ? b : a
    }
    case 'consistent-hash':
      return highest(pool, key)
  }
}

/** What was drawn, or, where that is down, one of the others by chance: each has the same share of what it would have had. */
function usableOr(pool: Pool, drawn: number, stream: Stream, but = -1): number {
  if (pool.usable(drawn)) return drawn
  const there = usableIn(pool, but)
  return there === 0 ? (but < 0 ? drawn : but) : nth(pool, stream.below(there), but)
}

/** The turns of what is down are taken by the others, one after the other. */
function inTurn(pool: Pool, turn: number): number {
  const at = turn % pool.count
  if (pool.usable(at)) return at
  const there = usableIn(pool)
  return there === 0 ? at : nth(pool, (Math.floor(turn / pool.count) + at) % there)
}

function usableIn(pool: Pool, but = -1): number {
  let count = 0
  for (let i = 0; i < pool.count; i++) if (i !== but && pool.usable(i)) count++
  return count
}

function nth(pool: Pool, index: number, but = -1): number {
  let left = index
  for (let i = 0; i < pool.count; i++) if (i !== but && pool.usable(i) && left-- === 0) return i
  return 0
}

function least(pool: Pool, start: number): number {
  let best = -1
  let load = Number.POSITIVE_INFINITY
  for (let i = 0; i < pool.count; i++) {
    const at = (start + i) % pool.count
    if (!pool.usable(at)) continue
    const here = pool.load(at)
    if (here < load) {
      best = at
      load = here
    }
  }
  return best < 0 ? start : best
}

function highest(pool: Pool, key: number): number {
  let best = 0
  let score = -1
  for (let i = 0; i < pool.count; i++) {
    if (!pool.usable(i)) continue
    const here = mixed(Math.imul(key + 1, 0x9e3779b1) ^ mixed(i + 1))
    if (here > score) {
      best = i
      score = here
    }
  }
  return best
}
