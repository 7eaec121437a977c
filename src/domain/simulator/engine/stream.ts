import { exp, log } from './exact-math.ts'

/**
 * Random numbers for one purpose of one run (the arrivals of a source, the service times of a component): every
 * purpose has its own stream, so that a change to one part of a design leaves the others' numbers as they were
 * (common random numbers).
 */

const LAYERS = 256
/** Where the tail of the exponential's ziggurat begins, and the area of a layer (Marsaglia and Tsang 2000). */
const TAIL = 7.69711747013105
const AREA = 3.949659822581572e-3
const TWO_32 = 4_294_967_296

/** What was drawn last (see `EventQueue` for why not a result). */
const drawn = new Float64Array(1)
export const lastDrawn = drawn

/** Bound, width and height of each layer, one after the other. */
export const ziggurat = new Float64Array(3 * LAYERS)
const bound = ziggurat.subarray(0, LAYERS)
const width = ziggurat.subarray(LAYERS, 2 * LAYERS)
const height = ziggurat.subarray(2 * LAYERS)
fillZiggurat()

function fillZiggurat(): void {
  let x = TAIL
  let above = TAIL
  const q = AREA / exp(-x)
  bound[0] = (x / q) * TWO_32
  bound[1] = 0
  width[0] = q / TWO_32
  width[255] = x / TWO_32
  height[0] = 1
  height[255] = exp(-x)
  for (let i = 254; i >= 1; i--) {
    x = -log(AREA / x + exp(-x))
    bound[i + 1] = (x / above) * TWO_32
    above = x
    height[i] = exp(-x)
    width[i] = x / TWO_32
  }
}

/** sfc32 (Doty-Humphrey), 128 bits of state: the same numbers on every machine. */
export class Stream {
  /** a, b, c and the counter. */
  readonly state: Int32Array<ArrayBuffer>

  constructor(seed: number, purpose: string, state = new Int32Array(4)) {
    this.state = state
    state[0] = seed | 0
    state[1] = Math.floor(seed / TWO_32) | 0
    state[2] = hashOf(purpose)
    state[3] = 1
    for (let i = 0; i < 20; i++) this.bits()
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const { state } = this
    const b = state[1] as number
    const c = state[2] as number
    const count = state[3] as number
    const t = ((((state[0] as number) + b) | 0) + count) | 0
    state[0] = b ^ (b >>> 9)
    state[1] = (c + (c << 3)) | 0
    state[2] = (((c << 21) | (c >>> 11)) + t) | 0
    state[3] = (count + 1) | 0
    return t
  }

  /** Uniform in (0, 1), never 0 nor 1. */
  uniform(): number {
    return ((this.bits() >>> 0) + 0.5) / TWO_32
  }

  /** An integer in [0, n), n at most 2^31. */
  below(n: number): number {
    return Math.floor(((this.bits() >>> 0) / TWO_32) * n)
  }

  /** Exponential with mean 1, by the ziggurat. */
  exponential(): number {
    this.drawExponential()
    return drawn[0] as number
  }

  /** The same, into `drawn`. */
  drawExponential(): void {
    const t = this.bits()
    const value = t >>> 0
    const layer = t & 255
    if (value < (bound[layer] as number)) drawn[0] = value * (width[layer] as number)
    else this.drawSlowly(t)
  }

  private drawSlowly(first: number): void {
    let value = first >>> 0
    let layer = first & 255
    for (;;) {
      if (layer === 0) {
        drawn[0] = TAIL - log(this.uniform())
        return
      }
      const x = value * (width[layer] as number)
      const low = height[layer] as number
      drawn[0] = x
      if (low + this.uniform() * ((height[layer - 1] as number) - low) < exp(-x)) return
      const bits = this.bits()
      value = bits >>> 0
      layer = bits & 255
      drawn[0] = value * (width[layer] as number)
      if (value < (bound[layer] as number)) return
    }
  }

  /** Normal with mean 0 and variance 1 (Marsaglia's polar method). */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1
      const y = 2 * this.uniform() - 1
      const square = x * x + y * y
      if (square < 1 && square > 0) return x * Math.sqrt((-2 * log(square)) / square)
    }
  }
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}

/** Mixes the bits of an integer (the finaliser of MurmurHash3): keys to places without a pattern. */
export function mixed(key: number): number {
  let h = key | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
