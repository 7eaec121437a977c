import { z } from 'zod'
import { parseQuantity } from '#lib/quantity.ts'
import type { Design, DesignNode } from './design-resolve.ts'
import type { Report } from './run.ts'

/** A file of content/prices: what a region charges. Illustrative and editable; each price has a source and a date. */

/** Each with the unit that #lib/quantity.ts gives its price. */
const UNITS = { vcpu: 'usd/s', memory: 'usd/B·s', storage: 'usd/B·s', egress: 'usd/B' } as const
type Priced = keyof typeof UNITS

const priceOf = (unit: string) =>
  z.strictObject({
    /** In base units: dollars a second, a byte and second, a byte. */
    price: z.string().transform((text, context): number => {
      const found = parseQuantity(text)
      if (found !== null && found.unit === unit && found.value >= 0) return found.value
      context.addIssue({ code: 'custom', message: `\`${text}\` is no price in ${unit}` })
      return z.NEVER
    }),
    says: z.string().min(1).max(200),
    source: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    as_of: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  })

export const priceFile = z.strictObject({
  title: z.string().min(1).max(120),
  currency: z.literal('USD'),
  prices: z.strictObject({
    vcpu: priceOf(UNITS.vcpu),
    memory: priceOf(UNITS.memory),
    storage: priceOf(UNITS.storage),
    egress: priceOf(UNITS.egress),
  }),
})
export type PriceFile = z.output<typeof priceFile>

/** The mean Gregorian month. */
const MONTH_SECONDS = (365.2425 / 12) * 86_400

export interface CostLine {
  readonly what: string
  readonly dollarsPerMonth: number
}

export interface Cost {
  readonly dollarsPerMonth: number
  readonly lines: readonly CostLine[]
  /** Nodes that the price table says nothing of. */
  readonly unpriced: readonly string[]
  readonly used: readonly Priced[]
}

/**
 * What a design costs a month if it goes on as it did in this run: machines, objects stored, and the answers' bytes to the
 * internet. Managed services are priced as the machines they would run on; their disks have no price here yet.
 */
export function costOf(design: Design, report: Report, { prices }: PriceFile): Cost {
  const measured = Math.max(report.seconds - report.warmupSeconds, Number.EPSILON)
  const { copies } = design.file
  const used = new Set<Priced>()
  const pay = (what: Priced, amount: number): number => {
    if (amount > 0) used.add(what)
    return prices[what].price * amount
  }
  const lines: CostLine[] = []
  const unpriced: string[] = []
  for (const node of design.nodes.values()) {
    const { name, role, numbers } = node
    if (role === 'source' || role === 'limiter') continue
    if (numbers.storage !== undefined) {
      const dollarsPerMonth = pay('storage', numbers.storage) * MONTH_SECONDS * copies
      lines.push({ what: `${name}, ${round(numbers.storage / 1e9)} GB of objects`, dollarsPerMonth })
    } else if (role === 'cdn' || role === 'external') unpriced.push(name)
    if (role === 'cdn' || role === 'external') continue
    const machines = machinesOf(node, report, measured)
    const each = pay('vcpu', numbers.vcpu ?? 0) + pay('memory', numbers.memory ?? 0)
    const dollarsPerMonth = each * MONTH_SECONDS * machines * copies
    if (dollarsPerMonth > 0) lines.push({ what: `${name} × ${round(machines)}`, dollarsPerMonth })
  }
  const perSecond = design.workloads.reduce((sum, { id, bytes }) => {
    const goodput = report.requests.find((request) => request.id === id)?.goodput.value ?? 0
    return sum + goodput * (bytes ?? 0)
  }, 0)
  const egress = pay('egress', perSecond) * MONTH_SECONDS * copies
  if (egress > 0) lines.push({ what: 'traffic to the internet', dollarsPerMonth: egress })
  lines.sort((a, b) => b.dollarsPerMonth - a.dollarsPerMonth)
  const dollarsPerMonth = lines.reduce((sum, line) => sum + line.dollarsPerMonth, 0)
  return { dollarsPerMonth, lines, unpriced, used: [...used] }
}

/** An autoscaler's replicas are those that were in service, on the mean. */
function machinesOf({ id, role, numbers }: DesignNode, report: Report, measured: number): number {
  const ran = report.components.find((one) => one.id === id)
  if (numbers.autoscale !== undefined && ran !== undefined) return ran.replicaSeconds / measured
  if (role === 'database') return (numbers.partitions ?? 1) * (1 + (numbers.read_replicas ?? 0))
  return numbers.replicas ?? 1
}

const round = (count: number): string => String(Math.round(count * 10) / 10)
