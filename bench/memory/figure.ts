import type { TruthResult } from './measure.ts'

const PANEL = { width: 280, height: 200 }
const GAP = { x: 56, y: 70 }
const LEFT = 50
const TOP = 128
const COLUMNS = 3

interface Point {
  readonly recall: number
  readonly minutes: number
}

/** Minutes of 52 weeks against the mean recall they buy, one panel a truth: the ladders, FSRS, ours, the bound. */
export function figure(truths: readonly TruthResult[]): string {
  const rows = Math.ceil(truths.length / COLUMNS)
  const width = LEFT + COLUMNS * (PANEL.width + GAP.x)
  const height = TOP + rows * (PANEL.height + GAP.y)
  const panels = truths.map((truth, i) => {
    const x = LEFT + (i % COLUMNS) * (PANEL.width + GAP.x)
    const y = TOP + Math.floor(i / COLUMNS) * (PANEL.height + GAP.y)
    return `<g transform="translate(${x} ${y})">${panel(truth)}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">Hours of review in 52 weeks against mean recall, in six simulated worlds</title>
<style>
svg { font: 12px Inter, system-ui, sans-serif; fill: #1f2328; background: #fff }
.name { font-weight: 600 } .big { font-size: 15px; font-weight: 600 } .quiet { fill: #59636e }
.grid { stroke: #d1d9e0; stroke-width: 1 } .line { fill: none; stroke-width: 2 }
.ours { stroke: #0969da; fill: #0969da } .fsrs { stroke: #9a6700; fill: #9a6700 }
.ladder { fill: #59636e } .bound { stroke: #1f2328 }
.line.ours, .line.fsrs { fill: none } .fsrs.line { stroke-dasharray: 5 3 } .word { stroke: none }
@media (prefers-color-scheme: dark) {
  svg { fill: #e6edf3; background: #0d1117 } .quiet { fill: #9198a1 }
  .grid { stroke: #3d444d } .ladder { fill: #9198a1 }
  .ours { stroke: #4493f8; fill: #4493f8 } .fsrs { stroke: #d29922; fill: #d29922 } .bound { stroke: #e6edf3 }
}
</style>
<text class="big" x="16" y="28">At the same recall, ours asks for fewer minutes than the ladders</text>
<text class="quiet" x="16" y="50">Hours of review in 52 weeks against the mean recall of 1,060 items; 100 learners a point</text>
<g transform="translate(16 78)"><line class="line ours" x2="24" y1="-4" y2="-4"/><text x="30">ours</text>
<line class="line fsrs" x1="80" x2="104" y1="-4" y2="-4"/><text x="110">FSRS, one retention</text>
<circle class="ladder" cx="250" cy="-4" r="4"/><text x="260">A, B, A− (without 1 h and 5 h): ladders</text>
<line class="bound line" x1="500" x2="516" y1="-4" y2="-4"/><text x="522">least possible at 95%</text></g>
${panels.join('\n')}
</svg>
`
}

function panel({ name, horizons, bounds }: TruthResult): string {
  const year = horizons.at(-1)
  if (year === undefined) return ''
  const point = (row: (typeof year)['ours']): Point => ({
    recall: row.meanRecall.mean,
    minutes: row.minutes.mean,
  })
  const byRecall = (a: Point, b: Point) => a.recall - b.recall
  const ladders = year.ladders.map(({ row }) => point(row))
  const ours = [point(year.ours), ...year.ladders.map((ladder) => point(ladder.ours))].sort(byRecall)
  const fsrs = [point(year.fsrsFitted), ...year.ladders.map((ladder) => point(ladder.fsrs))].sort(byRecall)
  const bound = bounds.at(-1)?.bound.value
  const most = Math.max(...[...ladders, ...ours, ...fsrs].map(({ minutes }) => minutes)) * 1.08
  const x = (recall: number) => ((recall - 0.9) / 0.08) * PANEL.width
  const y = (minutes: number) => PANEL.height * (1 - minutes / most)
  const left = ({ recall }: Point) => round(x(recall))
  const top = ({ minutes }: Point) => round(y(minutes))
  const line = (points: readonly Point[], kind: string) =>
    [
      `<polyline class="line ${kind}" points="${points.map((p) => `${left(p)},${top(p)}`).join(' ')}"/>`,
      ...points.map((p) => `<circle class="${kind}" cx="${left(p)}" cy="${top(p)}" r="2.5"/>`),
    ].join('')
  const ticks = [0, 200, 400, 600, 800, 1000].filter((hours) => hours * 60 < most)
  return [
    `<text class="name" y="-10">${name}</text>`,
    ...ticks.flatMap((hours) => {
      const at = round(y(hours * 60))
      return [
        `<line class="grid" x2="${PANEL.width}" y1="${at}" y2="${at}"/>`,
        `<text class="quiet" x="-6" y="${at + 4}" text-anchor="end">${hours}</text>`,
      ]
    }),
    ...[90, 92, 94, 96, 98].map(
      (percent) =>
        `<text class="quiet" x="${round(x(percent / 100))}" y="${PANEL.height + 18}" text-anchor="middle">${percent}%</text>`,
    ),
    line(fsrs, 'fsrs'),
    line(ours, 'ours'),
    ...ladders.flatMap((p, i) => [
      `<circle class="ladder" cx="${left(p)}" cy="${top(p)}" r="4"/>`,
      `<text class="quiet" x="${left(p) - 4}" y="${round(top(p) - 8)}">${['A', 'B', 'A−'][i]}</text>`,
    ]),
    bound === undefined
      ? ''
      : `<line class="bound line" x1="${x(0.95) - 8}" x2="${x(0.95) + 8}" y1="${round(y(bound))}" y2="${round(y(bound))}"/>`,
  ].join('\n')
}

const round = (value: number): number => Math.round(value * 10) / 10
