import { err, ok, type Result } from '#lib/result.ts'
import type { Figures } from './report-run.ts'

/** One number of a design, over a range: `api.replicas=1..20`, `load=1x..8x`, `db.pool=5,10,20`. */
export interface Sweep {
  readonly path: string
  /** As they would stand in the file. */
  readonly values: readonly (number | string)[]
}

const POINTS_MAX = 100
/** A range is cut into so many where it does not count in whole numbers, or has more of them than twice this. */
const POINTS = 20

const EXAMPLE = 'write it like `api.replicas=1..20`, `load=1x..8x` or `db.pool=5,10,20`'

export function readSweep(text: string): Result<Sweep, string> {
  const at = text.lastIndexOf('=')
  const path = text.slice(0, at).trim()
  const range = text.slice(at + 1).trim()
  if (at <= 0 || path === '' || range === '') return err(`\`${text}\` is no sweep; ${EXAMPLE}`)
  if (range.includes(',')) {
    const values = range.split(',').map((value) => plain(value.trim()))
    return values.length > POINTS_MAX
      ? err(`${values.length} values; at most ${POINTS_MAX}`)
      : ok({ path, values })
  }
  const found = /^(-?[\d.]+?)(\D*?)\.\.(-?[\d.]+)(\D*)$/.exec(range)
  if (found === null) return err(`\`${range}\` is no range; ${EXAMPLE}`)
  const [, from = '', fromUnit = '', to = '', unit = ''] = found
  const [least, most] = [Number(from), Number(to)]
  const units = fromUnit.trim() === '' || fromUnit.trim() === unit.trim()
  if (!Number.isFinite(least) || !Number.isFinite(most) || least >= most || !units)
    return err(`\`${range}\` is no range from less to more in one unit; ${EXAMPLE}`)
  const whole = Number.isInteger(least) && Number.isInteger(most)
  const steps = whole && most - least < 2 * POINTS ? most - least : POINTS - 1
  const values = Array.from({ length: steps + 1 }, (_, i) => {
    const value = least + ((most - least) * i) / steps
    return whole && (unit.trim() === '' || steps === most - least) ? Math.round(value) : tidy(value)
  })
  return ok({ path, values: [...new Set(values)].map((value) => plain(`${value}${unit.trim()}`)) })
}

const tidy = (value: number): number => Number(value.toPrecision(3))

const plain = (text: string): number | string => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)

export interface Knee {
  readonly index: number
  readonly figure: 'goodput' | 'p99Seconds'
}

/**
 * Where a curve bends most: the point farthest from the straight line between its ends, both axes scaled to 0..1 (Satopää
 * et al., "Finding a Kneedle in a Haystack", 2011). Of goodput where that varies by a twentieth or more, else of p99;
 * null where the curve is a line to within a tenth.
 */
export function kneeOf(figures: readonly Figures[]): Knee | null {
  if (figures.length < 3) return null
  const goodputs = figures.map(({ goodput }) => goodput)
  const spread = Math.max(...goodputs) - Math.min(...goodputs)
  const figure = spread >= 0.05 * Math.max(...goodputs) ? 'goodput' : 'p99Seconds'
  const values = figures.map((one) => one[figure])
  if (values.some((value) => value === null)) return null
  const curve = values as number[]
  const [first = 0, last = 0] = [curve[0], curve.at(-1)]
  const range = Math.max(...curve) - Math.min(...curve)
  if (range === 0) return null
  const distances = curve.map((value, i) => {
    const line = first + ((last - first) * i) / (curve.length - 1)
    return Math.abs(value - line) / range
  })
  const farthest = Math.max(...distances)
  return farthest < 0.1 ? null : { index: distances.indexOf(farthest), figure }
}
