import { DOWN } from '../engine/calls.ts'
import type { FaultKind } from '../model.ts'
import { Base } from './base.ts'

/** What a component is that passes calls on and is up or down as a whole. */
export abstract class Passing extends Base {
  private down = Number.POSITIVE_INFINITY

  protected get isDown(): boolean {
    return this.down !== Number.POSITIVE_INFINITY
  }

  override downSince(): number {
    return this.down
  }

  override fault(kind: FaultKind, factor: number | null): boolean {
    if (kind !== 'crash') return false
    this.down = factor === null ? Number.POSITIVE_INFINITY : this.engine.now
    if (factor !== null) this.kill(this.underWay(), DOWN)
    return true
  }
}
