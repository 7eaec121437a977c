import type { Engine } from './engine.ts'
import type { Actor, Site } from './parts.ts'
import type { Stream } from './stream.ts'
import type { Zipf } from './zipf.ts'

/** One request type that a source sends. */
export interface Mixed {
  readonly request: number
  readonly site: Site
  readonly keys: Zipf | null
  /** Sum of the weights up to and with this one, of all. */
  readonly upTo: number
}

/** What sources have in common: which request is next, with which key. */
export abstract class Sender implements Actor {
  readonly id: string
  protected readonly engine: Engine
  readonly code: number
  mix: readonly Mixed[] = []
  readonly choices: Stream
  private readonly index: number

  constructor(engine: Engine, id: string, choices: Stream) {
    this.engine = engine
    this.id = id
    this.choices = choices
    this.code = engine.enlist(this)
    this.index = engine.actors.length - 1
  }

  abstract fire(op: number, arg: number): void
  abstract start(): void
  abstract set(parameter: string, value: number): boolean
  /** Arrivals × factor (a surge). */
  abstract surge(factor: number): void

  get actor(): number {
    return this.index
  }

  sends(mix: readonly Mixed[]): void {
    this.mix = mix
  }

  protected send(): void {
    const one = this.pick()
    this.engine.begin(one.site, this.index, one.request, this.keyOf(one))
  }

  /** The type of the next request. */
  pick(): Mixed {
    const { mix, choices } = this
    let one = mix[0] as Mixed
    if (mix.length === 1) return one
    const point = choices.uniform()
    for (let i = 0; point > one.upTo && i < mix.length - 1; ) one = mix[++i] as Mixed
    return one
  }

  keyOf({ keys }: Mixed): number {
    return keys === null ? 0 : keys.next(this.choices)
  }
}
