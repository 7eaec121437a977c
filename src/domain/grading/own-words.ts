import type { Concept } from '#domain/curriculum/index.ts'
import type { Diagram, Drawing } from '#domain/diagram/index.ts'
import { resolve } from '#domain/diagram/index.ts'
import { normalise } from '#lib/text.ts'
import { stem, type Words, wordsOf } from './stems.ts'

/** What happens, holds or is done may be said in own words; what a thing is called is looked up and never guessed. */
const SAID: ReadonlySet<Concept['kind']> = new Set([
  'event',
  'message',
  'condition',
  'state',
  'practice',
  'failure',
  'quality',
  'metric',
])

const MOST_WORDS = 14

/** Words that turn or begin or end what a wording says: a label has them all, and no other. */
const TURNS = new Set(
  `start stop down off open close add remove enable disable before after lock unlock increase decrease rise fall
  connect disconnect accept reject commit abort cancel undo revert partly`
    .split(/\s+/)
    .map(stem),
)

/** Words between two others, of which the first is not the second: the order of all words counts. */
const RELATIONS = new Set('behind before after above below over under than lt gt exceed'.split(' ').map(stem))

/** Where a wording has both, which comes first is what it says. */
const ENDS =
  pairs(`old new, primary replica, primary secondary, primary standby, leader follower, source target,
  source destination, local remote, east west, client server, cache database, first last`)

function pairs(lines: string): readonly (readonly [string, string])[] {
  return lines.split(',').map((line) => {
    const [one = '', other = ''] = line.trim().split(/\s+/).map(stem)
    return [one, other] as const
  })
}

interface Wording {
  readonly concept: string
  readonly words: Words
  /** It has a long word that no other name of the diagram has: that says it alone. */
  readonly telling: boolean
}

interface Sayings {
  readonly wordings: readonly Wording[]
  /** Texts that mean what they are: those of the reference and of its alternatives. */
  readonly known: ReadonlySet<string>
}

const sayings = new WeakMap<Diagram, Sayings>()

const labelsOf = (drawing: Drawing): readonly string[] => {
  if (drawing.form === 'timeline') return drawing.events.map(({ label }) => label)
  if (drawing.form === 'matrix')
    return [...drawing.columns, ...drawing.rows.flatMap(({ label, cells }) => [label, ...cells])]
  return [...drawing.nodes, ...drawing.edges].map(({ label }) => label)
}

function sayingsOf(diagram: Diagram): Sayings {
  const before = sayings.get(diagram)
  if (before) return before
  const { drawing, vocabulary, item } = diagram
  const texts = labelsOf(drawing)
  const used = new Set(texts.map((label) => resolve(vocabulary, label)?.concept ?? ''))
  const wordings = [...used].flatMap((id) => {
    const concept = vocabulary.concepts.get(id)
    if (!concept || !SAID.has(concept.kind)) return []
    return [concept.name, ...concept.aliases].map((text) => ({ concept: id, words: wordsOf(text) }))
  })
  const holders = new Map<string, Set<string>>()
  for (const { concept, words } of wordings)
    for (const word of words.stems) holders.set(word, (holders.get(word) ?? new Set()).add(concept))
  const known = new Set([...texts, ...item.accept.flatMap(({ also }) => also)].map(normalise))
  const made = {
    wordings: wordings
      .filter(({ words }) => words.stems.size > 0)
      .map((one) => ({ ...one, telling: one.words.long.some((word) => holders.get(word)?.size === 1) })),
    known,
  }
  sayings.set(diagram, made)
  return made
}

/**
 * The concept of the reference that a label says in own words, where it names none as it stands: see docs/grading.md.
 * Never in a topology, where labels are names.
 */
export function inOwnWords(diagram: Diagram, label: string): string | null {
  if (diagram.drawing.form === 'topology') return null
  const { wordings, known } = sayingsOf(diagram)
  if (known.has(normalise(label))) return null
  const said = wordsOf(label)
  if (said.stems.size === 0 || said.count > MOST_WORDS) return null
  let best = { concept: '', shared: 0, missing: 0 }
  let tied = false
  for (const wording of wordings) {
    const { concept, words } = wording
    const missing = missingWords(said, wording)
    if (missing === null) continue
    const shared = words.stems.size - missing
    const better = shared - best.shared || best.missing - missing
    if (better < 0 || (better === 0 && concept === best.concept)) continue
    tied = better === 0
    if (better > 0) best = { concept, shared, missing }
  }
  return tied || best.shared === 0 ? null : best.concept
}

/** How many words of a wording a label lacks that says it all the same: none, or one; null where it does not say it. */
function missingWords(said: Words, { words, telling }: Wording): number | null {
  const lacks = [...words.stems].filter((word) => !said.stems.has(word))
  if (lacks.length > 1 || /\d/.test(lacks[0] ?? '')) return null
  const shared = words.stems.size - lacks.length
  const more = said.stems.size - shared
  if (lacks.length === 0 ? shared < 2 && more > 0 && !telling : shared < (more === 0 ? 2 : 3)) return null
  return contradicts(said, words) ? null : lacks.length
}

function contradicts(said: Words, wording: Words): boolean {
  if (said.negated !== wording.negated) return true
  for (const word of TURNS) if (said.stems.has(word) !== wording.stems.has(word)) return true
  const order = [...wording.stems].filter((word) => said.stems.has(word))
  if (order.some((word) => RELATIONS.has(word))) return !inOrder(said, order)
  const numbers = (words: Words) => [...words.stems].filter((word) => /\d/.test(word))
  if (numbers(wording).length > 0 && numbers(said).length > numbers(wording).length) return true
  return (
    order.some((word, i) => /^\d+$/.test(word) && !inOrder(said, order.slice(i, i + 2))) ||
    ENDS.some(
      (both) =>
        both.every((end) => order.includes(end)) &&
        !inOrder(
          said,
          order.filter((word) => both.includes(word)),
        ),
    )
  )
}

/** `server 8` is not `8 servers`. */
function inOrder({ stems }: Words, order: readonly string[]): boolean {
  const theirs = [...stems].filter((word) => order.includes(word))
  return theirs.every((word, i) => word === order[i])
}
