import type { Assembly } from './assemble.ts'
import type { Gauge } from './engine/gauge.ts'
import type { HpaScaler, PredictiveScaler, Scaler, ScheduleScaler, TargetScaler } from './model.ts'
import { desiredByForecast, desiredByHpa, desiredByTarget, Forecast, HpaDecision } from './scaling.ts'
import { serviceNamed } from './serving.ts'

/** A service as its scaler meets it. */
interface Scaled {
  readonly assembly: Assembly
  /** What was decided last, be it there yet or not; and what is in service. */
  wanted(): number
  serving(): number
  /** Busy share of the workers in service since it was last asked. */
  busy(): number
  scale(to: number, why: string): void
}

export function scheduleScaler(assembly: Assembly, scaler: Scaler): void {
  const scaled = scaledService(assembly, scaler)
  switch (scaler.kind) {
    case 'hpa':
      byHpa(scaled, scaler)
      break
    case 'target':
      byTarget(scaled, scaler)
      break
    case 'schedule':
      bySchedule(scaled, scaler)
      break
    case 'predictive':
      byForecast(scaled, scaler)
      break
  }
}

function scaledService(assembly: Assembly, { target, startSeconds = 0 }: Scaler): Scaled {
  const { timetable, engine, monitor } = assembly
  const station = serviceNamed(assembly, target)
  let wanted = station.replicaCount()
  return {
    assembly,
    wanted: () => wanted,
    serving: () => station.replicaCount(),
    busy: busyShare(station.gauge),
    scale: (to, why) => {
      if (to === wanted) return
      monitor.log(target, `${wanted} → ${to} replicas (${why})`)
      const up = to > wanted
      wanted = to
      // New replicas take their time to start; those that go, go at once.
      timetable.at(engine.now + (up ? startSeconds : 0), () => {
        const now = station.replicaCount()
        if (up ? to > now && to <= wanted : to < now && to === wanted) station.set('replicas', to)
      })
    },
  }
}

function busyShare(gauge: Gauge): () => number {
  let busy = 0
  let workers = 0
  return () => {
    // After the end of the warm-up the integrals begin anew.
    if (gauge.areaWorkers < workers) busy = workers = 0
    const share = gauge.areaWorkers > workers ? (gauge.areaBusy - busy) / (gauge.areaWorkers - workers) : 0
    busy = gauge.areaBusy
    workers = gauge.areaWorkers
    return Math.min(1, share)
  }
}

const percent = (share: number) => `${Math.round(100 * share)}% busy`
const within = ({ min, max }: { min: number; max: number }, replicas: number) =>
  Math.min(max, Math.max(min, replicas))

function byHpa({ assembly, busy, serving, scale }: Scaled, scaler: HpaScaler): void {
  const { timetable, engine } = assembly
  const decision = new HpaDecision(scaler.downWindowSeconds ?? 300, scaler.upWindowSeconds ?? 0)
  timetable.every(scaler.everySeconds ?? 15, () => {
    const share = busy()
    const current = serving()
    const desired = desiredByHpa(current, share / scaler.utilization, scaler.tolerance ?? 0.1)
    scale(decision.stabilized(engine.now, current, within(scaler, desired)), percent(share))
  })
}

function byTarget({ assembly, busy, wanted, serving, scale }: Scaled, scaler: TargetScaler): void {
  const { timetable, engine } = assembly
  let lastOut = Number.NEGATIVE_INFINITY
  let lastIn = Number.NEGATIVE_INFINITY
  timetable.every(scaler.everySeconds, () => {
    const share = busy()
    const to = desiredByTarget(serving(), share, scaler)
    const outReady = engine.now - lastOut >= scaler.scaleOutCooldownSeconds
    const inReady = engine.now - Math.max(lastIn, lastOut) >= scaler.scaleInCooldownSeconds
    if (to > wanted() && outReady) lastOut = engine.now
    else if (to < wanted() && inReady) lastIn = engine.now
    else return
    scale(to, percent(share))
  })
}

/** What the plan says for the time that the service's own clock shows, whenever either changes. */
function bySchedule({ assembly, serving, scale }: Scaled, { target, plan }: ScheduleScaler): void {
  const { timetable, engine, model } = assembly
  const station = model.components.findIndex(({ id }) => id === target)
  const first = serving()
  const follow = () => {
    const shown = engine.now + engine.clocks.skewAt(station)
    const last = plan.filter(({ atSeconds }) => atSeconds <= shown + 1e-9).at(-1)
    scale(last?.replicas ?? first, 'schedule')
    const next = plan.find(({ atSeconds }) => atSeconds > shown + 1e-9)
    if (next !== undefined) timetable.at(engine.now + next.atSeconds - shown, follow)
  }
  engine.clocks.whenSet(station, follow)
  timetable.at(0, follow)
}

function byForecast({ assembly, busy, serving, scale }: Scaled, scaler: PredictiveScaler): void {
  const { timetable, engine } = assembly
  const forecast = new Forecast(scaler.historySeconds, scaler.periodSeconds)
  // It goes down only to the most that it wanted in its history: a forecast that wavers moves nothing.
  const decision = new HpaDecision(scaler.historySeconds, 0)
  timetable.every(scaler.everySeconds, () => {
    forecast.add(engine.now, busy() * serving())
    const load = forecast.most(engine.now, scaler.aheadSeconds)
    const desired = within(scaler, desiredByForecast(serving(), load, scaler.utilization))
    const said = `${load.toFixed(1)} busy within ${scaler.aheadSeconds} s`
    scale(decision.stabilized(engine.now, serving(), desired), said)
  })
}
