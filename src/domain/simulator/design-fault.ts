import { err, ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import { readDuration, readShare } from './design-quantity.ts'

/** What a fault's line may say, and the number it takes. */
export const FAULT_WORDS = {
  slow: 'factor',
  capacity: 'factor',
  crash: 'none',
  down: 'none',
  'primary crash': 'none',
  'bad deploy': 'share or factor',
  'clock skew': 'time',
  pause: 'none',
  partition: 'none',
  'disk full': 'none',
  flush: 'none',
  errors: 'share',
  loss: 'share',
  'hot key': 'share',
  'connection leak': 'rate',
  delay: 'duration',
  surge: 'factor',
} as const
export type FaultWord = keyof typeof FAULT_WORDS

/** A fault as a line of a design or of the command line says it: `db slow x0.2 at 60s for 10s on 50% ramp 5s`. */
export interface WrittenFault {
  readonly text: string
  /** A key of the drawing: a node, or a connection `a -> b`. */
  readonly target: string
  readonly word: FaultWord
  /** The factor, share, rate in 1/s, delay or (signed) time in seconds that the word takes; null where it takes none. */
  readonly amount: number | null
  readonly atSeconds: number
  /** Null: until the run ends. */
  readonly forSeconds: number | null
  /** Of the replicas that it strikes, from 0 to 1. */
  readonly share: number
  readonly rampSeconds: number
}

const WORDS = Object.keys(FAULT_WORDS) as FaultWord[]
const LINE = new RegExp(
  String.raw`^(.+?)\s+(${WORDS.join('|')})(?:\s+(x?-?[\d.][^\s]*(?: ms| s)?))?\s+at\s+(.+)$`,
)
const EXAMPLE = 'write it like `db slow x0.2 at 60s for 10s`'

/** Reads one line; what is wrong with it is a sentence. */
export function readFault(text: string): Result<WrittenFault, string> {
  const line = text.trim().replace(/\s+/g, ' ')
  if (line.length > 300) return err(`a fault of ${line.length} characters; ${EXAMPLE}`)
  const found = LINE.exec(line)
  if (found === null) return err(`\`${line}\` is no fault: ${unreadable(line)}`)
  const [, target = '', word = '', written, rest = ''] = found
  const amount = readAmount(word as FaultWord, written)
  if (!amount.ok) return err(`\`${line}\`: ${amount.error}`)
  const when = readWhen(rest)
  if (!when.ok) return err(`\`${line}\`: ${when.error}`)
  return ok({ text: line, target, word: word as FaultWord, amount: amount.value, ...when.value })
}

function unreadable(line: string): string {
  if (!/\sat\s/.test(line)) return `it does not say when; ${EXAMPLE}`
  const before = (line.split(/\sat\s/)[0] ?? '').split(' ')
  const said = WORDS.find((word) => before.slice(1).includes(word))
  if (said !== undefined && FAULT_WORDS[said] !== 'none')
    return `${said} takes a ${FAULT_WORDS[said]}; ${EXAMPLE}`
  const near = before
    .slice(1)
    .map((word) => nearest(word, WORDS))
    .find((word) => word !== null)
  return near === undefined || near === null
    ? `it names none of ${WORDS.join(', ')}; ${EXAMPLE}`
    : `did you mean \`${near}\`?`
}

function readAmount(word: FaultWord, written: string | undefined): Result<number | null, string> {
  const takes = FAULT_WORDS[word]
  if (takes === 'none') return written === undefined ? ok(null) : err(`${word} takes no number`)
  if (written === undefined) return err(`${word} needs a ${takes}; ${EXAMPLE}`)
  const value = readAs(takes, written)
  if (typeof value === 'string') return err(value)
  if (takes === 'time') return ok(value)
  if (!(value >= 0 && value <= 10_000)) return err(`\`${written}\` is no ${takes} from 0 to 10,000`)
  return ok(value)
}

function readAs(takes: (typeof FAULT_WORDS)[FaultWord], written: string): number | string {
  if (takes === 'share' || (takes === 'share or factor' && !written.startsWith('x')))
    return readShare(written)
  if (takes === 'duration') return readDuration(written)
  if (takes === 'time') {
    const size = readDuration(written.replace(/^-/, ''))
    return typeof size === 'string' ? size : written.startsWith('-') ? -size : size
  }
  const factor = Number(/^x?(\d+(?:\.\d+)?|\.\d+)(?:\/s)?$/.exec(written)?.[1] ?? Number.NaN)
  return takes === 'share or factor' && !(factor > 1)
    ? `\`${written}\`: a slower version takes more than x1`
    : factor
}

type When = Pick<WrittenFault, 'atSeconds' | 'forSeconds' | 'share' | 'rampSeconds'>

/** `60s for 10s on 50% ramp 5s`: what follows `at`. */
function readWhen(text: string): Result<When, string> {
  const parts = text.split(/\s+(?=(?:for|on|ramp)\s)/)
  const seen = new Set<string>()
  let when: When = { atSeconds: 0, forSeconds: null, share: 1, rampSeconds: 0 }
  for (const [i, part] of parts.entries()) {
    const [, key = 'at', said = part] = i === 0 ? [] : (/^(\S+)\s+(.*)$/.exec(part) ?? [])
    if (seen.has(key)) return err(`\`${key}\` stands twice`)
    seen.add(key)
    const value = key === 'on' ? readShare(said) : readDuration(said)
    if (typeof value === 'string') return err(value)
    const field = { at: 'atSeconds', for: 'forSeconds', on: 'share', ramp: 'rampSeconds' }[key] ?? key
    when = { ...when, [field]: value }
  }
  return ok(when)
}
