import type { Engine } from '../engine/engine.ts'
import { WaitingLine } from '../engine/waiting-line.ts'

/** Keys being written, and the calls that wait to write the same key. */
export class RowLocks {
  private readonly engine: Engine
  private readonly lines = new Map<number, WaitingLine>()

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Null: the caller has the lock now; else the line to wait in. */
  take(key: number): WaitingLine | null {
    const line = this.lines.get(key)
    if (line === undefined) this.lines.set(key, new WaitingLine(this.engine))
    return line ?? null
  }

  /** The next that has the lock, taken out of its line; -1: nobody waits. */
  pass(key: number): number {
    const line = this.lines.get(key)
    if (line === undefined) return -1
    if (line.length === 0) {
      this.lines.delete(key)
      return -1
    }
    const next = line.first
    line.remove(next)
    return next
  }

  /** A call that waits gives up. */
  leave(key: number, call: number): void {
    this.lines.get(key)?.remove(call)
  }

  /** Locks that nobody waits for and that died with who held them. */
  drop(died: (key: number) => boolean): void {
    for (const [key, line] of this.lines) if (line.length === 0 && died(key)) this.lines.delete(key)
  }
}
