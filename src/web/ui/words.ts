import type { Category } from '#domain/curriculum/index.ts'
import type { Form } from '#domain/diagram/index.ts'

export const FORM_WORDS: Readonly<Record<Form, string>> = {
  topology: 'Topology',
  sequence: 'Sequence',
  timeline: 'Timeline',
  states: 'States',
  decision: 'Decision',
  matrix: 'Matrix',
}

export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  patterns: 'Patterns',
  mechanisms: 'Mechanisms',
  performance: 'Performance',
  costs: 'Costs',
  scale: 'Scale',
  migrations: 'Migrations',
  companies: 'Companies',
  incidents: 'Incidents',
  debugging: 'Debugging',
  capacity: 'Capacity',
  comparisons: 'Comparisons',
}

/** `4:05`, `1:02:09`. */
export function clockWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const rest = `${hours > 0 ? two(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)}:${two(whole % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

const PAR_MOST = 43_200

/** `4:05` or `245` as seconds, from 1 to half a day; null where it is neither. */
export function secondsOf(text: string): number | null {
  const [, minutes = '0', rest = ''] = /^\s*(?:(\d{1,3}):(?=[0-5]\d\s*$))?(\d{1,5})\s*$/.exec(text) ?? []
  const seconds = rest === '' ? 0 : Number(minutes) * 60 + Number(rest)
  return seconds >= 1 && seconds <= PAR_MOST ? seconds : null
}

/** Points as people see them: one decimal, and none where it is whole. */
export const points = (value: number): string => String(Math.round(value * 10) / 10)

export const percent = (share: number): string => `${Math.round(share * 100)}%`

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

const DAY_MS = 86_400_000

const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** When something is due, seen from now: `now`, `in 20 minutes`, `today at 18:30`, `tomorrow`, `on Tuesday 24 November`. */
export function dueWords(due: string, now: Date): string {
  const at = new Date(due)
  const ms = at.getTime() - now.getTime()
  if (ms <= 0) return 'now'
  if (ms < 3_600_000) return `in ${count(Math.ceil(ms / 60_000), 'minute')}`
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY_MS)
  if (days === 0) return `today at ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`
  if (days === 1) return 'tomorrow'
  return `on ${dayWords(at, now, days < 7)}`
}

export function dayWords(at: Date, now: Date, weekday = false): string {
  return at.toLocaleDateString('en-GB', {
    ...(weekday ? { weekday: 'long' as const } : {}),
    day: 'numeric',
    month: 'long',
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }),
  })
}

/** `2021-07` → `July 2021`. */
export function asOfWords(asOf: string): string {
  const [year = '', month, day] = asOf.split('-').map(Number)
  if (month === undefined) return String(year)
  const at = new Date(Number(year), month - 1, day ?? 1)
  return at.toLocaleDateString('en-GB', {
    ...(day === undefined ? {} : { day: 'numeric' as const }),
    month: 'long',
    year: 'numeric',
  })
}
