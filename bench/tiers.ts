import {
  DEFAULT_PARAMETERS,
  type HeldItem,
  modelOf,
  policyFor,
  type ReviewPolicy,
} from '#domain/memory/index.ts'
import {
  firstDifficulty,
  firstStability,
  type Grade,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from '#domain/memory/model.ts'
import { FIRST_SHARES, PASS_SHARES } from '#domain/memory/optimal.ts'
import { type Random, seeded } from '#lib/random.ts'
import type { BenchRow } from './row.ts'

/** What it costs to hold each tier at the target by itself, beside one price of memory for all of them. */

const TARGET = 0.95
const ITEMS = 1060
const PER_DAY = 10
const DAYS = 364
const TIERS = 7
const LEARNERS = 12
/** Items from which on a tier has a price of its own, as `memories` has it, and days that it then has to settle. */
const OWN_FROM = 30
const SETTLES = 28

const model = modelOf(DEFAULT_PARAMETERS)

interface Item {
  readonly tier: number
  stability: number
  difficulty: number
  last: number
  due: number
}

interface Year {
  readonly reviews: number
  /** Of the days of settled tiers, and how many of them were under the target; the worst tier's share. */
  readonly under: number
  readonly worst: number
}

type Group = (tier: number, items: readonly Item[]) => number
const together: Group = () => 0
const byTier: Group = (tier, items) => {
  const own = items.filter((item) => item.tier === tier).length
  return own >= OWN_FROM ? tier : 0
}

function year(group: Group, random: Random): Year {
  const items: Item[] = []
  const means = new Map<number, number[]>()
  const policies = new Map<number, ReviewPolicy>()
  const rest = (item: Item) => {
    const policy = policies.get(group(item.tier, items)) ?? policyFor(DEFAULT_PARAMETERS, TARGET)
    item.due = item.last + policy.intervalDays(item.stability, item.difficulty)
  }
  let reviews = 0
  for (let day = 0; day < DAYS; day++) {
    if (day % 7 === 0) {
      policies.clear()
      for (const [key, own] of Map.groupBy(items, ({ tier }) => group(tier, items)))
        policies.set(key, policyFor(DEFAULT_PARAMETERS, TARGET, own.map(heldOn(day))))
      items.forEach(rest)
    }
    watch(items, day, means)
    for (const item of items) {
      if (item.due > day) continue
      reviews++
      review(item, day, random)
      rest(item)
    }
    for (let i = 0; i < PER_DAY && items.length < ITEMS; i++) {
      const item = introduced(items.length, day, random)
      items.push(item)
      rest(item)
    }
  }
  return { reviews, ...underTarget(means) }
}

const heldOn =
  (day: number) =>
  ({ stability, difficulty, last }: Item): HeldItem => ({ stability, difficulty, elapsedDays: day - last })

/** Before the day's reviews. Tier by tier they are introduced, from 1 on. */
function watch(items: readonly Item[], day: number, means: Map<number, number[]>): void {
  for (const [tier, own] of Map.groupBy(items, (item) => item.tier)) {
    if (own.length < OWN_FROM) continue
    const sum = own.reduce((all, { last, stability }) => all + recallAfter(model, day - last, stability), 0)
    means.set(tier, [...(means.get(tier) ?? []), sum / own.length])
  }
}

function review(item: Item, day: number, random: Random): void {
  const recall = recallAfter(model, day - item.last, item.stability)
  const grade = random() < recall ? ((drawn(PASS_SHARES, random()) + 1) as Grade) : 1
  item.stability =
    grade === 1
      ? stabilityAfterFail(model, item.stability, item.difficulty, recall)
      : stabilityAfterPass(model, item.stability, item.difficulty, recall, grade)
  item.difficulty = nextDifficulty(model, item.difficulty, grade)
  item.last = day
}

function introduced(count: number, day: number, random: Random): Item {
  const grade = drawn(FIRST_SHARES, random()) as Grade
  const tier = 1 + Math.floor(count / Math.ceil(ITEMS / TIERS))
  return {
    tier,
    stability: firstStability(model, grade),
    difficulty: firstDifficulty(model, grade),
    last: day,
    due: day,
  }
}

/** The place, from 1, of a share that a number in [0, 1) falls on. */
function drawn(shares: readonly number[], at: number): number {
  let left = at
  const place = shares.findIndex((share) => {
    left -= share
    return left < 0
  })
  return place < 0 ? shares.length : place + 1
}

function underTarget(means: ReadonlyMap<number, readonly number[]>): Pick<Year, 'under' | 'worst'> {
  const settled = [...means.values()].map((all) => all.slice(SETTLES)).filter((all) => all.length > 0)
  const under = settled.map((all) => all.filter((mean) => mean < TARGET).length)
  const days = settled.reduce((sum, all) => sum + all.length, 0)
  const worst = Math.max(...settled.map((all, i) => (under[i] ?? 0) / all.length))
  return { under: under.reduce((a, b) => a + b, 0) / days, worst }
}

export async function run(): Promise<BenchRow[]> {
  const lives = (group: Group) => Array.from({ length: LEARNERS }, (_, seed) => year(group, seeded(seed)))
  const [own, one] = [lives(byTier), lives(together)]
  const mean = (years: readonly Year[], of: (year: Year) => number) =>
    years.reduce((sum, life) => sum + of(life), 0) / years.length
  const row = (what: string, unit: string, of: (year: Year) => number, most: number): BenchRow => {
    const [value, against] = [mean(own, of), mean(one, of)]
    const ratio = value / against
    return {
      bench: 'tiers',
      what: `${what}, each tier held by itself`,
      value,
      unit,
      bar: `at most ${most} of what one price for all takes`,
      holds: ratio <= most,
      against: { what: 'one price for all', value: against, ratio },
    }
  }
  return [
    row('days of a settled tier under its target', '', ({ under }) => under, 0.5),
    row('the same of the worst tier', '', ({ worst }) => worst, 0.5),
    row('reviews in a year of 1,060 items', 'reviews', ({ reviews }) => reviews, 1.02),
  ]
}
