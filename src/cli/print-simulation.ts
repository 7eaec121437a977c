import type {
  Assumption,
  Cost,
  Design,
  LogLine,
  Report,
  RequestReport,
  Spent,
  TimelinePoint,
  Warning,
} from '#domain/simulator/index.ts'
import { harmless, wrap } from './print.ts'

/** A run in words and figures, for a terminal of 80 columns. */

const WIDTH = 78
const BARS = '▁▂▃▄▅▆▇█'

export function seconds(value: number): string {
  if (value === 0) return '0 ms'
  if (value < 0.001) return `${digits(value * 1e6)} µs`
  if (value < 1) return `${digits(value * 1000)} ms`
  if (value < 120) return `${digits(value)} s`
  return value < 7200 ? `${digits(value / 60)} min` : `${digits(value / 3600)} h`
}

/** Three significant digits, without an exponent. */
export function digits(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value < 0 ? '-0.00' : '0.00'
  const rounded = Number(value.toPrecision(3))
  return Math.abs(rounded) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(rounded)
}

/** `99.95%`: enough decimals that what is not all is not shown as 100%. */
export function share(value: number): string {
  const percent = value * 100
  const decimals = percent > 99.9 && percent < 100 ? 3 : percent > 99 || percent < 1 ? 2 : 1
  const text = percent.toFixed(decimals).replace(/\.?0+$/, '')
  return percent < 100 && text === '100' ? '99.999%' : `${text}%`
}

export const dollars = (value: number): string =>
  `$${value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2)}`

/** Rows of cells; the first column flush left, the others flush right. */
export function table(rows: readonly (readonly string[])[], indent = '  '): string {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(...rows.map((row) => (row[c] ?? '').length)),
  )
  const line = (row: readonly string[]) =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join('  ')
  return rows.map((row) => `${indent}${line(row).trimEnd()}\n`).join('')
}

export interface PrintedRun {
  readonly design: Design
  readonly report: Report
  readonly cost: Cost | null
  readonly sources: readonly string[]
  readonly warnings: readonly Warning[]
  readonly load: number
  readonly stopped: boolean
  readonly logs: readonly LogLine[]
}

export function runForPeople(run: PrintedRun): string {
  const { design, report } = run
  const warm = report.warmupSeconds > 0 ? `, the first ${seconds(report.warmupSeconds)} uncounted` : ''
  const what = `${seconds(report.seconds)} of its time${warm}, load ${digits(run.load)}×, seed ${report.seed}`
  const parts = [
    `${design.file.title}\n${what}${run.stopped ? '; stopped by you' : ''}\n`,
    objectives(report),
    requests(report),
    goodput(report),
    latency(design, report),
    components(design, report),
    queues(design, report),
    happened(design, run.logs),
    costs(run),
    warnings(run.warnings),
  ]
  // A design may be somebody else's: what commands a terminal is left out.
  return harmless(parts.filter((part) => part !== '').join('\n'))
}

function objectives({ objectives }: Report): string {
  if (objectives.length === 0) return ''
  const rows = objectives.map(({ objective, met, measured, interval, noInterval, margin, sure }) => {
    const show =
      objective.kind === 'latency' ? seconds : objective.kind === 'availability' ? share : perSecond
    const asked =
      objective.kind === 'latency'
        ? `p${objective.quantile * 100} within ${seconds(objective.seconds)}`
        : objective.kind === 'availability'
          ? `available ${share(objective.share)}`
          : `goodput ${perSecond(objective.perSecond)}`
    const between =
      interval === null ? (noInterval ?? '-') : `${show(interval.low)} to ${show(interval.high)}`
    const by = `${digits(Math.abs(margin) * 100)}% ${margin < 0 ? 'worse' : 'better'}`
    const of = objective.request === undefined ? '' : ` (${objective.request})`
    return [
      `${met ? 'met   ' : 'missed'}  ${objective.id}: ${asked}${of}`,
      Number.isFinite(measured) ? show(measured) : 'none',
      between,
      sure ? by : `${by}, not sure`,
    ]
  })
  const head = 'Objectives (measured, 95% interval, against what was asked)\n'
  const wide = table(rows)
  if (wide.split('\n').every((line) => line.length <= WIDTH)) return `${head}${wide}`
  const figures = table(
    rows.map(([, ...rest]) => ['', ...rest]),
    '      ',
  ).split('\n')
  return `${head}${rows.map(([asked], i) => `  ${asked}\n${figures[i]}\n`).join('')}`
}

const perSecond = (value: number): string => `${digits(value)}/s`

function requests({ requests, histogramError }: Report): string {
  const rows = requests.map(({ id, goodput, availability, latency, succeeded, failed }) => [
    clipped(id, 14),
    perSecond(goodput.value),
    succeeded + failed === 0 ? '-' : share(availability.value),
    ...(latency === null
      ? ['-', '-', '-', '-', '-', '-']
      : [
          latency.p50Seconds,
          latency.p90Seconds,
          latency.p95Seconds,
          latency.p99Seconds,
          latency.p999Seconds,
          latency.maxSeconds,
        ].map(seconds)),
  ])
  const head = ['', 'goodput', 'succeed', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max']
  const failed = requests.flatMap((request) => failures(request))
  const note = `  percentiles to within ${share(histogramError)}\n`
  return `Requests\n${table([head, ...rows])}${failed.join('')}${note}`
}

function failures({ id, failed, failures }: RequestReport): string[] {
  if (failed === 0) return []
  const parts = Object.entries(failures)
    .sort((a, b) => b[1] - a[1])
    .map(([outcome, count]) => `${count.toLocaleString('en-US')} ${outcome}`)
  return [`  ${id} failed: ${parts.join(', ')}\n`]
}

/** Eight heights; an empty window is a space. */
export function sparkline(values: readonly number[], most: number): string {
  return values
    .map((value) => (value <= 0 || most <= 0 ? ' ' : BARS[Math.min(7, Math.floor((value / most) * 7.999))]))
    .join('')
}

/** A figure over the run in so many columns: the mean of `of`, which is a second's, in each. */
function overTime(
  { timeline, seconds: end }: Report,
  most: number,
  of: (point: TimelinePoint, lasts: number) => number,
): number[] {
  const columns = Math.min(most, timeline.length)
  return Array.from({ length: columns }, (_, c) => {
    const from = (c * end) / columns
    const to = ((c + 1) * end) / columns
    const inside = timeline.filter((point) => point.toSeconds > from && point.fromSeconds < to)
    const lasts = inside.reduce((sum, point) => sum + lengthOf(point), 0)
    return lasts === 0 ? 0 : inside.reduce((sum, point) => sum + of(point, lengthOf(point)), 0) / lasts
  })
}

const lengthOf = ({ fromSeconds, toSeconds }: TimelinePoint): number => toSeconds - fromSeconds

function goodput(report: Report): string {
  if (report.timeline.length < 2) return ''
  const rates = overTime(report, 60, ({ succeeded }) => succeeded)
  const most = Math.max(...rates)
  return `Goodput over the run, at most ${perSecond(most)}\n  │${sparkline(rates, most)}│\n`
}

const nameOf = (design: Design, id: string): string => design.nodes.get(id)?.name ?? id

function latency(design: Design, { requests }: Report): string {
  const parts = requests.flatMap(({ id, spent, later, latency }) => {
    const mean =
      latency === null ? 'none was answered' : `mean of answered: ${seconds(latency.meanSeconds.value)}`
    const title = `Where the time of "${id}" goes, failed ones counted (${mean})`
    const after = `What "${id}" starts and does not wait for`
    return [timeTable(design, title, spent), timeTable(design, after, later)].filter((part) => part !== '')
  })
  return parts.join('\n')
}

function timeTable(design: Design, title: string, spent: readonly Spent[]): string {
  const total = spent.reduce((sum, one) => sum + one.seconds, 0)
  if (total <= 0) return ''
  const rows = spent
    .filter((one) => one.seconds >= 0.01 * total)
    .slice(0, 8)
    .map((one) => [
      `${fitted(nameOf(design, one.id), 26)} ${'█'.repeat(Math.round((20 * one.seconds) / total)).padEnd(20)}`,
      share(one.seconds / total),
      seconds(one.seconds),
    ])
  return `${title}\n${table(rows)}`
}

const clipped = (name: string, width: number): string =>
  name.length > width ? `${name.slice(0, width - 1)}…` : name

/** A name in so many columns. */
export const fitted = (name: string, width: number): string => clipped(name, width).padEnd(width)

function components(design: Design, { components, bottleneck }: Report): string {
  const rows = components.map((one) => [
    clipped(nameOf(design, one.id), 30),
    `${digits(one.arrivals)}`,
    one.utilization > 0 ? share(one.utilization) : '-',
    digits(one.waiting + (one.backlog?.waiting ?? 0)),
    digits(Math.max(one.maxWaiting, one.backlog?.maxWaiting ?? 0)),
    seconds(one.p99Seconds),
  ])
  const head = ['', 'calls', 'busy', 'waiting', 'at most', 'p99']
  const most = components.find(({ id }) => id === bottleneck)
  const busy = most === undefined || most.utilization === 0 ? '' : `, ${share(most.utilization)} busy`
  const said = bottleneck === null ? '' : `  The bottleneck is ${nameOf(design, bottleneck)}${busy}.\n`
  return `Components\n${table([head, ...rows])}${said}`
}

/** Of what waits least: a queue that is hardly ever one is not drawn. */
const WORTH_DRAWING = 1
const QUEUES_MOST = 6
const LINES_MOST = 12
const COSTS_MOST = 8

/** The longest queues, each over the run. */
function queues(design: Design, report: Report): string {
  const drawn = report.components
    .map(({ id }, i) => ({
      id,
      means: overTime(report, 40, (point, lasts) => (point.waiting[i] ?? 0) * lasts),
    }))
    .map((one) => ({ ...one, most: Math.max(0, ...one.means) }))
    .filter(({ most }) => most >= WORTH_DRAWING)
    .sort((a, b) => b.most - a.most)
    .slice(0, QUEUES_MOST)
  const rows = drawn.map(({ id, means, most }) => [
    `${fitted(nameOf(design, id), 24)} │${sparkline(means, most)}│`,
    digits(most),
  ])
  return rows.length === 0 ? '' : `Queues over the run, and the most in one column\n${table(rows)}`
}

/** The log's first lines. */
function happened(design: Design, logs: readonly LogLine[]): string {
  const rows = logs
    .slice(0, LINES_MOST)
    .map(({ atSeconds, where, message }) => [
      seconds(atSeconds).padStart(8),
      wrap(`${nameOf(design, where)}: ${message}`, WIDTH - 12, '').replaceAll('\n', `\n${' '.repeat(12)}`),
    ])
  const more =
    logs.length > LINES_MOST ? `  and ${logs.length - LINES_MOST} more lines; --json has them\n` : ''
  const lines = rows.map(([at, said]) => `  ${at}  ${said}\n`).join('')
  return rows.length === 0 ? '' : `What happened\n${lines}${more}`
}

function costs({ design, cost, sources }: PrintedRun): string {
  if (cost === null) return ''
  const copies = design.file.copies > 1 ? `, all ${design.file.copies.toLocaleString('en-US')} copies` : ''
  const bill = (lines: Cost['lines']) => lines.reduce((sum, { dollarsPerMonth }) => sum + dollarsPerMonth, 0)
  const rows = cost.lines
    .slice(0, COSTS_MOST)
    .map(({ what, dollarsPerMonth }) => [clipped(what, 56), dollars(dollarsPerMonth)])
  const rest = cost.lines.slice(COSTS_MOST)
  if (rest.length > 0) rows.push([`${rest.length} more`, dollars(bill(rest))])
  const unpriced = cost.unpriced.length > 0 ? `Without ${cost.unpriced.join('; ')}. ` : ''
  const note = wrap(`${unpriced}Prices: ${sources.join('; ')}.`, WIDTH, '  ')
  return `Cost: ${dollars(cost.dollarsPerMonth)} a month in ${design.file.region}${copies}\n${table(rows)}${note}\n`
}

const warnings = (all: readonly Warning[]): string =>
  all.length === 0
    ? ''
    : `Warnings\n${all.map(({ says }) => `  - ${wrap(says, WIDTH, '    ').trimStart()}\n`).join('')}`

/** Every number that the file does not give, and where it came from. */
export function assumptionsForPeople(assumptions: readonly Assumption[], extra: readonly string[]): string {
  const lines = assumptions.map(({ where, says }) => `  ${where}\n${wrap(says, WIDTH, '    ')}\n`)
  const more = extra.map((says) => `  - ${wrap(says, WIDTH, '    ').trimStart()}\n`)
  return harmless(
    `Assumed (docs/designs.md has the table; a number in the file takes its place)\n${lines.join('')}${more.join('')}`,
  )
}
