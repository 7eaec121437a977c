import {
  byLadder,
  bySchedule,
  type ComingItem,
  type Conditions,
  comingDays,
  debtOf,
  modelOf,
  type Newcomers,
  type NextInterval,
  phaseOf,
  policyFor,
  settleDays,
} from '#domain/memory/index.ts'
import { parametersOf, targetOf } from '#domain/progress/index.ts'
import { type Day, recallMinutes } from './agenda.ts'
import type { Learner } from './learner.ts'
import type { World } from './ports.ts'
import type { DebtView, TargetView } from './views-today.ts'

/** What the coming days bring: when what waits is worked off, and what will be known on the day that counts. */

/** The pace of a learner is measured over so many days, once there are half as many. */
const PACE_DAYS = 28

/** Beyond three years nobody's forecast means anything. */
const FARTHEST_DAYS = 1096

export interface Ahead {
  readonly items: readonly ComingItem[]
  readonly conditions: Conditions
}

/** Asking for it the first time may solve some tables (`policyFor`), so ask where there is a debt or a date. */
export function aheadOf(world: World, learner: Learner, day: Day): Ahead {
  const { settings, state } = learner
  const { parameters } = parametersOf(state)
  const model = modelOf(parameters)
  const next = intervals(learner)
  const items = day.items.map((item) => ({ ...item, next: next(item.wanted) }))
  const newcomers = newcomersOf(world, learner, day, next(settings.meanRecall))
  const settle = settleDays(model, next(settings.meanRecall))
  return {
    items,
    conditions: {
      model,
      cap: day.cap,
      left: day.left,
      newcomers,
      target: day.daysLeft === null || day.daysLeft < 0 ? null : { daysLeft: day.daysLeft, settle },
    },
  }
}

/** How the learner's schedule goes on after a review, by the recall that is wanted. */
function intervals({ settings, state }: Learner): (wanted: number) => NextInterval {
  if (settings.scheduler === 'ladder') {
    const next = byLadder(settings.ladder)
    return () => next
  }
  const { parameters } = parametersOf(state)
  const made = new Map<number, NextInterval>()
  return (wanted) => {
    const known = made.get(wanted) ?? bySchedule(policyFor(parameters, wanted))
    made.set(wanted, known)
    return known
  }
}

/** Diagrams that are read for their par, where nothing is known that could stand for them: reading all takes a while. */
const READ_MOST = 8

/** None in maintenance, and none where all is introduced. */
function newcomersOf(world: World, learner: Learner, day: Day, next: NextInterval): Newcomers | null {
  const { settings, memories } = learner
  const open = [...world.catalogue.items.values()].filter(({ id }) => !memories.has(id))
  if (settings.rhythm === 'maintain' || open.length === 0) return null
  const recalls =
    day.items.length > 0
      ? day.items.map(({ minutes }) => minutes)
      : open.slice(0, READ_MOST).map((item) => recallMinutes(world, learner, item))
  return {
    perDay: settings.newPerDay,
    available: open.length,
    studyMinutes: mean(open.map(({ minutes }) => minutes)),
    recallMinutes: mean(recalls),
    wanted: settings.meanRecall,
    next,
  }
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** Null where everything that is due fits today. On a day before the target nothing is owed: it is to be light. */
export function debtView(world: World, learner: Learner, day: Day): DebtView | null {
  const [first] = day.agenda.later
  if (first === undefined || day.daysLeft === 0 || day.daysLeft === 1) return null
  if (day.cap === Number.POSITIVE_INFINITY) return null
  const { items, conditions } = aheadOf(world, learner, day)
  const debt = debtOf(items, { ...conditions, target: null }, day.agenda.later)
  if (debt === null) return null
  const { days, now } = learner
  return {
    items: debt.items,
    minutes: Math.ceil(debt.minutes),
    gone: debt.goneIn === null ? null : days.nameOf(days.after(now, debt.goneIn)),
    needs: debt.needs === null ? null : Math.ceil(debt.needs),
    // In maintenance nothing new was to come, nor where all has been met.
    pausesNew: debt.pausesNew && conditions.newcomers !== null,
    first: first.id,
  }
}

/** What will be known on the learner's date, at their pace; null where they set none. */
export function targetView(world: World, learner: Learner, day: Day): TargetView | null {
  const { settings, days, now } = learner
  if (settings.targetDate === null || day.daysLeft === null) return null
  const { daysLeft } = day
  const date = settings.targetDate
  const base = { date, daysLeft, phase: phaseOf(daysLeft) }
  if (daysLeft < 0) return { ...base, met: learner.memories.size, recall: null, newUntil: null, looks: [] }
  const { items, conditions } = aheadOf(world, learner, day)
  const { newcomers, target } = conditions
  const paced = newcomers && { ...newcomers, perDay: Math.min(newcomers.perDay, paceOf(learner)) }
  const count = Math.min(daysLeft, FARTHEST_DAYS)
  const coming = comingDays(items, { ...conditions, newcomers: paced }, count)
  const last = daysLeft - (target?.settle ?? 0) - 1
  return {
    ...base,
    met: Math.floor(coming.met + 1e-6),
    recall: coming.recall,
    newUntil: newcomers === null || last < 0 ? null : days.nameOf(days.after(now, last)),
    looks: day.agenda.today.filter(({ id }) => day.agenda.looks.has(id)).map(({ id }) => id),
  }
}

/** Diagrams met a day of late; before that can be said, as many as the learner means to. */
function paceOf({ memories, settings, now, days }: Learner): number {
  const met = [...memories.values()].map(({ introduced }) => days.between(introduced, now))
  const since = met.reduce((most, ago) => Math.max(most, ago), 0)
  if (since < PACE_DAYS / 2) return settings.newPerDay
  const span = Math.min(PACE_DAYS, since)
  return met.filter((ago) => ago >= 0 && ago < span).length / span
}

/** Whether something new may be begun today: not while much waits, nor so near to the date that it could not settle. */
export function maySettle(learner: Learner, { daysLeft }: Day): boolean {
  if (daysLeft === null || daysLeft < 0) return true
  const { parameters } = parametersOf(learner.state)
  const { settings } = learner
  // Weeks away it settles by any schedule.
  if (daysLeft > 60) return true
  return daysLeft > settleDays(modelOf(parameters), intervals(learner)(targetOf(settings, 1)))
}
