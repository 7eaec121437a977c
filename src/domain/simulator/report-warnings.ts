import type { Report, TimelinePoint } from './run.ts'

/** What a person should know of a run beyond its objectives. */
export interface Warning {
  readonly kind: 'metastable' | 'amplification' | 'overload' | 'backlog' | 'bound' | 'refusals' | 'short'
  readonly says: string
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`
const times = (factor: number): string => `${Math.round(factor * 10) / 10}×`

/** `named`: what a component is called. */
export function warningsOf(all: Report, named: (id: string) => string = (id) => id): Warning[] {
  const components = all.components.map((one) => ({ ...one, id: named(one.id) }))
  const faults = all.faults.map((fault) => ({ ...fault, target: named(fault.target) }))
  const bottleneck = all.bottleneck === null ? null : named(all.bottleneck)
  const report = { ...all, components, faults, bottleneck }
  return [
    ...metastable(report),
    ...amplified(report),
    ...overloaded(report),
    ...behind(report),
    ...refused(report),
    ...bounded(report),
  ]
}

const meanRate = (points: readonly TimelinePoint[]): number => {
  const seconds = points.reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0)
  return points.reduce((sum, { succeeded }) => sum + succeeded, 0) / Math.max(seconds, Number.EPSILON)
}

/** A fault is not got over when goodput stays below this share of what it was, */
const HALF = 0.5
/** for so many times the fault's own duration after its end. */
const PATIENCE = 3

/** The last fault that ended: goodput before all faults against goodput since it ended. */
export function metastable({ faults, timeline, seconds, amplificationAtEnd }: Report): Warning[] {
  const ended = faults.flatMap(({ fromSeconds, toSeconds, kind, target }) =>
    toSeconds === null || toSeconds >= seconds ? [] : [{ fromSeconds, toSeconds, kind, target }],
  )
  const last = ended.sort((a, b) => a.toSeconds - b.toSeconds).at(-1)
  if (last === undefined || faults.some(({ toSeconds }) => toSeconds === null)) return []
  const begins = Math.min(...faults.map(({ fromSeconds }) => fromSeconds))
  const before = meanRate(timeline.filter((point) => point.toSeconds <= begins))
  const wait = PATIENCE * (last.toSeconds - last.fromSeconds)
  if (before === 0) return []
  if (seconds < last.toSeconds + wait) {
    const needed = Math.ceil(last.toSeconds + wait)
    const says = `the run ends too soon after ${last.kind} of ${last.target} to tell whether it recovers: ask for ${needed} s`
    return [{ kind: 'short', says }]
  }
  const after = timeline.filter((point) => point.fromSeconds >= last.toSeconds && point.toSeconds <= seconds)
  // One good window in all that time and it did recover, if only for a moment.
  const within = after.filter((point) => point.fromSeconds <= last.toSeconds + wait)
  if (within.some((point) => meanRate([point]) >= HALF * before)) return []
  const late = after.filter((point) => point.fromSeconds > last.toSeconds + wait)
  const now = meanRate(late.length > 0 ? late : within)
  const retries = amplificationAtEnd >= 1.1 ? `; retries amplify ${times(amplificationAtEnd)} still` : ''
  const says =
    `metastable: ${Math.round(seconds - last.toSeconds)} s after ${last.kind} of ${last.target} ended, ` +
    `goodput is ${percent(now / before)} of what it was${retries}`
  return [{ kind: 'metastable', says }]
}

function amplified({ amplification, amplificationAtEnd }: Report): Warning[] {
  const most = Math.max(amplification, amplificationAtEnd)
  if (most < 1.2) return []
  const end = amplificationAtEnd >= 1.2 ? `, ${times(amplificationAtEnd)} at the end` : ''
  return [{ kind: 'amplification', says: `retries amplify the load ${times(amplification)}${end}` }]
}

function overloaded({ components, bottleneck }: Report): Warning[] {
  return components
    .filter(({ utilization }) => utilization >= 0.95)
    .map(({ id, utilization }) => {
      const limit = id === bottleneck ? ': it is the limit, and its queue decides the latency' : ''
      return { kind: 'overload', says: `${id} is busy ${percent(utilization)} of the time${limit}` }
    })
}

/** Of a queue's messages of the run, so many unread at its end: they come faster than they are read. */
const UNREAD = 0.05

function behind({ components }: Report): Warning[] {
  return components.flatMap(({ id, backlog, counts }): Warning[] => {
    const unread = backlog?.waitingNow ?? 0
    if (unread < 10 || unread < UNREAD * (counts.published ?? 0)) return []
    const messages = unread.toLocaleString('en-US')
    return [{ kind: 'backlog', says: `${id}: ${messages} messages wait to be read at the end of the run` }]
  })
}

function refused({ components }: Report): Warning[] {
  return components.flatMap(({ id, arrivals, refusals }): Warning[] => {
    const most = Object.entries(refusals).sort((a, b) => b[1] - a[1])[0]
    if (most === undefined || arrivals === 0 || most[1] / arrivals < 0.01) return []
    return [
      { kind: 'refusals', says: `${id}: ${percent(most[1] / arrivals)} of its calls end as ${most[0]}` },
    ]
  })
}

function bounded({ state, seconds, events }: Report): Warning[] {
  if (state === 'running' || state === 'time') return []
  const why = {
    events: `it reached ${events.toLocaleString('en-US')} events`,
    memory: 'it reached the bound of calls under way',
    still: 'ten million events passed in which its time did not move; something takes no time at all',
  }[state]
  return [{ kind: 'bound', says: `the run stopped at ${Math.round(seconds)} s of its time: ${why}` }]
}
