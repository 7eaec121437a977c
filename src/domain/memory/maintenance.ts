import { fnv1a64 } from '#lib/hash.ts'

/** A recall that counts. */
export interface Recalled {
  /** Unix time in ms. */
  readonly at: number
  readonly id: string
  readonly passed: boolean
  /** 0 to 100. */
  readonly total: number
}

export interface Introduced {
  readonly id: string
  readonly category: string
}

export const SESSIONS = ['quarterly', 'monthly', 'weekly'] as const
export type SessionKind = (typeof SESSIONS)[number]

/** A review of the maintenance protocol that has come due, and how far it is. */
export interface Session {
  readonly kind: SessionKind
  /** Since when it is due, Unix ms. */
  readonly since: number
  readonly done: number
  readonly of: number
  /** What is still to be recalled, in the order of its drawing of lots; the weekly one takes any. */
  readonly open: readonly string[]
}

/** The last that was finished, for what it showed. */
export interface Finished {
  readonly kind: SessionKind
  readonly at: number
  readonly passed: number
  readonly of: number
  /** Categories whose mean total lies under a good recall's, weakest first. */
  readonly weak: readonly { readonly category: string; readonly mean: number }[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Diagrams of the weekly speed run. */
const RUN = 10

/** Days from the end of one to the next, days in which its recalls count together, and how many of each category it asks. */
const PLAN: Readonly<Record<SessionKind, { every: number; within: number; each: number }>> = {
  weekly: { every: 7, within: 1, each: RUN },
  monthly: { every: 30, within: 7, each: 2 },
  quarterly: { every: 91, within: 14, each: 5 },
}

/** Under this mean a category is weak: from here on a recall counts as good. */
const GOOD = 75

/**
 * The reviews of the mission's part VIII, read off standing attempts: weekly a run of ten diagrams within 24 hours; monthly a
 * check of two of each category within a week; quarterly of five of each within two. (Where a learner knows fewer, all of
 * them.) Each comes due so many days after it was last finished, or after maintenance began; the longer one stands for the
 * shorter ones that are due with it. Nothing is recorded for them: recalling the diagrams is doing them. `recalls` oldest
 * first; times in Unix ms.
 */
export function sessionDue(
  recalls: readonly Recalled[],
  introduced: readonly Introduced[],
  began: number,
  now: number,
): Session | null {
  if (introduced.length === 0) return null
  // Finishing a longer one finishes the shorter ones, too.
  let finishedAt = began
  for (const kind of SESSIONS) {
    finishedAt = Math.max(finishedAt, lastFinished(kind, recalls, introduced, began)?.at ?? began)
    const since = finishedAt + PLAN[kind].every * DAY
    if (since > now) continue
    const recent = new Set(
      recalls.filter(({ at }) => at >= since && at > now - PLAN[kind].within * DAY).map(({ id }) => id),
    )
    return { kind, since, ...progressOf(kind, introduced, recent, since) }
  }
  return null
}

/** The check (monthly or quarterly) that was finished last; null where there was none since maintenance began. */
export function lastCheck(
  recalls: readonly Recalled[],
  introduced: readonly Introduced[],
  began: number,
): Finished | null {
  const checks = (['monthly', 'quarterly'] as const).flatMap(
    (kind) => lastFinished(kind, recalls, introduced, began) ?? [],
  )
  return checks.reduce<Finished | null>(
    (last, one) => (last === null || one.at >= last.at ? one : last),
    null,
  )
}

/** Whose recalls are counted together: each category's, or for the weekly run all. */
const partOf = (kind: SessionKind, category: string): string => (kind === 'weekly' ? '' : category)

/** How many of each part are asked. */
function asked(kind: SessionKind, introduced: readonly Introduced[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { category } of introduced) {
    const part = partOf(kind, category)
    counts.set(part, Math.min(PLAN[kind].each, (counts.get(part) ?? 0) + 1))
  }
  return counts
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((a, b) => a + b, 0)

function progressOf(
  kind: SessionKind,
  introduced: readonly Introduced[],
  recalled: ReadonlySet<string>,
  since: number,
): Pick<Session, 'done' | 'of' | 'open'> {
  const wanted = asked(kind, introduced)
  const left = new Map(wanted)
  const draw = (one: Introduced) => {
    const part = partOf(kind, one.category)
    const count = left.get(part) ?? 0
    if (count > 0) left.set(part, count - 1)
    return count > 0
  }
  for (const one of introduced) if (recalled.has(one.id)) draw(one)
  const done = sum(wanted.values()) - sum(left.values())
  const open = byLot(
    introduced.filter(({ id }) => !recalled.has(id)),
    since,
  ).filter(draw)
  return { done, of: sum(wanted.values()), open: open.map(({ id }) => id) }
}

/** The last time that all of it was recalled within its days; each recall serves one session of a kind. */
function lastFinished(
  kind: SessionKind,
  recalls: readonly Recalled[],
  introduced: readonly Introduced[],
  began: number,
): Finished | null {
  const { every, within } = PLAN[kind]
  const category = new Map(introduced.map((one) => [one.id, one.category]))
  const wanted = asked(kind, introduced)
  let last: Finished | null = null
  let from = began
  let open: Recalled[] = []
  for (const recall of recalls) {
    if (recall.at < from || !category.has(recall.id)) continue
    open = open.filter(({ at, id }) => at > recall.at - within * DAY && id !== recall.id)
    open.push(recall)
    if (open.length < sum(wanted.values())) continue
    const had = new Map<string, number>()
    for (const { id } of open) {
      const part = partOf(kind, category.get(id) ?? '')
      had.set(part, (had.get(part) ?? 0) + 1)
    }
    if ([...wanted].some(([part, count]) => (had.get(part) ?? 0) < count)) continue
    last = finished(kind, recall.at, open, category)
    from = recall.at + every * DAY
    open = []
  }
  return last
}

function finished(
  kind: SessionKind,
  at: number,
  recalls: readonly Recalled[],
  category: ReadonlyMap<string, string>,
): Finished {
  const totals = new Map<string, number[]>()
  for (const { id, total } of recalls) {
    const key = category.get(id) ?? ''
    totals.set(key, [...(totals.get(key) ?? []), total])
  }
  const weak = [...totals]
    .map(([key, all]) => ({ category: key, mean: all.reduce((a, b) => a + b, 0) / all.length }))
    .filter(({ mean }) => mean < GOOD)
    .sort((a, b) => a.mean - b.mean || (a.category < b.category ? -1 : 1))
  return { kind, at, passed: recalls.filter(({ passed }) => passed).length, of: recalls.length, weak }
}

/** The same order for one session whenever it is asked, and another for the next. */
function byLot(items: readonly Introduced[], since: number): Introduced[] {
  return items
    .map((item) => ({ item, lot: fnv1a64(`${item.id} ${since}`) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : 0))
    .map(({ item }) => item)
}
