import type { Policy } from '../model.ts'
import type { Breaker } from './breaker.ts'
import * as slots from './calls.ts'
import { callerOf } from './choose.ts'
import type { Engine } from './engine.ts'
import { power } from './exact-math.ts'
import { Lane } from './lane.ts'
import type { Actor, Site, Station } from './parts.ts'
import type { Stream } from './stream.ts'

const {
  BREAKER,
  BULKHEAD,
  CANCELLABLE,
  CANCELLED,
  DEADLINE,
  EVENT,
  EXPIRED,
  FLAGS,
  FLOATS,
  GENERATION,
  GUARDED,
  INTS,
  LANE_SEQUENCE,
  LOST,
  OK,
  PARENT,
  PARENT_GENERATION,
  PENDING,
  SEVERED,
  STATION,
  TIMEOUT,
  TRIES,
} = slots

const TIMED_OUT = 0
const RETRY = 1
const HEDGE = 2

/**
 * A caller's policy at one site: what stands between a call and its attempts. The guarded call waits in its own slot;
 * its attempts are its children.
 */
export class Guard implements Actor {
  private readonly engine: Engine
  private readonly site: Site
  private readonly policy: Policy
  private readonly stream: Stream
  private readonly code: number
  private readonly timeouts: Lane | null
  private readonly hedges: Lane | null
  private readonly breaker: Breaker | null
  private tokens: number
  private underWay = 0

  constructor(engine: Engine, site: Site, policy: Policy, stream: Stream, breaker: Breaker | null) {
    this.engine = engine
    this.site = site
    this.policy = policy
    this.stream = stream
    this.code = engine.enlist(this)
    this.breaker = breaker
    this.tokens = policy.retries?.budget?.burst ?? 0
    const { timeoutSeconds, hedgeSeconds } = policy
    this.timeouts =
      timeoutSeconds === undefined ? null : new Lane(engine, timeoutSeconds, this.code + TIMED_OUT)
    this.hedges = hedgeSeconds === undefined ? null : new Lane(engine, hedgeSeconds, this.code + HEDGE)
  }

  /** The timers of a policy that is a timeout alone, perhaps with retries, which only a failure wants; else null. */
  get onlyTimeouts(): Lane | null {
    const { breaker, policy } = this
    const { bulkhead, cancels, deadline, hedgeSeconds, retries } = policy
    const other = bulkhead !== undefined || hedgeSeconds !== undefined || retries?.budget !== undefined
    return other || breaker !== null || cancels === true || deadline === true ? null : this.timeouts
  }

  begin(call: number): void {
    const { engine, policy } = this
    const { ints } = engine.calls
    const at = call * INTS
    ints[at + STATION] = callerOf(engine, call)
    ints[at + FLAGS] = (ints[at + FLAGS] as number) | GUARDED
    ints[at + TRIES] = 0
    ints[at + PENDING] = 0
    engine.tally.guarded()
    if (policy.retries?.budget?.earnedBy !== 'successes') this.earn()
    if (policy.bulkhead !== undefined && this.underWay >= policy.bulkhead) {
      this.underWay++
      this.end(call, BULKHEAD)
      return
    }
    this.underWay++
    this.attempt(call, false)
  }

  /** The timer of an attempt that has ended. */
  unlane(call: number): void {
    this.timeouts?.remove(call)
  }

  attemptEnded(call: number, outcome: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    ints[at + PENDING] = (ints[at + PENDING] as number) - 1
    this.breaker?.record(this.engine.now, outcome === OK)
    if (outcome === OK) this.end(call, OK)
    else if (ints[at + PENDING] === 0) this.failed(call, outcome)
  }

  fire(op: number, call: number): void {
    if (op === TIMED_OUT) {
      const attempt = this.timeouts === null ? -1 : this.timeouts.due()
      if (attempt >= 0) this.timedOut(attempt)
    } else if (op === HEDGE) {
      const slow = this.hedges === null ? -1 : this.hedges.due()
      if (slow >= 0) this.attempt(slow, true)
    } else if (this.engine.mine(call)) {
      if (this.wanted(call)) this.attempt(call, false)
      else this.end(call, EXPIRED)
    }
  }

  private earn(): void {
    const budget = this.policy.retries?.budget
    if (budget !== undefined) this.tokens = Math.min(budget.burst, this.tokens + budget.ratio)
  }

  private attempt(call: number, hedge: boolean): void {
    const { engine, policy, site } = this
    if (this.breaker !== null && !this.breaker.allows(engine.now)) {
      if (!hedge) this.end(call, BREAKER)
      return
    }
    const attempt = engine.create(call, site, 0, 0)
    if (attempt < 0) return
    const { ints, floats } = engine.calls
    const at = call * INTS
    ints[at + TRIES] = (ints[at + TRIES] as number) + 1
    ints[attempt * INTS + TRIES] = ints[at + TRIES] as number
    ints[at + PENDING] = (ints[at + PENDING] as number) + 1
    engine.tally.attempted((ints[at + TRIES] as number) > 1)
    if (policy.cancels === true)
      ints[attempt * INTS + FLAGS] = (ints[attempt * INTS + FLAGS] as number) | CANCELLABLE
    if (this.timeouts !== null) {
      this.timeouts.add(attempt)
      const f = attempt * FLOATS + DEADLINE
      if (policy.deadline === true) {
        const clock = engine.now + engine.clocks.skewAt(ints[at + STATION] as number)
        floats[f] = Math.min(floats[f] as number, clock + (policy.timeoutSeconds as number))
      }
    }
    if (this.hedges !== null && !hedge && ints[at + LANE_SEQUENCE] === 0) this.hedges.add(call)
    engine.send(attempt, site)
  }

  private timedOut(attempt: number): void {
    const { engine } = this
    const { ints } = engine.calls
    const at = attempt * INTS
    const call = ints[at + PARENT] as number
    const waits = ints[call * INTS + GENERATION] === ints[at + PARENT_GENERATION]
    const flags = ints[at + FLAGS] as number
    ints[at + PARENT] = SEVERED
    if ((flags & LOST) !== 0) {
      engine.network?.givenUp(attempt)
      engine.drop(attempt)
    } else if ((flags & CANCELLABLE) !== 0) this.cancel(attempt)
    if (waits) this.attemptEnded(call, TIMEOUT)
  }

  private cancel(attempt: number): void {
    const { engine } = this
    const { ints } = engine.calls
    const at = attempt * INTS
    ints[at + FLAGS] = (ints[at + FLAGS] as number) | CANCELLED
    const station = engine.stations[ints[at + STATION] as number] as Station
    if (station.withdraw(attempt)) engine.drop(attempt)
  }

  private failed(call: number, outcome: number): void {
    const { engine, policy } = this
    const { retries } = policy
    const tries = engine.calls.ints[call * INTS + TRIES] as number
    if (retries === undefined || tries > retries.max || !this.wanted(call)) {
      this.end(call, outcome)
      return
    }
    if (retries.budget !== undefined) {
      if (this.tokens < 1) {
        this.end(call, outcome)
        return
      }
      this.tokens--
    }
    const seconds = this.pause(tries)
    if (seconds === 0) this.attempt(call, false)
    else {
      engine.tally.waited(engine.calls, call, seconds)
      engine.scheduleCall(seconds, this.code + RETRY, call)
    }
  }

  private pause(tries: number): number {
    const wait = this.policy.retries?.wait
    if (wait === undefined) return 0
    const grown = wait.law === 'fixed' ? wait.baseSeconds : wait.baseSeconds * power(2, tries - 1)
    const seconds = Math.min(grown, wait.capSeconds ?? Number.POSITIVE_INFINITY)
    return wait.jitter === true ? seconds * this.stream.uniform() : seconds
  }

  /** False: nobody waits for the call any more, and its caller cancels; or its deadline has passed. */
  private wanted(call: number): boolean {
    return this.engine.fate(call) === OK
  }

  private end(call: number, outcome: number): void {
    const { engine } = this
    const { ints } = engine.calls
    const at = call * INTS
    this.underWay--
    if (outcome === OK && this.policy.retries?.budget?.earnedBy === 'successes') this.earn()
    ints[at + EVENT] = 0
    if (ints[at + LANE_SEQUENCE] !== 0) this.hedges?.remove(call)
    engine.answer(call, outcome)
  }
}
