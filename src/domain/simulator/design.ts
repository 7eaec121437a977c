import { z } from 'zod'
import { localName } from '#domain/curriculum/index.ts'
import { POLICIES } from './components/pick.ts'
import { autoscale } from './design-autoscale.ts'
import { ROLES } from './design-defaults.ts'
import { workload } from './design-load.ts'
import { above, bytes, count, duration, factor, rate, share, slug } from './design-quantity.ts'

/**
 * A design: a drawing with numbers on its nodes and connections, the load it is meant for and what is asked of it. This
 * schema is the whole of the file; docs/design.schema.json is made from it, and docs/designs.md explains it.
 */

const text = z.string().trim().min(1)
const line = text.max(200)

/** Mean 1 and this shape: the same each time, exponential, or log-normal with a coefficient of variation. */
const spread = z
  .union([z.enum(['fixed', 'exponential']), z.number().min(0).max(20)])
  .meta({ description: 'fixed, exponential, or a coefficient of variation (log-normal)' })

const balance = z.enum(['shared', ...POLICIES, 'first-up'])

/** Numbers on a node. What is left out is taken from the table of its role; each role takes some of them. */
export const nodeNumbers = z.strictObject({
  role: z.enum(ROLES).optional(),
  service: duration.optional(),
  spread: spread.optional(),
  replicas: count(1, 10_000).optional(),
  workers: count(1, 100_000).optional(),
  queue: z.union([count(0, 10_000_000), z.literal('unbounded')]).optional(),
  balance: balance.optional(),
  /** Whether a worker is held while it waits for what it calls: a thread a request. */
  holds: z.boolean().optional(),
  last_first: z.boolean().optional(),
  shed: z.strictObject({ from: count(0, 1e7), to: count(1, 1e7) }).optional(),
  slow_start: duration.optional(),
  errors: share.optional(),
  autoscale: autoscale.optional(),
  hits: share.optional(),
  entries: count(1, 4_000_000).optional(),
  ttl: duration.optional(),
  single_flight: z.boolean().optional(),
  write: duration.optional(),
  pool: count(1, 100_000).optional(),
  read_replicas: count(0, 100).optional(),
  lag: duration.optional(),
  /** A primary that is down is replaced by a read replica after this time. */
  failover: duration.optional(),
  disk: bytes.optional(),
  partitions: count(1, 1000).optional(),
  locks: z.boolean().optional(),
  limit: rate.optional(),
  burst: count(1, 10_000_000).optional(),
  /** How long a balancer takes to learn that something is down. */
  health_check: duration.optional(),
  vcpu: z.number().min(0).max(1024).optional(),
  memory: bytes.optional(),
  storage: bytes.optional(),
  /** Priced as a managed load balancer or queue, not as machines. */
  managed: z.boolean().optional(),
})

/** Numbers on a connection: whether and how often it is called, and what its caller does when it is slow. */
const onEdge = z.strictObject({
  only: z.union([slug, z.array(slug).min(1)]).optional(),
  /** `after` those before it; `with` the one before it, at the same time; `later`: nobody waits; `never`: no call. */
  when: z.enum(['after', 'with', 'later', 'never']).optional(),
  /** A cache that the same caller asks first: called only when it misses. */
  miss_of: line.optional(),
  share: share.optional(),
  calls: count(1, 100).optional(),
  write: z.boolean().optional(),
  optional: z.boolean().optional(),
  /** Service time at the callee for these calls. */
  takes: duration.optional(),
  consumers: count(1, 10_000).optional(),
  latency: duration.optional(),
  loss: share.optional(),
  timeout: above.optional(),
  retries: count(0, 20).optional(),
  backoff: duration.optional(),
  backoff_most: duration.optional(),
  jitter: z.boolean().optional(),
  budget: share.optional(),
  /** What earns the budget its retries. */
  budget_by: z.enum(['attempts', 'successes']).optional(),
  breaker: z.strictObject({ calls: count(1, 10_000).default(100), share, open: above.default(5) }).optional(),
  bulkhead: count(1, 1_000_000).optional(),
  hedge: above.optional(),
  cancels: z.boolean().optional(),
  deadline: z.boolean().optional(),
})
export const edgeNumbers = onEdge.refine(
  ({ deadline, timeout }) => deadline !== true || timeout !== undefined,
  {
    path: ['deadline'],
    message: 'it is what is left of a `timeout`, which this connection has not',
  },
)

const deploy = z.strictObject({
  node: line,
  at: duration,
  batch: count(1, 10_000).default(1),
  takes: duration.default(10),
  slower: factor.optional(),
  errors: share.optional(),
  /** So long after it began it is rolled back. */
  rollback: duration.optional(),
})

const percentiles = { p50: above, p90: above, p95: above, p99: above, p999: above }

/** One thing asked of a run, of one workload or of all. */
export const objective = z
  .strictObject({
    ...z.strictObject(percentiles).partial().shape,
    availability: share.optional(),
    goodput: rate.optional(),
    of: slug.optional(),
  })
  .refine(
    ({ of: _, ...asked }) => Object.values(asked).filter((one) => one !== undefined).length === 1,
    'one of p50, p90, p95, p99, p999, availability and goodput, with its bound',
  )
  .meta({
    oneOf: [...Object.keys(percentiles), 'availability', 'goodput'].map((name) => ({ required: [name] })),
  })

export const designFile = z.strictObject({
  title: text.max(80),
  says: text.max(600),
  drawing: text.max(20_000),
  names: z.record(slug, localName).default({}),
  region: slug.default('us-east-1').meta({ description: 'a file of content/prices' }),
  copies: count(1, 100_000).default(1).meta({
    description: 'equal, independent copies of the drawing; the cost counts all, the load is that of one',
  }),
  regions: z
    .record(line, z.strictObject({ prices: slug.optional() }))
    .default({})
    .meta({
      description: 'groups of the drawing that are regions, by name; each may have a price table of its own',
    }),
  links: z
    .record(line, z.strictObject({ latency: duration, loss: share.optional() }))
    .default({})
    .meta({ description: 'what lies between two regions, `us <-> eu`: one way, and of messages' }),
  nodes: z.record(line, nodeNumbers).default({}),
  edges: z.record(line, edgeNumbers).default({}),
  workloads: z
    .record(slug, workload)
    .refine((all) => Object.keys(all).length > 0, 'at least one workload')
    .meta({ minProperties: 1 }),
  objectives: z.record(slug, objective).default({}),
  faults: z.array(line).max(50).default([]),
  deploys: z.array(deploy).max(20).default([]),
  for: above.default(60),
  warmup: duration.default(5),
  breaks: z.strictObject({ load: factor, objective: slug }).optional(),
  mended_by: z
    .strictObject({
      says: text.max(400),
      draw: text.optional(),
      change: z.record(line, z.unknown()).default({}),
    })
    .optional(),
})

export type DesignFile = z.output<typeof designFile>
export type NodeNumbers = z.output<typeof nodeNumbers>
export type EdgeNumbers = z.output<typeof edgeNumbers>
export type AskedObjective = z.output<typeof objective>
