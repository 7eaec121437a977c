import { isDeepStrictEqual } from 'node:util'
import {
  changeDesign,
  costOf,
  differences,
  type Figures,
  figuresOf,
  kneeOf,
  type Report,
  readFactor,
  readSweep,
  resolveDesign,
} from '#domain/simulator/index.ts'
import { EXIT, fail } from './exit.ts'
import { harmless, json } from './print.ts'
import { digits, dollars, fitted, seconds, share, table } from './print-simulation.ts'
import type { Shell } from './run.ts'
import { findingsOf, type Opened } from './simulate-input.ts'
import { type RunSettings, runOpened } from './simulate-run.ts'

interface Point {
  readonly value: number | string
  readonly figures: Figures
  readonly met: number
  readonly objectives: number
  readonly bottleneck: string | null
  /** Of that component. */
  readonly busy: number
  readonly dollarsPerMonth: number
}

const bad = (shell: Shell, message: string) =>
  fail(shell, { code: 'bad-input', message, mend: 'docs/designs.md says which numbers a design has.' })

/** The design once with each value, on the same arrivals; the table, and where its curve bends. */
export async function sweepDesign(
  shell: Shell,
  opened: Opened,
  settings: RunSettings,
  { sweep: text, asJson }: { readonly sweep: string; readonly asJson: boolean },
): Promise<number> {
  const sweep = readSweep(text)
  if (!sweep.ok) return bad(shell, `--sweep: ${sweep.error}`)
  const { path, values } = sweep.value
  const points: Point[] = []
  let stopped = false
  for (const [i, value] of values.entries()) {
    const changed = changedTo(opened, settings, path, value)
    if (typeof changed === 'string') return bad(shell, `--sweep: ${changed}`)
    const ended = await runOpened(shell, changed.opened, changed.settings, `${i + 1} of ${values.length}: `)
    if (typeof ended === 'number') return ended
    stopped = ended.report.stopped
    if (stopped) break
    points.push(pointOf(value, ended.report, changed.opened))
  }
  const knee = kneeOf(points.map(({ figures }) => figures))
  const first = points.find(({ met, objectives }) => objectives > 0 && met === objectives)?.value ?? null
  if (asJson) {
    const at = knee === null ? null : { value: points[knee.index]?.value ?? null, figure: knee.figure }
    shell.out(json({ path, stopped, points, knee: at, firstMet: first }))
    return EXIT.ok
  }
  shell.out(sweepForPeople(opened, path, points, knee?.index ?? null))
  if (knee !== null) {
    const measure = knee.figure === 'goodput' ? 'goodput' : 'p99'
    shell.out(`\nThe knee of ${measure} is at ${path} = ${points[knee.index]?.value}.\n`)
  } else shell.out('\nNo knee: the curve is nearly a line.\n')
  if (first !== null) shell.out(`All objectives are met first at ${first}.\n`)
  else if (points.some(({ objectives }) => objectives > 0)) shell.out('No value meets all objectives.\n')
  if (stopped) shell.out(`Stopped by you after ${points.length} of ${values.length} values.\n`)
  return EXIT.ok
}

function changedTo(opened: Opened, settings: RunSettings, path: string, value: number | string) {
  if (path === 'load') {
    const load = readFactor(value)
    return typeof load === 'string' ? load : { opened, settings: { ...settings, load: settings.load * load } }
  }
  const file = changeDesign(opened.design.file, { path, value })
  if (!file.ok) return file.error
  const { design, problems } = resolveDesign(file.value, opened.design.vocabulary)
  if (design === null) return findingsOf(problems.map(opened.place)).message
  return { opened: { ...opened, design }, settings }
}

function pointOf(value: number | string, report: Report, { design, prices }: Opened): Point {
  const { bottleneck, objectives } = report
  return {
    value,
    figures: figuresOf(report),
    met: objectives.filter(({ met }) => met).length,
    objectives: objectives.length,
    bottleneck: bottleneck === null ? null : (design.nodes.get(bottleneck)?.name ?? bottleneck),
    busy: report.components.find(({ id }) => id === bottleneck)?.utilization ?? 0,
    dollarsPerMonth: costOf(design, report, prices).dollarsPerMonth,
  }
}

function sweepForPeople(
  { design }: Opened,
  path: string,
  points: readonly Point[],
  knee: number | null,
): string {
  const field = path.slice(path.lastIndexOf('.') + 1)
  const head = [field, 'goodput', 'succeed', 'mean', 'p99', 'the limit', 'busy', 'a month', 'met']
  const rows = points.map(({ value, figures, met, objectives, bottleneck, busy, dollarsPerMonth }, i) => [
    `${value}${i === knee ? ' ◀' : ''}`,
    `${digits(figures.goodput)}/s`,
    share(figures.availability),
    figures.meanSeconds === null ? '-' : seconds(figures.meanSeconds),
    figures.p99Seconds === null ? '-' : seconds(figures.p99Seconds),
    fitted(bottleneck ?? '-', 16).trimEnd(),
    busy === 0 ? '-' : share(busy),
    dollars(dollarsPerMonth),
    `${met}/${objectives}`,
  ])
  return harmless(`${design.file.title}\n${path}\n\n${table([head, ...rows])}`)
}

/** Two designs, run in pairs with the same seeds, so that both meet the same arrivals. */
export async function compareDesigns(
  shell: Shell,
  [a, b]: readonly [Opened, Opened],
  settings: RunSettings,
  { runs, asJson }: { readonly runs: number; readonly asJson: boolean },
): Promise<number> {
  const { common, notes } = meet(a, b)
  if (common.size === 0) return bad(shell, 'The two designs have no workload in common.')
  const figures: [Figures[], Figures[]] = [[], []]
  const costs: [number, number] = [0, 0]
  let stopped = false
  for (let i = 0; i < runs && !stopped; i++) {
    const pair: Report[] = []
    for (const [side, opened] of [a, b].entries()) {
      const label = `${i + 1} of ${runs}, ${side === 0 ? 'A' : 'B'}: `
      const forSeconds = settings.forSeconds ?? a.design.file.for
      const own = { ...settings, seed: settings.seed + i, forSeconds }
      const ended = await runOpened(shell, opened, own, label)
      if (typeof ended === 'number') return ended
      stopped = ended.report.stopped
      if (stopped) break
      pair.push(ended.report)
    }
    const [left, right] = pair
    if (left === undefined || right === undefined) break
    figures[0].push(figuresOf(left, common))
    figures[1].push(figuresOf(right, common))
    costs[0] += costOf(a.design, left, a.prices).dollarsPerMonth
    costs[1] += costOf(b.design, right, b.prices).dollarsPerMonth
  }
  const done = figures[0].length
  const found = differences(...figures)
  const perMonth = costs.map((sum) => (done === 0 ? 0 : sum / done))
  if (asJson) {
    shell.out(
      json({
        runs: done,
        workloads: [...common],
        notes,
        stopped,
        differences: found,
        dollarsPerMonth: { a: perMonth[0], b: perMonth[1] },
      }),
    )
    return EXIT.ok
  }
  const show = {
    goodput: perSecond,
    availability: share,
    meanSeconds: seconds,
    p99Seconds: seconds,
    utilization: share,
  }
  const named = {
    goodput: 'goodput',
    availability: 'succeed',
    meanSeconds: 'mean',
    p99Seconds: 'worst p99',
    utilization: 'busiest',
  }
  const rows = found.map(({ figure, a: left, b: right, difference: { mean, halfWidth }, sure }) => [
    named[figure],
    show[figure](left),
    show[figure](right),
    signed(mean, show[figure]),
    halfWidth === null ? '-' : `± ${show[figure](halfWidth)}`,
    sure ? '' : 'may be chance',
  ])
  const cost = ['a month', dollars(perMonth[0] ?? 0), dollars(perMonth[1] ?? 0)]
  shell.out(harmless(`A  ${a.design.file.title}\nB  ${b.design.file.title}\n`))
  for (const note of notes) shell.out(`   ${note}\n`)
  shell.out(`${done} pairs of runs with the same seeds${stopped ? '; stopped by you' : ''}\n\n`)
  shell.out(table([['', 'A', 'B', 'B - A', '95%', ''], ...rows, cost]))
  return EXIT.ok
}

/** What both designs are asked; the rest of either is left out, and a difference in load is said. */
function meet(
  a: Opened,
  b: Opened,
): { readonly common: ReadonlySet<string>; readonly notes: readonly string[] } {
  const [left, right] = [asked(a), asked(b)]
  const pairs = left.flatMap((one) => {
    const other = right.find(({ id }) => id === one.id)
    return other === undefined ? [] : [[one, other] as const]
  })
  const common = new Set(pairs.map(([{ id }]) => id))
  const alone = [...left, ...right].filter(({ id }) => !common.has(id)).map(({ id }) => `"${id}"`)
  const loads = pairs.flatMap(([one, other]) =>
    one.load === other.load && isDeepStrictEqual(one.trace, other.trace)
      ? []
      : [`"${one.id}" is not the same load: ${one.load} in A, ${other.load} in B`],
  )
  return {
    common,
    notes: alone.length === 0 ? loads : [`without ${alone.join(', ')}, which one has alone`, ...loads],
  }
}

/** Kinds of requests, with what of a load is theirs. */
const asked = ({ design }: Opened) =>
  design.workloads.flatMap(({ kinds, rate, users, trace }) => {
    const total = kinds.reduce((sum, { weight }) => sum + weight, 0)
    return kinds.map(({ id, weight }) => {
      const part = weight / total
      const load =
        rate === undefined ? (users === undefined ? 'a trace' : `${users} users`) : perSecond(rate * part)
      return { id, trace, load: part === 1 || rate !== undefined ? load : `${share(part)} of ${load}` }
    })
  })

const perSecond = (value: number): string => `${digits(value)}/s`

const signed = (value: number, show: (value: number) => string): string =>
  `${value < 0 ? '-' : '+'}${show(Math.abs(value))}`
