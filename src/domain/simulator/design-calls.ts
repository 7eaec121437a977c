import type { EdgeNumbers, NodeNumbers } from './design.ts'
import { type DesignProblem, placeOfEdge } from './design-places.ts'
import type { Design, DesignEdge, DesignNode } from './design-resolve.ts'
import type { Call, Distribution, Policy, Step } from './model.ts'

/** Calls that one request may make: a drawing whose branches join again multiplies them. */
const CALLS_MAX = 2000
/** Who waits for whom is nested so deep at most. */
const DEPTH_MAX = 64

export function lawOf(seconds: number, spread: NodeNumbers['spread']): Distribution {
  if (seconds === 0 || spread === 'fixed' || spread === 0) return { law: 'constant', mean: seconds }
  if (spread === undefined || spread === 'exponential') return { law: 'exponential', mean: seconds }
  return { law: 'lognormal', mean: seconds, cv2: spread * spread }
}

/** Stops the walk over a drawing that has no call graph. */
class NoGraph extends Error {
  readonly problem: DesignProblem
  constructor(problem: DesignProblem) {
    super(problem.message)
    this.problem = problem
  }
}

interface Walk {
  readonly design: Design
  /** Null behind a queue: its consumers work for all. */
  readonly workload: string | null
  readonly trail: readonly string[]
  readonly counted: { calls: number }
}

/** What one request of a workload does, from its client on; or why the drawing does not say. */
export function callsOf(
  design: Design,
  from: string,
  workload: string | null,
): { readonly steps: readonly Step[]; readonly problem: DesignProblem | null } {
  try {
    const walk: Walk = { design, workload, trail: [from], counted: { calls: 0 } }
    return { steps: stepsFrom(walk, from), problem: null }
  } catch (error) {
    if (error instanceof NoGraph) return { steps: [], problem: error.problem }
    throw error
  }
}

const serves = (edge: DesignEdge, workload: string | null): boolean =>
  workload === null || edge.numbers.only === undefined || [edge.numbers.only].flat().includes(workload)

/** The connections by which a node calls others in this workload, in the drawing's order. */
export const edgesFrom = (design: Design, node: string, workload: string | null): DesignEdge[] =>
  design.edges.filter((edge) => edge.from === node && serves(edge, workload))

function stepsFrom(walk: Walk, node: string): Step[] {
  const edges = edgesFrom(walk.design, node, walk.workload)
  const called = walk.design.nodes.get(node)
  if (called?.role === 'queue') return []
  if (called?.role === 'balancer' && edges.length > 0) return [alternatives(walk, called, edges)]
  const asked = edges.filter(({ numbers }) => numbers.miss_of === undefined)
  const steps: Step[] = []
  for (const [i, edge] of asked.entries()) {
    const behind = edges.filter(({ numbers }) => isCacheOf(walk, numbers, edge))
    if (asksItself(walk, edge, behind, asked[i + 1])) look(walk, steps, edge, behind)
    else if (!join(steps, edge.numbers, callAlong(walk, edge, behind)))
      throw new NoGraph({
        ...placeOfEdge(walk.design.file, walk.design.drawing, edge),
        message: `\`${edge.from} -> ${edge.to}\` has nothing before it to go with at the same time`,
        mend: 'put it after a call that its caller waits for, or leave `when` out',
      })
  }
  const lost = edges.find(
    (edge) =>
      edge.numbers.miss_of !== undefined && !asked.some((other) => isCacheOf(walk, edge.numbers, other)),
  )
  if (lost === undefined) return steps
  throw new NoGraph({
    ...placeOfEdge(walk.design.file, walk.design.drawing, lost),
    message: `\`${lost.from}\` does not ask \`${lost.numbers.miss_of}\` in this workload`,
    mend: `draw \`${lost.from} -> ${lost.numbers.miss_of}\`, or drop \`miss_of\``,
  })
}

const isCacheOf = (walk: Walk, { miss_of }: EdgeNumbers, edge: DesignEdge): boolean =>
  miss_of !== undefined && sameNode(walk.design, miss_of, edge.to)

const sameNode = (design: Design, written: string, id: string): boolean => {
  const plain = written.toLowerCase().replace(/\s+/g, ' ').trim()
  const node = design.nodes.get(id)
  return (
    plain === id.toLowerCase() || id.toLowerCase().endsWith(`.${plain}`) || plain === node?.name.toLowerCase()
  )
}

const timesOf = ({ calls }: EdgeNumbers): number => calls ?? 1

const chance = ({ share }: EdgeNumbers, step: Step): Step =>
  share === undefined || share === 1 ? step : { do: 'maybe', share, steps: [step] }

/** Adds what one connection does to the steps before it. False: it is to go with something, and nothing is there. */
function join(steps: Step[], numbers: EdgeNumbers, call: Call): boolean {
  if (numbers.when === 'with' && steps.length > 0) return joinCalls(steps, numbers, call)
  const step: Step = numbers.when === 'later' ? { do: 'async', call } : { do: 'call', call }
  for (let i = 0; i < timesOf(numbers); i++) steps.push(chance(numbers, step))
  return true
}

/** At the same time as the calls before it. */
function joinCalls(steps: Step[], numbers: EdgeNumbers, call: Call): boolean {
  const before = callsIn(steps.at(-1))
  if (before === null) return false
  const own = numbers.share === undefined ? call : { ...call, share: numbers.share }
  steps[steps.length - 1] = { do: 'parallel', calls: [...before, ...Array<Call>(timesOf(numbers)).fill(own)] }
  return true
}

function callsIn(step: Step | undefined): readonly Call[] | null {
  if (step?.do === 'call') return [step.call]
  if (step?.do === 'parallel') return step.calls
  if (step?.do !== 'maybe') return null
  const [only, ...more] = step.steps
  return only?.do === 'call' && more.length === 0 ? [{ ...only.call, share: step.share }] : null
}

/**
 * A cache that its caller asks, and what it does not have the caller fetches. Not where the cache fetches in its callers'
 * name: so that one of them fetches for all (`single_flight`), at an edge, or where it stands among calls at one time.
 */
function asksItself(
  walk: Walk,
  { to, numbers }: DesignEdge,
  behind: readonly DesignEdge[],
  next: DesignEdge | undefined,
): boolean {
  const cache = walk.design.nodes.get(to)
  const alone = numbers.when === undefined || numbers.when === 'after'
  return (
    behind.length > 0 &&
    cache?.role === 'cache' &&
    cache.numbers.single_flight !== true &&
    alone &&
    next?.numbers.when !== 'with' &&
    edgesFrom(walk.design, to, walk.workload).length === 0
  )
}

function look(walk: Walk, steps: Step[], edge: DesignEdge, behind: readonly DesignEdge[]): void {
  const call = callAlong(walk, edge, [])
  const missed: Step[] = []
  for (const other of behind) join(missed, other.numbers, callAlong(walk, other, []))
  const hits = walk.design.nodes.get(edge.to)?.numbers.hits
  const step: Step = { do: 'cached', call, steps: missed, ...(hits === undefined ? {} : { hits }) }
  for (let i = 0; i < timesOf(edge.numbers); i++) steps.push(chance(edge.numbers, step))
}

function callAlong(walk: Walk, edge: DesignEdge, behind: readonly DesignEdge[]): Call {
  enter(walk, edge)
  const inside: Walk = { ...walk, trail: [...walk.trail, edge.to] }
  const callee = walk.design.nodes.get(edge.to)
  const missed: Step[] = []
  const named = walk.design.nodes.get(edge.from)?.role === 'source' ? {} : { from: edge.from }
  for (const other of behind) join(missed, other.numbers, { ...callAlong(walk, other, []), ...named })
  const own = [...stepsFrom(inside, edge.to), ...missed]
  const hits = callee?.numbers.hits
  const steps: Step[] =
    hits === undefined || own.length === 0 ? own : [{ do: 'maybe', share: 1 - hits, steps: own }]
  return dressed(edge, callee, steps)
}

function enter(walk: Walk, edge: DesignEdge): void {
  walk.counted.calls += edge.numbers.calls ?? 1
  const circle = walk.trail.indexOf(edge.to)
  if (circle >= 0)
    throw new NoGraph({
      ...placeOfEdge(walk.design.file, walk.design.drawing, edge),
      message: `\`${[...walk.trail.slice(circle), edge.to].join(' -> ')}\` is a circle that no request ever leaves`,
      mend: `set \`edges: { ${edge.id}: { when: never } }\`, or \`only\` for some workloads`,
    })
  if (walk.trail.length > DEPTH_MAX || walk.counted.calls > CALLS_MAX)
    throw new NoGraph({
      path: ['drawing'],
      message: `one request makes more than ${CALLS_MAX} calls, or ${DEPTH_MAX} deep`,
      mend: 'give connections `only` or `when: never`, so that each request goes fewer ways',
    })
}

function dressed(edge: DesignEdge, callee: DesignNode | undefined, steps: readonly Step[]): Call {
  const { takes, write, optional } = edge.numbers
  const policy = policyOf(edge.numbers)
  return {
    to: edge.to,
    ...(takes === undefined ? {} : { time: lawOf(takes, callee?.numbers.spread) }),
    ...(write === true ? { write } : {}),
    ...(optional === true ? { optional } : {}),
    ...(steps.length > 0 ? { steps } : {}),
    ...(policy === null ? {} : { policy }),
  }
}

/**
 * Behind a balancer one node is called. Where all call the same, it chooses among all of their replicas; where they do
 * not (regions, each with its own), among the nodes: in turn, or the first that is up.
 */
function alternatives(walk: Walk, balancer: DesignNode, edges: readonly DesignEdge[]): Step {
  const calls = edges.map((edge) => callAlong(walk, edge, []))
  const [first] = calls
  if (first !== undefined && calls.length === 1) return { do: 'call', call: first }
  const { balance, health_check: seconds } = balancer.numbers
  const other = calls.findIndex(
    ({ to: _, ...call }) => JSON.stringify(call) !== JSON.stringify({ ...first, to: undefined }),
  )
  if (first !== undefined && other < 0 && balance !== 'first-up')
    return { do: 'call', call: { ...first, to: edges.map(({ to }) => to) } }
  if (balance !== 'first-up' && balance !== 'round-robin')
    throw new NoGraph({
      ...placeOfEdge(walk.design.file, walk.design.drawing, edges[other] ?? (edges[0] as DesignEdge)),
      message:
        `\`${edges[0]?.to}\` and \`${edges[other]?.to}\` do not call the same, ` +
        `so there is no ${balance} among their replicas`,
      mend: 'give both the same connections and numbers, or the balancer `balance: round-robin` or `first-up`',
    })
  return {
    do: 'either',
    calls,
    by: balance === 'first-up' ? 'order' : 'turn',
    ...(seconds === undefined ? {} : { healthCheckSeconds: seconds }),
  }
}

/** How the caller endures; null where it waits for ever. */
export function policyOf(numbers: EdgeNumbers): Policy | null {
  const { timeout, retries, backoff, backoff_most, jitter, budget, breaker, bulkhead, hedge } = numbers
  const earned = numbers.budget_by === undefined ? {} : { earnedBy: numbers.budget_by }
  const wait =
    backoff === undefined
      ? {}
      : {
          wait: {
            law: 'exponential' as const,
            baseSeconds: backoff,
            ...(backoff_most === undefined ? {} : { capSeconds: backoff_most }),
            ...(jitter === undefined ? {} : { jitter }),
          },
        }
  // A bucket that starts with ten retries, as gRPC's and Finagle's do in kind.
  const spend = budget === undefined ? {} : { budget: { ratio: budget, burst: 10, ...earned } }
  const policy: Policy = {
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(retries === undefined || retries === 0 ? {} : { retries: { max: retries, ...wait, ...spend } }),
    ...(breaker === undefined
      ? {}
      : { breaker: { calls: breaker.calls, share: breaker.share, openSeconds: breaker.open } }),
    ...(bulkhead === undefined ? {} : { bulkhead }),
    ...(hedge === undefined ? {} : { hedgeSeconds: hedge }),
    ...(numbers.cancels === undefined ? {} : { cancels: numbers.cancels }),
    ...(numbers.deadline === undefined ? {} : { deadline: numbers.deadline }),
  }
  return Object.keys(policy).length === 0 ? null : policy
}
