const CLOSED = 0
const OPEN = 1
const HALF_OPEN = 2

/** A circuit breaker over the last `calls` attempts: open, then one trial, then closed or open again. */
export class Breaker {
  private readonly calls: number
  private readonly share: number
  private readonly openSeconds: number
  private readonly log: (open: boolean) => void
  private readonly failures: Uint8Array
  private at = 0
  private seen = 0
  private failed = 0
  private state = CLOSED
  private until = 0

  constructor(calls: number, share: number, openSeconds: number, log: (open: boolean) => void) {
    this.calls = calls
    this.share = share
    this.openSeconds = openSeconds
    this.log = log
    this.failures = new Uint8Array(calls)
  }

  allows(now: number): boolean {
    if (this.state === CLOSED) return true
    if (now < this.until) return false
    // One trial; if its answer never comes, another after the same time.
    this.state = HALF_OPEN
    this.until = now + this.openSeconds
    return true
  }

  record(now: number, ok: boolean): void {
    if (this.state === OPEN) return
    if (this.state === HALF_OPEN) {
      this.clear()
      if (ok) {
        this.state = CLOSED
        this.log(false)
      } else this.open(now)
      return
    }
    this.failed += (ok ? 0 : 1) - (this.failures[this.at] as number)
    this.failures[this.at] = ok ? 0 : 1
    this.at = (this.at + 1) % this.calls
    if (this.seen < this.calls) this.seen++
    if (this.seen === this.calls && this.failed >= this.share * this.calls) {
      this.clear()
      this.open(now)
      this.log(true)
    }
  }

  private open(now: number): void {
    this.state = OPEN
    this.until = now + this.openSeconds
  }

  private clear(): void {
    this.failures.fill(0)
    this.at = this.seen = this.failed = 0
  }
}
