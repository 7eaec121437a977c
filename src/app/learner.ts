import { opensAt, recallNow } from '#domain/memory/index.ts'
import {
  EMPTY_STATE,
  FOLD_VERSION,
  fold,
  type ItemMemory,
  type LearnerState,
  memories,
  type Settings,
  settingsOf,
} from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { type Days, daysIn } from './days.ts'
import type { EventStore, World } from './ports.ts'
import { storage } from './problem.ts'
import type { MemoryState, Problem } from './views.ts'

/** A learner at this moment: the fold of their events, and what follows from it now. */
export interface Learner {
  readonly state: LearnerState
  readonly settings: Settings
  /** Every introduced item that the catalogue has. */
  readonly memories: ReadonlyMap<string, ItemMemory>
  /** Unix time in ms. */
  readonly now: number
  readonly days: Days
}

interface Folded {
  readonly position: number
  readonly state: LearnerState
}

/** What was folded already by this process, so that a page costs only the events since the last one. */
const folded = new WeakMap<EventStore, Map<string, Folded>>()

/** From so many unsaved events on, a snapshot saves the next process more time than it costs this one. */
const SNAPSHOT_EVERY = 500

export async function loadLearner(world: World): Promise<Result<Learner, Problem>> {
  const { store, learner, catalogue } = world
  const before = folded.get(store)?.get(learner) ?? (await fromSnapshot(world))
  const read = await store.read(learner, before.position)
  if (!read.ok) return storage(read.error)
  const { events, position } = read.value
  const state = events.length === 0 ? before.state : fold(before.state, events)
  if (!folded.has(store)) folded.set(store, new Map())
  folded.get(store)?.set(learner, { position, state })
  if (events.length >= SNAPSHOT_EVERY)
    await store.saveSnapshot(learner, FOLD_VERSION, position, JSON.stringify(state))
  const now = world.clock.now()
  return ok({
    state,
    settings: settingsOf(state),
    memories: memories(state, catalogue.items, now),
    now,
    days: daysIn(world.timeZone),
  })
}

async function fromSnapshot({ store, learner }: World): Promise<Folded> {
  const snapshot = await store.snapshot(learner, FOLD_VERSION)
  const nothing = { position: 0, state: EMPTY_STATE }
  if (snapshot === null) return nothing
  try {
    return { position: snapshot.position, state: JSON.parse(snapshot.state) as LearnerState }
  } catch {
    return nothing
  }
}

/** What a list shows of an item's memory. Times in Unix ms. */
export interface Standing {
  readonly state: MemoryState
  /** From when it is offered. */
  readonly due: number | null
  readonly recall: number | null
}

export function standingOf(learner: Learner, id: string): Standing {
  const memory = learner.memories.get(id)
  if (memory === undefined) return { state: 'new', due: null, recall: null }
  const due = memory.revised ? memory.last : opensAt(memory, learner.days.startOf)
  return {
    state: due <= learner.now ? 'due' : 'resting',
    due,
    recall: recallNow(memory, learner.now),
  }
}
