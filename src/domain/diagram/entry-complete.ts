import { normalise } from '#lib/text.ts'
import type { Form } from './model.ts'

/**
 * Type-ahead of the entry line. It ranks by the typed letters alone, over the whole vocabulary and the names that the
 * learner has drawn already; it knows nothing of the diagram that is asked for.
 */
export interface Completion {
  /** What is written into the line. */
  readonly label: string
  /** The concept's kind and icon, to show beside it; null for the learner's own name. */
  readonly concept: string | null
  /** The alias that matched, where it was not the name. */
  readonly via: string | null
  /** A name that is drawn already. */
  readonly drawn: boolean
}

/** A name that is drawn already, and the concept that it means. */
export interface OwnName {
  readonly label: string
  readonly concept: string | null
}

interface Known {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly aliases: readonly string[]
}

interface Indexed {
  readonly id: string
  readonly name: string
  readonly onEdges: boolean
  /** Normalised: the name first, then the aliases, each with how it is written. */
  readonly words: readonly { readonly text: string; readonly written: string }[]
}

export type CompletionIndex = readonly Indexed[]

const EDGE_KINDS = new Set(['protocol', 'message', 'condition', 'event', 'practice'])

export function buildCompletions(concepts: readonly Known[]): CompletionIndex {
  return concepts.map(({ id, name, kind, aliases }) => ({
    id,
    name,
    onEdges: EDGE_KINDS.has(kind),
    words: [name, ...aliases].map((written) => ({ text: normalise(written), written })),
  }))
}

/** The part of the line that is being typed: from `from` up to the caret. */
export interface Typing {
  readonly from: number
  readonly text: string
  /** Whether it stands where an edge's label goes. */
  readonly label: boolean
}

export function typingAt(line: string, caret: number, form: Form): Typing {
  const before = line.slice(0, caret)
  const table = form === 'timeline' || form === 'matrix'
  const stops = table ? /[|]/g : /<-+>|<-+|-+>|--+|[,;{}@=.:]/g
  let from = /^\s*(rename|del|delete)\s+/i.exec(before)?.[0].length ?? 0
  let label = false
  for (const stop of before.matchAll(stops)) {
    if (insideQuotes(before, stop.index) || (stop[0] === '.' && /\s|$/.test(before[stop.index + 1] ?? ' ')))
      continue
    label = label ? !/[;{}]/.test(stop[0]) : stop[0] === ':'
    from = Math.max(from, stop.index + stop[0].length)
  }
  while (before[from] === ' ' || before[from] === '"') from++
  return { from, text: before.slice(from), label }
}

const insideQuotes = (text: string, at: number): boolean =>
  (text.slice(0, at).match(/"/g)?.length ?? 0) % 2 === 1

const NEVER = 9

/** What is typed, whole and word by word. */
interface Typed {
  readonly whole: string
  readonly words: readonly string[]
}

/** 0 is best: the very word; its beginning; beginnings of its words; somewhere inside. */
function rank(text: string, { whole, words }: Typed): number {
  // Every key asks this of all names that there are: most go here.
  if (!text.includes(words[0] ?? '')) return NEVER
  if (text === whole) return 0
  if (text.startsWith(whole)) return 1
  const spaced = ` ${text}`
  let at = -1
  const inOrder = words.every((word) => {
    at = spaced.indexOf(` ${word}`, at + 1)
    return at >= 0
  })
  if (inOrder) return 3
  return whole.length >= 3 && text.includes(whole) ? 5 : NEVER
}

interface Ranked extends Completion {
  readonly score: number
}

const byScore = (a: Ranked, b: Ranked): number =>
  a.score - b.score || a.label.length - b.label.length || (a.label < b.label ? -1 : 1)

export function complete(
  index: CompletionIndex,
  own: readonly OwnName[],
  typing: Typing,
  limit = 6,
): Completion[] {
  const whole = normalise(typing.text)
  if (whole === '') return []
  const typed = { whole, words: whole.split(' ') }
  const drawn = new Map<string, OwnName>()
  for (const one of own) if (one.label !== '') drawn.set(normalise(one.label), one)
  const byConcept = new Map([...drawn.values()].map((one) => [one.concept, one]))
  const found = [...drawn].flatMap(([text, one]): Ranked[] => {
    const score = rank(text, typed)
    return score === NEVER ? [] : [{ ...one, via: null, drawn: true, score: score - 0.5 }]
  })
  const labels = new Set(found.map((one) => one.label))
  for (const entry of index) {
    const best = bestOf(entry, typed, typing.label)
    if (!best) continue
    const already = byConcept.get(entry.id)
    // What is drawn under another name is offered under that name: a second one of it is seldom meant.
    if (already && !labels.has(already.label))
      found.push({ ...best, label: already.label, via: entry.name, drawn: true })
    else if (!already) found.push(best)
  }
  // A word that is written out needs no completing.
  return found
    .filter((one) => normalise(one.label) !== whole)
    .sort(byScore)
    .slice(0, limit)
    .map(({ label, concept, via, drawn: isDrawn }) => ({ label, concept, via, drawn: isDrawn }))
}

function bestOf({ id, name, onEdges, words }: Indexed, typed: Typed, onEdge: boolean): Ranked | null {
  let best: Ranked | null = null
  for (const [i, { text, written }] of words.entries()) {
    const base = rank(text, typed)
    if (base === NEVER) continue
    const score = base + (i === 0 ? 0 : 0.6) + (onEdge && !onEdges ? 1.5 : 0)
    if (!best || score < best.score)
      best = { label: name, concept: id, via: i === 0 ? null : written, drawn: false, score }
  }
  return best
}
