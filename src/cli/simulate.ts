import {
  type Change,
  type Cost,
  costOf,
  readDuration,
  readFactor,
  type Warning,
  warningsOf,
} from '#domain/simulator/index.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { json } from './print.ts'
import { assumptionsForPeople, runForPeople } from './print-simulation.ts'
import type { Command, Shell } from './run.ts'
import { type Opened, openDesign } from './simulate-input.ts'
import { compareDesigns, sweepDesign } from './simulate-many.ts'
import { type RunSettings, runOpened } from './simulate-run.ts'
import { withCatalogue } from './with-world.ts'

/** Some minutes of work; a run that needs more says where it stopped. */
const EVENTS_MAX = 300_000_000

export const simulateCommand: Command = async (args, shell) => {
  const options = {
    seed: { type: 'string' },
    for: { type: 'string' },
    load: { type: 'string' },
    fault: { type: 'string', multiple: true },
    set: { type: 'string', multiple: true },
    sweep: { type: 'string' },
    compare: { type: 'string' },
    runs: { type: 'string' },
    explain: { type: 'boolean' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(args, options, { least: 1, most: 1, called: 'FILE' })
  if (values.sweep !== undefined && values.compare !== undefined)
    throw new Usage('--sweep and --compare are two questions: ask one at a time.')
  const settings: RunSettings = {
    seed: whole('--seed', values.seed ?? '1', 0, 4_294_967_295),
    forSeconds: values.for === undefined ? null : positive('--for', readDuration(values.for)),
    load: positive('--load', readFactor(values.load ?? '1')),
    maxEvents: EVENTS_MAX,
  }
  const runs = whole('--runs', values.runs ?? '10', 2, 100)
  const faults = values.fault ?? []
  const changes = (values.set ?? []).map(readChange)
  return withCatalogue(shell, async ({ catalogue }) => {
    const open = (name: string, changes: readonly Change[]) =>
      openDesign(name, catalogue, shell.contentFolder, { faults, changes })
    // Two designs differ by what is set: a design may be compared with itself, changed.
    const opened = open(positionals[0] ?? '', values.compare === undefined ? changes : [])
    if (!opened.ok) return fail(shell, opened.error)
    const asJson = values.json ?? false
    if (values.explain) shell.out(explained(opened.value))
    if (values.sweep !== undefined)
      return sweepDesign(shell, opened.value, settings, { sweep: values.sweep, asJson })
    if (values.compare !== undefined) {
      const other = open(values.compare, changes)
      if (!other.ok) return fail(shell, other.error)
      return compareDesigns(shell, [opened.value, other.value], settings, { runs, asJson })
    }
    return values.explain && asJson ? EXIT.ok : simulateOne(shell, opened.value, settings, asJson)
  })
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Usage(`${option} takes a whole number from ${least} to ${most}, not "${text}".`)
}

function positive(option: string, read: number | string): number {
  if (typeof read === 'string') throw new Usage(`${option}: ${read}.`)
  if (read > 0) return read
  throw new Usage(`${option} takes more than 0.`)
}

/** `api.replicas=4`: the value as it would stand in the file. */
function readChange(text: string): Change {
  const at = text.indexOf('=', text.indexOf('->') + 2)
  if (at <= 0) throw new Usage(`--set takes PATH=VALUE, such as api.replicas=4, not "${text}".`)
  const value = text.slice(at + 1).trim()
  const plain = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return {
    path: text.slice(0, at).trim(),
    value: plain === 'true' ? true : plain === 'false' ? false : plain,
  }
}

function explained({ design }: Opened): string {
  const extra = [
    'Nodes that are connected without `latency` are at no distance.',
    "A node calls the nodes that its connections lead to, one after the other in the drawing's order.",
    'A cache with entries, a queue or a partition asks for keys: 100,000, by Zipf with exponent 0.9, unless the workload says.',
    'A call without `timeout` waits until it is answered; without `retries` it is tried once.',
    'Services, caches and databases are priced as machines; `managed` is of balancers and queues.',
  ]
  return `${assumptionsForPeople(design.assumptions, extra)}\n`
}

async function simulateOne(
  shell: Shell,
  opened: Opened,
  settings: RunSettings,
  asJson: boolean,
): Promise<number> {
  const ended = await runOpened(shell, opened, settings)
  if (typeof ended === 'number') return ended
  const { stopped, logs, traces, ...report } = ended.report
  const cost = costOf(opened.design, report, opened.prices)
  const warnings: Warning[] = warningsOf(report, (id) => opened.design.nodes.get(id)?.name ?? id)
  if (asJson) {
    const { title } = opened.design.file
    const prices = cost.used.map(({ table, what }) => ({
      table,
      what,
      ...opened.prices.get(table)?.prices[what],
    }))
    const { design } = opened
    shell.out(
      json({
        title,
        load: settings.load,
        stopped,
        ...report,
        cost,
        prices,
        warnings,
        assumed: design.assumptions,
        logs,
        traces,
      }),
    )
    return EXIT.ok
  }
  const sources = cite(opened, cost.used)
  const { load } = settings
  shell.out(runForPeople({ design: opened.design, report, cost, sources, warnings, load, stopped, logs }))
  return EXIT.ok
}

/** Prices of one source are cited together. */
function cite({ prices, catalogue }: Opened, used: Cost['used']): string[] {
  const bySource = new Map<string, string[]>()
  for (const { table, what } of used) {
    const price = prices.get(table)?.prices[what]
    if (price === undefined) continue
    const from = `${catalogue.sources.get(price.source)?.title ?? price.source}, ${price.as_of}`
    const said = bySource.get(from) ?? []
    if (!said.includes(what)) bySource.set(from, [...said, what])
  }
  return [...bySource].map(([from, what]) => `${what.join(' and ')}, ${from}`)
}
