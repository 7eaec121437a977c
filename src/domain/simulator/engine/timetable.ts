import type { Engine } from './engine.ts'
import type { Actor } from './parts.ts'

/** What happens at set times and seldom: faults, scaling, deployments, the end of the warm-up. */
export class Timetable implements Actor {
  private readonly engine: Engine
  private readonly code: number
  private readonly entries = new Map<number, () => void>()
  private next = 0

  constructor(engine: Engine) {
    this.engine = engine
    this.code = engine.enlist(this)
  }

  /** In the past means now. */
  at(seconds: number, what: () => void): void {
    const id = this.next++
    this.entries.set(id, what)
    this.engine.queue.push(Math.max(seconds, this.engine.now), this.code, id)
  }

  every(seconds: number, what: () => void): void {
    this.at(this.engine.now + seconds, () => {
      what()
      this.every(seconds, what)
    })
  }

  fire(_op: number, id: number): void {
    const what = this.entries.get(id)
    this.entries.delete(id)
    what?.()
  }
}
