import { desiredByHpa, HpaDecision } from '../scaling.ts'

/** Kubernetes' documentation and its arithmetic: current replicas, metric by target, tolerance, desired replicas. */
const RATIOS: readonly (readonly [current: number, ratio: number, desired: number])[] = [
  // "If the current metric value is 200m, and the desired value is 100m, the number of replicas will be doubled."
  [3, 200 / 100, 6],
  // "If the current value is instead 50m, you'll halve the number of replicas."
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
