import type { Model, Policy } from '../model.ts'
import { open, server } from './cases.ts'
import { runToEnd } from './replicate.ts'
import { fisherExact } from './statistics.ts'

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
  /** How many of the 20 seeds of an independent simulator of the same setting ended stuck. */
  readonly reference: number
}

const SERVICE_RATE = 1000
const TIMEOUT = 1
const RETRIES = 4
const TRIGGER_AT = 20
const SETTLES = 60

const naive: Policy = { timeoutSeconds: TIMEOUT, retries: { max: RETRIES } }

/** Least rate at which retries alone can keep the server full: mu / (1 + R). */
export const HIDDEN_CAPACITY = SERVICE_RATE / (1 + RETRIES)
/** Longest queue whose last call is still answered in time: mu x T. */
const SAFE_QUEUE = SERVICE_RATE * TIMEOUT

/** Seeds of the reference, and of a scenario that is sure. */
export const SEEDS = 20
/** Seeds of a scenario next to a threshold. */
export const SEEDS_NEAR = 40
/** Within this of a threshold that theory gives, chance decides. */
const NEAR = 0.15

/**
 * A scenario is next to a threshold where the reference's own seeds did not agree, or where its load or its queue is
 * within 15% of mu / (1 + R) or mu x T. All others are sure: every seed must end as all of the reference's did.
 */
export function isNear({ reference, perSecond, queue }: Scenario): boolean {
  const by = (value: number, threshold: number) => Math.abs(value / threshold - 1) <= NEAR
  const between = reference > 0 && reference < SEEDS
  return between || by(perSecond, HIDDEN_CAPACITY) || (queue !== undefined && by(queue, SAFE_QUEUE))
}

export interface Judged {
  readonly stuck: number
  readonly seeds: number
  /** Of Fisher's exact test against the reference's count; null where the scenario is sure. */
  readonly chance: number | null
  readonly passed: boolean
}

/** Seeds from a first one on. Near a threshold: unless the counts differ more than in one of twenty pairs of samples. */
export function judgeScenario(scenario: Scenario, firstSeed: number): Judged {
  const near = isNear(scenario)
  const seeds = near ? SEEDS_NEAR : SEEDS
  let stuck = 0
  for (let i = 0; i < seeds; i++) if (endingOf(scenario, firstSeed + i).stuck) stuck++
  if (!near) return { stuck, seeds, chance: null, passed: stuck === scenario.reference }
  const chance = fisherExact(stuck, seeds, scenario.reference, SEEDS)
  return { stuck, seeds, chance, passed: chance >= 0.05 }
}

/** Stuck of 20 by load (rows) and by how long the trigger lasts (columns). */
const DURATIONS = [1, 1.5, 2, 3, 5, 10]
const MATRIX: readonly (readonly [perSecond: number, stuck: readonly number[]])[] = [
  [150, [0, 0, 0, 0, 0, 0]],
  [190, [0, 0, 0, 0, 0, 0]],
  [230, [0, 0, 0, 0, 0, 10]],
  [300, [0, 0, 0, 0, 17, 20]],
  [500, [0, 0, 0, 20, 20, 20]],
  [700, [0, 2, 20, 20, 20, 20]],
  [850, [0, 20, 20, 20, 20, 20]],
]

const matrix = MATRIX.flatMap(([perSecond, stuck]) =>
  DURATIONS.map((triggerSeconds, i): Scenario => {
    const name = `${perSecond}/s, trigger of ${triggerSeconds} s`
    return { name, perSecond, triggerSeconds, reference: stuck[i] as number }
  }),
)

/** 700/s and a trigger of ten seconds: what else is so, and how many seeds end stuck. */
const long = (what: string, reference: number, more: Partial<Scenario>): Scenario => ({
  name: `700/s, 10 s, ${what}`,
  perSecond: 700,
  triggerSeconds: 10,
  reference,
  ...more,
})

const jittered = { law: 'exponential', baseSeconds: 1, capSeconds: 20, jitter: true } as const
const budget = { ratio: 0.1, burst: 100 }
/** Shares of the successes that may be tried again; the reference's bucket is filled by those. */
const BUDGETS = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 1]
const breaker = { calls: 200, share: 0.5, openSeconds: 5 }

export const SCENARIOS: readonly Scenario[] = [
  ...matrix,
  ...([0.8, 0.65, 0.6, 0.5, 0.4] as const).map(
    (capacity): Scenario => ({
      name: `700/s, 3 s at ${capacity} of the capacity`,
      perSecond: 700,
      triggerSeconds: 3,
      capacity,
      reference: capacity === 0.4 ? SEEDS : 0,
    }),
  ),
  long('no retries', 0, { policy: { timeoutSeconds: TIMEOUT } }),
  long('retry budget of 10%', 0, { policy: { ...naive, retries: { max: RETRIES, budget } } }),
  ...BUDGETS.map((ratio) => {
    const earned = { ratio, burst: 100, earnedBy: 'successes' } as const
    const policy = { ...naive, retries: { max: RETRIES, budget: earned } }
    return long(`retry budget of ${100 * ratio}% of the successes`, 0, { policy })
  }),
  long('circuit breaker', 0, { policy: { ...naive, breaker } }),
  long('expired work dropped', 0, { policy: { ...naive, deadline: true } }),
  long('cancellation', 0, { policy: { ...naive, cancels: true } }),
  long('capped backoff with full jitter alone', SEEDS, {
    policy: { ...naive, retries: { max: RETRIES, wait: jittered } },
  }),
  ...[300, 500, 800, 950].map((queue) => long(`queue of ${queue}`, 0, { queue })),
  ...[1100, 1500, 3000].map((queue) => long(`queue of ${queue}`, SEEDS, { queue })),
  long('queue of 2000, shed to 150/s for 30 s', 0, {
    queue: 2000,
    shedTo: { perSecond: 150, seconds: 30 },
  }),
  long('queue of 2000, shed to 400/s for 60 s', SEEDS, {
    queue: 2000,
    shedTo: { perSecond: 400, seconds: 60 },
  }),
  long('no bound of the queue, shed to 150/s for 60 s', SEEDS, {
    shedTo: { perSecond: 150, seconds: 60 },
  }),
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
