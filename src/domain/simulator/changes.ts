import type { Assembly } from './assemble.ts'
import { scheduleScaler } from './autoscaling.ts'
import { scheduleDeployment } from './deploying.ts'
import type { Fault, Model } from './model.ts'
import type { FaultReport } from './run.ts'

const RAMP_STEPS = 10

/** Where the factor of a fault begins, before its ramp. */
const FACTOR_FROM: Partial<Record<Fault['kind'], number>> = {
  slow: 1,
  capacity: 1,
  surge: 1,
  errors: 0,
  loss: 0,
  latency: 0,
  'hot-key': 0,
  'clock-skew': 0,
}
/** Faults of which the share that is hit rises with a ramp. The others begin whole, whatever their ramp. */
const SHARE_RISES: readonly Fault['kind'][] = ['crash', 'primary-crash', 'pause', 'bad-deploy']

/** Puts a fault on the timetable; what it will have been goes into `reports`. */
export function scheduleFault(assembly: Assembly, fault: Fault, reports: FaultReport[]): void {
  const { timetable, engine, monitor } = assembly
  const from = Math.max(fault.atSeconds, engine.now)
  const to = fault.forSeconds === null ? null : from + fault.forSeconds
  reports.push({ kind: fault.kind, target: fault.target, fromSeconds: from, toSeconds: to })
  const target = fault.factor ?? 1
  const share = fault.share ?? 1
  const neutral = FACTOR_FROM[fault.kind]
  const shares = SHARE_RISES.includes(fault.kind)
  const ramp = fault.rampSeconds ?? 0
  const steps = ramp > 0 && (neutral !== undefined || shares) ? RAMP_STEPS : 1
  let over = false
  for (let i = 1; i <= steps; i++) {
    const part = i / steps
    const factor = neutral === undefined ? target : neutral + (target - neutral) * part
    timetable.at(from + (ramp * (i - 1)) / steps, () => {
      if (over) return
      if (i === 1) monitor.log(fault.target, `fault begins: ${fault.kind}`)
      applyFault(assembly, fault, factor, shares ? share * part : share)
    })
  }
  if (to === null) return
  timetable.at(to, () => {
    over = true
    applyFault(assembly, fault, null, share)
    monitor.log(fault.target, `fault ends: ${fault.kind}`)
  })
}

function applyFault(assembly: Assembly, fault: Fault, factor: number | null, share: number): void {
  const { engine, model, senders, regions } = assembly
  const { kind, target } = fault
  if (kind === 'surge') {
    senders.find(({ id }) => id === target)?.surge(factor ?? 1)
    return
  }
  if (kind === 'partition' || kind === 'loss' || kind === 'latency') {
    const [a, b] = target.split('<->').map((region) => regions.indexOf(region))
    const way = engine.network?.way(a ?? -1, b ?? -1)
    if (way === null || way === undefined) return
    if (kind === 'partition') way.cutSince = factor === null ? Number.POSITIVE_INFINITY : engine.now
    else if (kind === 'loss') way.lossNow = factor ?? 0
    else way.extra = factor ?? 0
    return
  }
  const index = model.components.findIndex(({ id }) => id === target)
  if (kind === 'clock-skew') engine.clocks.set(index, factor ?? 0, engine.stations.length)
  else engine.stations[index]?.fault(kind, factor, share)
}

export function scheduleAll(assembly: Assembly, model: Model, reports: FaultReport[]): void {
  for (const fault of model.faults ?? []) scheduleFault(assembly, fault, reports)
  for (const deployment of model.deployments ?? []) scheduleDeployment(assembly, deployment)
  for (const scaler of model.scalers ?? []) scheduleScaler(assembly, scaler)
}
