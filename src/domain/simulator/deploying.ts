import type { Assembly } from './assemble.ts'
import type { Deployment } from './model.ts'
import { serviceNamed } from './serving.ts'

/** Replaces the replicas of a service batch by batch, and puts them back where the deployment is rolled back. */
export function scheduleDeployment(assembly: Assembly, deployment: Deployment): void {
  const { timetable, monitor, engine } = assembly
  const station = serviceNamed(assembly, deployment.target)
  const { batch, seconds, rollbackSeconds } = deployment
  const made = { slower: deployment.slower ?? 1, errors: deployment.errors ?? 0 }
  let before = station.standing
  /** Replicas that have the new version, and whether one is being replaced at this moment. */
  let replaced = 0
  let busy = false
  let back = false

  const roll = (first: number): void => {
    const left = (back ? replaced : station.replicaCount()) - first
    const version = back ? before : made
    if (left <= 0) {
      station.settle(version.slower, version.errors)
      monitor.log(deployment.target, back ? 'rollback ends' : 'deployment ends')
      return
    }
    const count = Math.min(batch, left)
    busy = true
    station.deploy(first, count, true)
    const turned = back
    timetable.at(engine.now + seconds, () => {
      busy = false
      station.version(first, count, version.slower, version.errors)
      station.deploy(first, count, false)
      if (!turned) replaced = first + count
      // A rollback that was asked for meanwhile begins with the first replica.
      roll(back && !turned ? 0 : first + count)
    })
  }
  timetable.at(deployment.atSeconds, () => {
    before = station.standing
    monitor.log(deployment.target, `deployment begins, ${batch} at a time`)
    roll(0)
  })
  if (rollbackSeconds === undefined) return
  timetable.at(deployment.atSeconds + rollbackSeconds, () => {
    monitor.log(deployment.target, 'rollback begins')
    back = true
    if (!busy) roll(0)
  })
}
