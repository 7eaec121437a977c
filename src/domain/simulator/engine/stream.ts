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

const bound = new Float64Array(LAYERS)
const width = new Float64Array(LAYERS)
const height = new Float64Array(LAYERS)
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
  private a: number
  private b: number
  private c: number
  private count = 1

  constructor(seed: number, purpose: string) {
    this.a = seed | 0
    this.b = Math.floor(seed / TWO_32) | 0
    this.c = hashOf(purpose)
    for (let i = 0; i < 20; i++) this.bits()
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const t = (((this.a + this.b) | 0) + this.count) | 0
    this.count = (this.count + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0
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

  /** The same, into `drawn`; the generator's step is written out, as this is the innermost of all. */
  drawExponential(): void {
    const { a, b, c, count } = this
    const t = (((a + b) | 0) + count) | 0
    this.count = (count + 1) | 0
    this.a = b ^ (b >>> 9)
    this.b = (c + (c << 3)) | 0
    this.c = (((c << 21) | (c >>> 11)) + t) | 0
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
