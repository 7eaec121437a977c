import type { RecordedArrivals } from '../model.ts'
import type { Engine } from './engine.ts'
import { power } from './exact-math.ts'
import { ENDED } from './parts.ts'
import { Sender } from './sender.ts'
import type { Stream } from './stream.ts'

/**
 * Arrivals as they were recorded: times, or counts of intervals. More of a recorded load is more arrivals in the same
 * intervals (between one time and the next), at random in them, so that no two come at once; less is fewer of them.
 */
export class RecordedSender extends Sender {
  private readonly arrivals: RecordedArrivals
  private readonly stream: Stream
  private factor = 1
  private surged = 1
  private interval = -1
  private until = 0
  private left = 0
  private armed = 0

  constructor(engine: Engine, id: string, arrivals: RecordedArrivals, stream: Stream, choices: Stream) {
    super(engine, id, choices)
    this.stream = stream
    this.arrivals = arrivals
  }

  start(): void {
    this.next()
  }

  fire(op: number): void {
    if (op === ENDED || this.engine.sequence !== this.armed) return
    this.left--
    this.send()
    this.next()
  }

  set(parameter: string, value: number): boolean {
    if (parameter !== 'factor') return false
    this.rescale(value * this.surged)
    this.factor = value
    return true
  }

  surge(factor: number): void {
    this.rescale(this.factor * factor)
    this.surged = factor
  }

  /** What is left of the interval is scaled; the arrival that was to come is drawn again. */
  private rescale(to: number): void {
    const from = this.factor * this.surged
    this.left = from === 0 ? 0 : this.wholeOf((this.left * to) / from)
    this.next()
  }

  private next(): void {
    const { engine, stream } = this
    this.armed = 0
    let from = engine.now
    while (this.left === 0) {
      const begins = this.enter(this.interval + 1)
      if (begins === null) return
      from = Math.max(from, begins)
      if (this.arrivals.law === 'counts' || this.left === 0) continue
      this.armed = engine.queue.push(from, this.code, 0)
      return
    }
    // The first of n that fall anywhere in what is left of the interval.
    const gap = Math.max(0, this.until - from) * (1 - power(stream.uniform(), 1 / this.left))
    this.armed = engine.queue.push(from + gap, this.code, 0)
  }

  /** Begins an interval: when it begins; null: there is none any more. */
  private enter(interval: number): number | null {
    const { arrivals } = this
    const times = (arrivals.times ?? 1) * this.factor * this.surged
    if (arrivals.law === 'trace') {
      const at = arrivals.atSeconds[interval]
      if (at === undefined) return null
      this.until = arrivals.atSeconds[interval + 1] ?? at
      this.left = this.wholeOf(times)
      this.interval = interval
      return at
    }
    const count = arrivals.counts[interval]
    if (count === undefined) return null
    this.until = (interval + 1) * arrivals.everySeconds
    this.left = this.wholeOf(count * times)
    this.interval = interval
    return interval * arrivals.everySeconds
  }

  /** A fraction is a chance of one more. */
  private wholeOf(count: number): number {
    const whole = Math.floor(count + 1e-9)
    return count - whole > 1e-9 && this.stream.uniform() < count - whole ? whole + 1 : whole
  }
}
