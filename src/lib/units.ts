import { singular } from './text.ts'

/** A unit as powers of base units and what one of it is in them: `GB-month` is 1e9 · 2,629,746 `B·s`. */
export interface Unit {
  readonly factor: number
  /** Base units above and below the line, sorted; both empty for a plain count. */
  readonly above: readonly string[]
  readonly below: readonly string[]
}

const one = (base: string, factor: number): Unit => ({ factor, above: base === '' ? [] : [base], below: [] })
const each = (base: string, seconds: number, factor = 1): Unit => ({
  factor: factor / seconds,
  above: base === '' ? [] : [base],
  below: ['s'],
})

/** The mean Gregorian month, 365.2425 / 12 days, so that 12 months are a year. */
export const MONTH = (365.2425 / 12) * 86_400

const TIMES: readonly (readonly [string, number])[] = [
  ['ns nanosecond nanoseconds', 1e-9],
  ['us µs μs microsecond microseconds', 1e-6],
  ['ms msec millisecond milliseconds millis', 1e-3],
  ['s sec secs second seconds', 1],
  ['m min mins minute minutes', 60],
  ['h hr hrs hour hours', 3600],
  ['d day days', 86_400],
  ['wk week weeks', 604_800],
  ['mo month months', MONTH],
  ['y yr yrs year years', 12 * MONTH],
]

/** Countable things that carry no unit: `5k req/s` is `5000 /s`. */
const NOUNS = `request req query message msg event op operation transaction txn write read item record row key page call
hit user connection conn node server machine host replica shard partition vnode slot token thread process worker pod
container core cpu vcpu gpu vm ip url job task entry object file document image tweet post photo video account customer people
packet lookup put get invocation step round vote copy region`
/** With their plurals: `singular` leaves short ones (`ops`) and `vcpus` alone. */
const COUNTABLE = new Set(NOUNS.split(/\s+/).flatMap((noun) => [noun, `${noun}s`]))

/** `users` in `3m users`: things that are counted, and never timed. */
export const isCountable = (word: string): boolean =>
  COUNTABLE.has(word.toLowerCase()) || COUNTABLE.has(singular(word.toLowerCase()))

const SCALES = ['', 'k', 'm', 'g', 't', 'p', 'e'] as const
const BINARY = ['', 'kibi', 'mebi', 'gibi', 'tebi', 'pebi', 'exbi'] as const
const WORDS = ['', 'kilo', 'mega', 'giga', 'tera', 'peta', 'exa'] as const

/** Spelt exactly, as case tells bits from bytes: `Gb` is a gigabit, `GB` and the lazy `gb` a gigabyte. */
const CASED = new Map<string, Unit>()
const FOLDED = new Map<string, Unit>()

SCALES.forEach((small, n) => {
  const factor = 1000 ** n
  const big = small.toUpperCase()
  const word = WORDS[n] ?? ''
  for (const name of [`${small}b`, `${word}byte`, `${word}bytes`]) FOLDED.set(name, one('B', factor))
  if (n > 0) {
    CASED.set(`${big}b`, one('B', factor / 8))
    for (const name of [`${small}ib`, `${BINARY[n]}byte`, `${BINARY[n]}bytes`])
      FOLDED.set(name, one('B', 1024 ** n))
    CASED.set(`${big}i`, one('B', 1024 ** n))
    CASED.set(`${big}ib`, one('B', 1024 ** n / 8))
  }
  for (const name of [`${small}bit`, `${small}bits`, `${word}bit`, `${word}bits`])
    FOLDED.set(name, one('B', factor / 8))
  FOLDED.set(`${small}bps`, each('B', 1, factor / 8))
  for (const prefix of [small, big]) CASED.set(`${prefix}Bps`, each('B', 1, factor))
  for (const rate of ['rps', 'qps', 'tps', 'iops', 'hz']) FOLDED.set(`${small}${rate}`, each('', 1, factor))
  CASED.set(`${n > 1 ? big : small}W`, one('W', factor))
  FOLDED.set(`${small}wh`, { factor: factor * 3600, above: ['W', 's'], below: [] })
})
FOLDED.delete('b')
CASED.set('b', one('B', 1 / 8))
CASED.set('B', one('B', 1))
for (const [names, factor] of TIMES) for (const name of names.split(' ')) FOLDED.set(name, one('s', factor))
FOLDED.set('ppm', one('%', 1e-4))
FOLDED.set('rpm', each('', 60))
for (const name of ['%', 'percent', 'pct']) FOLDED.set(name, one('%', 1))
for (const name of ['x', '×', 'times', 'fold']) FOLDED.set(name, one('x', 1))
for (const name of ['km', 'kilometre', 'kilometres', 'kilometer', 'kilometers'])
  FOLDED.set(name, one('km', 1))

export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ...['k', 'K', 'thousand'].map((name) => [name, 1e3] as const),
  ...['M', 'mn', 'million', 'millions'].map((name) => [name, 1e6] as const),
  ...['G', 'bn', 'b', 'billion', 'billions'].map((name) => [name, 1e9] as const),
  ...['T', 'trillion', 'trillions'].map((name) => [name, 1e12] as const),
])

function atom(text: string): Unit | null {
  if (text === '') return one('', 1)
  // `M` alone is a million everywhere, `m` a minute.
  if (text === 'M') return one('', 1e6)
  const known = CASED.get(text) ?? FOLDED.get(text.toLowerCase())
  if (known) return known
  if (isCountable(text)) return one('', 1)
  const scale = MULTIPLIERS.get(text)
  if (scale !== undefined) return one('', scale)
  return /^\d+$/.test(text) && text.length < 16 ? one('', Number(text)) : null
}

/** `GB-month`, `million requests`, `1M requests`: atoms multiplied. */
function product(text: string): Unit | null {
  const parts = text.replace(/(\d),(?=\d{3})/g, '$1').replace(/(\d)([A-Za-z])/g, '$1 $2')
  let all = one('', 1)
  const words = parts.split(/[\s\-·*]+/)
  for (const [i, part] of words.entries()) {
    const millions = part === 'm' && /^\d+$/.test(words[i - 1] ?? '') && isCountable(words[i + 1] ?? '')
    const unit = atom(millions ? 'M' : part)
    if (!unit) return null
    all = times(all, unit)
  }
  return all
}

function times(a: Unit, b: Unit): Unit {
  const above = [...a.above, ...b.above]
  const below = [...a.below, ...b.below]
  for (const base of [...above]) {
    const at = below.indexOf(base)
    if (at < 0) continue
    below.splice(at, 1)
    above.splice(above.indexOf(base), 1)
  }
  return { factor: a.factor * b.factor, above: above.sort(), below: below.sort() }
}

const inverse = ({ factor, above, below }: Unit): Unit => ({ factor: 1 / factor, above: below, below: above })

/** Null for what is no unit. The empty text is a plain count; a number may stand under a line only (`/1M requests`). */
export function parseUnit(text: string): Unit | null {
  const [top = '', ...rest] = text.trim().split(/\s*\/\s*|\s+per\s+|^per\s+|\s+(?:a|an|each)\s+/)
  let all = /\d/.test(top) ? null : product(top.trim())
  for (const part of rest) {
    const below = part.trim() === '' ? null : product(part.trim())
    if (!all || !below || below.factor === 0) return null
    all = times(all, inverse(below))
  }
  return all
}

/** One name for all units that measure the same: `B/s`, `usd/B·s`, the empty text for counts. */
export const unitName = ({ above, below }: Unit): string =>
  above.join('·') + (below.length > 0 ? `/${below.join('·')}` : '')
