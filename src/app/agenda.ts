import type { DiagramItem } from '#domain/curriculum/index.ts'
import { isLinked, resolve } from '#domain/diagram/index.ts'
import { parSeconds } from '#domain/grading/index.ts'
import {
  type AgendaItem,
  agendaOf,
  byWorth,
  type DayAgenda,
  interleaved,
  LIGHT_MINUTES,
  lastCheck,
  modelOf,
  type Session,
  type Sitting,
  sessionDue,
  sittingAfter,
} from '#domain/memory/index.ts'
import {
  type AttemptRecord,
  allAttempts,
  parametersOf,
  ratingOfAttempt,
  standingAttempts,
  targetOf,
} from '#domain/progress/index.ts'
import { type Learner, standingOf } from './learner.ts'
import type { World } from './ports.ts'

/** The learner's day as the domain plans it: what is known of each introduced diagram, and what the day has room for. */

const DAY_MS = 86_400_000

/** Typing the answer to one question of facts or context, in seconds. */
const ANSWER_SECONDS = 15

/** What a day of maintenance takes where the learner set no other bound, and how many recalls it asks where nothing is due. */
const MAINTENANCE_MINUTES = 15
const DAILY_RECALLS = 2

/** A rest from which on the next recall begins another sitting: as long as a category may stay in one. */
const REST_MS = 30 * 60_000

export interface Day {
  readonly items: readonly AgendaItem[]
  readonly agenda: DayAgenda<AgendaItem>
  /** Minutes of a day, Infinity for no bound; those that were used today, and those that are left for diagrams. */
  readonly cap: number
  readonly spent: number
  readonly left: number
  readonly daysLeft: number | null
  readonly maintenance: Maintenance | null
}

export interface Maintenance {
  readonly kind: 'daily' | Session['kind']
  readonly done: number
  readonly of: number
  readonly open: readonly string[]
}

/** `aside`: minutes that other things than diagrams want of the day; they get half of what is left at most. */
export function dayOf(world: World, learner: Learner, aside = 0): Day {
  const { settings, days, now } = learner
  const items = itemsOf(world, learner)
  const maintains = settings.rhythm === 'maintain'
  const cap = settings.minutesPerDay ?? (maintains ? MAINTENANCE_MINUTES : Number.POSITIVE_INFINITY)
  const spent = minutesSpent(world, learner)
  const daysLeft = settings.targetDate === null ? null : days.untilDate(now, settings.targetDate)
  const light = daysLeft === 0 || daysLeft === 1
  const bound = Math.max(0, (light ? Math.min(cap, LIGHT_MINUTES) : cap) - spent)
  const left = bound === Number.POSITIVE_INFINITY ? bound : bound - Math.min(aside, bound / 2)
  const model = modelOf(parametersOf(learner.state).parameters)
  const concepts = (id: string) => conceptsOf(world, id)
  const sitting = sittingNow(world, learner)
  const agenda = agendaOf(items, { model, left, untouched: spent === 0, daysLeft, concepts, sitting })
  const maintenance = maintains ? maintenanceOf(world, learner, items, agenda, sitting) : null
  return { items, agenda, cap, spent, left, daysLeft, maintenance }
}

/** Every introduced diagram that the catalogue has, in the order of ids. */
function itemsOf(world: World, learner: Learner): AgendaItem[] {
  const { days, now, settings } = learner
  return [...learner.memories].flatMap(([id, memory]): AgendaItem[] => {
    const item = world.catalogue.items.get(id)
    if (item === undefined) return []
    const { state, due } = standingOf(learner, id)
    const rest = days.between(now, due ?? now)
    return [
      {
        id,
        stability: memory.stability,
        difficulty: memory.difficulty,
        elapsed: Math.max(0, now - memory.last) / DAY_MS,
        // What falls due later today (minutes after it was learnt) is not offered yet.
        dueIn: state === 'due' ? Math.min(0, rest) : Math.max(rest, 1e-3),
        minutes: recallMinutes(world, learner, item),
        wanted: targetOf(settings, item.tier),
        category: item.category,
        form: item.form,
        group: item.group,
        unproven: memory.reviews === 0 && !memory.revised,
      },
    ]
  })
}

/** By the learner's own times with it, where there are any; else by its par. */
export function recallMinutes(world: World, { state }: Learner, item: DiagramItem): number {
  const own = standingAttempts(state, item.id).flatMap(({ asked, seconds }) =>
    asked === null && seconds !== null && seconds > 0 ? [seconds] : [],
  )
  const recent = own.slice(-3)
  const drawing = recent.length > 0 ? recent.reduce((a, b) => a + b) / recent.length : parOf(world, item)
  return (drawing + answerSeconds(item)) / 60
}

const answerSeconds = (item: DiagramItem): number =>
  ANSWER_SECONDS * (item.facts.length + item.context.length)

function parOf({ catalogue }: World, { id }: DiagramItem): number {
  const diagram = catalogue.diagrams.get(id)
  return diagram ? parSeconds(diagram.drawing) : 0
}

/** The field's concepts in a drawing; names that only one diagram has resemble nothing. */
function conceptsOf({ catalogue }: World, id: string): readonly string[] {
  const diagram = catalogue.diagrams.get(id)
  if (diagram === undefined) return []
  const { drawing, vocabulary } = diagram
  const labels = isLinked(drawing)
    ? drawing.nodes.map(({ label }) => label)
    : drawing.form === 'timeline'
      ? drawing.events.flatMap(({ label, lane }) => [label, lane])
      : [...drawing.columns, ...drawing.rows.map(({ label }) => label)]
  return [...new Set(labels.flatMap((label) => resolve(vocabulary, label)?.concept ?? []))]
}

/** Within the learner's day: what a clock that ran ahead has recorded for later does not count. */
const isToday = ({ days, now }: Learner, at: number): boolean =>
  at >= days.startOf(now) && at < days.endOf(now)

export const attemptsToday = (learner: Learner): (AttemptRecord & { readonly diagram: string })[] =>
  allAttempts(learner.state).filter(({ at }) => isToday(learner, at))

/** Diagrams whose walkthrough was finished today, or that were tried without one. */
export const introducedToday = (learner: Learner): string[] =>
  [...learner.memories].flatMap(([id, { introduced }]) => (isToday(learner, introduced) ? [id] : []))

/** What was done today, in minutes: recalls by their clock, walkthroughs by their diagram's time, cards and drills. */
function minutesSpent(world: World, learner: Learner): number {
  const { items } = world.catalogue
  const { state } = learner
  const recalls = attemptsToday(learner).reduce((sum, made) => {
    const item = items.get(made.diagram)
    return item === undefined ? sum : sum + secondsOf(world, item, made)
  }, 0)
  const studied = Object.entries(state.items).reduce((sum, [id, { learned }]) => {
    const isNew = learned.some(({ at }) => isToday(learner, at))
    return sum + (isNew ? (items.get(id)?.minutes ?? 0) : 0)
  }, 0)
  const cards = Object.values(state.answered)
    .flat()
    .filter(({ id, at, from }) => from === 'atlas' && !state.undone[id] && isToday(learner, at))
  const drills = state.drills.filter(({ id, at }) => !state.undone[id] && isToday(learner, at))
  const other = [...cards, ...drills].reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)
  return (recalls + other) / 60 + studied
}

/** What an attempt took: its clock, else its diagram's par, and the answers. */
const secondsOf = (world: World, item: DiagramItem, { seconds, share }: AttemptRecord): number =>
  (seconds ?? parOf(world, item)) + answerSeconds(item) * share

/** What was recalled of late, without a rest between: Today is asked again after each recall, and goes on from there. */
function sittingNow(world: World, learner: Learner): Sitting | null {
  let sitting: Sitting | null = null
  let until = Number.NEGATIVE_INFINITY
  for (const made of attemptsToday(learner)) {
    const item = world.catalogue.items.get(made.diagram)
    if (item === undefined) continue
    const took = secondsOf(world, item, made)
    if (made.at - took * 1000 - until > REST_MS) sitting = null
    until = made.at
    sitting = sittingAfter(sitting, { ...item, concepts: conceptsOf(world, item.id), minutes: took / 60 })
  }
  return learner.now - until > REST_MS ? null : sitting
}

function maintenanceOf(
  world: World,
  learner: Learner,
  items: readonly AgendaItem[],
  { today }: DayAgenda<AgendaItem>,
  sitting: Sitting | null,
): Maintenance | null {
  if (items.length === 0) return null
  // Not in days to come, where a clock ran ahead when it was set.
  const began = Math.min(learner.now, learner.state.settings.rhythm?.at ?? learner.now)
  const session = sessionDue(recallsOf(learner), items, began, learner.now)
  const isDue = new Set(today.map(({ id }) => id))
  const attempts = new Set(attemptsToday(learner).map(({ diagram }) => diagram))
  const model = modelOf(parametersOf(learner.state).parameters)
  const rest = () => byWorth(items, model).filter(({ id }) => !attempts.has(id) && !isDue.has(id))
  const ordered = (chosen: readonly AgendaItem[]) =>
    interleaved(
      chosen.map((item) => ({ ...item, concepts: conceptsOf(world, item.id) })),
      sitting,
    ).map(({ id }) => id)
  if (session?.kind === 'weekly') {
    const count = Math.max(0, session.of - session.done - isDue.size)
    return { ...session, open: ordered(rest().slice(0, count)) }
  }
  if (session !== null) {
    const open = new Set(session.open)
    return { ...session, open: ordered(items.filter(({ id }) => open.has(id) && !isDue.has(id))) }
  }
  const of = Math.min(DAILY_RECALLS, items.length)
  const done = Math.min(of, attempts.size)
  const count = Math.max(0, of - done - isDue.size)
  return { kind: 'daily', done, of, open: ordered(rest().slice(0, count)) }
}

function recallsOf({ state }: Learner) {
  return allAttempts(state)
    .filter(({ asked }) => asked === null)
    .map((attempt) => ({
      id: attempt.diagram,
      at: attempt.at,
      total: attempt.total,
      passed: ratingOfAttempt(attempt) !== 'again',
    }))
}

/** What the last check of everything showed, while the learner maintains. */
export function lastCheckOf(world: World, learner: Learner) {
  const began = learner.state.settings.rhythm?.at ?? learner.now
  const introduced = [...learner.memories.keys()].flatMap((id) => {
    const item = world.catalogue.items.get(id)
    return item ? [{ id, category: item.category }] : []
  })
  return lastCheck(recallsOf(learner), introduced, began)
}
