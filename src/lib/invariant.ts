/** Stops on a programmer's error. What a user, a file or a network can cause is a `Result`, never this. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}
