import type { Concept } from '#domain/curriculum/index.ts'
import { editDistance, normalise, singular } from '#lib/text.ts'

/**
 * Labels to concepts. A label means one concept or none: names and aliases are true synonyms, never look-alikes.
 * A diagram's own names come before the field's.
 */
export interface Vocabulary {
  readonly concepts: ReadonlyMap<string, Concept>
  /** Normalised singular name, alias or id → concept id. */
  readonly byLabel: ReadonlyMap<string, string>
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
  return { vocabulary: { concepts: byId, byLabel }, collisions }
}

/** The vocabulary of one diagram: its own names first, then the field's. */
export function withNames(field: Vocabulary, names: Iterable<Concept>): Vocabulary {
  const own = buildVocabulary(names).vocabulary
  return {
    concepts: new Map([...field.concepts, ...own.concepts]),
    byLabel: new Map([...field.byLabel, ...own.byLabel]),
  }
}

const INSTANCE = /^(.+?) (?:#?(\d{1,3})|([a-z]))$/

/**
 * The concept that a label names, if any: exactly; else without an instance suffix (`replica 2`); else with one edit
 * mended, in words of six letters or more that have a single near concept. Numbers, names of up to four letters and
 * anything with a digit are never mended.
 */
export function resolve(vocabulary: Vocabulary, label: string): Resolution | null {
  const wanted = key(label)
  if (wanted === '') return null
  const exact = vocabulary.byLabel.get(wanted)
  if (exact !== undefined) return { concept: exact, instance: null, how: 'name' }
  const parts = INSTANCE.exec(normalise(label))
  if (parts) {
    const base = vocabulary.byLabel.get(key(parts[1] ?? ''))
    if (base !== undefined) return { concept: base, instance: parts[2] ?? parts[3] ?? null, how: 'name' }
  }
  const near = mendTypo(vocabulary, wanted)
  return near === null ? null : { concept: near, instance: null, how: 'typo' }
}

/** What was mended before: a canvas asks for the same labels at each frame, and a search goes over every label. */
const mended = new WeakMap<Vocabulary, Map<string, string | null>>()
const MENDED_MAX = 5000

function mendTypo(vocabulary: Vocabulary, wanted: string): string | null {
  if (wanted.length < 6 || /\d/.test(wanted)) return null
  const known = mended.get(vocabulary) ?? new Map<string, string | null>()
  const before = known.get(wanted)
  if (before !== undefined) return before
  const concept = searchTypo(vocabulary, wanted)
  if (known.size >= MENDED_MAX) known.clear()
  mended.set(vocabulary, known.set(wanted, concept))
  return concept
}

function searchTypo(vocabulary: Vocabulary, wanted: string): string | null {
  const words = wanted.split(' ')
  const found = new Set<string>()
  for (const [label, concept] of vocabulary.byLabel) {
    if (Math.abs(label.length - wanted.length) > 1 || /\d/.test(label)) continue
    if (editDistance(wanted, label, 1) > 1) continue
    if (onlyLongWordsDiffer(words, label.split(' '))) found.add(concept)
  }
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

/** The one edit must fall inside a word of six letters or more; short words are names, and names differ. */
function onlyLongWordsDiffer(words: readonly string[], candidate: readonly string[]): boolean {
  if (words.length !== candidate.length) return false
  return words.every(
    (word, i) => word === candidate[i] || (word.length >= 6 && (candidate[i] ?? '').length >= 6),
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
