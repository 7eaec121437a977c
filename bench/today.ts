import {
  type AgendaItem,
  agendaOf,
  DEFAULT_PARAMETERS,
  debtOf,
  modelOf,
  policyFor,
} from '#domain/memory/index.ts'
import { nextDifficulty, recallAfter, stabilityAfterFail, stabilityAfterPass } from '#domain/memory/model.ts'
import { type Random, seeded } from '#lib/random.ts'
import { type BenchRow, quantile, sampleMs } from './row.ts'

const ITEMS = 100_000
const ROUNDS = 60
const BAR_MS = 50
const CATEGORIES = ['patterns', 'mechanisms', 'scale', 'costs', 'incidents', 'companies', 'debugging']

const model = modelOf(DEFAULT_PARAMETERS)
const { intervalDays } = policyFor(DEFAULT_PARAMETERS, 0.95)

/** Items on their way to their next review, or past it by up to so many days. */
function collection(count: number, random: Random, overdue: number): AgendaItem[] {
  return Array.from({ length: count }, (_, i) => {
    const stability = Math.exp(random() * Math.log(200))
    const difficulty = 1 + random() * 9
    const rests = intervalDays(stability, difficulty)
    const elapsed =
      overdue > 0 ? rests + Math.floor(random() * random() * overdue) : Math.floor(random() * (rests + 1))
    const category = CATEGORIES[i % CATEGORIES.length] ?? 'patterns'
    return {
      ...{
        id: `${category}/d-${i}`,
        category,
        group: `g${i % 900}`,
        form: i % 3 === 0 ? 'sequence' : 'topology',
      },
      ...{ stability, difficulty, elapsed, dueIn: rests - elapsed, minutes: 1 + random() * 8 },
      ...{ wanted: 0.95, unproven: false },
    }
  })
}

const conditions = (left: number) => ({
  ...{ model, left, untouched: true, daysLeft: null },
  concepts: (id: string) => [`concept ${id.length % 5}`, `concept ${id.charCodeAt(id.length - 1)}`],
  sitting: null,
})

async function agendaRow(what: string, items: readonly AgendaItem[], left: number): Promise<BenchRow> {
  const samples = await sampleMs(ROUNDS, () => agendaOf(items, conditions(left)))
  const sorted = await sampleMs(5, () =>
    [...items].filter(({ dueIn }) => dueIn <= 0).sort((a, b) => a.dueIn - b.dueIn || (a.id < b.id ? -1 : 1)),
  )
  const value = quantile(samples, 0.95)
  const peer = quantile(sorted, 0.5)
  return {
    bench: 'today',
    what: `${what}, p95`,
    value,
    unit: 'ms',
    bar: `≤ ${BAR_MS}`,
    holds: value <= BAR_MS,
    against: { what: 'sorting what is due by its date, ms', value: peer, ratio: value / peer },
  }
}

async function debtRow(items: readonly AgendaItem[]): Promise<BenchRow> {
  const coming = items.map((item) => ({ ...item, next: intervalDays }))
  const bounds = { model, cap: 60, left: 60, newcomers: null, target: null }
  const { later } = agendaOf(items, conditions(60))
  const samples = await sampleMs(8, () => debtOf(coming, bounds, later))
  return {
    bench: 'today',
    what: 'when a debt of 100,000 items ends, a year played through, median',
    value: quantile(samples, 0.5),
    unit: 'ms',
    bar: null,
    holds: null,
    against: null,
  }
}

const DAYS = 90
const LEARNERS = 12

/** Mean probability of recall over 90 days of half an hour, from a backlog of 300 items, by how it is worked off. */
function backlog(choose: (items: readonly AgendaItem[]) => readonly AgendaItem[]): number {
  let sum = 0
  for (let learner = 1; learner <= LEARNERS; learner++) {
    const luck = seeded(learner + 1000)
    const items: { -readonly [K in keyof AgendaItem]: AgendaItem[K] }[] = collection(300, seeded(learner), 60)
    for (let day = 0; day < DAYS; day++) {
      for (const chosen of choose(items)) {
        const item = chosen as (typeof items)[number]
        const r = recallAfter(model, item.elapsed, item.stability)
        const passed = luck() < r
        item.stability = passed
          ? stabilityAfterPass(model, item.stability, item.difficulty, r, 3)
          : stabilityAfterFail(model, item.stability, item.difficulty, r)
        item.difficulty = nextDifficulty(model, item.difficulty, passed ? 3 : 1)
        item.elapsed = 0
        item.dueIn = intervalDays(item.stability, item.difficulty)
      }
      for (const item of items) {
        sum += recallAfter(model, item.elapsed + 0.5, item.stability)
        item.elapsed++
        item.dueIn--
      }
    }
  }
  return sum / (300 * DAYS * LEARNERS)
}

const MINUTES = 30

/** As much as fits into the day, in an order. */
const within =
  (key: (item: AgendaItem) => number) =>
  (items: readonly AgendaItem[]): AgendaItem[] => {
    let minutes = 0
    const due = items.filter(({ dueIn }) => dueIn <= 0).sort((a, b) => key(b) - key(a))
    return due.filter((item) => {
      minutes += item.minutes
      return minutes <= MINUTES
    })
  }

function orderRow(what: string, key: (item: AgendaItem) => number): BenchRow {
  const ours = backlog((items) => agendaOf(items, conditions(MINUTES)).today)
  const theirs = backlog(within(key))
  return {
    bench: 'today',
    what: `mean recall over ${DAYS} days from a backlog, ${MINUTES} minutes a day, against ${what}`,
    value: ours,
    unit: '',
    bar: 'more',
    holds: ours > theirs,
    against: { what, value: theirs, ratio: ours / theirs },
  }
}

/** Today over 100,000 items, and what its order of a backlog is worth beside others. */
export async function run(): Promise<BenchRow[]> {
  const steady = collection(ITEMS, seeded(1), 0)
  const backlogged = collection(ITEMS, seeded(2), 60)
  return [
    await agendaRow('agenda of an hour from 100,000 items on their way', steady, 60),
    await agendaRow('agenda of an hour from 100,000 items, all overdue', backlogged, 60),
    await agendaRow(
      'agenda without a bound from 100,000 items, all overdue',
      backlogged,
      Number.POSITIVE_INFINITY,
    ),
    await debtRow(backlogged),
    orderRow('longest overdue first', ({ dueIn }) => -dueIn),
    orderRow(
      'least likely recalled first',
      ({ elapsed, stability }) => -recallAfter(model, elapsed, stability),
    ),
    orderRow(
      'the same by the minute',
      ({ elapsed, stability, minutes }) => (1 - recallAfter(model, elapsed, stability)) / minutes,
    ),
  ]
}
