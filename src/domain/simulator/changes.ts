import type { Assembly } from './assemble.ts'
import { ServiceStation } from './components/service.ts'
import type { Station } from './engine/parts.ts'
import type { Deployment, Fault, Model, Scaler } from './model.ts'
import type { FaultReport } from './run.ts'
import { desiredByHpa, desiredByTarget, HpaDecision } from './scaling.ts'

const RAMP_STEPS = 10

/** Where a fault's factor begins, before its ramp. */
const NEUTRAL: Partial<Record<Fault['kind'], number>> = { slow: 1, capacity: 1, surge: 1 }

/** Puts a fault on the timetable; what it will have been goes into `reports`. */
export function scheduleFault(assembly: Assembly, fault: Fault, reports: FaultReport[]): void {
  const { timetable, engine, monitor } = assembly
  const from = Math.max(fault.atSeconds, engine.now)
  const to = fault.forSeconds === null ? null : from + fault.forSeconds
  reports.push({ kind: fault.kind, target: fault.target, fromSeconds: from, toSeconds: to })
  const target = fault.factor ?? 1
  const neutral = NEUTRAL[fault.kind] ?? 0
  const ramp = fault.rampSeconds ?? 0
  const steps = ramp > 0 ? RAMP_STEPS : 1
  let over = false
  for (let i = 1; i <= steps; i++) {
    const factor = neutral + ((target - neutral) * i) / steps
    timetable.at(from + (ramp * (i - 1)) / steps, () => {
      if (over) return
      if (i === 1) monitor.log(fault.target, `fault begins: ${fault.kind}`)
      applyFault(assembly, fault, factor)
    })
  }
  if (to === null) return
  timetable.at(to, () => {
    over = true
    applyFault(assembly, fault, null)
    monitor.log(fault.target, `fault ends: ${fault.kind}`)
  })
}

function applyFault(assembly: Assembly, fault: Fault, factor: number | null): void {
  const { engine, model, senders, regions } = assembly
  if (fault.kind === 'surge') {
    senders.find(({ id }) => id === fault.target)?.surge(factor ?? 1)
    return
  }
  if (fault.kind === 'partition' || fault.kind === 'loss' || fault.kind === 'latency') {
    const [a, b] = fault.target.split('<->').map((region) => regions.indexOf(region))
    const way = engine.network?.way(a ?? -1, b ?? -1)
    if (way === null || way === undefined) return
    if (fault.kind === 'partition') way.cut = factor !== null
    else if (fault.kind === 'loss') way.lossNow = factor ?? 0
    else way.extra = factor ?? 0
    return
  }
  const station = engine.stations[model.components.findIndex(({ id }) => id === fault.target)]
  station?.fault(fault.kind, factor, fault.share ?? 1)
}

export function scheduleDeployment(assembly: Assembly, deployment: Deployment): void {
  const { timetable, monitor } = assembly
  const station = serviceNamed(assembly, deployment.target)
  const { batch, seconds, slower, errors } = deployment
  const replace = (first: number): void => {
    const left = station.replicaCount() - first
    if (left <= 0) {
      monitor.log(deployment.target, 'deployment ends')
      return
    }
    const count = Math.min(batch, left)
    station.deploy(first, count, true)
    timetable.at(assembly.engine.now + seconds, () => {
      station.version(first, count, slower ?? 1, errors ?? 0)
      station.deploy(first, count, false)
      replace(first + count)
    })
  }
  timetable.at(deployment.atSeconds, () => {
    monitor.log(deployment.target, `deployment begins, ${batch} at a time`)
    replace(0)
  })
}

function serviceNamed({ engine }: Assembly, id: string): ServiceStation {
  const station = engine.stations.find((one: Station) => one.id === id)
  if (!(station instanceof ServiceStation)) throw new Error(`invariant: ${id} was checked to be a service`)
  return station
}

export function scheduleScaler(assembly: Assembly, scaler: Scaler): void {
  const { timetable, engine, monitor } = assembly
  const station = serviceNamed(assembly, scaler.target)
  const startSeconds = scaler.startSeconds ?? 0
  /** What was decided last, be it there yet or not. */
  let wanted = station.replicaCount()
  const scale = (to: number, why: string): void => {
    if (to === wanted) return
    monitor.log(scaler.target, `${wanted} → ${to} replicas${why}`)
    const up = to > wanted
    wanted = to
    // New replicas take their time to start; those that go, go at once.
    timetable.at(engine.now + (up ? startSeconds : 0), () => {
      const now = station.replicaCount()
      if (up ? to > now && to <= wanted : to < now && to === wanted) station.set('replicas', to)
    })
  }
  if (scaler.kind === 'schedule') {
    for (const { atSeconds, replicas } of scaler.plan)
      timetable.at(atSeconds, () => scale(replicas, ' (schedule)'))
    return
  }
  const busy = busyShare(station)
  const percent = (share: number) => ` (${Math.round(100 * share)}% busy)`
  if (scaler.kind === 'hpa') {
    const decision = new HpaDecision(scaler.downWindowSeconds ?? 300, scaler.upWindowSeconds ?? 0)
    timetable.every(scaler.everySeconds ?? 15, () => {
      const share = busy()
      const current = station.replicaCount()
      const desired = desiredByHpa(current, share / scaler.utilization, scaler.tolerance ?? 0.1)
      const limited = Math.min(scaler.max, Math.max(scaler.min, desired))
      scale(decision.stabilized(engine.now, current, limited), percent(share))
    })
    return
  }
  let lastOut = Number.NEGATIVE_INFINITY
  let lastIn = Number.NEGATIVE_INFINITY
  timetable.every(scaler.everySeconds, () => {
    const share = busy()
    const to = desiredByTarget(wanted, share, scaler)
    const outReady = engine.now - lastOut >= scaler.scaleOutCooldownSeconds
    const inReady = engine.now - Math.max(lastIn, lastOut) >= scaler.scaleInCooldownSeconds
    if (to > wanted && outReady) lastOut = engine.now
    else if (to < wanted && inReady) lastIn = engine.now
    else return
    scale(to, percent(share))
  })
}

/** Busy share of the workers in service since it was last asked. */
function busyShare({ gauge }: Station): () => number {
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

export function scheduleAll(assembly: Assembly, model: Model, reports: FaultReport[]): void {
  for (const fault of model.faults ?? []) scheduleFault(assembly, fault, reports)
  for (const deployment of model.deployments ?? []) scheduleDeployment(assembly, deployment)
  for (const scaler of model.scalers ?? []) scheduleScaler(assembly, scaler)
}
