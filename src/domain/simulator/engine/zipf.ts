import { exp, expm1, log, log1p, power } from './exact-math.ts'
import type { Stream } from './stream.ts'

/**
 * Ranks 0 … count - 1 with P(rank) ~ (rank + 1)^-exponent, without a table: rejection-inversion (Hörmann and
 * Derflinger 1996). Exponent 0 is uniform.
 */
export class Zipf {
  readonly count: number
  private readonly exponent: number
  private readonly first: number
  private readonly last: number
  private readonly near: number

  constructor(count: number, exponent: number) {
    this.count = count
    this.exponent = exponent
    this.first = this.integral(1.5) - 1
    this.last = this.integral(count + 0.5)
    this.near = 2 - this.inverse(this.integral(2.5) - power(2, -exponent))
  }

  next(stream: Stream): number {
    if (this.count === 1) return 0
    if (this.exponent === 0) return stream.below(this.count)
    for (;;) {
      const u = this.last + stream.uniform() * (this.first - this.last)
      const x = this.inverse(u)
      const k = Math.min(this.count, Math.max(1, Math.round(x)))
      if (k - x <= this.near || u >= this.integral(k + 0.5) - power(k, -this.exponent)) return k - 1
    }
  }

  /** Integral of x^-exponent from 1. */
  private integral(x: number): number {
    const s = 1 - this.exponent
    return Math.abs(s) < 1e-9 ? log(x) : expm1(s * log(x)) / s
  }

  private inverse(y: number): number {
    const s = 1 - this.exponent
    return Math.abs(s) < 1e-9 ? exp(y) : exp(log1p(Math.max(-1 + 1e-15, y * s)) / s)
  }
}
