/**
 * How far components' clocks are from the true time. What passes between two machines as a time of day (a deadline) or is
 * kept as one (an entry's end, a schedule, a bucket's last filling) is off by it; what a machine measures by itself (a
 * timeout, a service, an autoscaler's interval) is not.
 */
export class Clocks {
  private skews: Float64Array | null = null
  private readonly heard = new Map<number, () => void>()

  /** Seconds ahead of the true time (negative: behind); 0 for sources, at -1. */
  skewAt(station: number): number {
    return this.skews === null || station < 0 ? 0 : (this.skews[station] as number)
  }

  set(station: number, seconds: number, stations: number): void {
    this.skews ??= new Float64Array(stations)
    this.skews[station] = seconds
    this.heard.get(station)?.()
  }

  /** What goes by a station's clock is told when that is set. */
  whenSet(station: number, tell: () => void): void {
    this.heard.set(station, tell)
  }
}
