import { CATEGORIES } from '#domain/curriculum/index.ts'
import { parametersOf } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { ankiHistories, ankiMemory, desiredRetention, type Histories } from './anki-history.ts'
import { type Composed, composeDiagram, NOTE_TYPES } from './anki-notes.ts'
import { type Learner, loadLearner } from './learner.ts'
import type { AnkiExport, AnkiNote, World } from './ports.ts'
import type { Problem } from './views.ts'

const DAY_MS = 86_400_000

/**
 * Every diagram and every fact as a card of Anki, with when it is due and what FSRS remembers of it; with the review log,
 * too, where asked. What Anki has no word for is left out: docs/anki.md lists it.
 */
export async function exportAnki(
  world: World,
  input: { readonly withHistory: boolean },
): Promise<Result<AnkiExport, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { now, days, settings, state } = learner.value
  const media = new Map<string, string>()
  const composed: Composed[] = []
  for (const diagram of inOrder(world)) {
    const one = await composeDiagram(world, diagram)
    composed.push(...one.notes)
    for (const [name, text] of one.media) media.set(name, text)
  }
  const histories = ankiHistories(world, learner.value)
  const dayZero = firstDay(learner.value, composed, histories)
  const dayOf = (at: number) => Math.round((days.startOf(at) - dayZero) / DAY_MS)
  const retention = desiredRetention(settings.meanRecall)
  const notes = composed.map(
    ({ about, ...note }): AnkiNote => ({
      ...note,
      memory: ankiMemory(histories.memoryOf(about), retention, now, dayOf),
      reviews: input.withHistory ? histories.reviewsOf(about) : [],
    }),
  )
  const preset = { name: 'Atlas', parameters: parametersOf(state).parameters, desiredRetention: retention }
  return ok({ now, dayZero, preset, noteTypes: NOTE_TYPES, notes, media })
}

/** New cards come in this order: by tier, within it category by category, the simplest first. */
function inOrder({ catalogue }: World) {
  return [...catalogue.diagrams.values()].sort(
    ({ item: a }, { item: b }) =>
      a.tier - b.tier ||
      CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category) ||
      a.complexity - b.complexity ||
      (a.id < b.id ? -1 : 1),
  )
}

/** The day before anything is due, so that no day is negative, whatever Anki's own midnight is. */
function firstDay({ now, days }: Learner, composed: readonly Composed[], histories: Histories): number {
  const dues = composed.map(({ about }) => histories.memoryOf(about)?.due ?? now)
  return days.startOf(days.startOf(Math.min(now, ...dues)) - 1)
}
