import type { Diagram } from '#domain/diagram/index.ts'
import { type Rating, recallNow, withinPar } from '#domain/memory/index.ts'
import { type AttemptRecord, ratingOfAttempt, standingAttempts } from '#domain/progress/index.ts'
import type { Attempted } from './attempts.ts'
import { type Learner, standingOf } from './learner.ts'
import type { ResultView } from './views.ts'

/** When a diagram comes back after an attempt and why, in plain words: `because` says the day too, `why` does not. */
export function comesBack(learner: Learner, { item }: Diagram, event: Attempted): ResultView['comesBack'] {
  const { due } = standingOf(learner, item.id)
  const when = due === null ? null : Math.max(due, learner.now)
  const day = when === null ? null : learner.days.say(when, learner.now)
  const iso = new Date(when ?? learner.now).toISOString()
  return { due: iso, ...reasons(learner, item.id, event, due !== null && due <= learner.now, day) }
}

type Reasons = Pick<ResultView['comesBack'], 'because' | 'why'>

function reasons(
  learner: Learner,
  id: string,
  event: Attempted,
  isDue: boolean,
  day: string | null,
): Reasons {
  const said = (why: string, back: string): Reasons => ({ why: `${why}.`, because: `${why}; ${back}.` })
  if (day === null) {
    const why = 'This attempt is undone, and the diagram is new again.'
    return { why, because: why }
  }
  const back = isDue ? 'the diagram is due now' : `the diagram comes back ${on(day)}`
  if (learner.state.undone[event.id]) return said('This attempt is undone', `without it ${back}`)
  if (learner.memories.get(id)?.revised) return said('The diagram was corrected since this attempt', back)
  const standing = standingAttempts(learner.state, id)
  const last = standing.at(-1)
  if (last?.id !== event.id) return said('It was recalled again since', back)
  const rating = ratingOfAttempt(last)
  const scored = `${Math.round(last.total)} of 100${paceOf(last)}${last.hints > 0 ? ' with a hint' : ''}`
  const counts = `${scored} counts as ${WORDS[rating]}`
  if (isDue) return said(counts, 'the diagram is due again now')
  if (rating === 'again') return said(counts, `it comes back ${on(day)}`)
  if (learner.settings.scheduler === 'ladder') return said(counts, `the ladder brings it back ${on(day)}`)
  const chance = `a chance of ${chanceThen(learner, id)}`
  return {
    why: `${counts}; you would then still know it with ${chance}.`,
    because: `${counts}; it comes back ${on(day)}, when you would still know it with ${chance}.`,
  }
}

/** By the learner's own forgetting, at the moment from which it is offered again. */
function chanceThen(learner: Learner, id: string): string {
  const memory = learner.memories.get(id)
  const { due } = standingOf(learner, id)
  return memory === undefined || due === null ? '100%' : `${Math.round(recallNow(memory, due) * 100)}%`
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
