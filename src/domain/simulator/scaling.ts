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

/** Replicas for a load that is forecast in replicas' worth of work; inside 5% of the target, no change. */
export function desiredByForecast(current: number, load: number, utilization: number): number {
  return desiredByTarget(current, load / Math.max(current, 1), {
    utilization,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  })
}

/** A load over time, and what it will be: as it is, on the line of the last while, or as it was one period ago. */
export class Forecast {
  private readonly history: number
  private readonly period: number | null
  /** Oldest first. */
  private points: { readonly at: number; readonly load: number }[] = []

  constructor(historySeconds: number, periodSeconds: number | null) {
    this.history = historySeconds
    this.period = periodSeconds
  }

  add(at: number, load: number): void {
    this.points.push({ at, load })
    const oldest = at - Math.max(this.history, this.period ?? 0)
    const gone = this.points.findIndex((point) => point.at >= oldest)
    if (gone > 0) this.points.splice(0, gone)
  }

  /** The most that it is expected to be from now until `ahead` seconds from now. */
  most(now: number, ahead: number): number {
    const { period } = this
    const last = this.points.at(-1)?.load ?? 0
    const line = lineThrough(this.points.filter(({ at }) => at > now - this.history))
    const before =
      period === null
        ? []
        : this.points
            .filter(({ at }) => at >= now - period && at <= now - period + ahead)
            .map(({ load }) => load)
    return Math.max(0, last, line(now + ahead), ...before)
  }
}

/** Least squares; with fewer than three points there is no line to go by. */
function lineThrough(
  points: readonly { readonly at: number; readonly load: number }[],
): (at: number) => number {
  if (points.length < 3) return () => 0
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const middle = mean(({ at }) => at)
  const level = mean(({ load }) => load)
  const squares = mean(({ at }) => (at - middle) * (at - middle))
  const slope = mean(({ at, load }) => (at - middle) * (load - level)) / squares
  return (at) => level + slope * (at - middle)
}
