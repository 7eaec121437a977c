import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCatalogue } from '#catalog/load.ts'
import { isMisspelling, LONG_WORD, wordsIn } from '#domain/diagram/misspelling.ts'
import { invariant } from '#lib/invariant.ts'
import { singular } from '#lib/text.ts'

/**
 * Writes src/domain/diagram/real-words.ts: the English and technical words that would be taken for misspelt ones of the
 * vocabulary, the names of all diagrams among them.
 * Run it when the vocabulary has grown: `node tools/real-words.ts /usr/share/dict/american-english` (Debian's wamerican,
 * which is in the public domain).
 */
const ROOT = join(import.meta.dirname, '..')
const loaded = loadCatalogue({ contentFolder: join(ROOT, 'content'), cacheFile: null })
invariant(loaded.ok, 'the content does not load')
const dictionary = process.argv[2]
invariant(dictionary !== undefined, 'which list of words? (/usr/share/dict/american-english)')
const english = readFileSync(dictionary, 'utf8')
  .split('\n')
  .filter((word) => /^[a-z]{5,}$/.test(word))
const known = new Set(
  [...loaded.value.diagrams.values()].flatMap(({ vocabulary }) => [...wordsIn(vocabulary)]),
)
const byShelf = Map.groupBy(known, (word) => `${word[0]}${word.length}`)
const near = (word: string) =>
  [-1, 0, 1].some((more) =>
    (byShelf.get(`${word[0]}${word.length + more}`) ?? []).some((other) => isMisspelling(word, other)),
  )
const found = new Set([...english.flatMap((word) => [word, singular(word)]), ...known])
const words = [...found].filter((word) => word.length < LONG_WORD && near(word)).sort()
const lines = ['']
for (const word of words) {
  const last = lines.at(-1) ?? ''
  if (last.length + word.length > 105) lines.push(word)
  else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
}
writeFileSync(
  join(ROOT, 'src/domain/diagram/real-words.ts'),
  `/** Words one edit away from others of the vocabulary: no misspellings. Written by tools/real-words.ts. */
export const REAL_WORDS: ReadonlySet<string> = new Set(
  \`${lines.join('\n')}\`.split(/\\s+/),
)
`,
)
console.log(`${words.length} words`)
