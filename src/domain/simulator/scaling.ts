/**
 * Kubernetes' horizontal pod autoscaler: desired = ceil(current × ratio), where ratio is the metric's value by its
 * target; no change while |ratio - 1| <= tolerance.
 * kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale, "Algorithm details".
 */
export function desiredByHpa(current: number, ratio: number, tolerance: number): number {
  if (Math.abs(ratio - 1) <= tolerance + 1e-12) return current
  return Math.max(0, Math.ceil(current * ratio - 1e-9))
}

interface Recommendation {
  readonly at: number
  readonly replicas: number
}

/**
 * Stabilisation: going down waits for the highest recommendation of the down window, going up for the lowest of the up
 * window (the current count never counts as a recommendation).
 */
export class HpaDecision {
  private readonly down: number
  private readonly up: number
  private recommendations: Recommendation[] = []

  constructor(downSeconds: number, upSeconds: number) {
    this.down = downSeconds
    this.up = upSeconds
  }

  stabilized(now: number, current: number, desired: number): number {
    const longest = Math.max(this.down, this.up)
    this.recommendations = this.recommendations.filter(({ at }) => at > now - longest)
    this.recommendations.push({ at: now, replicas: desired })
    let upTo = desired
    let downTo = desired
    for (const { at, replicas } of this.recommendations) {
      if (at > now - this.up) upTo = Math.min(upTo, replicas)
      if (at > now - this.down) downTo = Math.max(downTo, replicas)
    }
    // As the controller does: start from the current count, raise it to upTo, lower it to downTo.
    return Math.min(Math.max(current, upTo), downTo)
  }
}

/** Target tracking: as many replicas as would be busy to `utilization`, within bounds; inside 5% of the target, no change. */
export function desiredByTarget(
  current: number,
  busyShare: number,
  { utilization, min, max }: { utilization: number; min: number; max: number },
): number {
  const ratio = busyShare / utilization
  const desired = Math.abs(ratio - 1) <= 0.05 ? current : Math.ceil(current * ratio - 1e-9)
  return Math.min(max, Math.max(min, desired))
}
