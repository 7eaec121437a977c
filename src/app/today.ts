import type { DiagramItem } from '#domain/curriculum/index.ts'
import { roomForNew } from '#domain/memory/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { attemptsToday, type Day, dayOf, introducedToday, lastCheckOf, recallMinutes } from './agenda.ts'
import { debtView, maySettle, targetView } from './agenda-ahead.ts'
import { cardsWaiting } from './cards.ts'
import { dueDrills } from './contrast.ts'
import { cardOf } from './diagrams.ts'
import { readDraft } from './drafts.ts'
import { type Learner, loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import { saysOf } from './today-words.ts'
import type { DiagramCard, NextStep, Problem } from './views.ts'
import type { MaintenanceView, TodayView } from './views-today.ts'

/**
 * The learner's day: what is due, as much of it as the day has minutes for; what is new, where there is room; what else
 * waits; and what stands against it: the debt, the date.
 */
export async function today(world: World): Promise<Result<TodayView, Problem>> {
  const loaded = await loadLearner(world)
  if (!loaded.ok) return loaded
  const learner = loaded.value
  const drafts = await world.store.drafts(world.learner)
  if (!drafts.ok) return storage(drafts.error)
  const { items } = world.catalogue
  const cards = cardsWaiting(learner)
  const drills = await dueDrills(world, learner)
  const aside = cards.minutes + drills.reduce((sum, { minutes }) => sum + minutes, 0)
  const day = dayOf(world, learner, aside)
  const due = itemsIn(world, day.agenda.today)
  const debt = debtView(world, learner, day)
  const fresh = freshToday(world, learner, day)
  const maintenance = maintenanceView(world, learner, day)
  const parts = {
    due: due.map((item) => cardOf(item, learner)),
    fresh: fresh.map((item) => cardOf(item, learner)),
    nextDue: day.agenda.today.length + day.agenda.later.length > 0 ? null : nextDue(world, learner),
    doneToday: attemptsToday(learner).length,
    cap: day.cap === Number.POSITIVE_INFINITY ? null : { minutes: day.cap, spent: Math.round(day.spent) },
    debt,
    target: targetView(world, learner, day),
    maintenance,
    cards: cards.due + cards.fresh > 0 ? cards : null,
    drills,
  }
  return ok({
    ...parts,
    minutes: minutesFor(world, learner, [...due, ...sessionItems(world, day)], fresh),
    next: stepOf(day, fresh),
    unfinished: unfinishedOf(world, drafts.value),
    says: saysOf({ ...parts, isMore: items.size > learner.memories.size }, learner),
  })
}

/** What to do next, for the page after a result. */
export function nextOf(world: World, learner: Learner): NextStep {
  const day = dayOf(world, learner)
  return stepOf(day, freshToday(world, learner, day))
}

function stepOf({ agenda, maintenance }: Day, [study]: readonly DiagramItem[]): NextStep {
  const recall = agenda.today[0]?.id ?? maintenance?.open[0]
  if (recall !== undefined) return { action: 'recall', id: recall }
  return study ? { action: 'learn', id: study.id } : null
}

const itemsIn = ({ catalogue }: World, of: readonly { readonly id: string }[]): DiagramItem[] =>
  of.flatMap(({ id }) => catalogue.items.get(id) ?? [])

const sessionItems = (world: World, { maintenance }: Day): DiagramItem[] =>
  itemsIn(
    world,
    (maintenance?.open ?? []).map((id) => ({ id })),
  )

/** New diagrams, as many as the day's share and its minutes have room for; none while more than a day's work waits. */
function freshToday(world: World, learner: Learner, day: Day): DiagramItem[] {
  const { settings } = learner
  const most = settings.newPerDay - introducedToday(learner).length
  if (settings.rhythm === 'maintain' || most <= 0 || !maySettle(learner, day)) return []
  if (day.agenda.later.length > 0) return []
  const chosen = newInOrder(world, learner, most)
  let free = day.left - day.agenda.today.reduce((sum, { minutes }) => sum + minutes, 0)
  const end = chosen.findIndex((item) => {
    const minutes = item.minutes + recallMinutes(world, learner, item)
    const fits = roomForNew(free, day.cap, minutes) > 0
    free -= minutes
    return !fits
  })
  return end < 0 ? chosen : chosen.slice(0, end)
}

/**
 * Those whose prerequisites were learnt, lowest tier first; among equals the category that was met least, then the
 * simplest.
 */
function newInOrder({ catalogue }: World, { memories }: Learner, most: number): DiagramItem[] {
  const met = new Map<string, number>()
  const count = (item: DiagramItem) => met.set(item.category, (met.get(item.category) ?? 0) + 1)
  for (const id of memories.keys()) {
    const item = catalogue.items.get(id)
    if (item) count(item)
  }
  const learnt = (id: string) => memories.has(id) || !catalogue.items.has(id)
  const open = [...catalogue.items.values()].filter(
    (item) => !memories.has(item.id) && item.needs.every(learnt),
  )
  const chosen: DiagramItem[] = []
  while (chosen.length < most && open.length > 0) {
    const rank = (item: DiagramItem) => [item.tier, met.get(item.category) ?? 0, item.complexity]
    const best = open.reduce((a, b) => (compare([...rank(b), b.id], [...rank(a), a.id]) < 0 ? b : a))
    open.splice(open.indexOf(best), 1)
    chosen.push(best)
    count(best)
  }
  return chosen
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const i = a.findIndex((value, at) => value !== b[at])
  return i < 0 ? 0 : (a[i] ?? 0) < (b[i] ?? 0) ? -1 : 1
}

function minutesFor(
  world: World,
  learner: Learner,
  recalls: readonly DiagramItem[],
  fresh: readonly DiagramItem[],
): number {
  const recall = recalls.reduce((sum, item) => sum + recallMinutes(world, learner, item), 0)
  return Math.ceil(recall) + fresh.reduce((sum, { minutes }) => sum + minutes, 0)
}

function maintenanceView(world: World, learner: Learner, day: Day): MaintenanceView | null {
  if (day.maintenance === null) return null
  const { kind, done, of } = day.maintenance
  const check = lastCheckOf(world, learner)
  const open = sessionItems(world, day).map((item): DiagramCard => cardOf(item, learner))
  const lastCheck = check && {
    at: new Date(check.at).toISOString(),
    passed: check.passed,
    of: check.of,
    weak: check.weak as NonNullable<MaintenanceView['lastCheck']>['weak'],
  }
  return { kind, done, of, open, lastCheck }
}

function unfinishedOf(
  { catalogue }: World,
  drafts: readonly { readonly diagram: string; readonly body: string }[],
): TodayView['unfinished'] {
  let last: TodayView['unfinished'] = null
  for (const { diagram, body } of drafts) {
    const item = catalogue.items.get(diagram)
    const draft = readDraft(body)
    const begun = draft !== null && (draft.drawing.trim() !== '' || draft.stage === 'answer')
    if (item && begun && (last === null || draft.at > last.at))
      last = { id: diagram, title: item.title, at: draft.at }
  }
  return last
}

function nextDue({ catalogue }: World, learner: Learner): TodayView['nextDue'] {
  let next: TodayView['nextDue'] = null
  for (const id of learner.memories.keys()) {
    const item = catalogue.items.get(id)
    const { due } = standingOf(learner, id)
    if (!item || due === null) continue
    const at = new Date(due).toISOString()
    if (next === null || at < next.due) next = { id, title: item.title, due: at }
  }
  return next
}
