import type { FaultKind } from '../model.ts'
import type { Gauge } from './gauge.ts'
import type { Guard } from './guard.ts'
import type { Sampler } from './sampler.ts'

/** The operation by which a source hears that one of its requests has ended. */
export const ENDED = 15

/** What events happen to. */
export interface Actor {
  fire(op: number, arg: number): void
}

/**
 * A running component. A call comes by `accept`; the station answers it by `engine.finish`, once, at any later time.
 * Between, it may have the call's steps run by `engine.perform`, which ends in `resume`.
 */
export interface Station extends Actor {
  readonly index: number
  readonly id: string
  readonly gauge: Gauge
  /** Measures of what waits here in nobody's way: messages, by who reads them. */
  readonly messages?: readonly Gauge[]
  accept(call: number): void
  /** The steps of a call it has suspended are over. */
  resume(call: number, outcome: number): void
  /** A cancelled call: true where it waited here and has been taken out (the engine frees it). */
  withdraw(call: number): boolean
  /** Replicas among which a balancer may choose, and what it may know about them. */
  replicaCount(): number
  loadOf(replica: number): number
  /** Down since when; Infinity: in service. */
  downSince(replica: number): number
  /** Begins (with a factor) or ends (null) a fault on a share of the replicas. False: this kind does not know it. */
  fault(kind: FaultKind, factor: number | null, share: number): boolean
  /** False: no such parameter. The value has been checked against the model's bounds. */
  set(parameter: string, value: number): boolean
  /** How long those present have been there, in sum. */
  secondsPresent(): number
  /** What only this kind counts, since the warm-up. */
  counts(): Record<string, number>
  resetCounts(): void
}

/** A call as written in the model, compiled. */
export interface Site {
  readonly index: number
  /** Stations it may go to. */
  readonly targets: readonly number[]
  /** The only station it can go to without a choice; -1: choose. */
  readonly only: number
  /** Where its steps begin; -1: it has none. */
  readonly program: number
  /** Its own service time; null: the callee's. */
  readonly sampler: Sampler | null
  readonly write: boolean
  readonly optional: boolean
  /** A cache whose caller fetches what it does not have. */
  readonly asked: boolean
  /** Of parallel calls: the share of the requests in which it is made. */
  readonly share: number
  /** The station that it is from on the network; -1: where its caller is. */
  readonly from: number
  guard: Guard | null
  /** Next alternative, where they are taken in turn. */
  turn: number
}
