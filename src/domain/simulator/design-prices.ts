import { z } from 'zod'
import { parseQuantity } from '#lib/quantity.ts'
import { slug } from './design-quantity.ts'

/** A file of content/prices: what a region charges. Illustrative and editable; each price has a source and a date. */

/** Each with the unit that #lib/quantity.ts gives its price. */
const UNITS = {
  vcpu: 'usd/s',
  memory: 'usd/B·s',
  storage: 'usd/B·s',
  egress: 'usd/B',
  /** A database's disk, and that of a queue or log. */
  disk: 'usd/B·s',
  log: 'usd/B·s',
  /** What is delivered by a CDN. */
  cdn: 'usd/B',
  /** A managed load balancer while it runs, and one unit of its capacity while that is used. */
  balancer: 'usd/s',
  capacity: 'usd/s',
  /** One request to a managed queue. */
  request: 'usd',
} as const
export type Priced = keyof typeof UNITS

const priceOf = (unit: string) =>
  z.strictObject({
    /** In base units: dollars, dollars a second, a byte, a byte and second. */
    price: z.string().transform((text, context): number => {
      const found = parseQuantity(text)
      if (found !== null && found.unit === unit && found.value >= 0) return found.value
      context.addIssue({ code: 'custom', message: `\`${text}\` is no price in ${unit}` })
      return z.NEVER
    }),
    says: z.string().min(1).max(200),
    source: slug,
    as_of: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  })

export const priceFile = z.strictObject({
  title: z.string().min(1).max(120),
  currency: z.literal('USD'),
  /** What a table has no price of, a bill names as left out. */
  prices: z
    .strictObject({
      vcpu: priceOf(UNITS.vcpu),
      memory: priceOf(UNITS.memory),
      storage: priceOf(UNITS.storage),
      egress: priceOf(UNITS.egress),
      disk: priceOf(UNITS.disk),
      log: priceOf(UNITS.log),
      cdn: priceOf(UNITS.cdn),
      balancer: priceOf(UNITS.balancer),
      capacity: priceOf(UNITS.capacity),
      request: priceOf(UNITS.request),
    })
    .partial(),
})
export type PriceFile = z.output<typeof priceFile>
/** Price tables by the names that a design gives them. */
export type PriceTables = ReadonlyMap<string, PriceFile>
