import { z } from 'zod'
import { above, count, duration, share } from './design-quantity.ts'
import type { Scaler } from './model.ts'

const bounds = { least: count(1, 10_000), most: count(1, 10_000) }
/** Busy share of the workers that it aims at. */
const target = share.refine((value) => value >= 0.01, 'at least 1%')
const starts = duration.default(30)
const every = (seconds: number) =>
  duration.refine((value) => value >= 0.1, 'at least 100 ms').default(seconds)

/** How the replicas of a service follow its load. */
export const autoscale = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('hpa').default('hpa').meta({ description: "Kubernetes' formula" }),
    ...bounds,
    target,
    every: every(15),
    starts,
    calm: duration.default(300),
    tolerance: share.optional(),
  }),
  z.strictObject({
    by: z.literal('target').meta({ description: 'target tracking' }),
    ...bounds,
    target,
    every: every(60),
    starts,
    /** After scaling out it waits so long to do it again, and so long before it scales in. */
    rest: duration.default(60),
    calm: duration.default(300),
  }),
  z.strictObject({
    by: z.literal('schedule'),
    plan: z
      .array(z.strictObject({ at: duration, replicas: count(1, 10_000) }))
      .min(1)
      .max(1000),
    starts,
  }),
  z.strictObject({
    by: z.literal('predictive'),
    ...bounds,
    target,
    every: every(15),
    starts,
    /** How far it looks ahead, the time whose line it follows, and the time after which its load repeats. */
    ahead: duration.default(60),
    history: above.default(300),
    period: above.optional(),
  }),
])
export type Autoscale = z.output<typeof autoscale>

/** How many replicas there are at the start; null where the node's own number says. */
export const startingReplicas = (scaled: Autoscale): number | null =>
  scaled.by === 'schedule' ? null : scaled.least

/** The engine's scaler of a service. */
export function scalerOf(service: string, scaled: Autoscale): Scaler {
  const common = { target: service, startSeconds: scaled.starts }
  if (scaled.by === 'schedule')
    return {
      kind: 'schedule',
      ...common,
      plan: scaled.plan.map(({ at, replicas }) => ({ atSeconds: at, replicas })),
    }
  const aims = {
    utilization: scaled.target,
    min: scaled.least,
    max: scaled.most,
    everySeconds: scaled.every,
  }
  if (scaled.by === 'target')
    return {
      kind: 'target',
      ...common,
      ...aims,
      scaleOutCooldownSeconds: scaled.rest,
      scaleInCooldownSeconds: scaled.calm,
    }
  if (scaled.by === 'predictive')
    return {
      kind: 'predictive',
      ...common,
      ...aims,
      aheadSeconds: scaled.ahead,
      historySeconds: scaled.history,
      periodSeconds: scaled.period ?? null,
    }
  const { tolerance } = scaled
  return {
    kind: 'hpa',
    ...common,
    ...aims,
    downWindowSeconds: scaled.calm,
    ...(tolerance === undefined ? {} : { tolerance }),
  }
}
