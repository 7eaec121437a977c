import type { Concept } from '#domain/curriculum/index.ts'
import { normalise, oneEditApart, singular } from '#lib/text.ts'
import { writeOut } from './abbreviations.ts'
import { isMisspelling, mayBeMisspelt, TYPO_LETTERS } from './misspelling.ts'
import { REAL_WORDS } from './real-words.ts'

/**
 * Labels to concepts. A label means one concept or none: names and aliases are true synonyms, never look-alikes.
 * A diagram's own names come before the field's.
 */
export interface Vocabulary {
  readonly concepts: ReadonlyMap<string, Concept>
  /** Normalised singular name, alias or id → concept id. */
  readonly byLabel: ReadonlyMap<string, string>
  /** The same without spaces, where that means one concept only; makers' names are left out. */
  readonly byLetters: ReadonlyMap<string, string>
}

export interface Resolution {
  readonly concept: string
  /** `b` in `node-b`: instances of one concept are told apart for the eye, never for the grade. */
  readonly instance: string | null
  readonly how: 'name' | 'typo'
}

export interface Collision {
  readonly label: string
  readonly concepts: readonly [string, string]
}

const key = (label: string): string => singular(normalise(label))

/** Builds the index; a label claimed twice within `concepts` is reported, and the first claim stands. */
export function buildVocabulary(concepts: Iterable<Concept>): {
  vocabulary: Vocabulary
  collisions: Collision[]
} {
  const byId = new Map<string, Concept>()
  const byLabel = new Map<string, string>()
  const collisions: Collision[] = []
  for (const concept of concepts) {
    byId.set(concept.id, concept)
    for (const label of new Set([concept.id, concept.name, ...concept.aliases].map(key))) {
      const owner = byLabel.get(label)
      if (owner === undefined) byLabel.set(label, concept.id)
      else if (owner !== concept.id) collisions.push({ label, concepts: [owner, concept.id] })
    }
  }
  return { vocabulary: { concepts: byId, byLabel, byLetters: joinWords(byId, byLabel) }, collisions }
}

/** `healthcheck` is `health check`, and `web socket` is `websocket`; but a `data bus` is not LinkedIn's Databus. */
function joinWords(
  concepts: ReadonlyMap<string, Concept>,
  byLabel: ReadonlyMap<string, string>,
): Map<string, string> {
  const byLetters = new Map<string, string>()
  const shared = new Set<string>()
  for (const [label, id] of byLabel) {
    const kind = concepts.get(id)?.kind
    if (kind === 'technology' || kind === 'organisation' || /\d/.test(label)) continue
    const letters = label.replaceAll(' ', '')
    if (letters.length < 5) continue
    if ((byLetters.get(letters) ?? id) !== id) shared.add(letters)
    byLetters.set(letters, id)
  }
  for (const letters of shared) byLetters.delete(letters)
  return byLetters
}

/** The vocabulary of one diagram: its own names first, then the field's. */
export function withNames(field: Vocabulary, names: Iterable<Concept>): Vocabulary {
  const own = buildVocabulary(names).vocabulary
  return {
    concepts: new Map([...field.concepts, ...own.concepts]),
    byLabel: new Map([...field.byLabel, ...own.byLabel]),
    byLetters: new Map([...field.byLetters, ...own.byLetters]),
  }
}

const INSTANCE = /^(.+?) (?:#?(\d{1,3})|([a-z]))$/

/**
 * The concept that a label names, if any: exactly; else without an instance suffix (`replica 2`); else both again but
 * for spaces (`healthcheck`); else all of this with its abbreviated words written out (`order svc`); else with one typo
 * mended in a long word, where a single concept is near. Anything with a digit is never mended.
 */
export function resolve(vocabulary: Vocabulary, label: string): Resolution | null {
  const plain = normalise(label)
  if (plain === '') return null
  const named = nameIn(vocabulary, plain)
  if (named !== null) return named
  const whole = writeOut(plain)
  const written = whole === plain ? null : nameIn(vocabulary, whole)
  if (written !== null) return written
  const mended = mendTypo(vocabulary, label)
  return mended === null ? null : { concept: mended, instance: null, how: 'typo' }
}

function nameIn(vocabulary: Vocabulary, plain: string): Resolution | null {
  const parts = INSTANCE.exec(plain)
  const base = parts && key(parts[1] ?? '')
  const instance = parts?.[2] ?? parts?.[3] ?? null
  for (const named of [byLabel, byLetters]) {
    const whole = named(vocabulary, singular(plain))
    if (whole !== undefined) return { concept: whole, instance: null, how: 'name' }
    const one = base === null ? undefined : named(vocabulary, base)
    if (one !== undefined) return { concept: one, instance, how: 'name' }
  }
  return null
}

const byLabel = ({ byLabel }: Vocabulary, wanted: string): string | undefined => byLabel.get(wanted)

const byLetters = ({ byLetters }: Vocabulary, wanted: string): string | undefined =>
  byLetters.get(wanted.replaceAll(' ', ''))

function mendTypo(vocabulary: Vocabulary, typed: string): string | null {
  // A misspelt name in s (`kubernets`) is no plural: it is compared as it stands, too.
  const spellings = [...new Set([key(typed), normalise(typed)])].filter(
    (spelling) => spelling.length >= TYPO_LETTERS && !/\d/.test(spelling),
  )
  const found = new Set<string>()
  for (const spelling of spellings) {
    for (const change of [-1, 0, 1]) {
      for (const label of shelvesOf(vocabulary).get(shelf(spelling, change)) ?? []) {
        const concept = vocabulary.byLabel.get(label)
        if (concept !== undefined && isTypoOf(vocabulary, spelling, label)) found.add(concept)
      }
    }
  }
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

/** A typo keeps the first letter and changes the length by one at most: labels are searched by both. */
const shelf = (label: string, change = 0): string => `${label[0]}${label.length + change}`

/** Filled at the first typo: most labels are spelt right, and each diagram has a vocabulary of its own. */
const shelves = new WeakMap<Vocabulary, ReadonlyMap<string, readonly string[]>>()

function shelvesOf(vocabulary: Vocabulary): ReadonlyMap<string, readonly string[]> {
  const before = shelves.get(vocabulary)
  if (before) return before
  const filled = new Map<string, string[]>()
  for (const label of vocabulary.byLabel.keys()) {
    if (/\d/.test(label)) continue
    const place = filled.get(shelf(label))
    if (place) place.push(label)
    else filled.set(shelf(label), [label])
  }
  shelves.set(vocabulary, filled)
  return filled
}

/** One word is misspelt, and the others are as they should be. */
function isTypoOf(vocabulary: Vocabulary, wanted: string, label: string): boolean {
  if (!oneEditApart(wanted, label)) return false
  const words = wanted.split(' ')
  const candidate = label.split(' ')
  return (
    words.length === candidate.length &&
    words.every((word, i) => {
      const meant = candidate[i] ?? ''
      return word === meant || (isMisspelling(word, meant) && mayBeMisspelt(vocabulary, word, REAL_WORDS))
    })
  )
}

/** How a label is shown: the concept's name where the label names one, with its instance and question mark. */
export function displayName(vocabulary: Vocabulary, label: string): string {
  const resolution = resolve(vocabulary, label)
  const concept = resolution && vocabulary.concepts.get(resolution.concept)
  if (!resolution || !concept) return label
  const mark = /\?\s*$/.test(label) && !concept.name.endsWith('?') ? '?' : ''
  const instance = resolution.instance === null ? '' : ` ${resolution.instance.toUpperCase()}`
  return concept.name + instance + mark
}
