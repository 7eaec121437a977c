import type { Component, Model, Policy, Report, Run, Step } from './index.ts'
import { startRun } from './index.ts'

/** Small models for tests: one source, one request type. */

export const exponential = (mean: number) => ({ law: 'exponential', mean }) as const
export const constant = (mean: number) => ({ law: 'constant', mean }) as const

export function service(id: string, mean: number, more: object = {}): Component {
  return { kind: 'service', id, replicas: 1, workers: 1, queue: null, time: exponential(mean), ...more }
}

export interface Setting {
  readonly components: readonly Component[]
  readonly perSecond: number
  readonly steps?: readonly Step[]
  readonly to?: string | readonly string[]
  readonly policy?: Policy
  readonly more?: Partial<Model>
  readonly region?: string
  readonly keys?: { readonly count: number; readonly exponent: number }
  readonly write?: boolean
}

export function modelOf({
  components,
  perSecond,
  steps = [],
  to,
  policy = {},
  more,
  region,
  keys,
  write,
}: Setting): Model {
  const call = { to: to ?? components[0]?.id ?? '', steps, ...(write ? { write } : {}) }
  return {
    components,
    requests: [{ id: 'get', call, ...(keys ? { keys } : {}) }],
    sources: [
      {
        kind: 'open',
        id: 'clients',
        mix: [{ request: 'get', weight: 1 }],
        arrivals: { law: 'poisson', perSecond },
        policy,
        ...(region ? { region } : {}),
      },
    ],
    ...more,
  }
}

export function begun(setting: Setting, untilSeconds: number): Run {
  const run = startRun(modelOf(setting), { seed: 11, untilSeconds })
  if (!run.ok) throw new Error(JSON.stringify(run.error))
  return run.value
}

export function reported(setting: Setting, untilSeconds = 300): Report {
  const run = begun(setting, untilSeconds)
  run.step()
  return run.report()
}

export const mean = (report: Report) => report.requests[0]?.latency?.meanSeconds.value ?? 0
export const succeeded = (report: Report) =>
  (report.requests[0]?.succeeded ?? 0) / Math.max(1, report.requests[0]?.sent ?? 0)
export const component = (report: Report, id: string) => {
  const found = report.components.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}
