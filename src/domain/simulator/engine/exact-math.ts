/**
 * Logarithm, exponential and powers from +, -, × and / alone. What `Math.log` and its like give may differ in the last
 * digit from one JavaScript engine to another (it does, between Node and Chromium), and a run must not. Each is right to
 * some units in the last place; arguments are finite, and of `log` and `power` positive and normal.
 */

const { LN2, SQRT2 } = Math
/** LN2 in two parts: a whole number times the first is exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

const floats = new Float64Array(1)
const words = new Uint32Array(floats.buffer)
floats[0] = 1
/** Which of the two words has the exponent. */
const HIGH = words[1] === 0x3ff00000 ? 1 : 0

/** 1/3, 1/5 … 1/21: of the inverse hyperbolic tangent. */
const ODD = Array.from({ length: 10 }, (_, i) => 1 / (2 * i + 3))
/** 1/2!, 1/3! … 1/16!. */
const FACTORIALS = Array.from({ length: 15 }, (_, i) => 1 / factorial(i + 2))

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1)
}

/** 2 atanh(s) - 2 s, for |s| up to 0.18. */
function atanhTail(s: number): number {
  const square = s * s
  let sum = 0
  for (let i = ODD.length - 1; i >= 0; i--) sum = (sum + (ODD[i] as number)) * square
  return 2 * s * sum
}

/** exp(r) - 1 - r, for |r| up to 0.5. */
function expTail(r: number): number {
  let sum = 0
  for (let i = FACTORIALS.length - 1; i >= 0; i--) sum = sum * r + (FACTORIALS[i] as number)
  return sum * r * r
}

export function log(x: number): number {
  floats[0] = x
  const high = words[HIGH] as number
  let exponent = (high >>> 20) - 1023
  words[HIGH] = (high & 0xfffff) | 0x3ff00000
  let mantissa = floats[0] as number
  if (mantissa > SQRT2) {
    mantissa /= 2
    exponent++
  }
  const f = mantissa - 1
  const s = f / (2 + f)
  // log(1 + f) = 2 atanh(s), and 2 s = f - f s.
  return exponent * LN2_HIGH + (f - (f * s - atanhTail(s) - exponent * LN2_LOW))
}

/** 0 below -708, Infinity above 709. */
export function exp(x: number): number {
  if (x < -708) return 0
  if (x > 709) return Number.POSITIVE_INFINITY
  const k = Math.round(x / LN2)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  return (1 + (r + expTail(r))) * powerOfTwo(k)
}

/** 2^k, k from -1022 to 1023. */
function powerOfTwo(k: number): number {
  floats[0] = 0
  words[HIGH] = (k + 1023) << 20
  return floats[0] as number
}

/** exp(x) - 1. */
export const expm1 = (x: number): number => (Math.abs(x) < 0.5 ? x + expTail(x) : exp(x) - 1)

/** log(1 + x), x above -1. */
export function log1p(x: number): number {
  if (Math.abs(x) > 0.3) return log(1 + x)
  const s = x / (2 + x)
  return x - (x * s - atanhTail(s))
}

/** x^y. */
export const power = (x: number, y: number): number => (y === 0 ? 1 : exp(y * log(x)))
