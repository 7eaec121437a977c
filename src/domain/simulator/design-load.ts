import { z } from 'zod'
import { above, bytes, count, duration, factor, rate, slug } from './design-quantity.ts'
import type { Arrivals, ClosedSource, OpenSource } from './model.ts'

/** Who asks, how often, and for what. */

const MOST_RECORDED = 1_000_000
const line = z.string().trim().min(1).max(200)

/** What a kind of request is like. */
const kind = {
  /** How many keys there are, and how unequally they are asked for (Zipf's exponent). */
  keys: count(1, 4_000_000).optional(),
  zipf: z.number().min(0).max(3).optional(),
  /** Of one answer to the internet. */
  bytes: bytes.optional(),
}

const weight = z.number().positive().max(1e9)
const needs = (...names: string[]) => ({ oneOf: names.map((name) => ({ required: [name] })) })

/** Times of arrivals, or counts of intervals: here, or one a line in a file beside the design. */
const trace = z.union([
  z.strictObject({ at: z.array(duration).min(1).max(MOST_RECORDED) }),
  z.strictObject({ every: above, counts: z.array(count(0, 1_000_000)).min(1).max(MOST_RECORDED) }),
  z.strictObject({
    file: z.string().regex(/^\w[\w.-]*$/, 'the name of a file beside the design'),
    every: above.optional(),
  }),
])

/** Requests and how they come: `rate` (a second, Poisson), `users` that wait and think, or a `trace`. */
export const workload = z
  .strictObject({
    from: line,
    rate: rate.optional(),
    users: count(1, 1_000_000).optional(),
    thinks: duration.default(1),
    trace: trace.optional(),
    /** Bursts to so much of the rate. */
    bursts: z.strictObject({ to: factor, every: above, last: above }).optional(),
    /** So much of the rate, at equal steps of the period; in between on a line, and again from the first. */
    profile: z
      .strictObject({ period: above, of: z.array(z.number().min(0).max(1000)).min(2).max(1000) })
      .refine(({ of }) => of.some((one) => one > 0), 'a profile of nothing')
      .optional(),
    /** Kinds of requests by weight, instead of one kind that is named as the workload. */
    mix: z
      .record(slug, z.union([weight, z.strictObject({ weight, ...kind })]))
      .refine((all) => Object.keys(all).length > 0, 'at least one kind')
      .optional(),
    ...kind,
  })
  .refine(
    (one) => [one.rate, one.users, one.trace].filter((given) => given !== undefined).length === 1,
    'one of rate, users and trace',
  )
  .refine(
    ({ rate: asked, bursts, profile }) =>
      (bursts === undefined && profile === undefined) ||
      (asked !== undefined && (bursts === undefined || profile === undefined)),
    'bursts or a profile need a rate, and do not go together',
  )
  .meta(needs('rate', 'users', 'trace'))
export type Workload = z.output<typeof workload>

/** One kind of request of a workload. */
export interface RequestKind {
  readonly id: string
  readonly weight: number
  readonly keys?: number | undefined
  readonly zipf?: number | undefined
  readonly bytes?: number | undefined
}

/** The kinds of requests that a workload sends; what a kind does not say of itself, its workload says. */
export function kindsOf(id: string, { mix, keys, zipf, bytes: size }: Workload): readonly RequestKind[] {
  if (mix === undefined) return [{ id, weight: 1, keys, zipf, bytes: size }]
  return Object.entries(mix).map(([name, written]) => {
    const own = typeof written === 'number' ? { weight: written } : written
    return {
      id: name,
      weight: own.weight,
      keys: own.keys ?? keys,
      zipf: own.zipf ?? zipf,
      bytes: own.bytes ?? size,
    }
  })
}

type Coming = Pick<OpenSource, 'kind' | 'arrivals'> | Pick<ClosedSource, 'kind' | 'users' | 'think'>

/** How requests come, at so much of the load that the file says. */
export function comingOf(asked: Workload, load: number): Coming {
  const { users, thinks } = asked
  if (users === undefined) return { kind: 'open', arrivals: arrivalsOf(asked, load) }
  return {
    kind: 'closed',
    users: Math.max(1, Math.round(users * load)),
    think: { law: 'exponential', mean: thinks },
  }
}

function arrivalsOf({ rate: asked, bursts, profile, trace: recorded }: Workload, load: number): Arrivals {
  if (recorded !== undefined && 'at' in recorded) return { law: 'trace', atSeconds: recorded.at, times: load }
  if (recorded !== undefined && 'counts' in recorded)
    return { law: 'counts', everySeconds: recorded.every, counts: recorded.counts, times: load }
  const perSecond = (asked ?? 0) * load
  if (bursts !== undefined)
    return {
      law: 'bursty',
      perSecond,
      burstPerSecond: perSecond * bursts.to,
      calmSeconds: bursts.every,
      burstSeconds: bursts.last,
    }
  if (profile === undefined) return { law: 'poisson', perSecond }
  const steps = [...profile.of, profile.of[0] ?? 0]
  const width = profile.period / profile.of.length
  return {
    law: 'profile',
    points: steps.map((share, i) => ({ atSeconds: i * width, perSecond: perSecond * share })),
  }
}
