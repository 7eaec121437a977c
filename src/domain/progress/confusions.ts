import type { DrillRecord } from './state.ts'

/** Two things that were taken for each other, and when they are to be set side by side. */

/** In one attempt one thing stood in the place of another. Things are concepts' ids, or labels in plain words. */
export interface Taking {
  readonly attempt: string
  /** Unix time in ms. */
  readonly at: number
  readonly diagram: string
  readonly expected: string
  readonly drawn: string
}

export interface Confusion {
  /** As it happened last. */
  readonly expected: string
  readonly drawn: string
  /** Oldest first, in either direction, one an attempt. */
  readonly takings: readonly Taking[]
  /** When it is to be drilled, Unix time in ms; null while it happened too seldom. */
  readonly due: number | null
  /** When it was drilled last; null where it never was. */
  readonly drilled: number | null
  /** Drills made, and how many of the last ones in a row were all right with no confusion since. */
  readonly drills: number
  readonly streak: number
}

/** So many times make a drill. */
export const CONFUSED_FROM = 3

const DAY_MS = 86_400_000
const FIRST_REST_DAYS = 7
const REST_GROWS = 3
const REST_MOST_DAYS = 365

/** A drill is offered from the learner's midnight on, and a day has up to 25 hours: so much sooner is not early. */
const OPENS_EARLY_MS = 25 * 3_600_000

/** The two, whichever was drawn. */
export const pairOf = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`)

/** How long a pair rests after so many drills in a row that were all right, days: 7, 21, 63, 189, 365. */
export const restDays = (streak: number): number =>
  Math.min(REST_MOST_DAYS, FIRST_REST_DAYS * REST_GROWS ** (streak - 1))

/** What happened last first. `drills` are those that stand, oldest first, and so are `takings`. */
export function confusionsOf(
  takings: readonly Taking[],
  drills: readonly Pick<DrillRecord, 'at' | 'expected' | 'drawn' | 'asked' | 'right'>[],
): Confusion[] {
  const pairs = new Map<string, Taking[]>()
  for (const taking of takings) {
    const pair = pairOf(taking.expected, taking.drawn)
    const known = pairs.get(pair) ?? []
    if (known.at(-1)?.attempt !== taking.attempt) known.push(taking)
    pairs.set(pair, known)
  }
  return [...pairs]
    .map(([pair, own]) =>
      confusionOf(
        own,
        drills.filter((drill) => pairOf(drill.expected, drill.drawn) === pair),
      ),
    )
    .sort((a, b) => lastAt(b) - lastAt(a))
}

const lastAt = ({ takings }: Pick<Confusion, 'takings'>): number => takings.at(-1)?.at ?? 0

function confusionOf(
  takings: readonly Taking[],
  drills: readonly Pick<DrillRecord, 'at' | 'asked' | 'right'>[],
): Confusion {
  const last = takings.at(-1) as Taking
  const drill = drills.at(-1)
  let streak = 0
  let before: { readonly at: number; readonly opens: number } | null = null
  for (const { at, asked, right } of drills) {
    const since = before?.at ?? -Infinity
    const confused = takings.some((one) => one.at > since && one.at <= at)
    // Before its time a drill shows little: the rest begins anew, and grows no longer.
    const early = before !== null && at < before.opens && !confused
    streak = right < asked ? 0 : confused ? 1 : streak + (early && streak > 0 ? 0 : 1)
    const rest = restAfter(streak)
    before = { at, opens: at + Math.max(rest / 2, rest - OPENS_EARLY_MS) }
  }
  if (before !== null && last.at > before.at) streak = 0
  return {
    expected: last.expected,
    drawn: last.drawn,
    takings,
    due: takings.length < CONFUSED_FROM ? null : dueOf(takings, drill, streak),
    drilled: drill?.at ?? null,
    drills: drills.length,
    streak,
  }
}

const restAfter = (streak: number): number => (streak === 0 ? 1 : restDays(streak)) * DAY_MS

/** Never drilled, or confused since: at once. All right: after its rest. Not all right: a day later. */
function dueOf(
  takings: readonly Taking[],
  drill: Pick<DrillRecord, 'at'> | undefined,
  streak: number,
): number {
  if (drill === undefined) return (takings[CONFUSED_FROM - 1] as Taking).at
  const since = takings.find(({ at }) => at > drill.at)
  if (since !== undefined) return since.at
  return drill.at + restAfter(streak)
}
