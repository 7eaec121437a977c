// `Stream`, `Sampler` and `exact-math.ts`, on the same state and with the same arithmetic.

import { AT, BLOCK, CONSTANT, DRAWS, EXPONENTIAL, LAW, NUMBER, SCALE, STREAM } from '../engine/records'
import { int, num, setInt, setNum, ziggurat } from './memory'

/** Draws by a law that is not known here. */
declare function refill(sampler: i32): void

const TWO_32: f64 = 4294967296
const TAIL: f64 = 7.69711747013105
const LN2: f64 = Math.LN2
const SQRT2: f64 = Math.SQRT2
const LN2_HIGH: f64 = 0.6931471803691238
const LN2_LOW: f64 = 1.9082149292705877e-10

/** The next 32 bits of a stream (sfc32). */
function bitsOf(stream: usize): i32 {
  const b = int(stream, 1)
  const c = int(stream, 2)
  const count = int(stream, 3)
  const t = int(stream, 0) + b + count
  setInt(stream, 0, b ^ (b >>> 9))
  setInt(stream, 1, c + (c << 3))
  setInt(stream, 2, ((c << 21) | (c >>> 11)) + t)
  setInt(stream, 3, count + 1)
  return t
}

export function uniform(stream: usize): f64 {
  return ((bitsOf(stream) as u32 as f64) + 0.5) / TWO_32
}

function log(x: f64): f64 {
  const bits = reinterpret<i64>(x)
  let exponent = ((bits >>> 52) as i32) - 1023
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000)
  if (mantissa > SQRT2) {
    mantissa /= 2
    exponent++
  }
  const f = mantissa - 1
  const s = f / (2 + f)
  const k = exponent as f64
  return k * LN2_HIGH + (f - (f * s - atanhTail(s) - k * LN2_LOW))
}

function atanhTail(s: f64): f64 {
  const square = s * s
  let sum: f64 = (1.0 / 21.0) * square
  sum = (sum + 1.0 / 19.0) * square
  sum = (sum + 1.0 / 17.0) * square
  sum = (sum + 1.0 / 15.0) * square
  sum = (sum + 1.0 / 13.0) * square
  sum = (sum + 1.0 / 11.0) * square
  sum = (sum + 1.0 / 9.0) * square
  sum = (sum + 1.0 / 7.0) * square
  sum = (sum + 1.0 / 5.0) * square
  sum = (sum + 1.0 / 3.0) * square
  return 2 * s * sum
}

function exp(x: f64): f64 {
  const quotient = x / LN2
  const below = Math.floor(quotient)
  const k = quotient - below >= 0.5 ? below + 1 : below
  const r = x - k * LN2_HIGH - k * LN2_LOW
  return (1 + (r + expTail(r))) * reinterpret<f64>(((k as i64) + 1023) << 52)
}

function expTail(r: f64): f64 {
  let sum: f64 = 1.0 / 20922789888000.0
  sum = sum * r + 1.0 / 1307674368000.0
  sum = sum * r + 1.0 / 87178291200.0
  sum = sum * r + 1.0 / 6227020800.0
  sum = sum * r + 1.0 / 479001600.0
  sum = sum * r + 1.0 / 39916800.0
  sum = sum * r + 1.0 / 3628800.0
  sum = sum * r + 1.0 / 362880.0
  sum = sum * r + 1.0 / 40320.0
  sum = sum * r + 1.0 / 5040.0
  sum = sum * r + 1.0 / 720.0
  sum = sum * r + 1.0 / 120.0
  sum = sum * r + 1.0 / 24.0
  sum = sum * r + 1.0 / 6.0
  sum = sum * r + 1.0 / 2.0
  return sum * r * r
}

// The ziggurat's tables, one after the other: bound, width, height.
function bound(layer: i32): f64 {
  return num(ziggurat, layer)
}
function width(layer: i32): f64 {
  return num(ziggurat, 256 + layer)
}
function height(layer: i32): f64 {
  return num(ziggurat, 512 + layer)
}

function slowly(stream: usize, first: i32): f64 {
  let value = first as u32 as f64
  let layer = first & 255
  while (true) {
    if (layer === 0) return TAIL - log(uniform(stream))
    const x = value * width(layer)
    const low = height(layer)
    if (low + uniform(stream) * (height(layer - 1) - low) < exp(-x)) return x
    const bits = bitsOf(stream)
    value = bits as u32 as f64
    layer = bits & 255
    if (value < bound(layer)) return value * width(layer)
  }
}

/** A block of exponentials, by the ziggurat. The stream's state is kept at hand, as this is the innermost of all. */
function fillExponential(stream: usize, block: usize, scale: f64): void {
  let a = int(stream, 0)
  let b = int(stream, 1)
  let c = int(stream, 2)
  let count = int(stream, 3)
  for (let i = 0; i < BLOCK; i++) {
    const t = a + b + count
    a = b ^ (b >>> 9)
    b = c + (c << 3)
    c = ((c << 21) | (c >>> 11)) + t
    count++
    const layer = t & 255
    const value = t as u32 as f64
    if (value < bound(layer)) setNum(block, i, value * width(layer) * scale)
    else {
      keep(stream, a, b, c, count)
      setNum(block, i, slowly(stream, t) * scale)
      a = int(stream, 0)
      b = int(stream, 1)
      c = int(stream, 2)
      count = int(stream, 3)
    }
  }
  keep(stream, a, b, c, count)
}

function keep(stream: usize, a: i32, b: i32, c: i32, count: i32): void {
  setInt(stream, 0, a)
  setInt(stream, 1, b)
  setInt(stream, 2, c)
  setInt(stream, 3, count)
}

/** The next of a sampler's block. */
export function draw(sampler: usize): f64 {
  let at = int(sampler, AT)
  if (at >= BLOCK) {
    fill(sampler)
    at = 0
  }
  setInt(sampler, AT, at + 1)
  return num(sampler + DRAWS, at)
}

function fill(sampler: usize): void {
  const law = int(sampler, LAW)
  const scale = num(sampler, SCALE)
  const block = sampler + DRAWS
  if (law === EXPONENTIAL) {
    fillExponential(int(sampler, STREAM) as usize, block, scale)
  } else if (law === CONSTANT) for (let i = 0; i < BLOCK; i++) setNum(block, i, scale)
  else refill(int(sampler, NUMBER))
}
