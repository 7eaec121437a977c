import type { WrittenFault } from './design-fault.ts'
import { type DesignProblem, findEdge, findNode, nodesInGroup } from './design-places.ts'
import { linkBetween, readEnds } from './design-regions.ts'
import type { Design, DesignEdge } from './design-resolve.ts'
import type { Fault, FaultKind, Link } from './model.ts'

/** A fault of the engine, with the links between nodes that it needs. */
export interface Strike {
  readonly fault: Fault
  readonly between: readonly [string, string] | null
  /** The line of the design's faults that it comes from. */
  readonly written: number
}

const KINDS: Readonly<Record<WrittenFault['word'], FaultKind>> = {
  slow: 'slow',
  capacity: 'capacity',
  crash: 'crash',
  down: 'crash',
  'primary crash': 'primary-crash',
  'bad deploy': 'bad-deploy',
  'clock skew': 'clock-skew',
  pause: 'pause',
  partition: 'partition',
  'disk full': 'disk-full',
  flush: 'cache-flush',
  errors: 'errors',
  loss: 'loss',
  'hot key': 'hot-key',
  'connection leak': 'leak',
  delay: 'latency',
  surge: 'surge',
}
const ON_LINKS = new Set<FaultKind>(['partition', 'loss', 'latency'])

/** The design's faults; one of a group strikes each node in it, one of a node's links all that it has. */
export function readFaults(design: Design, problems: DesignProblem[]): Strike[] {
  return design.faults.flatMap((written, i) => {
    const kind = KINDS[written.word]
    const found = ON_LINKS.has(kind)
      ? linksOfTarget(design, written.target)
      : nodesOfTarget(design, written, kind)
    if (typeof found === 'string') {
      problems.push({
        path: ['faults', i],
        message: found,
        mend: 'name a node, a group or `a -> b` of the drawing',
      })
      return []
    }
    const fixed = kind === 'cache-flush' ? found.find((id) => answersShare(design, id)) : undefined
    if (fixed !== undefined) {
      const message = `${design.nodes.get(String(fixed))?.name} answers a fixed share of its calls: it has nothing to flush`
      problems.push({ path: ['faults', i], message, mend: 'give it `entries: 10000` in the place of `hits`' })
      return []
    }
    return found.map((target): Strike => {
      const between = typeof target === 'string' ? null : target
      const named = typeof target === 'string' ? target : `${target[0]}<->${target[1]}`
      return { fault: faultOf(design, written, kind, named), between, written: i }
    })
  })
}

function answersShare(design: Design, target: string | readonly [string, string]): boolean {
  const node = typeof target === 'string' ? design.nodes.get(target) : undefined
  return (node?.role === 'cache' || node?.role === 'cdn') && node.numbers.entries === undefined
}

function faultOf(design: Design, written: WrittenFault, kind: FaultKind, target: string): Fault {
  const external = design.nodes.get(target)?.role === 'external'
  const common = {
    target,
    atSeconds: written.atSeconds,
    forSeconds: written.forSeconds,
    ...(written.share === 1 ? {} : { share: written.share }),
    ...(written.rampSeconds === 0 ? {} : { rampSeconds: written.rampSeconds }),
  }
  // Somebody else's service has no replicas of ours to crash: it answers with errors.
  if (kind === 'crash' && external) return { ...common, kind: 'errors', factor: 1 }
  // `slow x0.2` is a fifth of the speed, `slow x5` five times the time.
  if (kind === 'slow' && written.amount !== null && written.amount < 1)
    return { ...common, kind: 'capacity', factor: written.amount }
  return { ...common, kind, ...(written.amount === null ? {} : { factor: written.amount }) }
}

function nodesOfTarget(
  design: Design,
  { target }: WrittenFault,
  kind: FaultKind,
): readonly string[] | string {
  if (kind === 'surge') {
    if (design.file.workloads[target] !== undefined) return [target]
    const sent = design.workloads.filter(({ entry }) => entry === target)
    return sent.length > 0 ? sent.map(({ id }) => id) : `\`${target}\` is no workload`
  }
  const group = nodesInGroup(design.drawing, target)
  if (group !== null) return group.filter((id) => design.nodes.get(id)?.role !== 'source')
  const node = findNode(design.drawing, target)
  return node.ok ? [node.value] : node.error
}

function linksOfTarget(design: Design, target: string): readonly (readonly [string, string])[] | string {
  if (target.includes('<->')) {
    const ends = readEnds(design.drawing, target)
    if (typeof ends === 'string') return ends
    const [a, b] = ends
    const within = (node: string, group: string) => node.startsWith(`${group}.`)
    const between = design.edges.filter(
      ({ from, to }) => (within(from, a) && within(to, b)) || (within(from, b) && within(to, a)),
    )
    return between.length > 0 ? pairsOf(between) : `no connection goes between ${a} and ${b}`
  }
  if (target.includes('->')) {
    const edge = findEdge(design.drawing, target)
    return edge.ok ? [[edge.value.from, edge.value.to]] : edge.error
  }
  const node = findNode(design.drawing, target)
  const group = nodesInGroup(design.drawing, target)
  if (!node.ok && group === null) return node.error
  const inside = new Set(group ?? (node.ok ? [node.value] : []))
  const crossing = design.edges.filter(({ from, to }) => inside.has(from) !== inside.has(to))
  return crossing.length > 0 ? pairsOf(crossing) : `no connection leaves \`${target}\``
}

function pairsOf(edges: readonly DesignEdge[]): (readonly [string, string])[] {
  const pairs = edges.map(({ from, to }) => [[from, to].sort().join('\n'), [from, to] as const] as const)
  return [...new Map(pairs).values()]
}

export interface Linked {
  readonly links: readonly Link[]
  /** The nodes that stand at a link. */
  readonly placed: ReadonlySet<string>
}

/** The connections that take time, lose messages or are struck: their ends are places of their own. */
export function linksOf(design: Design, strikes: readonly Strike[]): Linked {
  const links = new Map<string, Link>()
  for (const { from, to, numbers } of design.edges) {
    const struck = strikes.some(
      ({ between }) => between?.includes(from) === true && between.includes(to) && from !== to,
    )
    const between = linkBetween(design.regions, from, to)
    const latency = numbers.latency ?? between?.latency
    const loss = numbers.loss ?? between?.loss
    if (latency === undefined && loss === undefined && !struck) continue
    links.set([from, to].sort().join('\n'), {
      from,
      to,
      latency: { law: 'constant', mean: latency ?? 0 },
      ...(loss === undefined ? {} : { loss }),
    })
  }
  const placed = new Set([...links.values()].flatMap(({ from, to }) => [from, to]))
  return { links: [...links.values()], placed }
}
