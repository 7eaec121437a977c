import type { EventOf, KeptGrade, LearnerEvent, Settings } from './events.ts'
import { byTime, type Changed, type ItemRecord, type LearnerState, type RegradeRecord } from './state.ts'

/** A state under construction: what this fold has not touched yet is shared with the state before. */
interface Draft {
  readonly items: Record<string, MutableItem>
  readonly undone: Record<string, true>
  readonly regrades: Record<string, RegradeRecord[]>
  readonly regradesUndone: Record<string, true>
  readonly appeals: Record<string, LearnerState['appeals'][string]>
  readonly withdrawn: Record<string, true>
  readonly mutations: Record<string, LearnerState['mutations'][string]>
  readonly settings: { -readonly [K in keyof Settings]?: Changed<Settings[K]> }
  readonly touched: Set<string>
}
interface MutableItem {
  learned: ItemRecord['learned'][number][]
  attempts: ItemRecord['attempts'][number][]
}

/**
 * The state after some more events. Resumable: `fold(fold(s, a), b)` is `fold(s, a ∪ b)`, whatever the order within and
 * between `a` and `b`; an event that was folded before changes nothing. `state` itself is left as it is.
 */
export function fold(state: LearnerState, events: Iterable<LearnerEvent>): LearnerState {
  const draft: Draft = {
    items: { ...(state.items as Record<string, MutableItem>) },
    undone: { ...state.undone },
    regrades: { ...(state.regrades as Record<string, RegradeRecord[]>) },
    regradesUndone: { ...state.regradesUndone },
    appeals: { ...state.appeals },
    withdrawn: { ...state.withdrawn },
    mutations: { ...state.mutations },
    settings: { ...state.settings },
    touched: new Set(),
  }
  for (const event of events) step(draft, event)
  const { touched: _, ...folded } = draft
  return folded
}

function step(draft: Draft, event: LearnerEvent): void {
  switch (event.type) {
    case 'diagram.learned': {
      const { diagram, revision } = event.payload
      insert(itemOf(draft, diagram).learned, { id: event.id, at: Date.parse(event.at), revision })
      return
    }
    case 'recall.attempted':
      attempted(draft, event)
      return
    case 'recall.undone':
      draft.undone[event.payload.attempt] = true
      return
    case 'recall.regraded': {
      const { attempt, cause, appeals, ...kept } = event.payload
      regraded(draft, event, attempt, cause, appeals, kept)
      return
    }
    case 'recall.regrade-undone':
      draft.regradesUndone[event.payload.regrade] = true
      return
    case 'appeal.made':
      appealed(draft, event)
      return
    case 'appeal.withdrawn':
      draft.withdrawn[event.payload.appeal] = true
      return
    case 'mutation.answered': {
      const { attempt, answer, mark } = event.payload
      const answered = { id: event.id, at: Date.parse(event.at), answer, mark }
      draft.mutations[attempt] = later(draft.mutations[attempt], answered)
      return
    }
    case 'settings.changed':
      configured(draft, event)
      return
  }
}

function attempted(draft: Draft, { id, at, payload }: EventOf<'recall.attempted'>): void {
  const { revision, grade, seconds, hints, grader } = payload
  insert(itemOf(draft, payload.diagram).attempts, {
    id,
    at: Date.parse(at),
    revision,
    total: grade.total,
    structure: grade.structure,
    speed: grade.speed,
    seconds,
    hints,
    grader,
  })
}

/** An appeal's own grade counts the appeal itself. */
function appealed(draft: Draft, event: EventOf<'appeal.made'>): void {
  const { attempt, diagram, kind, label, given, says } = event.payload
  const accepts = event.v === 1 ? null : event.payload.accepts
  const at = Date.parse(event.at)
  draft.appeals[event.id] = { id: event.id, at, attempt, diagram, kind, label, given, says, accepts }
  if (event.v === 1 || event.payload.regrade === null) return
  const { appeals, ...kept } = event.payload.regrade
  regraded(draft, event, attempt, 'appeal', [...appeals, event.id], kept)
}

function regraded(
  draft: Draft,
  { id, at }: Pick<LearnerEvent, 'id' | 'at'>,
  attempt: string,
  cause: RegradeRecord['cause'],
  appeals: readonly string[],
  { revision, grader, grade: { total, structure, speed } }: KeptGrade,
): void {
  const touched = `regrades of ${attempt}`
  const own = draft.touched.has(touched)
    ? (draft.regrades[attempt] ?? [])
    : [...(draft.regrades[attempt] ?? [])]
  draft.regrades[attempt] = own
  draft.touched.add(touched)
  insert(own, { id, at: Date.parse(at), cause, appeals, revision, grader, total, structure, speed })
}

function configured({ settings }: Draft, { id, at: written, payload }: EventOf<'settings.changed'>): void {
  const at = Date.parse(written)
  const { scheduler, targetRecall, newPerDay, theme } = payload
  if (scheduler !== undefined) settings.scheduler = later(settings.scheduler, { id, at, value: scheduler })
  if (targetRecall !== undefined)
    settings.targetRecall = later(settings.targetRecall, { id, at, value: targetRecall })
  if (newPerDay !== undefined) settings.newPerDay = later(settings.newPerDay, { id, at, value: newPerDay })
  if (theme !== undefined) settings.theme = later(settings.theme, { id, at, value: theme })
}

/** The item's own copy of its lists, made at the first touch. */
function itemOf(draft: Draft, diagram: string): MutableItem {
  const known = draft.items[diagram]
  if (known && draft.touched.has(diagram)) return known
  const own = { learned: [...(known?.learned ?? [])], attempts: [...(known?.attempts ?? [])] }
  draft.items[diagram] = own
  draft.touched.add(diagram)
  return own
}

/** Keeps the list in the order of (time, id) and without doubles; nearly always a push. */
function insert<T extends { readonly id: string; readonly at: number }>(list: T[], record: T): void {
  let i = list.length
  while (i > 0) {
    const before = list[i - 1]
    const order = before === undefined ? -1 : byTime(before, record)
    if (order === 0) return
    if (order < 0) break
    i--
  }
  list.splice(i, 0, record)
}

const later = <T extends { readonly id: string; readonly at: number }>(known: T | undefined, next: T): T =>
  known === undefined || byTime(known, next) < 0 ? next : known
