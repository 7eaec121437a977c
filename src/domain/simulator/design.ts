import { z } from 'zod'
import { localName } from '#domain/curriculum/index.ts'
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

/** Numbers on a node. What is left out is taken from the table of its role. */
export const nodeNumbers = z.strictObject({
  is: slug.optional().meta({ description: 'the concept it is, where its label does not say' }),
  replicas: count(1, 10_000).optional(),
  workers: count(1, 100_000).optional(),
  service: duration.optional(),
  spread: spread.optional(),
  queue: z.union([count(0, 10_000_000), z.literal('unbounded')]).optional(),
  balance: z.enum(['round-robin', 'least-connections', 'two-choices', 'random', 'hash']).optional(),
  hits: share.optional(),
  errors: share.optional(),
  limit: rate.optional(),
  autoscale: autoscale.optional(),
  vcpu: z.number().min(0).max(1024).optional(),
  memory: bytes.optional(),
  storage: bytes.optional(),
})

/** Numbers on a connection: whether and how often it is called, and what its caller does when it is slow. */
export const edgeNumbers = z.strictObject({
  only: z.union([slug, z.array(slug).min(1)]).optional(),
  share: share.optional(),
  calls: count(1, 100).optional(),
  /** `after`: when those before it have ended; `with`: beside the one before it; `later`: nobody waits for it. */
  when: z.enum(['after', 'with', 'later', 'on-miss', 'never']).optional(),
  latency: duration.optional(),
  loss: share.optional(),
  timeout: duration.optional(),
  retries: count(0, 20).optional(),
  backoff: duration.optional(),
  jitter: z.boolean().optional(),
  budget: share.optional(),
  breaker: z.strictObject({ share, window: duration.default(10), open: duration.default(5) }).optional(),
  hedge: duration.optional(),
  limit: count(1, 1_000_000).optional(),
  optional: z.boolean().optional(),
})

export const workload = z.strictObject({
  from: line,
  rate: rate.optional(),
  users: count(1, 10_000_000).optional(),
  thinks: duration.optional(),
  burst: z.strictObject({ factor, share, every: duration }).optional(),
  bytes: bytes.default(0),
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
  copies: count(1, 100_000)
    .default(1)
    .meta({ description: 'equal, independent copies of the drawing; the cost counts all, the load is that of one' }),
  nodes: z.record(line, nodeNumbers).default({}),
  edges: z.record(line, edgeNumbers).default({}),
  workloads: z.record(slug, workload).refine((all) => Object.keys(all).length > 0, 'at least one workload'),
  objectives: z.record(slug, objective).default({}),
  faults: z.array(line).max(50).default([]),
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
export type Objective = z.output<typeof objective>
