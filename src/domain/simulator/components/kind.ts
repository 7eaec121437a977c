import type { Engine } from '../engine/engine.ts'
import type { Site, Station } from '../engine/parts.ts'
import type { Sampler } from '../engine/sampler.ts'
import type { Stream } from '../engine/stream.ts'
import type { Fields } from '../fields.ts'
import type { Component, Distribution, FaultKind, Step } from '../model.ts'

/** What a kind of component needs to come to life. */
export interface Context {
  readonly engine: Engine
  readonly index: number
  /** Random numbers for one purpose of this component. */
  stream(purpose: string): Stream
  sampler(distribution: Distribution, purpose: string): Sampler
  /** The site of steps that it takes of itself, in nobody's call. */
  ownSite(purpose: string, steps: readonly Step[] | undefined): Site
  /** A line of the run's log. */
  readonly log: (message: string) => void
}

/** A number that may change while it runs, and its bounds. */
export interface Parameter {
  readonly low: number
  readonly high: number
  readonly whole: boolean
}

/** One kind of component: everything the rest of the simulator knows of it. */
export interface Kind<C extends Component> {
  readonly kind: C['kind']
  /** Faults that it knows, and those of them that may hit a share of it. */
  readonly faults: readonly FaultKind[]
  readonly partly?: readonly FaultKind[]
  readonly parameters: Readonly<Record<string, Parameter>>
  /** Whether calls to it may have steps. */
  readonly steps: boolean
  check(fields: Fields): void
  build(component: C, context: Context): Station
}

export const whole = (low: number, high: number): Parameter => ({ low, high, whole: true })
export const real = (low: number, high: number): Parameter => ({ low, high, whole: false })
