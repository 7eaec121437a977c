import type { DiagramItem } from '#domain/curriculum/index.ts'
import { parSeconds } from '#domain/grading/index.ts'
import { allAttempts, standingAttempts } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { cardOf } from './diagrams.ts'
import { readDraft } from './drafts.ts'
import { type Learner, loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import { storage } from './problem.ts'
import type { Problem, TodayView } from './views.ts'

/** Typing the answer to one question of facts or context, in seconds. */
const ANSWER_SECONDS = 15

/** What is due, most nearly forgotten first; what is new, within the day's share; and how long it will take. */
export async function today(world: World): Promise<Result<TodayView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const drafts = await world.store.drafts(world.learner)
  if (!drafts.ok) return storage(drafts.error)
  const { items } = world.catalogue
  const due = dueNow(world, learner.value)
  const fresh = freshToday(world, learner.value)
  const [recall] = due
  const [study] = fresh
  const next = recall ? { action: 'recall' as const, id: recall.id } : null
  return ok({
    due: due.map((item) => cardOf(item, learner.value)),
    fresh: fresh.map((item) => cardOf(item, learner.value)),
    minutes: minutesFor(world, learner.value, due, fresh),
    next: next ?? (study ? { action: 'learn', id: study.id } : null),
    nextDue: due.length > 0 ? null : nextDue(world, learner.value),
    unfinished: drafts.value
      .flatMap(({ diagram, body }) => {
        const item = items.get(diagram)
        const draft = readDraft(body)
        const begun = draft !== null && (draft.drawing.trim() !== '' || draft.stage === 'answer')
        return item && begun ? [{ id: diagram, title: item.title, at: draft.at }] : []
      })
      .reduce<TodayView['unfinished']>((last, one) => (last === null || one.at > last.at ? one : last), null),
    doneToday: doneToday(learner.value),
  })
}

/** What to do next, for the page after a result. */
export function nextOf(world: World, learner: Learner): TodayView['next'] {
  const [recall] = dueNow(world, learner)
  if (recall) return { action: 'recall', id: recall.id }
  const [study] = freshToday(world, learner)
  return study ? { action: 'learn', id: study.id } : null
}

function dueNow(world: World, learner: Learner): DiagramItem[] {
  return [...learner.memories.keys()]
    .map((id) => ({ item: world.catalogue.items.get(id), ...standingOf(learner, id) }))
    .filter((one) => one.state === 'due')
    .sort((a, b) => (a.recall ?? 0) - (b.recall ?? 0) || (a.due ?? 0) - (b.due ?? 0))
    .flatMap(({ item }) => (item ? [item] : []))
}

/**
 * New diagrams, as many as the day still has room for: those whose prerequisites were learnt, lowest tier first; among
 * equals the category that was met least, then the simplest.
 */
function freshToday({ catalogue }: World, { memories, settings, days, now }: Learner): DiagramItem[] {
  const today = days.startOf(now)
  const learntToday = [...memories.values()].filter(({ introduced }) => introduced >= today).length
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
  while (chosen.length < settings.newPerDay - learntToday && open.length > 0) {
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
  { catalogue }: World,
  learner: Learner,
  due: readonly DiagramItem[],
  fresh: readonly DiagramItem[],
): number {
  const recall = (item: DiagramItem) => {
    const own = standingAttempts(learner.state, item.id).flatMap(({ seconds }) => seconds ?? [])
    const recent = own.slice(-3)
    const diagram = catalogue.diagrams.get(item.id)
    const par = diagram ? parSeconds(diagram.drawing) : 0
    const drawing = recent.length > 0 ? recent.reduce((a, b) => a + b) / recent.length : par
    return drawing + ANSWER_SECONDS * (item.facts.length + item.context.length)
  }
  const seconds = due.reduce((sum, item) => sum + recall(item), 0)
  return Math.ceil(seconds / 60) + fresh.reduce((sum, { minutes }) => sum + minutes, 0)
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

function doneToday({ state, days, now }: Learner): number {
  const today = days.startOf(now)
  return allAttempts(state).filter(({ at }) => at >= today).length
}
