import {
  FIRST_RECALL_MS,
  type Memory,
  type Rating,
  ratingOf,
  recallNow,
  type Scheduling,
  schedule,
} from '#domain/memory/index.ts'
import { type Settings, targetRecallFor } from './settings.ts'
import type { AttemptRecord, LearnerState } from './state.ts'
import { settingsOf, standingAttempts } from './state.ts'

/** An item's memory; `revised` where the learner has met only an older revision than today's. */
export interface ItemMemory extends Memory {
  readonly revised: boolean
}

const schedulingOf = ({ scheduler, meanRecall }: Settings): Scheduling => ({
  scheduler,
  targetRecall: targetRecallFor(meanRecall),
})

export const ratingOfAttempt = (attempt: AttemptRecord): Rating => ratingOf(attempt)

/**
 * The memory of one item, or null while it is new. `revision` is the content's: where it was raised since the last
 * recall, the item is due again, or ten minutes after its new walkthrough.
 */
export function memoryOf(state: LearnerState, diagram: string, revision: number): ItemMemory | null {
  const learned = state.items[diagram]?.learned ?? []
  const attempts = standingAttempts(state, diagram)
  const introduced = Math.min(learned[0]?.at ?? Infinity, attempts[0]?.at ?? Infinity)
  if (introduced === Infinity) return null
  const reviews = attempts.map((attempt) => ({ at: attempt.at, rating: ratingOfAttempt(attempt) }))
  const memory = schedule({ introduced, reviews }, schedulingOf(settingsOf(state)))
  const recalled = attempts.at(-1)
  const relearnt = learned.findLast((one) => one.revision >= revision)
  if (recalled === undefined) return { ...memory, revised: relearnt === undefined }
  if (recalled.revision >= revision) return { ...memory, revised: false }
  const due = relearnt === undefined ? memory.last : relearnt.at + FIRST_RECALL_MS
  return { ...memory, due: Math.min(memory.due, due), revised: relearnt === undefined }
}

/** Every introduced item that the content still has. `revisions` are today's, by the diagram's id. */
export function memories(
  state: LearnerState,
  revisions: ReadonlyMap<string, number>,
): Map<string, ItemMemory> {
  const found = new Map<string, ItemMemory>()
  for (const diagram of Object.keys(state.items)) {
    const revision = revisions.get(diagram)
    if (revision === undefined) continue
    const memory = memoryOf(state, diagram, revision)
    if (memory !== null) found.set(diagram, memory)
  }
  return found
}

/** Mean probability of recall at a time over all introduced items; null while there are none. */
export function meanRecall(items: Iterable<Memory>, at: number): number | null {
  let sum = 0
  let count = 0
  for (const memory of items) {
    sum += recallNow(memory, at)
    count++
  }
  return count === 0 ? null : sum / count
}

/**
 * How many items fall due on each of the coming days, today first; what is overdue counts for today. `days` are the
 * learner's own, with the moment at which each ends (Unix ms), in order.
 */
export function dueForecast(
  dueTimes: Iterable<number>,
  days: readonly { readonly day: string; readonly ends: number }[],
): { day: string; due: number }[] {
  const counts = days.map(({ day }) => ({ day, due: 0 }))
  for (const due of dueTimes) {
    const index = days.findIndex(({ ends }) => due < ends)
    const bucket = counts[index]
    if (bucket) bucket.due++
  }
  return counts
}
