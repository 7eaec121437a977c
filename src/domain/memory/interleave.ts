import { fitsIntoRuns } from './packing.ts'

/** What an item is like: what decides beside which others it is recalled best. */
export interface Alike {
  readonly id: string
  readonly category: string
  readonly form: string
  /** Items of one group are parts of one thing: one after another they would prompt each other. */
  readonly group: string
  readonly concepts: readonly string[]
  readonly minutes: number
}

/** No category for longer than this in a row, where any other is left. */
export const RUN_MINUTES = 30

/** From so many of the most valuable that are left the next one is chosen, so that who stops early has done the best of it. */
const WINDOW = 8

/** Where a sitting stands: what was recalled last, and for how many minutes in a row it has been that category. */
export interface Sitting {
  readonly last: Alike
  readonly run: number
}

/**
 * The order within a session, of items that come by value: similar items of different groups follow each other, where
 * interleaving helps most (Brunmair & Richter 2019: g = 0.42, more for similar categories), and no category runs longer
 * than thirty minutes while another is left. Where any order keeps that rule, this one does. The same items give the same order.
 *
 * It goes on from where the sitting stands: who asks again after each item meets the order that was promised, not the most
 * valuable item each time.
 */
export function interleaved<T extends Alike>(byValue: readonly T[], before: Sitting | null = null): T[] {
  const rest = [...byValue]
  const order: T[] = []
  const categories = new Categories(rest)
  const holds = categories.canHold(before)
  let sitting = before
  while (rest.length > 0) {
    const next: T = nextOf(rest, sitting, holds ? categories : null)
    rest.splice(rest.indexOf(next), 1)
    categories.remove(next)
    sitting = sittingAfter(sitting, next)
    order.push(next)
  }
  return order
}

/** Where the sitting stands after one more item. */
export const sittingAfter = (before: Sitting | null, next: Alike): Sitting => ({
  last: next,
  run: lengthOf(before, next),
})

/** How long the run is that an item ends, if it comes next. */
const lengthOf = (before: Sitting | null, next: Alike): number =>
  before?.last.category === next.category ? before.run + next.minutes : next.minutes

function nextOf<T extends Alike>(
  rest: readonly T[],
  sitting: Sitting | null,
  categories: Categories | null,
): T {
  const last = sitting?.last ?? null
  const goesOn = (item: T) => last?.category === item.category
  const known = new Set(last?.concepts)
  let first: T | null = null
  let best: T | null = null
  let bestScore = -Infinity
  let seen = 0
  for (const item of rest) {
    const length = lengthOf(sitting, item)
    if (goesOn(item) && length > RUN_MINUTES + 1e-9) continue
    first ??= item
    if (categories !== null && !categories.canHoldAfter(item, length)) continue
    const score = last === null ? 0 : likeness(last, known, item)
    if (score > bestScore) {
      best = item
      bestScore = score
    }
    if (++seen === WINDOW || last === null) break
  }
  // Where all that is left is of one category, nothing could follow instead.
  return best ?? first ?? (rest[0] as T)
}

/**
 * How much two items profit from following each other: negative in one group, else from 0 (nothing in common). `known` are
 * the concepts of `a`.
 */
function likeness(a: Alike, known: ReadonlySet<string>, b: Alike): number {
  if (a.group === b.group) return -1
  let shared = 0
  for (const concept of b.concepts) if (known.has(concept)) shared++
  const all = known.size + b.concepts.length - shared
  return (
    (all === 0 ? 0 : shared / all) + (a.category === b.category ? 0.5 : 0) + (a.form === b.form ? 0.25 : 0)
  )
}

/** What is left of each category, to know whether the rule of thirty minutes can still be kept. */
class Categories {
  readonly #minutes = new Map<string, number[]>()
  #left: number
  constructor(items: readonly Alike[]) {
    this.#left = items.length
    for (const { category, minutes } of items) {
      const known = this.#minutes.get(category)
      if (known) known.push(minutes)
      else this.#minutes.set(category, [minutes])
    }
  }

  remove({ category, minutes }: Alike): void {
    const left = this.#minutes.get(category) ?? []
    left.splice(left.indexOf(minutes), 1)
    this.#left--
  }

  /**
   * Whether what is left after the item, which makes the run so long, can be ordered within the rule. It can if and only if
   * each category's runs are at most one more than the items of others that may stand between them: the run that is under
   * way is the first.
   */
  canHoldAfter(item: Alike, run: number): boolean {
    for (const [category, minutes] of this.#minutes) {
      const own = category === item.category
      const others = this.#left - (own ? 0 : 1) - minutes.length
      if (minutes.length <= others + 1) continue
      const sizes = own ? [...withoutOne(minutes, item.minutes), run] : minutes
      if (!fitsIntoRuns(sizes, RUN_MINUTES, others + 1)) return false
    }
    return true
  }

  /** The same of all of them, before the first; the run that the sitting is in is one of them already. */
  canHold(sitting: Sitting | null): boolean {
    return [...this.#minutes].every(([category, minutes]) => {
      const sizes = sitting?.last.category === category ? [...minutes, sitting.run] : minutes
      return fitsIntoRuns(sizes, RUN_MINUTES, this.#left - minutes.length + 1)
    })
  }
}

function withoutOne(values: readonly number[], value: number): number[] {
  const i = values.indexOf(value)
  return values.filter((_, at) => at !== i)
}
