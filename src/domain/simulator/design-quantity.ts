import { z } from 'zod'
import { parseQuantity } from '#lib/quantity.ts'

/**
 * Numbers of a design as people write them, each with what it may measure and how large it may be, so that nothing
 * after the reader meets a negative time, a rate of 0 or a load that no machine could run.
 */

interface Measure {
  /** What a reader calls it: `a duration`. */
  readonly what: string
  /** Base unit of #lib/quantity.ts: `s`, `/s`, `B`; empty for a count. */
  readonly unit: string
  readonly least: number
  readonly most: number
  /** The bounds and an example in words: `from 0 to 1 day, such as 200 ms`. */
  readonly range: string
}

const DURATION: Measure = {
  what: 'a duration',
  unit: 's',
  least: 0,
  most: 86_400,
  range: 'from 0 s to 24 h, such as 200 ms',
}
const RATE: Measure = {
  what: 'a rate',
  unit: '/s',
  least: 0.001,
  most: 1e6,
  range: 'from 0.001/s to 1,000,000/s, such as 200/s',
}
const BYTES: Measure = {
  what: 'a size',
  unit: 'B',
  least: 0,
  most: 1e18,
  range: 'from 0 B to 1 EB, such as 20 kB',
}

/** The value in base units, or what is wrong with it. */
export function readMeasure(raw: string | number, measure: Measure): number | string {
  const text = String(raw)
  const found = parseQuantity(text)
  const said = `\`${text}\`: ${measure.what} is ${measure.range}`
  if (found === null || found.unit !== measure.unit || !Number.isFinite(found.value)) return said
  return found.value < measure.least || found.value > measure.most ? said : found.value
}

export const readDuration = (text: string): number | string => readMeasure(text, DURATION)

/** For editors: a number, and none below 0. The reader says the rest. */
const UNSIGNED = '^[^\\-\u2212\\d]*\\d'

const measured = (measure: Measure) =>
  z
    .union([z.string(), z.number()], { error: () => `not a number: ${measure.what} is ${measure.range}` })
    .transform((raw, context): number => {
      const read = readMeasure(raw, measure)
      if (typeof read === 'number') return read
      context.addIssue({ code: 'custom', message: read })
      return z.NEVER
    })
    .meta({ description: `${measure.what}, ${measure.range}`, type: 'string', pattern: UNSIGNED })

/** Seconds. */
export const duration = measured(DURATION)
/** Seconds, more than 0. */
export const above = duration.refine((value) => value > 0, 'it takes more than 0, such as 200 ms')
/** Per second. */
export const rate = measured(RATE)
/** Bytes. */
export const bytes = measured(BYTES)

/** A share from 0 to 1, written `30%` or `0.3`. */
export function readShare(raw: string | number): number | string {
  const found = parseQuantity(String(raw))
  const value = found === null ? Number.NaN : found.unit === '%' ? found.value / 100 : found.value
  const measures = found?.unit === '%' || found?.unit === ''
  return measures && value >= 0 && value <= 1
    ? value
    : `\`${raw}\`: a share is from 0% to 100%, such as 30% or 0.3`
}

/** A factor above 0, written `3x` or `3`. */
export function readFactor(raw: string | number): number | string {
  const found = parseQuantity(String(raw))
  const measures = found?.unit === 'x' || found?.unit === ''
  return found !== null && measures && found.value > 0 && found.value <= 10_000
    ? found.value
    : `\`${raw}\`: a factor is above 0 and at most 10,000, such as 3x`
}

const readWith = (
  read: (raw: string | number) => number | string,
  description: string,
  bounds: { readonly minimum?: number; readonly exclusiveMinimum?: number; readonly maximum: number },
) =>
  z
    .union([z.string(), z.number()], { error: () => `not a number: it takes ${description}` })
    .transform((raw, context): number => {
      const value = read(raw)
      if (typeof value === 'number') return value
      context.addIssue({ code: 'custom', message: value })
      return z.NEVER
    })
    .meta({ description, pattern: UNSIGNED, ...bounds })

export const share = readWith(readShare, 'a share, such as 30% or 0.3', { minimum: 0, maximum: 1 })
export const factor = readWith(readFactor, 'a factor, such as 3x', { exclusiveMinimum: 0, maximum: 10_000 })

export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens')

/** A whole number within bounds. */
export const count = (least: number, most: number) => {
  const description = `a whole number from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}`
  const error = `it takes ${description}`
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error }).meta({ description })
}
