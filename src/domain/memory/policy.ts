import { invariant } from '#lib/invariant.ts'
import { seeded } from '#lib/random.ts'
import { LONGEST_DAYS } from './memory.ts'
import {
  daysUntil,
  type FsrsModel,
  firstDifficulty,
  firstStability,
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from './model.ts'
import {
  type DecisionGrid,
  decisionGrid,
  FIRST_SHARES,
  PASS_SHARES,
  solvePrice,
  tableDays,
} from './optimal.ts'

/** When to review an item next, for one learner: made once for their parameters and target, asked once a review. */
export interface ReviewPolicy {
  /**
   * Whole days until the next review, 1 to 36,500, for an item just reviewed. `stability` in days (recall
   * falls to 90% after
   * so long), `difficulty` 1 (easy) to 10, both by FSRS-6. Never so long that an item would be forgotten four times
   * as often as the target allows on average, a day's interval apart: nothing is given up.
   */
  intervalDays(stability: number, difficulty: number): number
}

/** What a learner's price of memory is read off: one introduced item as it stands today. */
export interface HeldItem {
  readonly stability: number
  readonly difficulty: number
  /** Days since its last review. */
  readonly elapsedDays: number
}

/** Prices of memory (passed reviews per lost item-day) for which tables are solved: each a third above the last. */
const LOWEST_PRICE = 0.01
const PRICE_RATIO = 4 / 3
const LAST_POSITION = 30

/**
 * A collection may be priced so many positions (about four times) from the price of a first year: it may
 * be small, or odd.
 */
const FARTHEST = 5
/** Below this many items a first year's price serves better than so few items' own. */
const FEWEST_ITEMS = 30
const MOST_SAMPLED = 256
const WINDOW_DAYS = 14

/** What one set of parameters has been solved for; solved at need, since most prices are never asked for. */
interface Prices {
  readonly model: FsrsModel
  readonly grid: DecisionGrid
  readonly tables: Map<number, Float64Array>
  /** Positions of first years' prices, by target. */
  readonly years: Map<number, number>
}

const MOST_LEARNERS = 16
const solved = new Map<string, Prices>()

function pricesOf(parameters: readonly number[]): Prices {
  const key = parameters.join(' ')
  const known = solved.get(key)
  if (known) {
    // To the end: what was asked for longest ago makes room first.
    solved.delete(key)
    solved.set(key, known)
    return known
  }
  const model = modelOf(parameters)
  const made: Prices = { model, grid: decisionGrid(model), tables: new Map(), years: new Map() }
  const [oldest] = solved.keys()
  if (oldest !== undefined && solved.size >= MOST_LEARNERS) solved.delete(oldest)
  solved.set(key, made)
  return made
}

function tableAt(prices: Prices, position: number): Float64Array {
  const known = prices.tables.get(position)
  if (known) return known
  // Always from nothing, so that a table does not depend on which others were asked for before it.
  const made = solvePrice(prices.grid, LOWEST_PRICE * PRICE_RATIO ** position)
  prices.tables.set(position, made)
  return made
}

/** How many times as often as the target allows an item may be forgotten when it is due. */
const MOST_LAPSES = 4

/** The policy of one price; `position` may lie between two solved prices. */
function policyAt(prices: Prices, target: number, position: number): ReviewPolicy {
  const low = Math.min(LAST_POSITION - 1, Math.floor(position))
  const share = position - low
  const under = tableAt(prices, low)
  const over = share === 0 ? under : tableAt(prices, low + 1)
  const logDays = under.map((value, cell) => value * (1 - share) + (over[cell] as number) * share)
  const least = Math.max(0.5, 1 - MOST_LAPSES * (1 - target))
  const latest = daysUntil(prices.model, least, 1)
  return {
    intervalDays: (stability, difficulty) => {
      const days = Math.min(tableDays(logDays, stability, difficulty), latest * stability)
      return Math.min(LONGEST_DAYS, Math.max(1, Math.round(days)))
    },
  }
}

/**
 * The position between `low` and `high` at which a mean that grows with the price meets the target; whole
 * steps first.
 */
function positionFor(
  target: number,
  low: number,
  high: number,
  meanAt: (position: number) => number,
): number {
  let under = Math.floor(low)
  let over = Math.ceil(high)
  while (over - under > 1) {
    const middle = (under + over) >> 1
    if (meanAt(middle) < target) under = middle
    else over = middle
  }
  for (let i = 0; i < 6; i++) {
    const middle = (under + over) / 2
    if (meanAt(middle) < target) under = middle
    else over = middle
  }
  return Math.min(high, Math.max(low, over))
}

/**
 * The policy that holds the mean probability of recall over all introduced items at `targetMeanRecall`
 * (0.7 to 0.99) for the fewest
 * minutes. `parameters` are the 21 of FSRS-6, default or fitted.
 *
 * With `held`, every introduced item that shares the target, in an order that does not change, the price
 * of memory is the one at which
 * the mean meets the target on the worst morning of the coming two weeks: ask again each week, and it holds on every day,
 * young collection or old. Without it (or with fewer than 30), the price is that of an item's first year.
 *
 * Pure and deterministic. The first call with new parameters solves some tables (some 100 ms); later ones find them.
 */
export function policyFor(
  parameters: readonly number[],
  targetMeanRecall: number,
  held: readonly HeldItem[] = [],
): ReviewPolicy {
  invariant(targetMeanRecall > 0 && targetMeanRecall < 1, 'a target is a probability')
  const prices = pricesOf(parameters)
  const year = yearPosition(prices, targetMeanRecall)
  if (held.length < FEWEST_ITEMS) return policyAt(prices, targetMeanRecall, year)
  const step = Math.ceil(held.length / MOST_SAMPLED)
  const sample = held.filter((_, i) => i % step === 0)
  const low = Math.max(0, year - FARTHEST)
  const high = Math.min(LAST_POSITION, year + FARTHEST)
  const position = positionFor(targetMeanRecall, low, high, (at) => {
    const policy = policyAt(prices, targetMeanRecall, at)
    return leastMorning(prices.model, sample, policy)
  })
  return policyAt(prices, targetMeanRecall, position)
}

function yearPosition(prices: Prices, target: number): number {
  const known = prices.years.get(target)
  if (known !== undefined) return known
  const found = positionFor(target, 0, LAST_POSITION, (at) =>
    firstYear(prices.model, policyAt(prices, target, at)),
  )
  prices.years.set(target, found)
  return found
}

/**
 * Σ R(j, S) over the days `from + 1` to `to` after a review, by the integral from half a day before to
 * half a day after:
 * `∫(1 + F·t/S)^decay dt = S·(1 + F·t/S)^(decay + 1) / (F·(decay + 1))`.
 */
function recallDays({ decay, factor }: FsrsModel, stability: number, from: number, to: number): number {
  const power = decay + 1
  const until = (t: number) => (1 + (factor * t) / stability) ** power
  return ((until(to + 0.5) - until(from + 0.5)) * stability) / (factor * power)
}

/**
 * The least of the mean recalls on the coming mornings, before each day's reviews: until due an item stands as it is,
 * afterwards as after another such review.
 */
function leastMorning(model: FsrsModel, items: readonly HeldItem[], policy: ReviewPolicy): number {
  const sums = new Float64Array(WINDOW_DAYS)
  for (const { stability, difficulty, elapsedDays } of items) {
    const interval = policy.intervalDays(stability, difficulty)
    const waits = Math.max(0, interval - elapsedDays)
    for (let day = 1; day <= WINDOW_DAYS; day++) {
      const since = day <= waits ? elapsedDays + day : ((day - waits - 1) % interval) + 1
      sums[day - 1] = (sums[day - 1] as number) + recallAfter(model, since, stability)
    }
  }
  return Math.min(...sums) / items.length
}

const YEAR_DAYS = 364
const YEAR_ITEMS = 300

/**
 * Mean recall over the first year of an item, before each day's reviews: the same items and luck for every
 * policy.
 */
function firstYear(model: FsrsModel, policy: ReviewPolicy): number {
  const random = seeded(1)
  let sum = 0
  for (let item = 0; item < YEAR_ITEMS; item++) {
    // One draw for each review that a day could hold keeps the luck of a day the same at every price.
    const luck = seeded(Math.floor(random() * 2 ** 32))
    const first = gradeOf(FIRST_SHARES, luck()) as Grade
    let stability = firstStability(model, first)
    let difficulty = firstDifficulty(model, first)
    for (let day = 0; day < YEAR_DAYS; ) {
      const interval = policy.intervalDays(stability, difficulty)
      sum += recallDays(model, stability, 0, Math.min(interval, YEAR_DAYS - day))
      day += interval
      const r = recallAfter(model, interval, stability)
      const passed = luck() < r
      const grade = passed ? ((gradeOf(PASS_SHARES, luck()) + 1) as Grade) : 1
      stability =
        grade === 1
          ? stabilityAfterFail(model, stability, difficulty, r)
          : stabilityAfterPass(model, stability, difficulty, r, grade)
      difficulty = nextDifficulty(model, difficulty, grade)
    }
  }
  return sum / (YEAR_ITEMS * YEAR_DAYS)
}

/** 1-based place in a list of shares at which a number in [0, 1) falls. */
function gradeOf(shares: readonly number[], draw: number): number {
  let left = draw
  for (const [i, share] of shares.entries()) {
    left -= share
    if (left < 0) return i + 1
  }
  return shares.length
}
