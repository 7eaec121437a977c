import { z } from 'zod'
import { localName } from '#domain/curriculum/index.ts'
import { ROLES } from './design-defaults.ts'
import { bytes, count, duration, factor, rate, share } from './design-quantity.ts'

/**
 * A design: a drawing with numbers on its nodes and connections, the load it is meant for and what is asked of it. This
 * schema is the whole of the file; docs/design.schema.json is made from it, and docs/designs.md explains it.
 */

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens')
const text = z.string().trim().min(1)
const line = text.max(200)

/** Mean 1 and this shape: the same each time, exponential, or log-normal with a coefficient of variation. */
const spread = z
  .union([z.enum(['fixed', 'exponential']), z.number().min(0).max(20)])
  .meta({ description: 'fixed, exponential, or a coefficient of variation (log-normal)' })

const autoscale = z.strictObject({
  least: count(1, 10_000),
  most: count(1, 10_000),
  /** Busy share of the workers that it aims at. */
  target: share,
  every: duration.default(15),
  starts: duration.default(30),
  calm: duration.default(300),
})

const balance = z.enum([
  'shared',
  'random',
  'round-robin',
  'least-connections',
  'two-choices',
  'consistent-hash',
])

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
  partitions: count(1, 1000).optional(),
  locks: z.boolean().optional(),
  limit: rate.optional(),
  burst: count(1, 10_000_000).optional(),
  vcpu: z.number().min(0).max(1024).optional(),
  memory: bytes.optional(),
  storage: bytes.optional(),
})

/** Numbers on a connection: whether and how often it is called, and what its caller does when it is slow. */
export const edgeNumbers = z.strictObject({
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
  consumers: count(1, 100_000).optional(),
  latency: duration.optional(),
  loss: share.optional(),
  timeout: duration.optional(),
  retries: count(0, 20).optional(),
  backoff: duration.optional(),
  backoff_most: duration.optional(),
  jitter: z.boolean().optional(),
  budget: share.optional(),
  breaker: z
    .strictObject({ calls: count(1, 10_000).default(100), share, open: duration.default(5) })
    .optional(),
  bulkhead: count(1, 1_000_000).optional(),
  hedge: duration.optional(),
  cancels: z.boolean().optional(),
  deadline: z.boolean().optional(),
})

/** One kind of request and how it comes: `rate` (a second, Poisson), or `users` that wait and think. */
export const workload = z
  .strictObject({
    from: line,
    rate: rate.optional(),
    users: count(1, 1_000_000).optional(),
    thinks: duration.default(1),
    /** Bursts to so much of the rate. */
    bursts: z.strictObject({ to: factor, every: duration, last: duration }).optional(),
    /** How many keys there are, and how unequally they are asked for (Zipf's exponent). */
    keys: count(1, 4_000_000).optional(),
    zipf: z.number().min(0).max(3).optional(),
    /** Of one answer to the internet. */
    bytes: bytes.optional(),
  })
  .refine(({ rate, users }) => (rate === undefined) !== (users === undefined), 'either a rate or users')

const deploy = z.strictObject({
  node: line,
  at: duration,
  batch: count(1, 10_000).default(1),
  takes: duration.default(10),
  slower: factor.optional(),
  errors: share.optional(),
})

const percentiles = { p50: duration, p90: duration, p95: duration, p99: duration, p999: duration }

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

export const designFile = z.strictObject({
  title: text.max(80),
  says: text.max(600),
  drawing: text.max(20_000),
  names: z.record(slug, localName).default({}),
  region: slug.default('us-east-1').meta({ description: 'a file of content/prices' }),
  copies: count(1, 100_000).default(1).meta({
    description: 'equal, independent copies of the drawing; the cost counts all, the load is that of one',
  }),
  nodes: z.record(line, nodeNumbers).default({}),
  edges: z.record(line, edgeNumbers).default({}),
  workloads: z.record(slug, workload).refine((all) => Object.keys(all).length > 0, 'at least one workload'),
  objectives: z.record(slug, objective).default({}),
  faults: z.array(line).max(50).default([]),
  deploys: z.array(deploy).max(20).default([]),
  for: duration.default(60),
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
export type Workload = z.output<typeof workload>
