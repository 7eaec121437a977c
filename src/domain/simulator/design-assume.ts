import type { DesignFile, EdgeNumbers } from './design.ts'
import type { Assumption, DesignEdge, DesignNode } from './design-resolve.ts'
import type { ResolvedWorkload } from './design-resolve-load.ts'

/** What is assumed beside the table of roles: of connections, workloads, autoscalers, deployments and the run itself. */
export function assumedBeside(
  file: DesignFile,
  nodes: ReadonlyMap<string, DesignNode>,
  edges: readonly DesignEdge[],
  workloads: readonly ResolvedWorkload[],
): Assumption[] {
  const named = (id: string) => nodes.get(id)?.name ?? id
  const run = `${file.for} s, of which the first ${file.warmup} s count for nothing; priced in ${file.region}`
  return [
    ...[...nodes.values()].flatMap((node) => said(node.name, ofNode(node))),
    ...edges.flatMap((edge) => said(`${named(edge.from)} -> ${named(edge.to)}`, ofEdge(edge, nodes))),
    ...workloads.flatMap((workload) => said(workload.id, ofWorkload(workload))),
    ...file.deploys.flatMap(({ node, batch, takes }) =>
      said(`deployment of ${node}`, [`batches of ${batch}, each out of service for ${takes} s`]),
    ),
    { where: 'The run', says: run },
  ]
}

const said = (where: string, parts: readonly string[]): Assumption[] =>
  parts.length === 0 ? [] : [{ where, says: parts.join('; ') }]

function ofNode({ role, numbers }: DesignNode): string[] {
  const parts: string[] = []
  if (role === 'limiter' && numbers.burst === undefined)
    parts.push(`burst ${Math.max(1, Math.round(numbers.limit ?? 1))}: what it lets through in a second`)
  const { autoscale } = numbers
  if (autoscale === undefined) return parts
  const starts = `a new replica takes ${autoscale.starts} s`
  if (autoscale.by === 'schedule') return [...parts, starts]
  const goes = { hpa: "Kubernetes' formula", target: 'target tracking', predictive: 'a forecast' }[
    autoscale.by
  ]
  const calm = 'calm' in autoscale ? `, calm ${autoscale.calm} s` : ''
  const rest = 'rest' in autoscale ? `, rest ${autoscale.rest} s` : ''
  const ahead = 'ahead' in autoscale ? `, ahead ${autoscale.ahead} s, history ${autoscale.history} s` : ''
  const tolerance = autoscale.by === 'hpa' ? `, tolerance ${100 * (autoscale.tolerance ?? 0.1)}%` : ''
  return [...parts, `by ${goes} every ${autoscale.every} s${calm}${rest}${ahead}${tolerance}; ${starts}`]
}

function ofEdge({ from, numbers }: DesignEdge, nodes: ReadonlyMap<string, DesignNode>): string[] {
  const read = nodes.get(from)?.role === 'queue' && numbers.consumers === undefined
  return [
    ...(read ? ['as many consumers as it has workers in service'] : []),
    ...ofRetries(numbers),
    ...(numbers.breaker === undefined
      ? []
      : [`breaker over the last ${numbers.breaker.calls} calls, open for ${numbers.breaker.open} s`]),
  ]
}

function ofRetries({ timeout, retries, backoff, backoff_most, jitter, budget }: EdgeNumbers): string[] {
  if (retries === undefined || retries === 0) return []
  const grows = backoff_most === undefined ? ', twice as long each time without a bound' : ''
  const even = jitter === true ? '' : ', without jitter'
  return [
    ...(timeout === undefined ? ['no timeout, so that only failures are tried again'] : []),
    backoff === undefined ? 'tried again at once' : `tried again after ${backoff} s${grows}${even}`,
    budget === undefined ? 'no budget of retries' : 'ten retries in hand at the start',
  ]
}

function ofWorkload({ rate, users, thinks, bytes, mix, keys, zipf }: ResolvedWorkload): string[] {
  return [
    ...(rate === undefined ? [] : ['requests come at random times (Poisson)']),
    ...(users === undefined ? [] : [`users think ${thinks} s on the mean (exponential)`]),
    ...(keys !== undefined && zipf === undefined ? ['keys by Zipf with exponent 0.9'] : []),
    ...(bytes === undefined && mix === undefined ? ['answers without a size, so without a price'] : []),
  ]
}
