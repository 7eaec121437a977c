import {
  type Credit,
  coverReviews,
  DAY_MS,
  FIRST_RECALL_MS,
  type HeldItem,
  type History,
  type Memory,
  partialWeight,
  policyFor,
  type Rating,
  type ReviewPolicy,
  ratingOf,
  recallNow,
  type ScoredReview,
  schedule,
  type Trace,
  trace,
  withCredits,
} from '#domain/memory/index.ts'
import { parametersOf } from './parameters.ts'
import type { Settings } from './settings.ts'
import type { AttemptRecord, LearnerState } from './state.ts'
import { asCounted, settingsOf } from './state.ts'

/** What a content item tells memory. */
export interface Remembered {
  readonly revision: number
  readonly tier: number
  /** Ids of the diagrams that stand in it. */
  readonly covers: readonly string[]
}

export interface ItemMemory extends Memory {
  /** The learner has met only an older revision than today's. */
  readonly revised: boolean
  /** What counted since the item's own last recall because others were recalled. */
  readonly credits: readonly Credit[]
}

/** The mean probability of recall that a tier is kept at. */
export const targetOf = ({ meanRecall, tierRecall }: Settings, tier: number): number =>
  tierRecall[String(tier)] ?? meanRecall

export const ratingOfAttempt = (attempt: AttemptRecord): Rating => ratingOf(attempt)

/** The middle of a rating's range of scores: what an imported review is taken to have scored. */
const SCORE: Readonly<Record<Rating, number>> = { again: 0.3, hard: 0.675, good: 0.835, easy: 0.96 }

/** Ids to look up once per attempt: in sets, since a record of thousands makes each look-up dear. */
interface Exceptions {
  readonly undone: ReadonlySet<string>
  readonly regraded: ReadonlySet<string>
}

/** An item's own reviews: standing attempts, whole or in part, and whole reviews made in another program. */
function ownReviews(state: LearnerState, id: string, { undone, regraded }: Exceptions): ScoredReview[] {
  const item = state.items[id]
  const own: ScoredReview[] = []
  for (const made of item?.attempts ?? []) {
    if (undone.has(made.id)) continue
    const attempt = regraded.has(made.id) ? asCounted(state, made) : made
    const { at, asked, share, total } = attempt
    const weight = asked === null ? 1 : partialWeight(share)
    own.push({ at, rating: ratingOf(attempt), weight, score: total / 100 })
  }
  if (item === undefined || item.reviews.length === 0) return own
  for (const { at, rating, fact, id: review } of item.reviews) {
    if (fact === null && !undone.has(review)) own.push({ at, rating, weight: 1, score: SCORE[rating] })
  }
  // Attempts come first where the times are the same: both lists are in the order of (time, id).
  return own.sort((one, other) => one.at - other.at)
}

export interface ItemHistory extends History {
  readonly credits: readonly Credit[]
}

/** What was done with every introduced item that the content still has, with what counted through other items. */
export function histories(
  state: LearnerState,
  items: ReadonlyMap<string, Remembered>,
): Map<string, ItemHistory> {
  const own = new Map<string, ScoredReview[]>()
  const introduced = new Map<string, number>()
  const exceptions = {
    undone: new Set(Object.keys(state.undone)),
    regraded: new Set(Object.keys(state.regrades)),
  }
  // By id, not by which log came first: sums of fractions depend on their order.
  for (const id of Object.keys(state.items).sort()) {
    if (!items.has(id)) continue
    const reviews = ownReviews(state, id, exceptions)
    const first = Math.min(state.items[id]?.learned[0]?.at ?? Infinity, reviews[0]?.at ?? Infinity)
    if (first === Infinity) continue
    introduced.set(id, first)
    own.set(id, reviews)
  }
  const credited = coverReviews(own, (id) => items.get(id)?.covers ?? [])
  return new Map(
    [...own].map(([id, reviews]) => {
      const credits = credited.get(id) ?? []
      return [id, { introduced: introduced.get(id) ?? 0, reviews: withCredits(reviews, credits), credits }]
    }),
  )
}

/** Mondays at midnight UTC: 1970-01-05 was one. */
const WEEK_MS = 7 * DAY_MS
const weekStart = (at: number): number => Math.floor((at - 4 * DAY_MS) / WEEK_MS) * WEEK_MS + 4 * DAY_MS

/**
 * The memory of every introduced item that the content still has. `items` are today's, by the diagram's id.
 *
 * How long items rest depends on how well all of them are remembered, as they stood at the beginning of the week of `now`
 * (Unix ms): their mean is held at the target. So due times move once a week, and never because something else was recalled.
 */
export function memories(
  state: LearnerState,
  items: ReadonlyMap<string, Remembered>,
  now: number,
): Map<string, ItemMemory> {
  const settings = settingsOf(state)
  const { parameters } = parametersOf(state)
  const { scheduler, ladder } = settings
  const all = histories(state, items)
  const traces = new Map([...all].map(([id, history]) => [id, trace(history, parameters)]))
  const tierOf = (id: string) => items.get(id)?.tier ?? 1
  const policies = policiesFor(settings, parameters, traces, tierOf, weekStart(now))
  const found = new Map<string, ItemMemory>()
  for (const [id, history] of all) {
    const policy = policies(tierOf(id))
    const memory = schedule(history, { scheduler, ladder, parameters, policy }, traces.get(id))
    const lastOwn = history.reviews.findLast(({ through }) => through === undefined)?.at ?? -Infinity
    const credits = history.credits.filter(({ at }) => at > lastOwn)
    const { revision } = items.get(id) as Remembered
    found.set(id, { ...memory, ...revisedDue(state, id, revision, memory), credits })
  }
  return found
}

/** From so many recalled items on, a tier is a collection with a price of its own; below, `policyFor` sees too little of it. */
const OWN_POLICY_FROM = 30

/**
 * The policy of each tier, made when it is first asked for: the ladder asks for none. Each tier is held at its target by
 * itself: one price for all would let the newest tier lie below it and the oldest above. Tiers of a few items are held
 * together, those of one target.
 */
function policiesFor(
  settings: Settings,
  parameters: readonly number[],
  traces: ReadonlyMap<string, readonly Trace[]>,
  tierOf: (id: string) => number,
  since: number,
): (tier: number) => ReviewPolicy {
  const held = new Map<number, HeldItem[]>()
  for (const id of [...traces.keys()].sort()) {
    const item = heldAt(traces.get(id) ?? [], since)
    if (item === null) continue
    const known = held.get(tierOf(id))
    if (known) known.push(item)
    else held.set(tierOf(id), [item])
  }
  const isLarge = (tier: number) => (held.get(tier)?.length ?? 0) >= OWN_POLICY_FROM
  const together = (target: number) =>
    [...held].flatMap(([tier, items]) => (!isLarge(tier) && targetOf(settings, tier) === target ? items : []))
  const made = new Map<string, ReviewPolicy>()
  const policyOf = (tier: number): ReviewPolicy => {
    const target = targetOf(settings, tier)
    const key = isLarge(tier) ? `tier ${tier}` : `target ${target}`
    const policy =
      made.get(key) ?? policyFor(parameters, target, isLarge(tier) ? held.get(tier) : together(target))
    made.set(key, policy)
    return policy
  }
  const asked = new Map<number, ReviewPolicy>()
  return (tier) => {
    const policy = asked.get(tier) ?? whenAsked(() => policyOf(tier))
    asked.set(tier, policy)
    return policy
  }
}

function whenAsked(make: () => ReviewPolicy): ReviewPolicy {
  let made: ReviewPolicy | null = null
  return {
    intervalDays(stability, difficulty) {
      made ??= make()
      return made.intervalDays(stability, difficulty)
    },
  }
}

/** An item as it stood at a time; null where it was not yet recalled. */
function heldAt(traces: readonly Trace[], at: number): HeldItem | null {
  const left = traces.findLast((review) => review.at <= at)
  if (left === undefined) return null
  const { stability, difficulty, last } = left
  return { stability, difficulty, elapsedDays: Math.max(0, Math.round((at - last) / DAY_MS)) }
}

/** Where the revision was raised since the last recall, the item is due again, or ten minutes after its new walkthrough. */
function revisedDue(
  state: LearnerState,
  id: string,
  revision: number,
  { due, last }: Memory,
): Pick<ItemMemory, 'due' | 'revised'> {
  const learned = state.items[id]?.learned ?? []
  const recalled = state.items[id]?.attempts.findLast((attempt) => !state.undone[attempt.id])
  const relearnt = learned.findLast((one) => one.revision >= revision)
  // Known only from another program, which does not say what it showed.
  if (recalled === undefined && learned.length === 0) return { due, revised: false }
  if (recalled === undefined) return { due, revised: relearnt === undefined }
  if (recalled.revision >= revision) return { due, revised: false }
  const again = relearnt === undefined ? last : relearnt.at + FIRST_RECALL_MS
  return { due: Math.min(due, again), revised: relearnt === undefined }
}

/** Mean probability of recall at a time over all introduced items; null while there are none. */
export function meanRecall(items: Iterable<Memory>, at: number): number | null {
  let sum = 0
  let count = 0
  for (const memory of items) {
    sum += recallNow(memory, at)
    count++
  }
  return count === 0 ? null : sum / count
}

/**
 * How many items fall due on each of the coming days, today first; what is overdue counts for today. `days` are the
 * learner's own, with the moment at which each ends (Unix ms), in order.
 */
export function dueForecast(
  dueTimes: Iterable<number>,
  days: readonly { readonly day: string; readonly ends: number }[],
): { day: string; due: number }[] {
  const counts = days.map(({ day }) => ({ day, due: 0 }))
  for (const due of dueTimes) {
    const index = days.findIndex(({ ends }) => due < ends)
    const bucket = counts[index]
    if (bucket) bucket.due++
  }
  return counts
}
