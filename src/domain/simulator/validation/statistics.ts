/** Steps of Simpson's rule: the error is far below what any row is measured to. */
const STEPS = 4000

/**
 * The point that Student's t of so many degrees of freedom stays below with probability p > 1/2. With
 * x = sqrt(nu) tan(theta) the density is proportional to cos(theta)^(nu - 1), which is integrated and bisected.
 */
export function studentPoint(p: number, degrees: number): number {
  const upTo = (theta: number): number => {
    const h = theta / STEPS
    let sum = 0
    for (let i = 0; i <= STEPS; i++)
      sum += Math.cos(i * h) ** (degrees - 1) * (i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2)
    return (sum * h) / 3
  }
  const half = upTo(Math.PI / 2)
  let low = 0
  let high = Math.PI / 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (0.5 + upTo(middle) / (2 * half) < p) low = middle
    else high = middle
  }
  return Math.sqrt(degrees) * Math.tan(high)
}

function logFactorial(n: number): number {
  let sum = 0
  for (let i = 2; i <= n; i++) sum += Math.log(i)
  return sum
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/**
 * Fisher's exact test, two-sided: how likely two counts, a of n and b of m, are to differ this much or more where both
 * come from one probability. Sum of the hypergeometric probabilities that are no larger than that of what was seen.
 */
export function fisherExact(a: number, n: number, b: number, m: number): number {
  const both = a + b
  const log = (k: number) => logChoose(n, k) + logChoose(m, both - k) - logChoose(n + m, both)
  const seen = log(a)
  let sum = 0
  for (let k = Math.max(0, both - m); k <= Math.min(n, both); k++)
    if (log(k) <= seen + 1e-7) sum += Math.exp(log(k))
  return Math.min(1, sum)
}
