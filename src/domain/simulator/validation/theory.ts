/**
 * Closed forms of queueing theory. Rates a second, times in seconds, `a` offered load in Erlang, `rho` load of a server.
 */

/** Erlang B: share of calls blocked at c servers without a queue. B(0) = 1, B(c) = a B(c-1) / (c + a B(c-1)). */
export function erlangB(c: number, a: number): number {
  let b = 1
  for (let i = 1; i <= c; i++) b = (a * b) / (i + a * b)
  return b
}

/** Erlang C: share of calls that wait at c servers. C = B / (1 - rho (1 - B)). */
export function erlangC(c: number, a: number): number {
  const b = erlangB(c, a)
  return b / (1 - (a / c) * (1 - b))
}

/** M/M/c: mean seconds in the system. Wq = C / (c mu - lambda). */
export const mmcSojourn = (c: number, lambda: number, mu: number): number =>
  erlangC(c, lambda / mu) / (c * mu - lambda) + 1 / mu

/** M/M/1: the seconds within which a share p of the calls is done. */
export const mm1Quantile = (p: number, lambda: number, mu: number): number => -Math.log(1 - p) / (mu - lambda)

/** M/G/1 (Pollaczek-Khinchine): mean seconds of waiting. */
export const mg1Wait = (rho: number, cv2: number, service: number): number =>
  ((rho * (1 + cv2)) / (2 * (1 - rho))) * service

/** M/M/1/K: share of calls blocked, K places with the server's. */
export function mm1kBlocked(rho: number, k: number): number {
  return rho === 1 ? 1 / (k + 1) : ((1 - rho) * rho ** k) / (1 - rho ** (k + 1))
}

/** Erlang A (M/M/c+M): share of calls that leave the queue, by the birth-death chain. P(ab) = theta Lq / lambda. */
export function erlangAAbandoned(c: number, lambda: number, mu: number, theta: number): number {
  let weight = 1
  let sum = 1
  let queue = 0
  for (let n = 1; n < 10_000 && (n <= c || weight > 1e-18 * sum); n++) {
    weight *= lambda / (Math.min(n, c) * mu + Math.max(0, n - c) * theta)
    sum += weight
    queue += Math.max(0, n - c) * weight
  }
  return (theta * queue) / sum / lambda
}

/** Exact mean value analysis of a closed network with think time: throughput and response time of N users. */
export function mva(
  users: number,
  think: number,
  demands: readonly number[],
): { readonly throughput: number; readonly response: number } {
  let lengths = demands.map(() => 0)
  let throughput = 0
  let response = 0
  for (let n = 1; n <= users; n++) {
    const times = demands.map((demand, i) => demand * (1 + (lengths[i] as number)))
    response = times.reduce((sum, time) => sum + time, 0)
    throughput = n / (think + response)
    lengths = times.map((time) => throughput * time)
  }
  return { throughput, response }
}

/** Mean of the slowest of n exponentials of mean 1. */
export function harmonic(n: number): number {
  let sum = 0
  for (let i = 1; i <= n; i++) sum += 1 / i
  return sum
}

/** Two-way fork-join of M/M/1 with mu = 1 (Nelson and Tantawi 1988): (12 - rho) / (8 (1 - rho)). */
export const forkJoin2 = (rho: number): number => (12 - rho) / (8 * (1 - rho))

/** Che's approximation of an LRU cache's hit ratio under Zipf: sum(1 - e^(-p T)) = C gives T; hit = sum p (1 - e^(-p T)). */
export function cheHitRatio(keys: number, exponent: number, entries: number): number {
  const p = Array.from({ length: keys }, (_, i) => (i + 1) ** -exponent)
  const total = p.reduce((sum, x) => sum + x, 0)
  const filled = (t: number) => p.reduce((sum, x) => sum - Math.expm1((-x / total) * t), 0)
  let low = 0
  let high = 1
  while (filled(high) < entries) high *= 2
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (filled(middle) < entries) low = middle
    else high = middle
  }
  return p.reduce((sum, x) => sum - (x / total) * Math.expm1((-x / total) * high), 0)
}
