import { err, ok, type Result } from '#lib/result.ts'
import type { AskedObjective } from './design.ts'
import { callsOf, edgesFrom, policyOf } from './design-calls.ts'
import { componentOf, scalerOf } from './design-components.ts'
import { type DesignProblem, findNode } from './design-places.ts'
import type { Design } from './design-resolve.ts'
import { type Linked, linksOf, readFaults } from './design-strike.ts'
import type {
  Arrivals,
  Call,
  Component,
  Deployment,
  Model,
  Objective,
  Problem,
  RequestType,
  Source,
} from './model.ts'

/** Where the numbers of a cache decide and the file does not say how keys are spread. */
export const KEYS = { count: 100_000, exponent: 0.9 } as const

export interface CompileOptions {
  /** All rates and users × this. */
  readonly load: number
}

/** A design as the engine's model. What a single part cannot say (a circle, a fault without a target) is found here. */
export function compileDesign(
  design: Design,
  options: CompileOptions,
): Result<Model, readonly DesignProblem[]> {
  const problems: DesignProblem[] = []
  const nodes = [...design.nodes.values()]
  const components = nodes.flatMap((node) => componentOf(design, node, problems) ?? [])
  const requests: RequestType[] = []
  const sources: Source[] = []
  for (const workload of design.workloads) {
    const entry = entryOf(design, workload, components, problems)
    if (entry === null) continue
    const keyed = workload.keys !== undefined || needsKeys(components)
    const keys = { count: workload.keys ?? KEYS.count, exponent: workload.zipf ?? KEYS.exponent }
    requests.push({ id: workload.id, call: entry.call, ...(keyed ? { keys } : {}) })
    const mix = [{ request: workload.id, weight: 1 }]
    const policy = entry.policy === null ? {} : { policy: entry.policy }
    sources.push({ id: workload.id, mix, ...policy, ...arrivalsOf(workload, options.load) })
  }
  const faults = readFaults(design, problems)
  const linked = linksOf(design, faults)
  const deployments = deploymentsOf(design, problems)
  if (problems.length > 0) return err(problems)
  const scalers = nodes.flatMap((node) => scalerOf(node) ?? [])
  return ok({
    components: components.map((component) => place(component, component.id, linked)),
    requests,
    sources: sources.map((source) => place(source, entryRegion(design, source.id), linked)),
    ...(linked.links.length > 0 ? { links: linked.links } : {}),
    ...(scalers.length > 0 ? { scalers } : {}),
    ...(deployments.length > 0 ? { deployments } : {}),
    ...(faults.length > 0 ? { faults: faults.map(({ fault }) => fault) } : {}),
    objectives: Object.entries(design.file.objectives).flatMap(([id, asked]) => objectiveOf(id, asked)),
  })
}

const entryRegion = (design: Design, workload: string): string =>
  design.workloads.find(({ id }) => id === workload)?.entry ?? ''

/** Only nodes at a link that has numbers stand somewhere: the rest are at no distance. */
const place = <T extends object>(part: T, node: string, { placed }: Linked): T =>
  placed.has(node) ? { ...part, region: node } : part

const needsKeys = (components: readonly Component[]): boolean =>
  components.some(
    (one) =>
      one.kind === 'cache' ||
      one.kind === 'cdn' ||
      one.kind === 'queue' ||
      (one.kind === 'database' && ((one.partitions ?? 1) > 1 || one.locks === true)) ||
      (one.kind === 'service' && one.balance === 'consistent-hash'),
  )

/** The client's call. A client that calls several nodes is a component of its own, which takes no time. */
function entryOf(
  design: Design,
  { id, entry }: { readonly id: string; readonly entry: string },
  components: Component[],
  problems: DesignProblem[],
): { readonly call: Call; readonly policy: ReturnType<typeof policyOf> } | null {
  const { steps, problem } = callsOf(design, entry, id)
  if (problem !== null) {
    problems.push(problem)
    return null
  }
  const edges = edgesFrom(design, entry, id)
  const [step, ...more] = steps
  const [edge] = edges
  if (step === undefined || edge === undefined) {
    const message = `nothing receives the requests of \`${id}\``
    problems.push({ path: ['workloads', id], message, mend: `draw a connection that leaves \`${entry}\`` })
    return null
  }
  if (step.do === 'call' && more.length === 0) {
    const { policy: _, ...call } = step.call
    return { call, policy: policyOf(edge.numbers) }
  }
  if (!components.some((one) => one.id === entry))
    components.push({ kind: 'delay', id: entry, time: { law: 'constant', mean: 0 } })
  return { call: { to: entry, steps }, policy: null }
}

type Coming =
  | { kind: 'open'; arrivals: Arrivals }
  | { kind: 'closed'; users: number; think: { law: 'exponential'; mean: number } }

function arrivalsOf({ rate, users, thinks, bursts }: Design['workloads'][number], load: number): Coming {
  if (users !== undefined)
    return {
      kind: 'closed',
      users: Math.max(1, Math.round(users * load)),
      think: { law: 'exponential', mean: thinks },
    }
  const perSecond = (rate ?? 0) * load
  if (bursts === undefined) return { kind: 'open', arrivals: { law: 'poisson', perSecond } }
  const { to, every, last } = bursts
  const burst = { burstPerSecond: perSecond * to, calmSeconds: every, burstSeconds: last }
  return { kind: 'open', arrivals: { law: 'bursty', perSecond, ...burst } }
}

const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const

function objectiveOf(id: string, asked: AskedObjective): Objective[] {
  const request = asked.of === undefined ? {} : { request: asked.of }
  const { availability, goodput } = asked
  if (availability !== undefined) return [{ kind: 'availability', id, ...request, share: availability }]
  if (goodput !== undefined) return [{ kind: 'goodput', id, ...request, perSecond: goodput }]
  return Object.entries(QUANTILES).flatMap(([name, quantile]): Objective[] => {
    const seconds = asked[name as keyof typeof QUANTILES]
    return seconds === undefined ? [] : [{ kind: 'latency', id, ...request, quantile, seconds }]
  })
}

function deploymentsOf(design: Design, problems: DesignProblem[]): Deployment[] {
  return design.file.deploys.flatMap(({ node, at, batch, takes, slower, errors }, i) => {
    const target = findNode(design.drawing, node)
    if (!target.ok) {
      problems.push({
        path: ['deploys', i, 'node'],
        message: target.error,
        mend: 'name a node of the drawing',
      })
      return []
    }
    return [
      {
        target: target.value,
        atSeconds: at,
        batch,
        seconds: takes,
        ...(slower === undefined ? {} : { slower }),
        ...(errors === undefined ? {} : { errors }),
      },
    ]
  })
}

/** What the engine finds wrong with a model, at the value of the design that it came from. */
export function placeProblem(design: Design, { where, field, message }: Problem): DesignProblem {
  const said = where.startsWith('faults.')
    ? message
    : `${where.replace(/^[a-z]+\./, '')} ${field}: ${message}`
  return { path: pathOf(design, where), message: said, mend: 'docs/designs.md says what may stand here' }
}

/** `components.us.api us.time` → that node's numbers; `faults.2` → the line that it was made of. */
function pathOf(design: Design, where: string): PropertyKey[] {
  const [list = ''] = where.split('.')
  const within = (id: string): boolean => where === `${list}.${id}` || where.startsWith(`${list}.${id}.`)
  if (list === 'faults') {
    const strike = readFaults(design, [])[Number(where.split('.')[1])]
    return strike === undefined ? ['faults'] : ['faults', strike.written]
  }
  if (list === 'objectives' || list === 'requests' || list === 'sources') {
    const part = list === 'objectives' ? 'objectives' : 'workloads'
    const id = Object.keys(design.file[part]).find(within)
    return id === undefined ? [part] : [part, id]
  }
  const node = [...design.nodes.keys()].filter(within).sort((a, b) => b.length - a.length)[0]
  return node === undefined ? [] : ['nodes', keyOf(design, node)]
}

const keyOf = (design: Design, id: string): string =>
  Object.keys(design.file.nodes).find((key) => {
    const found = findNode(design.drawing, key)
    return found.ok && found.value === id
  }) ?? id
