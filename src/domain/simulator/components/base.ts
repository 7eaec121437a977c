import * as slots from '../engine/calls.ts'
import type { Engine } from '../engine/engine.ts'
import * as clocked from '../engine/gauge.ts'
import { Gauge } from '../engine/gauge.ts'
import { Histogram } from '../engine/histogram.ts'
import type { Station } from '../engine/parts.ts'
import type { FaultKind } from '../model.ts'

const {
  AWAY,
  CANCELLED,
  DEADLINE,
  DROPPED,
  ENTERED,
  FLAGS,
  FLOATS,
  GENERATION,
  INTS,
  OK,
  PRESENT,
  QUEUED,
  REQUEST,
  STATION,
} = slots
const { ENTERED_AT } = clocked

/** What all components share: coming, going and being refused, with their measures. */
export abstract class Base implements Station {
  readonly index: number
  readonly id: string
  readonly gauge: Gauge
  protected readonly engine: Engine
  /** Codes of its events begin here. */
  protected readonly code: number

  constructor(engine: Engine, index: number, id: string) {
    this.engine = engine
    const { table } = engine
    const visits = new Histogram(table.visitsOf(index), table.longestOf(index))
    this.gauge = new Gauge(engine.clock, table.figuresOf(index), table.intsOf(index), visits)
    this.index = index
    this.id = id
    this.code = engine.enlist(this)
  }

  /** Where the codes of its events begin. */
  get eventCode(): number {
    return this.code
  }

  abstract accept(call: number): void
  abstract fire(op: number, arg: number): void

  resume(call: number, outcome: number): void {
    this.depart(call, outcome)
  }

  withdraw(_call: number): boolean {
    return false
  }

  replicaCount(): number {
    return 1
  }

  loadOf(_replica: number): number {
    return this.gauge.present
  }

  downSince(_replica: number): number {
    return Number.POSITIVE_INFINITY
  }

  fault(_kind: FaultKind, _factor: number | null, _share: number): boolean {
    return false
  }

  set(_parameter: string, _value: number): boolean {
    return false
  }

  counts(): Record<string, number> {
    return {}
  }

  resetCounts(): void {}

  /** By this component's clock the deadline that the call carries has passed. */
  protected isLate(call: number): boolean {
    const { calls, clocks, now } = this.engine
    return (calls.floats[call * FLOATS + DEADLINE] as number) < now + clocks.skewAt(this.index)
  }

  /** A call has come in. */
  protected arrive(call: number): void {
    const { now } = this.engine
    const { ints, floats } = this.engine.calls
    const at = call * INTS + FLAGS
    ints[at] = (ints[at] as number) | PRESENT
    floats[call * FLOATS + ENTERED] = now
    this.gauge.enter()
  }

  /** A call that has come in goes, well or not. */
  protected depart(call: number, outcome: number): void {
    this.left(call, outcome)
    this.engine.finish(call, outcome)
  }

  /** The measures of a departure alone. */
  protected left(call: number, outcome: number): void {
    const { engine, gauge } = this
    const { ints, floats } = engine.calls
    const at = call * INTS
    const f = call * FLOATS
    const entered = floats[f + ENTERED] as number
    ints[at + FLAGS] = (ints[at + FLAGS] as number) & ~PRESENT
    engine.clock[ENTERED_AT] = entered
    gauge.leave(outcome === OK)
    if (outcome !== OK) gauge.fail(outcome)
    const own = engine.now - entered - (floats[f + AWAY] as number)
    engine.tally.visited(ints[at + REQUEST] as number, this.index, own)
  }

  /** A call is turned away at the door. */
  protected refuse(call: number, outcome: number): void {
    this.gauge.refuse(outcome)
    this.engine.finish(call, outcome)
  }

  /** After its own time: its steps, if it has any and is still wanted. */
  protected served(call: number): void {
    const { engine } = this
    if (engine.siteOf(call).program < 0) {
      const cancelled = ((engine.calls.ints[call * INTS + FLAGS] as number) & CANCELLED) !== 0
      this.depart(call, cancelled ? DROPPED : OK)
      return
    }
    const fate = engine.fate(call)
    if (fate === OK) engine.perform(call)
    else this.resume(call, fate)
  }

  protected seconds(call: number, own: { next(): number }): number {
    const { sampler } = this.engine.siteOf(call)
    return sampler === null ? own.next() : sampler.next()
  }

  secondsPresent(): number {
    return this.secondsOf(this.present())
  }

  protected secondsOf(calls: readonly number[]): number {
    const { calls: all, now } = this.engine
    return calls.reduce((sum, call) => sum + now - (all.floats[call * FLOATS + ENTERED] as number), 0)
  }

  /** Calls present here, all of them: for what is rare (a crash), not for the inner loop. */
  protected present(): number[] {
    const { ints, slots } = this.engine.calls
    const found: number[] = []
    for (let call = 0; call < slots; call++) {
      const at = call * INTS
      const here = ((ints[at + FLAGS] as number) & PRESENT) !== 0
      if (here && ints[at + STATION] === this.index) found.push(call)
    }
    return found
  }

  /** Those that wait in no line. */
  protected underWay(): number[] {
    const { ints } = this.engine.calls
    return this.present().filter((call) => ((ints[call * INTS + FLAGS] as number) & QUEUED) === 0)
  }

  /**
   * Ends calls whatever they are doing: pending events go stale, answers to their steps go unheard. One may wait for
   * another (a component that calls itself), so none listens any more before the first has ended: each ends once.
   */
  protected kill(calls: readonly number[], outcome: number, before?: (call: number) => void): void {
    const { ints } = this.engine.calls
    for (const call of calls) {
      const at = call * INTS + GENERATION
      ints[at] = ((ints[at] as number) + 1) | 0
    }
    for (const call of calls) {
      before?.(call)
      this.depart(call, outcome)
    }
  }
}
