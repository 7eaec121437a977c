import type { Call, Component, Model, Step } from './model.ts'
import type { ComponentReport } from './run.ts'

/** Fewer do not make a queue. */
const QUEUE = 10
/** Of the calls present: so many waiting means that something other than workers is short. */
const STUCK = 0.9
/** From here on a component is full, and those that call it are full because of it. */
const FULL = 0.9
/** Two loads this near are the same. */
const ALIKE = 0.95

/** How near a component is to its limit, from 0 to 1. */
function loadOf({ utilization, waiting, present, backlog, counts }: ComponentReport): number {
  const stuck = waiting >= QUEUE && waiting >= STUCK * present ? waiting / present : 0
  const published = counts.published ?? 0
  const behind = backlog !== null && backlog.waitingNow >= QUEUE && backlog.waitingNow >= 0.05 * published
  return Math.max(utilization, stuck, behind ? 1 : 0)
}

/** The component that is the limit: see `Report.bottleneck`. */
export function bottleneckOf(model: Model, components: readonly ComponentReport[]): string | null {
  const ran = components.filter(({ arrivals }) => arrivals > 0)
  const highest = (some: readonly ComponentReport[], of: (one: ComponentReport) => number) =>
    some.reduce<ComponentReport | null>((a, b) => (a === null || of(b) > of(a) ? b : a), null)
  const most = highest(ran, loadOf)
  if (most === null) return null
  const load = loadOf(most)
  if (load === 0) return highest(ran, ({ present }) => present)?.id ?? null
  if (load < FULL) return most.id
  const full = ran.filter((one) => loadOf(one) >= ALIKE * load)
  const calls = callsOf(model)
  const deepest = full.filter(
    ({ id }) => !full.some((other) => other.id !== id && reaches(calls, id, other.id)),
  )
  return (highest(deepest, loadOf) ?? most).id
}

type Calls = ReadonlyMap<string, ReadonlySet<string>>

/** Who calls whom. */
function callsOf({ requests, components }: Model): Calls {
  const calls = new Map<string, Set<string>>()
  const visit = (call: Call, from: readonly string[]): void => {
    const to = typeof call.to === 'string' ? [call.to] : call.to
    for (const caller of from) {
      const called = calls.get(caller) ?? new Set()
      for (const id of to) called.add(id)
      calls.set(caller, called)
    }
    steps(call.steps ?? [], to)
  }
  const steps = (all: readonly Step[], from: readonly string[]): void => {
    for (const step of all) {
      if ('call' in step) visit(step.call, from)
      if ('calls' in step) for (const call of step.calls) visit(call, from)
      if ('steps' in step) steps(step.steps, from)
    }
  }
  for (const { call } of requests) visit(call, [])
  for (const component of components)
    for (const group of groupsOf(component)) steps(group.steps ?? [], [component.id])
  return calls
}

const groupsOf = (component: Component) => (component.kind === 'queue' ? component.groups : [])

function reaches(calls: Calls, from: string, to: string): boolean {
  const seen = new Set([from])
  // Ids are added to the set while it is walked: a set hands those out too.
  for (const id of seen) {
    if (calls.get(id)?.has(to)) return true
    for (const next of calls.get(id) ?? []) seen.add(next)
  }
  return false
}
