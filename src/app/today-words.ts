import { LIGHT_MINUTES } from '#domain/memory/index.ts'
import type { Learner } from './learner.ts'
import type { DebtView, TargetView, TodayView } from './views-today.ts'

interface Said extends Pick<TodayView, 'due' | 'fresh' | 'cap' | 'debt' | 'target'> {
  /** Whether the library has diagrams that were not met yet. */
  readonly isMore: boolean
}

/** The cap, the debt and the date in sentences, for a page and a terminal alike. */
export function saysOf({ due, fresh, cap, debt, target, isMore }: Said, learner: Learner): string[] {
  const { settings } = learner
  const says: string[] = []
  if (target) says.push(...targetSays(target, isMore, learner))
  if (debt && cap) says.push(...debtSays(debt, cap, learner))
  else if (cap && cap.spent >= cap.minutes) says.push(`Today’s ${minutes(cap.minutes)} are done.`)
  else if (cap && due.length > 0)
    says.push(
      cap.spent > 0
        ? `${minutes(cap.minutes - cap.spent)} of today’s ${cap.minutes} are left.`
        : `This fits into today’s ${minutes(cap.minutes)}.`,
    )
  const roomless =
    isMore && cap && !debt && fresh.length === 0 && due.length > 0 && settings.rhythm === 'learn'
  if (roomless && settings.newPerDay > 0 && target === null)
    says.push('There is no room for a new diagram today.')
  return says
}

function debtSays(debt: DebtView, cap: NonNullable<TodayView['cap']>, { days, now }: Learner): string[] {
  const waits = `${count(debt.items, 'diagram')} (${minutes(debt.minutes)}) ${debt.items === 1 ? 'waits' : 'wait'}`
  const pace = `at ${minutes(cap.minutes)} a day`
  const first =
    debt.gone === null
      ? `${waits}, the least valuable last. ${keeping(debt.needs ?? 0)}; ${pace} some of it always waits.`
      : `${waits}; ${pace} that is worked off by ${days.sayDate(debt.gone, now)}.`
  if (!debt.pausesNew) return [first]
  return [first, debt.gone === null ? 'New diagrams pause.' : 'New diagrams pause until then.']
}

function targetSays(target: TargetView, isMore: boolean, { days, now, memories }: Learner): string[] {
  const { daysLeft, looks, newUntil, recall, met } = target
  const day = days.sayDate(target.date, now)
  const known =
    recall === null || memories.size === 0
      ? ''
      : ` By then you would recall about ${Math.round(recall * 100)}% of ${count(met, 'diagram')}.`
  const look = looks.length > 0 ? ` ${count(looks.length, 'last look')} today.` : ''
  switch (target.phase) {
    case 'ahead': {
      const until =
        newUntil === null
          ? ' Nothing new is begun any more.'
          : ` New diagrams until ${days.sayDate(newUntil, now)}.`
      return [`${day} is in ${count(daysLeft, 'day')}.${known}${isMore ? until : ''}`]
    }
    case 'week':
      return [`${day} is in ${count(daysLeft, 'day')}: companies first.${look}${known}`]
    case 'focus':
      return [`${day} is in ${count(daysLeft, 'day')}: companies and incidents first.${look}${known}`]
    case 'eve':
      return [`Tomorrow is ${day}: ${LIGHT_MINUTES} light minutes, then rest. What else is due can wait.`]
    case 'day':
      return [`Today is ${day}: warm up with what you know well. What else is due can wait.`]
    case 'over':
      return [`${day} has passed.`]
  }
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
const minutes = (n: number): string => count(Math.ceil(n), 'minute')
const keeping = (needs: number): string => `What you know needs about ${minutes(needs)} a day to be kept`
