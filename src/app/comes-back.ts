import type { Diagram } from '#domain/diagram/index.ts'
import { type Rating, withinPar } from '#domain/memory/index.ts'
import { type AttemptRecord, ratingOfAttempt, standingAttempts } from '#domain/progress/index.ts'
import type { Attempted } from './attempts.ts'
import { type Learner, standingOf } from './learner.ts'
import type { ResultView } from './views.ts'

/** When a diagram comes back after an attempt and why, in plain words. */
export function comesBack(learner: Learner, { item }: Diagram, event: Attempted): ResultView['comesBack'] {
  const { due } = standingOf(learner, item.id)
  const when = due === null ? null : Math.max(due, learner.now)
  const day = when === null ? null : learner.days.say(when, learner.now)
  const iso = new Date(when ?? learner.now).toISOString()
  return { due: iso, because: because(learner, item.id, event, due !== null && due <= learner.now, day) }
}

function because(learner: Learner, id: string, event: Attempted, isDue: boolean, day: string | null): string {
  if (day === null) return 'This attempt is undone, and the diagram is new again.'
  const back = isDue ? 'the diagram is due now' : `the diagram comes back ${on(day)}`
  if (learner.state.undone[event.id]) return `This attempt is undone; without it ${back}.`
  if (learner.memories.get(id)?.revised) return `The diagram was corrected since this attempt; ${back}.`
  const standing = standingAttempts(learner.state, id)
  const last = standing.at(-1)
  if (last?.id !== event.id) return `It was recalled again since; ${back}.`
  const rating = ratingOfAttempt(last)
  const scored = `${Math.round(last.total)} of 100${paceOf(last)}${last.hints > 0 ? ' with a hint' : ''}`
  if (isDue) return `${scored} counts as ${WORDS[rating]}; the diagram is due again now.`
  if (rating === 'again') return `${scored} counts as ${WORDS.again}; it comes back ${on(day)}.`
  if (learner.settings.scheduler === 'ladder')
    return `${scored} counts as ${WORDS[rating]}; the ladder brings it back ${on(day)}.`
  const target = `${Math.round(learner.settings.targetRecall * 1000) / 10}%`
  return `${scored} counts as ${WORDS[rating]}; memory should hold above ${target} until ${day}.`
}

const WORDS: Readonly<Record<Rating, string>> = {
  again: 'not yet remembered',
  hard: 'hard',
  good: 'good',
  easy: 'easy',
}

const on = (day: string): string => (day.startsWith('at ') ? day : `on ${day}`)

function paceOf(attempt: AttemptRecord): string {
  if (attempt.seconds === null || attempt.structure === 0) return ''
  return withinPar(attempt) ? ' within the time' : ' over the time'
}
