/** A source of numbers in [0, 1). Passed in, so that every run can be repeated. */
export type Random = () => number

/**
 * Mulberry32: 32 bits of state, full period 2^32, the same numbers on every machine.
 * Good for layouts and shuffles, not for secrets.
 */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
