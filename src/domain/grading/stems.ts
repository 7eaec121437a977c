import { writeOut } from '#domain/diagram/index.ts'
import { normalise, singular } from '#lib/text.ts'

const list = (words: string): readonly string[] => words.trim().split(/\s+/)

/** Each word of a line after the first, with the first. */
const byBase = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines.split(',').flatMap((line) => {
      const [base = '', ...others] = list(line)
      return others.map((other) => [other, base] as const)
    }),
  )

/** Words that say nothing by themselves. `off`, `up`, `down`, `or`, `before`, `after` and `again` do say something. */
const STOP_WORDS = new Set(
  list(`
    a an the of to for from in into on onto at by with within and as its it is are was were be been being has have had
    will would can could may that this these those their there here then now so just also very some any each every
    we they he she our his her them who which when where while during via per`),
)

/** Words that turn a sentence round: a label with one does not say what a wording without one says. */
const NEGATIONS = new Set(
  list(`
    not no never without cannot cant dont doesnt didnt isnt arent wasnt wont couldnt none nobody nothing neither nor
    hardly barely almost nearly instead unless except
    fail fails failed failing failure failures refuse refused refuses deny denied denies avoid avoided avoids`),
)

/** Forms of one word that no rule of endings finds; numbers in words. */
const IRREGULAR = byBase(`
  begin began begun, break broke broken, bring brought, build built, buy bought, catch caught, choose chose
  chosen, come came, die died dying dies, drive drove driven, fall fell fallen, find found, forget forgot
  forgotten, freeze froze frozen, give gave given, go went gone goes, grow grew grown, hang hung, hold held,
  keep kept, lead led, leave left, know knew known, lose lost loss, make made, meet met, pay paid, rise rose
  risen, run ran, say said, see saw seen, send sent, spend spent, stick stuck, take took taken, tell told,
  throw threw thrown, use used using uses, wake woke woken, write wrote written,
  1 one, 2 two, 3 three, 4 four, 5 five, 6 six, 7 seven, 8 eight, 9 nine, 10 ten, 11 eleven, 12 twelve,
  1st first, 2nd second, 3rd third, 4th fourth, 5th fifth, 6th sixth, 7th seventh, 8th eighth, 9th ninth, 10th tenth`)

/** Everyday words that say the same of what happens. The names of things are not among them: they have the vocabulary. */
const SAME = byBase(`
  begin start commence, stop halt end cease, remove delete wipe erase, miss forget overlook, endless infinite,
  propose suggest, recover restore back, partly partial partially, full fully complete completely entirely,
  deploy push ship, retire deprecate decommission, hang stick stall, rise grow increase climb, find detect notice
  discover spot, switch turn, wait await, check verify validate, read get fetch, write save put, many multiple
  several, large big, max maximum, min minimum, reply response answer, global globally worldwide everywhere`)

const VOWEL = /[aeiouy]/

/** An ending goes only where a word is left: not from `string`, `speed` or `thing`. */
function withoutEnding(word: string): string {
  const left = word.replace(/([^aeiou])ied$/, '$1y').replace(/(?<=[^e])ed$|ing$/, '')
  return left.length >= 3 && VOWEL.test(left) ? left : word
}

/** `remove` and `remov(ed)`, `stop` and `stopp(ed)` end alike. */
const withoutEnd = (word: string): string =>
  word.replace(/(?<=.{3})e$/, '').replace(/(?<=..)([b-df-hj-np-tv-z])\1$/, '$1')

function stemOf(word: string): string {
  const base = IRREGULAR.get(word) ?? IRREGULAR.get(singular(word)) ?? singular(word)
  return /\d/.test(base) ? base : withoutEnd(withoutEnding(base))
}

const SAME_STEMS = new Map([...SAME].map(([word, base]) => [stemOf(word), stemOf(base)]))

/**
 * What the plural, the third person, the past and the participle of a word share; no English by itself (`removed`,
 * `removes` and `remove` are all `remov`). A word with a digit stands as it is.
 */
export function stem(word: string): string {
  const own = stemOf(word)
  return SAME_STEMS.get(own) ?? own
}

const LONG_WORD = 8

/** A label as the words that say something. */
export interface Words {
  /** Stems, each once, in the order in which they first stand. */
  readonly stems: ReadonlySet<string>
  readonly negated: boolean
  /** Stems of words with eight letters or more. */
  readonly long: readonly string[]
  /** Of all words, those that say nothing too. */
  readonly count: number
}

/** The words of a label, whatever stands between them; abbreviated words are written out. */
export function wordsOf(label: string): Words {
  const plain = normalise(label)
    .replace(/\bw\/o\b/g, 'without')
    .replace(/[^\p{L}\p{N}.%$]+/gu, ' ')
    .replace(/\.(?= |$)/g, '')
    .trim()
  const all = plain === '' ? [] : writeOut(plain).split(' ')
  return {
    stems: new Set(all.filter((word) => !STOP_WORDS.has(word)).map(stem)),
    negated: all.some((word) => NEGATIONS.has(word)),
    long: all.filter((word) => word.length >= LONG_WORD).map(stem),
    count: all.length,
  }
}
