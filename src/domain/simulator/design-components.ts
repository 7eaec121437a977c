import type { ConsumerGroup } from './components/queue.ts'
import type { NodeNumbers } from './design.ts'
import { startingReplicas } from './design-autoscale.ts'
import { callsOf, edgesFrom, lawOf, policyOf } from './design-calls.ts'
import type { DesignProblem } from './design-places.ts'
import type { Design, DesignNode } from './design-resolve.ts'
import type { Component, Step } from './model.ts'

/** One node of a design as the engine's component; null for what only sends. */
export function componentOf(design: Design, node: DesignNode, problems: DesignProblem[]): Component | null {
  const { id, numbers } = node
  const time = lawOf(numbers.service ?? 0, numbers.spread)
  switch (node.role) {
    case 'source':
      return null
    case 'service':
    case 'gateway':
      return serviceOf(id, numbers)
    case 'balancer': {
      const policy = spreadOf(numbers.balance)
      const check = numbers.health_check
      return {
        kind: 'balancer',
        id,
        time,
        policy: policy === 'shared' ? 'least-connections' : policy,
        ...(check === undefined ? {} : { healthCheckSeconds: check }),
      }
    }
    case 'cache':
      return numbers.entries === undefined
        ? serviceOf(id, { ...numbers, holds: false, balance: 'consistent-hash' })
        : { kind: 'cache', id, time, ...roomOf(numbers, numbers.replicas ?? 1) }
    case 'cdn':
      return numbers.entries === undefined
        ? { kind: 'delay', id, time }
        : { kind: 'cdn', id, time, edges: numbers.replicas ?? 1, ...roomOf(numbers, 1) }
    case 'database':
      return databaseOf(id, numbers)
    case 'queue':
      return {
        kind: 'queue',
        id,
        time,
        capacity: boundOf(numbers.queue),
        partitions: numbers.partitions ?? 1,
        groups: groupsOf(design, node, problems),
      }
    case 'limiter': {
      const perSecond = numbers.limit ?? 1
      return {
        kind: 'limiter',
        id,
        time,
        perSecond,
        burst: numbers.burst ?? Math.max(1, Math.round(perSecond)),
      }
    }
    case 'external':
      return { kind: 'delay', id, time, ...(numbers.errors === undefined ? {} : { errors: numbers.errors }) }
  }
}

/** `first-up` is of the nodes behind a balancer; their replicas are taken in turn. */
const spreadOf = (balance: NodeNumbers['balance']) =>
  balance === undefined || balance === 'first-up' ? 'round-robin' : balance

const boundOf = (queue: NodeNumbers['queue']): number | null =>
  queue === undefined || queue === 'unbounded' ? null : queue

const roomOf = (numbers: NodeNumbers, replicas: number) => ({
  entries: Math.min(4_000_000, (numbers.entries ?? 1) * replicas),
  ttlSeconds: numbers.ttl ?? null,
  ...(numbers.single_flight === undefined ? {} : { singleFlight: numbers.single_flight }),
})

function serviceOf(id: string, numbers: NodeNumbers): Component {
  return {
    kind: 'service',
    id,
    replicas: (numbers.autoscale && startingReplicas(numbers.autoscale)) ?? numbers.replicas ?? 1,
    workers: numbers.workers ?? 1,
    queue: boundOf(numbers.queue),
    time: lawOf(numbers.service ?? 0, numbers.spread),
    balance: spreadOf(numbers.balance),
    holds: numbers.holds ?? false,
    ...(numbers.last_first === true ? { discipline: 'lifo' as const } : {}),
    ...(numbers.slow_start === undefined ? {} : { slowStartSeconds: numbers.slow_start }),
    ...(numbers.shed === undefined ? {} : { shed: numbers.shed }),
    ...(numbers.errors === undefined ? {} : { errors: numbers.errors }),
  }
}

function databaseOf(id: string, numbers: NodeNumbers): Component {
  return {
    kind: 'database',
    id,
    workers: numbers.workers ?? 1,
    pool: Math.max(numbers.pool ?? 100, numbers.workers ?? 1),
    queue: boundOf(numbers.queue),
    time: lawOf(numbers.service ?? 0, numbers.spread),
    ...(numbers.write === undefined ? {} : { writeTime: lawOf(numbers.write, numbers.spread) }),
    replicas: numbers.read_replicas ?? 0,
    lagSeconds: numbers.lag ?? 0,
    ...(numbers.failover === undefined ? {} : { failoverSeconds: numbers.failover }),
    partitions: numbers.partitions ?? 1,
    locks: numbers.locks ?? false,
  }
}

const readersOf = (numbers: NodeNumbers | undefined): number =>
  Math.min(10_000, (numbers?.replicas ?? 1) * (numbers?.workers ?? 1))

/** Each node behind a queue reads all of its messages, with a consumer for each of its workers unless it says else. */
function groupsOf(design: Design, queue: DesignNode, problems: DesignProblem[]): ConsumerGroup[] {
  return edgesFrom(design, queue.id, null).map((edge) => {
    const node = design.nodes.get(edge.to)
    const { steps, problem } = callsOf(design, edge.to, null)
    if (problem !== null) problems.push(problem)
    const policy = policyOf(edge.numbers)
    const call = {
      to: edge.to,
      ...(steps.length > 0 ? { steps } : {}),
      ...(policy === null ? {} : { policy }),
    }
    const all: Step[] = [{ do: 'call', call }]
    const follows = node?.role === 'service' || node?.role === 'gateway' || node?.role === 'database'
    return {
      id: edge.to,
      consumers: edge.numbers.consumers ?? (follows ? null : readersOf(node?.numbers)),
      ...(follows ? { of: edge.to } : {}),
      time: { law: 'constant', mean: 0 },
      steps: all,
    }
  })
}
