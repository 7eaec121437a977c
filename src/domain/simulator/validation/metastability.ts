import type { Model, Policy } from '../model.ts'
import { open, server } from './cases.ts'
import { runToEnd } from './replicate.ts'

/**
 * One server of 1,000 a second, clients that give up after a second and try four times more at once, and a trigger that
 * leaves a fifth of the capacity for some seconds. Stuck: half a minute or more after its end, for the last ten seconds,
 * less than half of what was sent succeeds.
 */
export interface Scenario {
  readonly name: string
  readonly perSecond: number
  readonly triggerSeconds: number
  /** Capacity during the trigger. */
  readonly capacity?: number
  readonly policy?: Policy
  readonly queue?: number
  /** Load is cut to this for a while after the trigger. */
  readonly shedTo?: { readonly perSecond: number; readonly seconds: number }
  /** Bounds of the share of seeds that end stuck. */
  readonly least: number
  readonly most: number
}

const SERVICE_RATE = 1000
const TIMEOUT = 1
const RETRIES = 4
const TRIGGER_AT = 20
const SETTLES = 60

const naive: Policy = { timeoutSeconds: TIMEOUT, retries: { max: RETRIES } }

/** Least rate at which retries alone can keep the server full: mu / (1 + R). */
export const HIDDEN_CAPACITY = SERVICE_RATE / (1 + RETRIES)

const stays = { least: 1, most: 1 }
const recovers = { least: 0, most: 0 }
/** The reference found a share between; another generator's seeds give another share between. */
const between = (least: number, most: number) => ({ least, most })

const duration = (
  perSecond: number,
  triggerSeconds: number,
  bounds: { least: number; most: number },
): Scenario => ({
  name: `${perSecond}/s, trigger of ${triggerSeconds} s`,
  perSecond,
  triggerSeconds,
  ...bounds,
})

const mend = (name: string, policy: Policy, bounds: { least: number; most: number }): Scenario => ({
  name: `700/s, 10 s, ${name}`,
  perSecond: 700,
  triggerSeconds: 10,
  policy,
  ...bounds,
})

const bounded = (queue: number, bounds: { least: number; most: number }): Scenario => ({
  name: `700/s, 10 s, queue of ${queue}`,
  perSecond: 700,
  triggerSeconds: 10,
  queue,
  ...bounds,
})

const jittered = { law: 'exponential', baseSeconds: 1, capSeconds: 20, jitter: true } as const

export const SCENARIOS: readonly Scenario[] = [
  duration(150, 10, recovers),
  duration(190, 10, recovers),
  duration(300, 3, recovers),
  duration(300, 5, between(0.5, 1)),
  duration(300, 10, stays),
  duration(500, 2, recovers),
  duration(500, 3, stays),
  duration(700, 1, recovers),
  duration(700, 1.5, between(0, 0.5)),
  duration(700, 2, stays),
  duration(850, 1, recovers),
  duration(850, 1.5, stays),
  ...[0.8, 0.6, 0.5].map((capacity) => ({
    ...duration(700, 3, recovers),
    capacity,
    name: `700/s, 3 s at ${capacity}`,
  })),
  { ...duration(700, 3, stays), capacity: 0.4, name: '700/s, 3 s at 0.4' },
  mend('no retries', { timeoutSeconds: TIMEOUT }, recovers),
  mend(
    'retry budget of 10%',
    { timeoutSeconds: TIMEOUT, retries: { max: RETRIES, budget: { ratio: 0.1, burst: 100 } } },
    recovers,
  ),
  mend('circuit breaker', { ...naive, breaker: { calls: 200, share: 0.5, openSeconds: 5 } }, recovers),
  mend('expired work dropped', { ...naive, deadline: true }, recovers),
  mend('cancellation', { ...naive, cancels: true }, recovers),
  mend(
    'capped backoff with full jitter alone',
    { ...naive, retries: { max: RETRIES, wait: jittered } },
    stays,
  ),
  bounded(500, recovers),
  bounded(950, recovers),
  // A tenth above mu T: the reference's 20 of 20 seeds leave room for a share of 0.83 (95%).
  bounded(1100, between(0.83, 1)),
  bounded(3000, stays),
  {
    ...bounded(2000, recovers),
    shedTo: { perSecond: 150, seconds: 30 },
    name: 'queue of 2000, shed to 150/s for 30 s',
  },
  {
    ...bounded(2000, stays),
    shedTo: { perSecond: 400, seconds: 60 },
    name: 'queue of 2000, shed to 400/s for 60 s',
  },
  {
    ...duration(700, 10, stays),
    shedTo: { perSecond: 150, seconds: 60 },
    name: 'no bound of the queue, shed to 150/s for 60 s',
  },
]

export function modelOf(scenario: Scenario): Model {
  const { perSecond, triggerSeconds, shedTo } = scenario
  const queue = scenario.queue ?? null
  const service = server('server', { law: 'exponential', mean: 1 / SERVICE_RATE }, { queue })
  const trigger = {
    kind: 'capacity',
    target: 'server',
    atSeconds: TRIGGER_AT,
    forSeconds: triggerSeconds,
    factor: scenario.capacity ?? 0.2,
  } as const
  const shed = {
    kind: 'surge',
    target: 'clients',
    atSeconds: TRIGGER_AT + triggerSeconds + 20,
    forSeconds: shedTo?.seconds ?? 0,
    factor: (shedTo?.perSecond ?? 1) / perSecond,
  } as const
  const model = open([service], perSecond, { call: { to: 'server' } }, scenario.policy ?? naive)
  return { ...model, faults: shedTo === undefined ? [trigger] : [trigger, shed] }
}

export interface Ending {
  readonly stuck: boolean
  /** Attempts a request over the last tenth of the run. */
  readonly amplification: number
}

export function endingOf(scenario: Scenario, seed: number): Ending {
  const shed = scenario.shedTo === undefined ? 0 : 20 + scenario.shedTo.seconds
  const until = TRIGGER_AT + scenario.triggerSeconds + shed + SETTLES
  const report = runToEnd(modelOf(scenario), seed, until, 0, 1)
  const last = report.timeline.filter(({ fromSeconds }) => fromSeconds >= until - 10)
  const sum = (field: 'sent' | 'succeeded') => last.reduce((all, point) => all + point[field], 0)
  return { stuck: sum('succeeded') < 0.5 * sum('sent'), amplification: report.amplificationAtEnd }
}

/** Share of seeds 1 … n that end stuck. */
export function shareStuck(scenario: Scenario, seeds: number): number {
  let stuck = 0
  for (let seed = 1; seed <= seeds; seed++) if (endingOf(scenario, seed).stuck) stuck++
  return stuck / seeds
}
