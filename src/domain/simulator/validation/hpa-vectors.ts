import { desiredByHpa, HpaDecision } from '../scaling.ts'

/** Current replicas, metric by target, desired replicas, at the default tolerance of 0.1. */
const RATIOS: readonly (readonly [current: number, ratio: number, desired: number])[] = [
  // Published: 50 replicas at 90% with a target of 75% become 60, as 20% is outside the default tolerance of 10%
  // (kubernetes.io/blog/2025/04/28/kubernetes-v1-33-hpa-configurable-tolerance). The rest is the formula's arithmetic.
  [50, 90 / 75, 60],
  [3, 200 / 100, 6],
  [4, 50 / 100, 2],
  [3, 50 / 100, 2],
  // Inside the tolerance of 0.1 nothing changes; outside it is rounded up.
  [10, 1.1, 10],
  [10, 0.9, 10],
  [10, 1.11, 12],
  [10, 0.89, 9],
  [1, 1.5, 2],
  [7, 90 / 50, 13],
  [5, 0, 0],
]

export interface HpaResult {
  readonly name: string
  readonly passed: boolean
  readonly theory: number
  readonly measured: number
}

/** The formula, then the windows: a fall waits for the highest recommendation of 300 s, a rise does not wait. */
export function hpaResults(): readonly HpaResult[] {
  const formula = RATIOS.map(([current, ratio, theory]) => {
    const measured = desiredByHpa(current, ratio, 0.1)
    return { name: `HPA, ${current} replicas, ratio ${ratio}`, passed: measured === theory, theory, measured }
  })
  const decision = new HpaDecision(300, 0)
  const windows = (
    [
      [0, 10, 10, 10],
      [15, 10, 4, 10],
      [150, 10, 6, 10],
      [299, 10, 4, 10],
      [300, 10, 4, 6],
      [449, 6, 4, 6],
      [450, 6, 4, 4],
      [465, 4, 9, 9],
    ] as const
  ).map(([at, current, desired, theory]) => {
    const measured = decision.stabilized(at, current, desired)
    return {
      name: `HPA windows, at ${at} s, ${current} → ${desired}`,
      passed: measured === theory,
      theory,
      measured,
    }
  })
  return [...formula, ...windows]
}
