import { err, ok, type Result } from '#lib/result.ts'
import type { AskedObjective } from './design.ts'
import { scalerOf } from './design-autoscale.ts'
import { callsOf } from './design-calls.ts'
import { componentOf } from './design-components.ts'
import { comingOf, type RequestKind } from './design-load.ts'
import { type DesignProblem, findNode } from './design-places.ts'
import type { Design } from './design-resolve.ts'
import { type Linked, linksOf, readFaults } from './design-strike.ts'
import type { Call, Component, Deployment, Model, Objective, Problem, RequestType, Source } from './model.ts'

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
    for (const kind of workload.kinds) {
      const call = entryOf(design, workload, kind, components, problems)
      if (call === null) continue
      const keyed = kind.keys !== undefined || needsKeys(components)
      const keys = { count: kind.keys ?? KEYS.count, exponent: kind.zipf ?? KEYS.exponent }
      requests.push({ id: kind.id, call, ...(keyed ? { keys } : {}) })
    }
    const mix = workload.kinds.map(({ id, weight }) => ({ request: id, weight }))
    sources.push({ id: workload.id, mix, ...comingOf(workload, options.load) })
  }
  const faults = readFaults(design, problems)
  const linked = linksOf(design, faults)
  const deployments = deploymentsOf(design, problems)
  if (problems.length > 0) return err(problems)
  const scalers = nodes.flatMap(({ id, numbers: { autoscale } }) =>
    autoscale === undefined ? [] : [scalerOf(id, autoscale)],
  )
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
  { id: workload, entry }: Design['workloads'][number],
  { id }: RequestKind,
  components: Component[],
  problems: DesignProblem[],
): Call | null {
  const { steps, problem } = callsOf(design, entry, id)
  if (problem !== null) {
    problems.push(problem)
    return null
  }
  const [step, ...more] = steps
  if (step === undefined) {
    const message = `nothing receives the requests of \`${id}\``
    problems.push({
      path: ['workloads', workload],
      message,
      mend: `draw a connection that leaves \`${entry}\``,
    })
    return null
  }
  if (step.do === 'call' && more.length === 0) return step.call
  if (!components.some((one) => one.id === entry))
    components.push({ kind: 'delay', id: entry, time: { law: 'constant', mean: 0 } })
  return { to: entry, steps }
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
  return design.file.deploys.flatMap(({ node, at, batch, takes, slower, errors, rollback }, i) => {
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
        ...(rollback === undefined ? {} : { rollbackSeconds: rollback }),
      },
    ]
  })
}

/** What the engine finds wrong with a model, at the value of the design that it came from. */
export function placeProblem(design: Design, { where, field, message }: Problem): DesignProblem {
  const plain = ['faults', 'deployments', 'scalers'].some((list) => where.startsWith(`${list}.`))
  const said = plain ? `${field}: ${message}` : `${where.replace(/^[a-z]+\./, '')} ${field}: ${message}`
  return { path: pathOf(design, where), message: said, mend: 'docs/designs.md says what may stand here' }
}

/** `components.us.api us.time` → that node's numbers; `faults.2` → the line that it was made of. */
function pathOf(design: Design, where: string): PropertyKey[] {
  const [list = ''] = where.split('.')
  const within = (id: string): boolean => where === `${list}.${id}` || where.startsWith(`${list}.${id}.`)
  const number = Number(where.split('.')[1])
  if (list === 'deployments') return ['deploys', number]
  if (list === 'scalers') {
    const scaled = [...design.nodes.values()].filter(({ numbers }) => numbers.autoscale !== undefined)[number]
    return scaled === undefined ? ['nodes'] : ['nodes', keyOf(design, scaled.id), 'autoscale']
  }
  if (list === 'faults') {
    const strike = readFaults(design, [])[number]
    return strike === undefined ? ['faults'] : ['faults', strike.written]
  }
  if (list === 'objectives' || list === 'requests' || list === 'sources') {
    if (list === 'objectives') {
      const id = Object.keys(design.file.objectives).find(within)
      return id === undefined ? [list] : [list, id]
    }
    const sent = design.workloads.find(({ id, kinds }) => within(id) || kinds.some((kind) => within(kind.id)))
    return sent === undefined ? ['workloads'] : ['workloads', sent.id]
  }
  const node = [...design.nodes.keys()].filter(within).sort((a, b) => b.length - a.length)[0]
  return node === undefined ? [] : ['nodes', keyOf(design, node)]
}

const keyOf = (design: Design, id: string): string =>
  Object.keys(design.file.nodes).find((key) => {
    const found = findNode(design.drawing, key)
    return found.ok && found.value === id
  }) ?? id
