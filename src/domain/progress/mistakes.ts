import {
  type AttemptRecord,
  byTime,
  type LearnerState,
  type MistakeRecord,
  mistakeKey,
  standingAttempts,
} from './state.ts'

/**
 * The error log: what attempts that count have lost, an entry for each element of each diagram. The mission's four kinds are
 * suggested from the verdict; the learner has the last word.
 */

export type MistakeKind = MistakeRecord['kind']

export interface Loss {
  readonly attempt: string
  /** Unix time in ms. */
  readonly at: number
  /** As the grade's evidence has it: `missing node node:cache`, or `missed mutation`. */
  readonly line: string
}

export interface Mistake {
  readonly diagram: string
  /** What was lost: `node node:cache`, `fact ttl`, `mutation`. */
  readonly name: string
  /** Oldest first, never empty; a line a single attempt. */
  readonly losses: readonly Loss[]
  /** How it was lost last: `missing`, `wrong`, `reversed`, `extra`, `missed`. */
  readonly verdict: string
  /** Connections that were missing last because this was. */
  readonly took: number
  readonly suggested: MistakeKind
  readonly kind: MistakeKind
  /** What the learner said of it last. */
  readonly note: MistakeRecord | null
  /** When it was first right after its last loss, Unix time in ms. */
  readonly mended: number | null
  /** again: lost three times, or once more after it was right. */
  readonly standing: 'again' | 'open' | 'mended'
}

/** So many losses are "again and again". */
const AGAIN_FROM = 3

/** Elements that an element of a diagram cannot be without: the ends of a connection. Named as in a grade's lines. */
export type Needs = (diagram: string, name: string) => readonly string[]

interface Entry {
  readonly name: string
  readonly losses: Loss[]
  took: number
  mended: number | null
  relapsed: boolean
}

/** Of all diagrams, what was lost last first. */
export function mistakesOf(state: LearnerState, needs: Needs): Mistake[] {
  return Object.keys(state.items)
    .flatMap((diagram) => mistakesIn(state, diagram, needs))
    .sort((a, b) => lastOf(b).at - lastOf(a).at || order(a.diagram, b.diagram) || order(a.name, b.name))
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const lastOf = ({ losses }: { readonly losses: readonly Loss[] }): Loss => losses.at(-1) as Loss

function mistakesIn(state: LearnerState, diagram: string, needs: Needs): Mistake[] {
  const entries = new Map<string, Entry>()
  for (const attempt of standingAttempts(state, diagram)) {
    const { lost, took, silent } = readLines(attempt, diagram, needs)
    for (const entry of entries.values())
      if (!lost.has(entry.name) && !silent.has(entry.name) && wasAsked(attempt, entry.name))
        entry.mended ??= attempt.at
    for (const [name, line] of lost) lose(entries, name, line, attempt, took.get(name) ?? 0)
    transfer(state, attempt, entries)
  }
  return [...entries.values()].map((entry) => mistakeOf(state, diagram, entry))
}

function lose(
  entries: Map<string, Entry>,
  name: string,
  line: string,
  { id, at }: AttemptRecord,
  took: number,
) {
  const entry = entries.get(name) ?? { name, losses: [], took, mended: null, relapsed: false }
  if (entry.mended !== null) entry.relapsed = true
  entry.mended = null
  entry.took = took
  entry.losses.push({ attempt: id, at, line })
  entries.set(name, entry)
}

const MUTATION = 'mutation'

/** The mutation after an attempt: not answered says nothing; partly is not yet right. */
function transfer(state: LearnerState, attempt: AttemptRecord, entries: Map<string, Entry>) {
  const mark = state.mutations[attempt.id]?.mark
  if (mark === undefined) return
  const entry = entries.get(MUTATION)
  if (mark !== 'got-it') lose(entries, MUTATION, `missed ${MUTATION}`, attempt, 0)
  else if (entry) entry.mended ??= attempt.at
}

/** Whether an attempt says anything of an element that it did not lose. */
const wasAsked = ({ lost, asked }: AttemptRecord, name: string): boolean =>
  lost !== null && name !== MUTATION && (asked === null || asked.includes(name))

/**
 * What one attempt lost, by name; two lines of one element (`a <-> b`) are one loss. A connection whose end is missing is
 * missing with it, and says nothing of its own (`silent`). Time is no mistake.
 */
function readLines({ lost }: AttemptRecord, diagram: string, needs: Needs) {
  const all = new Map<string, string>()
  for (const line of lost ?? []) {
    const name = line.slice(line.indexOf(' ') + 1)
    if (!name.startsWith('speed') && !all.has(name)) all.set(name, line)
  }
  const found = new Map<string, string>()
  const took = new Map<string, number>()
  const silent = new Set<string>()
  for (const [name, line] of all) {
    const without = line.startsWith('missing ')
      ? needs(diagram, name).filter((end) => all.get(end)?.startsWith('missing '))
      : []
    if (without.length === 0) found.set(name, line)
    else silent.add(name)
    for (const end of without) took.set(end, (took.get(end) ?? 0) + 1)
  }
  return { lost: found, took, silent }
}

function mistakeOf(state: LearnerState, diagram: string, entry: Entry): Mistake {
  const { name, losses, took, mended, relapsed } = entry
  const { line } = lastOf(entry)
  const verdict = line.slice(0, line.indexOf(' '))
  const notes = losses.flatMap((loss) => state.mistakes[mistakeKey(loss.attempt, loss.line)] ?? [])
  const note = notes.sort(byTime).at(-1) ?? null
  const suggested = suggestedKind(verdict, name.split(' ')[0] ?? '')
  const again = losses.length >= AGAIN_FROM || relapsed
  const standing = mended !== null ? 'mended' : again ? 'again' : 'open'
  return {
    diagram,
    name,
    losses,
    verdict,
    took,
    suggested,
    kind: note?.kind ?? suggested,
    note,
    mended,
    standing,
  }
}

const FACTUAL = ['fact', 'context', 'cell']
const PROCEDURAL = ['order', 'message', 'edge']

/**
 * A first guess at why: an answer or a part that was not known is factual; another thing in its place, one that does not
 * belong, or an arrow turned round conceptual; an order, message or connection that is not as it is procedural; a change
 * that memory cannot answer application.
 */
export function suggestedKind(verdict: string, kind: string): MistakeKind {
  if (kind === MUTATION) return 'application'
  if (FACTUAL.includes(kind)) return 'factual'
  if (verdict === 'reversed') return 'conceptual'
  if (PROCEDURAL.includes(kind)) return 'procedural'
  return verdict === 'missing' ? 'factual' : 'conceptual'
}
