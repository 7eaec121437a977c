import type { AttemptInput, Draft, RecallPart, RecallView } from '#app/views.ts'
import type { Form } from '#domain/diagram/index.ts'
import type { Answers } from '#domain/grading/index.ts'
import { uuidv7 } from '#lib/ids.ts'
import { call } from '../api.ts'
import { recallPath } from '../router.ts'
import { emptyWork, textOf, type Work, workOf } from './work.ts'

/** A recall in the middle, as this browser keeps it: at each change here, a moment later at the server. */
export interface Kept {
  readonly work: Work
  readonly answers: Answers
  readonly seconds: number
  readonly stage: 'draw' | 'answer'
  /** The key of the partial redraw that this is; null for the whole diagram. */
  readonly part: string | null
  /** The clock that the learner chose, in seconds; null where it is as it was shown. */
  readonly par?: number | null
  /** Sent along with the attempt, so that sending it again records it once. */
  readonly key: string
  readonly at: string
}

const storageKey = (id: string) => `atlas.draft.${id}`

const newKey = () => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

const freshStage = (part: RecallPart | null): Kept['stage'] => (part?.elements === 0 ? 'answer' : 'draw')

/** All of the diagram from nothing, or the part that is asked, beside what is given. */
export const freshDraft = (form: Form, part: RecallPart | null): Kept => ({
  work: part === null ? emptyWork(form) : workOf(part.drawing, form, part.places),
  answers: { facts: {}, context: {} },
  seconds: 0,
  stage: freshStage(part),
  part: part?.key ?? null,
  key: newKey(),
  at: new Date().toISOString(),
})

/** Whether anything was drawn or answered: what a part gives is nobody's work. */
export function isBegun({ work, answers, stage }: Kept, part: RecallPart | null): boolean {
  const given = freshStage(part)
  const isAnswered = [answers.facts, answers.context].some((all) =>
    Object.values(all).some((one) => one !== ''),
  )
  return textOf(work) !== (part?.drawing ?? '') || stage !== given || isAnswered
}

function readKept(id: string, form: Form): Kept | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(storageKey(id)) ?? 'null') as Kept | null
    return kept?.work?.drawing?.form === form && typeof kept.seconds === 'number' ? kept : null
  } catch {
    return null
  }
}

const fromServer = (draft: Draft, form: Form): Kept => ({
  work: workOf(draft.drawing, form, draft.places),
  answers: draft.answers,
  seconds: draft.seconds,
  stage: draft.stage,
  part: draft.part ?? null,
  par: draft.par ?? null,
  key: newKey(),
  at: draft.at,
})

/** What to go on from: the newer of what this browser and what the server kept; a part that is asked no more is nothing. */
export function resume(view: RecallView): Kept {
  const current = (one: Kept | null) =>
    (one?.part ?? null) === null || one?.part === view.part?.key ? one : null
  const kept = current(readKept(view.id, view.form))
  const sent = current(view.draft ? fromServer(view.draft, view.form) : null)
  if (kept && (!sent || kept.at >= sent.at)) return kept
  return sent ?? freshDraft(view.form, view.part)
}

export function keep(id: string, kept: Kept) {
  try {
    window.localStorage.setItem(storageKey(id), JSON.stringify(kept))
  } catch {
    // Full or closed storage: the server still keeps the draft.
  }
}

export function forget(id: string) {
  try {
    window.localStorage.removeItem(storageKey(id))
  } catch {
    // Then there was nothing to forget.
  }
}

const inputOf = (kept: Kept): AttemptInput => ({
  drawing: textOf(kept.work),
  places: kept.work.places,
  answers: kept.answers,
  seconds: Math.min(86_400, kept.seconds),
  hints: 0,
  part: kept.part,
  par: kept.par ?? null,
})

export const sendDraft = (id: string, kept: Kept, keepalive = false) =>
  call('PUT', `/api${recallPath(id)}/draft`, { ...inputOf(kept), stage: kept.stage }, { keepalive })

export const dropDraft = (id: string) => call('DELETE', `/api${recallPath(id)}/draft`)

export const sendAttempt = (id: string, kept: Kept, confidence: number | null) =>
  call<{ attempt: string }>(
    'POST',
    `/api${recallPath(id)}/attempt`,
    { ...inputOf(kept), confidence },
    { headers: { 'idempotency-key': kept.key } },
  )
