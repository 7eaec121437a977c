/** Every state of one piece of work, so that any step can be taken back and taken again. */
export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
}

/** Older steps than this are forgotten. */
const STEPS = 500

export const startHistory = <T>(now: T): History<T> => ({ past: [], now, future: [] })

/** A new state; what had been undone is gone. The same state again is no step. */
export function commit<T>(history: History<T>, next: T): History<T> {
  if (next === history.now) return history
  return { past: [...history.past, history.now].slice(-STEPS), now: next, future: [] }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.now], now: next, future: rest }
}
