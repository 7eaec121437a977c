import type { Outcome, Span, Trace } from '../run.ts'
import * as slots from './calls.ts'
import type { Engine } from './engine.ts'
import { UNTRACED } from './records.ts'

const { FLOATS, INTS, OUTCOMES, SPAN, START, STATION, TRACE, TRIES } = slots

const KEPT = 64
const MOST_UNTRACED = 2 ** 31 - 1
const MOST_SPANS = 256

type OpenSpan = { -readonly [K in keyof Span]: Span[K] }

interface OpenTrace {
  readonly request: string
  readonly fromSeconds: number
  readonly spans: OpenSpan[]
  done: boolean
}

/** Follows one request in so many through everything it calls; keeps the newest. */
export class Tracer {
  private readonly engine: Engine
  private readonly every: number
  private readonly names: readonly string[]
  private readonly traces = new Map<number, OpenTrace>()
  private next = 0

  constructor(engine: Engine, every: number, names: readonly string[]) {
    this.engine = engine
    this.every = every
    this.names = names
    engine.heads[UNTRACED] = 1
  }

  /** A request was made: it is traced, or not. */
  begin(call: number, request: number): void {
    const { heads } = this.engine
    const left = (heads[UNTRACED] as number) - 1
    heads[UNTRACED] = left > 0 ? left : Math.min(this.every, MOST_UNTRACED)
    if (left > 0) return
    const id = this.next++
    this.traces.delete(id - KEPT)
    const name = this.names[request] as string
    this.traces.set(id, { request: name, fromSeconds: this.engine.now, spans: [], done: false })
    this.engine.calls.ints[call * INTS + TRACE] = id
  }

  /** A call is sent to its station. */
  open(call: number): void {
    const { ints, floats } = this.engine.calls
    const at = call * INTS
    const trace = this.traces.get(ints[at + TRACE] as number)
    if (trace === undefined || trace.spans.length >= MOST_SPANS) {
      ints[at + TRACE] = -1
      return
    }
    const parent = ints[at + SPAN] as number
    ints[at + SPAN] = trace.spans.length
    trace.spans.push({
      component: this.engine.stations[ints[at + STATION] as number]?.id ?? '',
      fromSeconds: floats[call * FLOATS + START] as number,
      toSeconds: Number.POSITIVE_INFINITY,
      outcome: 'ok',
      parent: parent < 0 ? null : parent,
      attempt: Math.max(1, ints[at + TRIES] as number),
    })
  }

  close(call: number, outcome: number): void {
    const { ints } = this.engine.calls
    const at = call * INTS
    const span = this.traces.get(ints[at + TRACE] as number)?.spans[ints[at + SPAN] as number]
    if (span === undefined) return
    span.toSeconds = this.engine.now
    span.outcome = OUTCOMES[outcome] as Outcome
  }

  /** The request has been answered. */
  end(call: number): void {
    const trace = this.traces.get(this.engine.calls.ints[call * INTS + TRACE] as number)
    if (trace !== undefined) trace.done = true
  }

  /** Of requests that were answered; what is still under way in one ends now. */
  sample(): Trace[] {
    const { now } = this.engine
    return [...this.traces.values()]
      .filter((trace) => trace.done)
      .map(({ request, fromSeconds, spans }) => ({
        request,
        fromSeconds,
        spans: spans.map((span) => ({ ...span, toSeconds: Math.min(span.toSeconds, now) })),
      }))
  }
}
