import { readFileSync } from 'node:fs'

/**
 * `npm run --silent bench -- simulator --json | node tools/plot-pending.ts > docs/simulator-pending.svg`: what taking the first
 * event and putting another costs, by how many are pending, as a drawing.
 */
interface Row {
  readonly what: string
  readonly value: number
  readonly unit: string
}

const WIDTH = 560
const HEIGHT = 300
const LEFT = 60
const BOTTOM = 250
const TOP = 20

const rows = JSON.parse(readFileSync(0, 'utf8')) as readonly Row[]
const points = rows.flatMap(({ what, value, unit }) => {
  const pending = /([\d,]+) pending/.exec(what)?.[1]
  return unit === 'ns' && pending !== undefined
    ? [{ pending: Number(pending.replaceAll(',', '')), value }]
    : []
})
const most = Math.max(...points.map(({ value }) => value))
const top = Math.ceil(most / 100) * 100
const x = (pending: number): number => LEFT + 40 + ((Math.log10(pending) - 3) / 3) * (WIDTH - LEFT - 80)
const y = (ns: number): number => BOTTOM - (ns / top) * (BOTTOM - TOP)

const grid = Array.from({ length: top / 100 + 1 }, (_, i) => 100 * i).map(
  (ns) =>
    `<path d="M${LEFT} ${y(ns).toFixed(1)}H${WIDTH - 20}" stroke="#9996"/>` +
    `<text x="${LEFT - 8}" y="${(y(ns) + 4).toFixed(1)}" text-anchor="end">${ns}</text>`,
)
const marks = points.map(
  ({ pending, value }) =>
    `<circle cx="${x(pending).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4" fill="#2563eb"/>` +
    `<text x="${x(pending).toFixed(1)}" y="${(y(value) - 10).toFixed(1)}" text-anchor="middle">${Math.round(value)}</text>` +
    `<text x="${x(pending).toFixed(1)}" y="${BOTTOM + 18}" text-anchor="middle">${pending.toLocaleString('en')}</text>`,
)
const line = points.map(({ pending, value }) => `${x(pending).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>Nanoseconds of taking one event and putting one, by events pending</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${grid.join('\n')}
<polyline points="${line}" fill="none" stroke="#2563eb" stroke-width="2"/>
${marks.join('\n')}
<text x="${WIDTH / 2}" y="${HEIGHT - 12}" text-anchor="middle">events pending; nanoseconds for taking one and putting one</text>
</svg>`)
