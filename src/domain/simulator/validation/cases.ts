import type { Component, Distribution, Model, Policy, RequestType, Source, Step } from '../model.ts'
import type { Report } from '../run.ts'
import {
  cheHitRatio,
  erlangAAbandoned,
  erlangB,
  forkJoin2,
  harmonic,
  mg1Wait,
  mm1kBlocked,
  mm1Quantile,
  mmcSojourn,
  mva,
} from './theory.ts'

/** A model whose answer is known. */
export interface Case {
  readonly name: string
  /** What is measured, with its unit. */
  readonly what: string
  readonly model: Model
  readonly theory: number
  readonly measure: (report: Report) => number
  /** Virtual seconds of one replication in the full table, and how much of it is warm-up. */
  readonly seconds: number
  readonly warmupSeconds: number
  /** Relative error that the theory itself or a histogram's buckets may have, beside the interval. */
  readonly allowance: number
}

const exponential = (mean: number): Distribution => ({ law: 'exponential', mean })
const still: Distribution = { law: 'constant', mean: 0 }

/** Where a request that only calls others begins. */
const hub: Component = { kind: 'delay', id: 'hub', time: still }

export function server(
  id: string,
  time: Distribution,
  more: Partial<Extract<Component, { kind: 'service' }>> = {},
): Component {
  return { kind: 'service', id, replicas: 1, workers: 1, queue: null, time, ...more }
}

/** An open model of one request type with Poisson arrivals. */
export function open(
  components: readonly Component[],
  perSecond: number,
  request: Omit<RequestType, 'id'>,
  policy?: Policy,
): Model {
  const source: Source = {
    kind: 'open',
    id: 'clients',
    mix: [{ request: 'get', weight: 1 }],
    arrivals: { law: 'poisson', perSecond },
    ...(policy === undefined ? {} : { policy }),
  }
  return { components, requests: [{ id: 'get', ...request }], sources: [source] }
}

const single = (component: Component, perSecond: number): Model =>
  open([component], perSecond, { call: { to: component.id } })

const viaHub = (components: readonly Component[], perSecond: number, steps: readonly Step[]): Model =>
  open([hub, ...components], perSecond, { call: { to: 'hub', steps } })

const call = (to: string): Step => ({ do: 'call', call: { to } })

const meanLatency = (report: Report): number => report.requests[0]?.latency?.meanSeconds.value ?? 0
const wait = (report: Report): number => report.components[0]?.meanWaitSeconds ?? 0
const refused = (outcome: 'rejected' | 'abandoned') => (report: Report) => {
  const component = report.components[0]
  return component === undefined ? 0 : (component.refusals[outcome] ?? 0) / component.arrivals
}

const W = 'mean time in the system, s'
const WQ = 'mean wait, s'

const usual = { warmupSeconds: 2000, allowance: 0 }

function singleServers(): Case[] {
  const cases: Case[] = []
  for (const [rho, seconds] of [
    [0.5, 300_000],
    [0.7, 500_000],
    [0.8, 900_000],
  ] as const) {
    const model = single(server('s', exponential(1)), rho)
    const base = { name: `M/M/1, rho ${rho}`, model, seconds, ...usual }
    cases.push({ ...base, what: W, theory: 1 / (1 - rho), measure: meanLatency })
    if (rho === 0.8)
      cases.push({
        ...base,
        what: '99th percentile, s',
        theory: mm1Quantile(0.99, rho, 1),
        measure: (report) => report.requests[0]?.latency?.p99Seconds ?? 0,
        seconds: 2_000_000,
        allowance: 1 / 256,
      })
  }
  const general: readonly (readonly [string, Distribution, number, number, number])[] = [
    ['M/D/1', { law: 'constant', mean: 1 }, 0, 0.5, 400_000],
    ['M/D/1', { law: 'constant', mean: 1 }, 0, 0.8, 800_000],
    ['M/E2/1', { law: 'erlang', mean: 1, shape: 2 }, 0.5, 0.7, 600_000],
    ['M/H2/1, cs² 4', { law: 'hyperexponential', mean: 1, cv2: 4 }, 4, 0.5, 1_500_000],
    ['M/H2/1, cs² 4', { law: 'hyperexponential', mean: 1, cv2: 4 }, 4, 0.8, 5_000_000],
    ['M/H2/1, cs² 9', { law: 'hyperexponential', mean: 1, cv2: 9 }, 9, 0.7, 6_000_000],
    ['M/LN/1, cs² 4', { law: 'lognormal', mean: 1, cv2: 4 }, 4, 0.5, 5_000_000],
  ]
  for (const [name, law, cv2, rho, seconds] of general)
    cases.push({
      name: `${name}, rho ${rho}`,
      what: WQ,
      model: single(server('s', law), rho),
      theory: mg1Wait(rho, cv2, 1),
      measure: wait,
      seconds,
      ...usual,
    })
  return cases
}

function manyServers(): Case[] {
  const cases: Case[] = []
  for (const [c, rho] of [
    [2, 0.7],
    [4, 0.5],
    [4, 0.7],
    [4, 0.8],
    [16, 0.8],
  ] as const)
    cases.push({
      name: `M/M/${c}, rho ${rho}`,
      what: W,
      model: single(server('s', exponential(1), { workers: c }), rho * c),
      theory: mmcSojourn(c, rho * c, 1),
      measure: meanLatency,
      seconds: 1_000_000 / c,
      ...usual,
    })
  cases.push({
    name: 'M/M/4 of 4 replicas, rho 0.8',
    what: W,
    model: single(server('s', exponential(1), { replicas: 4 }), 3.2),
    theory: mmcSojourn(4, 3.2, 1),
    measure: meanLatency,
    seconds: 250_000,
    ...usual,
  })
  for (const [rho, seconds] of [
    [0.8, 3_000_000],
    [1, 800_000],
  ] as const)
    cases.push({
      name: `M/M/1/10, rho ${rho}`,
      what: 'share rejected',
      model: single(server('s', exponential(1), { queue: 9 }), rho),
      theory: mm1kBlocked(rho, 10),
      measure: refused('rejected'),
      seconds,
      ...usual,
    })
  const loss: readonly (readonly [string, Distribution])[] = [
    ['M/M/10/10', exponential(1)],
    ['M/H2/10/10, cs² 4', { law: 'hyperexponential', mean: 1, cv2: 4 }],
    ['M/D/10/10', { law: 'constant', mean: 1 }],
  ]
  for (const [name, law] of loss)
    cases.push({
      name: `${name}, 10 Erlang`,
      what: 'share rejected',
      model: single(server('s', law, { workers: 10, queue: 0 }), 10),
      theory: erlangB(10, 10),
      measure: refused('rejected'),
      seconds: 60_000,
      ...usual,
    })
  for (const [c, lambda, theta] of [
    [10, 12, 0.5],
    [1, 1.5, 1],
  ] as const)
    cases.push({
      name: `Erlang A, c ${c}, lambda ${lambda}, theta ${theta}`,
      what: 'share that leaves the queue',
      model: single(server('s', exponential(1), { workers: c, patience: exponential(1 / theta) }), lambda),
      theory: erlangAAbandoned(c, lambda, 1, theta),
      measure: refused('abandoned'),
      seconds: c === 10 ? 150_000 : 300_000,
      ...usual,
    })
  return cases
}

function networks(): Case[] {
  const tandem = [
    server('a', exponential(1)),
    server('b', exponential(1 / 0.8)),
    server('c', exponential(1 / 0.6)),
  ]
  const pair = [server('a', exponential(1)), server('b', exponential(1))]
  const repeat: Step = { do: 'repeat', again: 0.25, steps: [call('s')] }
  const both: Step = { do: 'parallel', calls: [{ to: 'a' }, { to: 'b' }] }
  const ten: Step = { do: 'parallel', calls: Array.from({ length: 10 }, () => ({ to: 'wait' })) }
  const waiting: Component = { kind: 'delay', id: 'wait', time: exponential(1) }
  const base = { what: W, measure: meanLatency, ...usual }
  return [
    {
      ...base,
      name: 'tandem of three (Jackson), lambda 0.5, mu 1, 0.8, 0.6',
      model: viaHub(tandem, 0.5, [call('a'), call('b'), call('c')]),
      theory: 1 / (1 - 0.5) + 1 / (0.8 - 0.5) + 1 / (0.6 - 0.5),
      seconds: 1_600_000,
    },
    {
      ...base,
      name: 'feedback 0.25 (Jackson), gamma 0.6, rho 0.8',
      model: viaHub([server('s', exponential(1))], 0.6, [repeat]),
      theory: 1 / (1 - 0.8) / 0.75,
      seconds: 1_200_000,
    },
    {
      ...base,
      name: 'fork-join of ten, no queues',
      model: viaHub([waiting], 1, [ten]),
      theory: harmonic(10),
      seconds: 30_000,
      warmupSeconds: 100,
    },
    ...[0.5, 0.8].map((rho) => ({
      ...base,
      name: `fork-join of two M/M/1, rho ${rho}`,
      model: viaHub(pair, rho, [both]),
      theory: forkJoin2(rho),
      seconds: rho === 0.5 ? 300_000 : 900_000,
    })),
  ]
}

function closed(): Case[] {
  return [50, 100].flatMap((users) => {
    const source: Source = {
      kind: 'closed',
      id: 'users',
      users,
      think: exponential(10),
      mix: [{ request: 'get', weight: 1 }],
    }
    const model: Model = {
      components: [hub, server('a', exponential(0.1)), server('b', exponential(0.2))],
      requests: [{ id: 'get', call: { to: 'hub', steps: [call('a'), call('b')] } }],
      sources: [source],
    }
    const { throughput, response } = mva(users, 10, [0.1, 0.2])
    const base = {
      name: `closed, ${users} users (MVA)`,
      model,
      seconds: 60_000,
      warmupSeconds: 1000,
      allowance: 0,
    }
    return [
      { ...base, what: 'requests a second', theory: throughput, measure: goodput },
      { ...base, what: W, theory: response, measure: meanLatency },
    ]
  })
}

const goodput = (report: Report): number => report.requests[0]?.goodput.value ?? 0

function others(): Case[] {
  const caches = (
    [
      [100, 0.8],
      [100, 1],
      [1000, 0.8],
      [1000, 1],
    ] as const
  ).map(([entries, exponent]): Case => {
    const cache: Component = { kind: 'cache', id: 'cache', entries, ttlSeconds: null, time: still }
    return {
      name: `LRU of ${entries} of 10,000 keys, Zipf ${exponent} (Che)`,
      what: 'hit ratio',
      model: open([cache], 1000, { call: { to: 'cache' }, keys: { count: 10_000, exponent } }),
      theory: cheHitRatio(10_000, exponent, entries),
      measure: (report) => report.components[0]?.counts.hitRatio ?? 0,
      seconds: 400,
      warmupSeconds: 50,
      // Che's formula is an approximation.
      allowance: 0.005,
    }
  })
  const laws: readonly (readonly [string, Distribution])[] = [
    ['M/M/1', exponential(1)],
    ['M/H2/1, cs² 4', { law: 'hyperexponential', mean: 1, cv2: 4 }],
    ['M/D/1', { law: 'constant', mean: 1 }],
  ]
  const shared = laws.map(
    ([name, time]): Case => ({
      name: `${name} processor sharing, rho 0.7`,
      what: W,
      model: single({ kind: 'sharing', id: 's', time, limit: null }, 0.7),
      theory: 1 / (1 - 0.7),
      measure: meanLatency,
      seconds: 900_000,
      ...usual,
    }),
  )
  return [...caches, ...shared]
}

export const CASES: readonly Case[] = [
  ...singleServers(),
  ...manyServers(),
  ...networks(),
  ...closed(),
  ...others(),
]
