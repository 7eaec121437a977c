import { oneEditApart } from '#lib/text.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Both words of a typo have at least so many letters. */
export const TYPO_LETTERS = 6

/** From so many letters on, one edit inside a word hardly ever makes another word. */
export const LONG_WORD = 8

/**
 * One edit inside a word: the first letter stays, and the last, or two letters are swapped. Other single edits make other
 * words: of the first letter (`header`, `asynchronous`) and at the end (`published`). Whether a shorter word is one of its
 * own is for `mayBeMisspelt` to say.
 */
export function isMisspelling(word: string, meant: string): boolean {
  if (Math.min(word.length, meant.length) < TYPO_LETTERS || word[0] !== meant[0]) return false
  if (!oneEditApart(word, meant)) return false
  return word.at(-1) === meant.at(-1) || sorted(word) === sorted(meant)
}

const sorted = (word: string): string => [...word].sort().join('')

/** Words under eight letters are misspelt only where they are neither English nor in any label of the vocabulary. */
export const mayBeMisspelt = (vocabulary: Vocabulary, word: string, english: ReadonlySet<string>): boolean =>
  word.length >= LONG_WORD || !(english.has(word) || wordsIn(vocabulary).has(word))

const words = new WeakMap<Vocabulary, ReadonlySet<string>>()

/** Every word of every label, made at the first typo. */
export function wordsIn(vocabulary: Vocabulary): ReadonlySet<string> {
  const before = words.get(vocabulary)
  if (before) return before
  const all = new Set([...vocabulary.byLabel.keys()].flatMap((label) => label.split(' ')))
  words.set(vocabulary, all)
  return all
}
