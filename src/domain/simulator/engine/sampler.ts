import type { Distribution } from '../model.ts'
import type { Arena } from './arena.ts'
import { exp, log, log1p, power } from './exact-math.ts'
import * as records from './records.ts'
import { lastDrawn, type Stream } from './stream.ts'

const drawn = lastDrawn

const { AT, BLOCK, CONSTANT, DRAWS, EXPONENTIAL, LAW, NUMBER, SAMPLER_BYTES, SCALE, STREAM } = records
const ERLANG = 2
const HYPEREXPONENTIAL = 3
const LOGNORMAL = 4
const UNIFORM = 5
const PARETO = 6

/**
 * Draws seconds by a law, from a stream that is its own: a block at a time, so that what asks for one has it at hand.
 * One class with a switch, not one a law: what draws then calls one thing.
 */
export class Sampler {
  readonly mean: number
  private readonly law: number
  private readonly a: number
  private readonly b: number
  private readonly c: number
  private readonly stream: Stream
  private readonly block: Float64Array
  private readonly own: Int32Array<ArrayBuffer>

  constructor(distribution: Distribution, stream: Stream, arena: Arena, number: number) {
    this.stream = stream
    const [law, a, b, c] = parametersOf(distribution)
    this.law = law
    this.a = a
    this.b = b
    this.c = c
    this.mean = meanOf(distribution)
    const { ints, floats } = arena.record(SAMPLER_BYTES)
    this.own = ints
    this.block = floats.subarray(DRAWS / 8)
    ints[AT] = BLOCK
    ints[LAW] = law
    ints[NUMBER] = number
    ints[STREAM] = stream.state.byteOffset
    floats[SCALE] = a
  }

  /** Where its record is. */
  get address(): number {
    return this.own.byteOffset
  }

  next(): number {
    let at = this.own[AT] as number
    if (at >= BLOCK) {
      this.fill()
      at = 0
    }
    this.own[AT] = at + 1
    return this.block[at] as number
  }

  /** Draws a block anew. */
  fill(): void {
    const { block, stream, law, a } = this
    for (let i = 0; i < BLOCK; i++) {
      if (law === EXPONENTIAL) {
        stream.drawExponential()
        block[i] = (drawn[0] as number) * a
      } else block[i] = law === CONSTANT ? a : this.other()
    }
  }

  private other(): number {
    const { stream, a, b, c } = this
    switch (this.law) {
      case ERLANG: {
        let sum = 0
        for (let i = 0; i < b; i++) sum += stream.exponential()
        return a * sum
      }
      case HYPEREXPONENTIAL:
        return (stream.uniform() < c ? a : b) * stream.exponential()
      case LOGNORMAL:
        return exp(a + b * stream.normal())
      case UNIFORM:
        return a + (b - a) * stream.uniform()
      default: {
        // The inverse of a Pareto cut off at the top: c is 1 - (low / high)^alpha.
        return a * power(1 - stream.uniform() * c, -1 / b)
      }
    }
  }
}

/** Law and its three numbers, precomputed. */
function parametersOf(d: Distribution): readonly [law: number, a: number, b: number, c: number] {
  switch (d.law) {
    case 'constant':
      return [CONSTANT, d.mean, 0, 0]
    case 'exponential':
      return [EXPONENTIAL, d.mean, 0, 0]
    case 'erlang':
      return [ERLANG, d.mean / d.shape, d.shape, 0]
    case 'hyperexponential': {
      // Balanced means: p1 m1 = p2 m2 = mean / 2, with p1 = (1 + sqrt((cv2 - 1) / (cv2 + 1))) / 2.
      const p = (1 + Math.sqrt((d.cv2 - 1) / (d.cv2 + 1))) / 2
      return [HYPEREXPONENTIAL, d.mean / (2 * p), d.mean / (2 * (1 - p)), p]
    }
    case 'lognormal': {
      const variance = log1p(d.cv2)
      return [LOGNORMAL, log(d.mean) - variance / 2, Math.sqrt(variance), 0]
    }
    case 'uniform':
      return [UNIFORM, d.low, d.high, 0]
    case 'pareto':
      return [PARETO, d.low, d.alpha, 1 - power(d.low / d.high, d.alpha)]
  }
}

/** Mean in seconds. */
export function meanOf(d: Distribution): number {
  switch (d.law) {
    case 'uniform':
      return (d.low + d.high) / 2
    case 'pareto': {
      const { low, high, alpha } = d
      const mass = 1 - power(low / high, alpha)
      if (alpha === 1) return (low * log(high / low)) / mass
      return (
        ((power(low, alpha) * alpha) / (alpha - 1) / mass) * (power(low, 1 - alpha) - power(high, 1 - alpha))
      )
    }
    default:
      return d.mean
  }
}
