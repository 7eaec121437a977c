import { isCountable, MULTIPLIERS, parseUnit, type Unit, unitName } from './units.ts'

/** A number with what it measures, in base units, so that `200ms` and `0.2 s` are the same. */
export interface Quantity {
  /**
   * In base units: seconds, bytes, W, km; `%` and `x` as written; a clock time in seconds after midnight; a date in days
   * since 1970-01-01, a month in months since year 0.
   */
  readonly value: number
  /** `s`, `B`, `/s`, `B/s`, `usd/B·s`, `%`, `x`, `clock`, `day`, `month`; empty for a count. */
  readonly unit: string
  /** Base units in one of the unit that it was written in (0.001 for `200 ms`): what a tolerance is counted in. */
  readonly scale: number
  /** Of a clock time, where it was written. */
  readonly zone?: string
}

const NUMBER = String.raw`[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[+\-]?\d{1,3})?`
const PLAIN = new RegExp(String.raw`^(${NUMBER})\s*(.*)$`, 'i')
const POWER = /^(\d{1,3})\^(\d{1,3})\s*(.*)$/
const CURRENCY: ReadonlyMap<string, string> = new Map([
  ['$', 'usd'],
  ['us$', 'usd'],
  ['€', 'eur'],
  ['£', 'gbp'],
  ['¥', 'jpy'],
])
const CURRENCY_WORD = /^(usd|dollars?|eur|euros?|gbp|cents?|[¢$€£¥])(?![a-z])\s*(.*)$/i

/** `~200 ms` is said to be about 200 ms: what is near enough is for the tolerance to say. */
const ROUGHLY = /^(?:[~≈]|(?:about|roughly|around|approx\.?|approximately|circa|ca\.?) (?=[~$€£¥\d.+-]))\s*/i

/**
 * Reads a quantity as people write it: `16`, `5k rps`, `5,000 req/s`, `200ms`, `4 h 17 min`, `3 TB`, `99.95%`, `10x`,
 * `$0.023/GB-month`, `2^32`, `09:37 PST`, `2017-02-28`, `February 2017`. Null for anything else, ranges included.
 * A lone `m` is minutes, a lone `B` bytes; `M` and `bn` are counts, and so is the `m` of `3m users`.
 */
export function parseQuantity(text: string): Quantity | null {
  if (text.length > 100) return null
  const plain = text.trim().replace(/\s+/g, ' ').replace(/[µμ]/g, 'µ')
  const trimmed = plain.replace(ROUGHLY, '').replace(/(?<=\d)_(?=\d{3})/g, '')
  if (trimmed === '') return null
  return (
    parseClock(trimmed) ??
    parseDate(trimmed) ??
    parseSpan(trimmed) ??
    parseMoney(trimmed) ??
    parseNumber(trimmed)
  )
}

function readNumber(text: string): number | null {
  if (!/\d/.test(text)) return null
  const value = Number(text.replaceAll(',', '').replace('−', '-'))
  return Number.isFinite(value) ? value : null
}

function quantity(value: number, unit: Unit): Quantity | null {
  const base = value * unit.factor
  return Number.isFinite(base) ? { value: base, unit: unitName(unit), scale: unit.factor } : null
}

/** The number at the front, its multiplier (`k`, `million`) applied, and the rest. */
function leading(text: string, money: boolean): { value: number; rest: string } | null {
  const power = POWER.exec(text)
  const [, digits = '', tail = ''] = power ? [] : (PLAIN.exec(text) ?? [])
  const base = power ? Number(power[1]) ** Number(power[2]) : readNumber(digits)
  const after = power ? (power[3] ?? '') : tail
  if (base === null || !Number.isFinite(base)) return null
  const [, word = '', rest = ''] = /^([A-Za-z]+)(?![A-Za-z])\s*(.*)$/.exec(after) ?? []
  const millions = word === 'm' && (money || isCountable(/^[a-z]+/i.exec(rest)?.[0] ?? ''))
  const written = millions ? 'M' : money && word === 'B' ? 'bn' : word
  const counted = word === 'B' && /^[a-z]/.test(rest) ? 'bn' : written
  const multiplier = MULTIPLIERS.get(counted)
  return multiplier === undefined ? { value: base, rest: after } : { value: base * multiplier, rest }
}

function parseNumber(text: string): Quantity | null {
  const front = leading(text, false)
  if (!front) return null
  const rest = front.rest.replace(/^-(?=[a-z])/i, '')
  const unit = rest.startsWith('-') ? null : parseUnit(rest)
  return unit && quantity(front.value, unit)
}

function parseMoney(text: string): Quantity | null {
  const symbol = /^(us\$|[$€£¥])\s*(.*)$/i.exec(text)
  if (symbol) {
    const currency = CURRENCY.get((symbol[1] ?? '').toLowerCase())
    const front = leading(symbol[2] ?? '', true)
    return currency && front ? priced(front.value, currency, front.rest) : null
  }
  const front = leading(text, true)
  const word = front && CURRENCY_WORD.exec(front.rest)
  if (!front || !word) return null
  const name = (word[1] ?? '').toLowerCase()
  if (name === '¢' || name.startsWith('cent')) return priced(front.value / 100, 'usd', word[2] ?? '')
  const currency = CURRENCY.get(name) ?? (name.startsWith('eur') ? 'eur' : name === 'gbp' ? 'gbp' : 'usd')
  return priced(front.value, currency, word[2] ?? '')
}

function priced(value: number, currency: string, rest: string): Quantity | null {
  if (rest !== '' && !/^(\/|per |an? )/.test(rest)) return null
  const unit = parseUnit(/^an? /.test(rest) ? rest.replace(/^an? /, 'per ') : rest)
  return unit && quantity(value, { ...unit, above: [currency, ...unit.above].sort() })
}

/** Two or more times in a row: `4 h 17 min`, `1m30s`, `+2 days, 3 hours`. */
function parseSpan(text: string): Quantity | null {
  const [, sign, body = ''] = /^([+\-−]?)\s*(.*)$/.exec(text) ?? []
  const parts = [...body.matchAll(/(\d+(?:\.\d+)?) ?([a-zµ]+)(?:,? and |, ?| ?)/giy)]
  if (parts.length < 2 || parts.map(([all]) => all).join('') !== body) return null
  let sum = 0
  let scale = Number.POSITIVE_INFINITY
  for (const [, digits, word = ''] of parts) {
    const unit = parseUnit(word)
    if (!unit || unitName(unit) !== 's' || unit.factor >= scale) return null
    sum += Number(digits) * unit.factor
    scale = unit.factor
  }
  return { value: sign === '' || sign === '+' ? sum : -sum, unit: 's', scale }
}

const ZONES = new Set(
  'utc gmt z est edt cst cdt mst mdt pst pdt pt et ct mt cet cest bst wet eet ist jst sgt aest aedt'.split(
    ' ',
  ),
)

function parseClock(text: string): Quantity | null {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2}))? ?([ap]m)? ?([a-z]{1,4})?$/i.exec(text)
  if (!found) return null
  const [, h, m, s = '0', half, zone] = found
  let hour = Number(h)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  }
  if (hour > 23 || Number(m) > 59 || Number(s) > 59) return null
  if (zone !== undefined && !ZONES.has(zone.toLowerCase())) return null
  const value = hour * 3600 + Number(m) * 60 + Number(s)
  const named = zone && (['z', 'gmt'].includes(zone.toLowerCase()) ? 'UTC' : zone.toUpperCase())
  return { value, unit: 'clock', scale: 60, ...(named ? { zone: named } : {}) }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LONG_MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september']
const monthOf = (word: string): number => {
  const lower = word.toLowerCase().replace(/\.$/, '')
  const known = [...LONG_MONTHS, 'october', 'november', 'december'].indexOf(lower)
  return known >= 0 ? known + 1 : MONTHS.indexOf(lower === 'sept' ? 'sep' : lower) + 1
}

function parseDate(text: string): Quantity | null {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text)
  if (iso) return dated(Number(iso[1]), Number(iso[2]), iso[3] === undefined ? null : Number(iso[3]))
  const first = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}\.?),? (\d{4})$/i.exec(text)
  if (first) return dated(Number(first[3]), monthOf(first[2] ?? ''), Number(first[1]))
  const middle = /^([a-z]{3,9}\.?)(?: (\d{1,2})(?:st|nd|rd|th)?,?)? (\d{4})$/i.exec(text)
  if (!middle) return null
  return dated(
    Number(middle[3]),
    monthOf(middle[1] ?? ''),
    middle[2] === undefined ? null : Number(middle[2]),
  )
}

function dated(year: number, month: number, day: number | null): Quantity | null {
  if (month < 1 || month > 12) return null
  if (day === null) return { value: year * 12 + month - 1, unit: 'month', scale: 1 }
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day < 1 || day > days ? null : { value: dayNumber(year, month, day), unit: 'day', scale: 1 }
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const ofEra =
    (y - era * 400) * 365 + Math.floor((y - era * 400) / 4) - Math.floor((y - era * 400) / 100) + ofYear
  return era * 146_097 + ofEra - 719_468
}

/** The inverse of `dayNumber`, from the same source. */
function civil(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const day = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  return { year: years + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** The calendar year of a date or a month; null for anything else. */
export function yearOf({ value, unit }: Quantity): number | null {
  if (unit === 'month') return Math.floor(value / 12)
  return unit === 'day' ? civil(value).year : null
}

/**
 * Whether what was given is what is right, to within `tolerance` base units (and rounding, 1e-9 of the value). Units must
 * measure the same; clock times in two named zones differ; a day answers a question for its month.
 */
export function sameQuantity(right: Quantity, given: Quantity, tolerance: number): boolean {
  if (right.unit === 'month' && given.unit === 'day') {
    const { year, month } = civil(given.value)
    return Math.abs(year * 12 + month - 1 - right.value) <= tolerance
  }
  if (right.unit !== given.unit) return false
  if (right.zone !== undefined && given.zone !== undefined && right.zone !== given.zone) return false
  const rounding = 1e-9 * Math.max(Math.abs(right.value), Math.abs(given.value))
  return Math.abs(right.value - given.value) <= tolerance + rounding
}

const two = (n: number): string => String(n).padStart(2, '0')
const digits = (n: number): string => String(Number(n.toPrecision(12)))

/** Names to show a base unit by, smallest first; the largest that leaves a value of at least 1 is taken. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  s: ['ns', 'µs', 'ms', 's', 'min', 'h', 'd'],
  B: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  'B/s': ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'],
  '/s': ['/s', 'k/s', 'M/s'],
}

/** A quantity as text that `parseQuantity` reads as the same quantity. */
export function formatQuantity({ value, unit, zone }: Quantity): string {
  if (unit === 'clock') return formatClock(value, zone)
  if (unit === 'month') return `${String(Math.floor(value / 12)).padStart(4, '0')}-${two((value % 12) + 1)}`
  if (unit === 'day') {
    const { year, month, day } = civil(value)
    return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  }
  const [above = '', below] = unit.split('/')
  const currency = [...CURRENCY].find(([, name]) => above.split('·').includes(name))
  if (currency) {
    const rest = above.split('·').filter((base) => base !== currency[1])
    return rest.length > 0
      ? `${digits(value)} ${unit}`
      : `${currency[0]}${digits(value)}${below ? `/${below}` : ''}`
  }
  if (unit === '%' || unit === 'x' || unit === '') return `${digits(value)}${unit}`
  return formatScaled(value, unit)
}

function formatScaled(value: number, unit: string): string {
  const fitting = (SHOWN[unit] ?? []).flatMap((name) => {
    const scale = name.startsWith('/') ? 1 : (parseNumber(`1 ${name}`)?.value ?? 1)
    return Math.abs(value) >= scale ? [{ name, scale }] : []
  })
  const best = fitting.at(-1)
  if (!best) return `${digits(value)} ${unit}`
  const joint = /^[kM]?\//.test(best.name) ? '' : ' '
  return `${digits(value / best.scale)}${joint}${best.name}`
}

function formatClock(value: number, zone: string | undefined): string {
  const seconds = value % 60 === 0 ? '' : `:${two(value % 60)}`
  const clock = `${two(Math.floor(value / 3600))}:${two(Math.floor(value / 60) % 60)}${seconds}`
  return zone === undefined ? clock : `${clock} ${zone}`
}
