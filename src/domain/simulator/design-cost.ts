import { edgesFrom } from './design-calls.ts'
import type { Priced, PriceTables } from './design-prices.ts'
import type { Design, DesignNode } from './design-resolve.ts'
import type { Report } from './run.ts'

/** The mean Gregorian month. */
const MONTH_SECONDS = (365.2425 / 12) * 86_400

export interface CostLine {
  readonly what: string
  readonly dollarsPerMonth: number
}

export interface Cost {
  readonly dollarsPerMonth: number
  readonly lines: readonly CostLine[]
  /** What has no price, or no size to price. */
  readonly unpriced: readonly string[]
  /** Which prices, of which tables. */
  readonly used: readonly { readonly table: string; readonly what: Priced }[]
}

/** One bill while it is made up: amounts are of base units a second, as the prices are. */
class Bill {
  readonly lines: CostLine[] = []
  readonly unpriced: string[] = []
  /** Whose disks have no size. */
  readonly disks: string[] = []
  readonly used = new Map<string, { readonly table: string; readonly what: Priced }>()
  private readonly tables: PriceTables
  private readonly copies: number

  constructor(tables: PriceTables, copies: number) {
    this.tables = tables
    this.copies = copies
  }

  /** A line of several amounts; without a price for one of them, none is put down. */
  add(table: string, line: string, amounts: readonly (readonly [Priced, number])[]): void {
    const asked = amounts.filter(([, amount]) => amount > 0)
    const prices = this.tables.get(table)?.prices
    let perSecond = 0
    for (const [what, amount] of asked) {
      const price = prices?.[what]
      if (price === undefined) {
        this.unpriced.push(`${line} (${table} has no price of ${what})`)
        return
      }
      perSecond += price.price * amount
    }
    for (const [what] of asked) this.used.set(`${table} ${what}`, { table, what })
    const dollarsPerMonth = perSecond * MONTH_SECONDS * this.copies
    if (dollarsPerMonth > 0) this.lines.push({ what: line, dollarsPerMonth })
  }

  close(): Cost {
    const { lines, disks } = this
    const sizeless =
      disks.length === 0 ? [] : [`the ${disks.length === 1 ? 'disk' : 'disks'} of ${disks.join(', ')}`]
    const unpriced = [...this.unpriced, ...sizeless]
    lines.sort((a, b) => b.dollarsPerMonth - a.dollarsPerMonth)
    const dollarsPerMonth = lines.reduce((sum, line) => sum + line.dollarsPerMonth, 0)
    return { dollarsPerMonth, lines, unpriced, used: [...this.used.values()] }
  }
}

/**
 * What a design costs a month if it goes on as it did in this run: machines, disks, managed balancers and queues, objects
 * stored, and the answers' bytes to the internet, each at the prices of its region. Caches and databases are priced as
 * the machines that they run on.
 */
export function costOf(design: Design, report: Report, tables: PriceTables): Cost {
  const bill = new Bill(tables, design.file.copies)
  const tableOf = (node: string): string => {
    const region = design.regions.ofNode.get(node)
    return (region === undefined ? undefined : design.regions.prices.get(region)) ?? design.file.region
  }
  for (const node of design.nodes.values()) chargeNode(bill, tableOf(node.id), node, report)
  for (const workload of design.workloads)
    for (const [first, perSecond] of answered(design, workload, report)) {
      const delivered = design.nodes.get(first)?.role === 'cdn' ? 'cdn' : 'egress'
      const by = delivered === 'cdn' ? `by ${design.nodes.get(first)?.name}` : 'to the internet'
      bill.add(tableOf(first), `answers of "${workload.id}" ${by}`, [[delivered, perSecond]])
    }
  return bill.close()
}

/** Bytes a second to a workload's client, by the node that each kind of its requests goes to first. */
function answered(
  design: Design,
  { entry, kinds }: Design['workloads'][number],
  { requests }: Report,
): ReadonlyMap<string, number> {
  const perSecond = new Map<string, number>()
  for (const { id, bytes } of kinds) {
    const first = edgesFrom(design, entry, id)[0]?.to ?? ''
    const goodput = requests.find((request) => request.id === id)?.goodput.value ?? 0
    perSecond.set(first, (perSecond.get(first) ?? 0) + goodput * (bytes ?? 0))
  }
  return perSecond
}

function chargeNode(bill: Bill, table: string, node: DesignNode, report: Report): void {
  const { name, role, numbers } = node
  const { storage, disk, managed } = numbers
  if (role === 'source' || role === 'limiter') return
  if (role === 'cdn' || role === 'external') {
    if (storage !== undefined)
      bill.add(table, `${name}, ${gigabytes(storage)} of objects`, [['storage', storage]])
    else bill.unpriced.push(role === 'cdn' ? `the requests of ${name}` : name)
    return
  }
  const measured = Math.max(report.seconds - report.warmupSeconds, Number.EPSILON)
  const ran = report.components.find(({ id }) => id === node.id)
  const calls = (ran?.arrivals ?? 0) / measured
  if (managed === true && role === 'balancer') {
    bill.add(table, `${name}, managed`, [
      ['balancer', 1],
      ['capacity', calls / CALLS_A_UNIT],
    ])
    return
  }
  if (managed === true) {
    // Each message is sent, received and deleted; the last two once for each group that reads it.
    const groups = Object.keys(ran?.counts ?? {}).filter((count) => count.endsWith('.waitingNow')).length
    bill.add(table, `${name}, managed`, [['request', calls * (1 + 2 * groups)]])
    return
  }
  const machines = machinesOf(node, report, measured)
  bill.add(table, `${name} × ${round(machines)}`, [
    ['vcpu', (numbers.vcpu ?? 0) * machines],
    ['memory', (numbers.memory ?? 0) * machines],
  ])
  if (role !== 'database' && role !== 'queue') return
  if (disk === undefined) bill.disks.push(name)
  else
    bill.add(table, `${name}, ${gigabytes(disk)} of disk × ${round(machines)}`, [
      [role === 'database' ? 'disk' : 'log', disk * machines],
    ])
}

/** Requests a second that one unit of a managed balancer's capacity serves: one rule each (AWS: 1,000 evaluations). */
const CALLS_A_UNIT = 1000

/** An autoscaler's replicas are those that were in service, on the mean. */
function machinesOf({ id, role, numbers }: DesignNode, report: Report, measured: number): number {
  const ran = report.components.find((one) => one.id === id)
  if (numbers.autoscale !== undefined && ran !== undefined) return ran.replicaSeconds / measured
  if (role === 'database') return (numbers.partitions ?? 1) * (1 + (numbers.read_replicas ?? 0))
  return numbers.replicas ?? 1
}

const round = (count: number): string => String(Math.round(count * 10) / 10)
const gigabytes = (bytes: number): string => `${round(bytes / 1e9)} GB`
