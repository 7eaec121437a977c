import type { EventOf, KeptGrade, LearnerEvent } from './events.ts'
import { meanRecallFor, type Settings } from './settings.ts'
import {
  byTime,
  type CardAnswer,
  type CardRecord,
  type Changed,
  type DeckRecord,
  type DrillRecord,
  type FitRecord,
  type ItemRecord,
  type LearnerState,
  type MistakeRecord,
  mistakeKey,
  type RegradeRecord,
} from './state.ts'

/** A state under construction: what this fold has not touched yet is shared with the state before. */
interface Draft {
  readonly items: Record<string, MutableItem>
  readonly undone: Record<string, true>
  readonly regrades: Record<string, RegradeRecord[]>
  readonly regradesUndone: Record<string, true>
  readonly appeals: Record<string, LearnerState['appeals'][string]>
  readonly withdrawn: Record<string, true>
  readonly mutations: Record<string, LearnerState['mutations'][string]>
  readonly fits: FitRecord[]
  readonly mistakes: Record<string, MistakeRecord>
  readonly drills: DrillRecord[]
  readonly decks: Record<string, DeckRecord>
  readonly answered: Record<string, CardAnswer[]>
  readonly settings: { -readonly [K in keyof Settings]?: Changed<Settings[K]> }
  readonly touched: Set<string>
}
interface MutableItem {
  learned: ItemRecord['learned'][number][]
  attempts: ItemRecord['attempts'][number][]
  reviews: ItemRecord['reviews'][number][]
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
    fits: [...state.fits],
    mistakes: { ...state.mistakes },
    drills: [...state.drills],
    decks: { ...state.decks },
    answered: { ...(state.answered as Record<string, CardAnswer[]>) },
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
    default:
      remember(draft, event)
  }
}

/** What makes, measures and mends memory beside attempts. */
function remember(draft: Draft, event: EventOf<MemoryEvent>): void {
  const stamp = { id: event.id, at: Date.parse(event.at) }
  switch (event.type) {
    case 'review.imported': {
      const { diagram, ...review } = event.payload
      insert(itemOf(draft, diagram).reviews, { ...stamp, ...review })
      return
    }
    case 'memory.fitted':
      insert(draft.fits, { ...stamp, ...event.payload })
      return
    case 'mistake.noted': {
      const key = mistakeKey(event.payload.attempt, event.payload.lost)
      draft.mistakes[key] = later(draft.mistakes[key], { ...stamp, ...event.payload })
      return
    }
    case 'contrast.drilled':
      insert(draft.drills, { ...stamp, ...event.payload })
      return
    case 'cards.imported':
      cardsImported(draft, event)
      return
    case 'deck.removed': {
      const deck = draft.decks[event.payload.deck] ?? NO_DECK
      draft.decks[event.payload.deck] = { ...deck, removed: later(deck.removed ?? undefined, stamp) }
      return
    }
    case 'card.answered': {
      const { card, ...answer } = event.payload
      insert(answersOf(draft, card), { ...stamp, ...answer })
    }
  }
}

type MemoryEvent =
  | 'review.imported'
  | 'memory.fitted'
  | 'mistake.noted'
  | 'contrast.drilled'
  | 'cards.imported'
  | 'deck.removed'
  | 'card.answered'

const NO_DECK: DeckRecord = { name: null, removed: null, cards: {} }

function cardsImported(draft: Draft, { id, at: written, payload }: EventOf<'cards.imported'>): void {
  const at = Date.parse(written)
  const deck = draft.decks[payload.deck] ?? NO_DECK
  const touched = `deck ${payload.deck}`
  const cards = (draft.touched.has(touched) ? deck.cards : { ...deck.cards }) as Record<string, CardRecord>
  draft.touched.add(touched)
  for (const { card, ...words } of payload.cards) {
    const known = cards[card]
    const next = later(known, { id, at, since: at, ...words })
    cards[card] = { ...next, since: Math.min(at, known?.since ?? at) }
  }
  draft.decks[payload.deck] = {
    ...deck,
    name: later(deck.name ?? undefined, { id, at, value: payload.name }),
    cards,
  }
}

function answersOf(draft: Draft, card: string): CardAnswer[] {
  const touched = `answers of ${card}`
  const known = draft.answered[card]
  if (known && draft.touched.has(touched)) return known
  const own = [...(known ?? [])]
  draft.answered[card] = own
  draft.touched.add(touched)
  return own
}

function attempted(draft: Draft, event: EventOf<'recall.attempted'>): void {
  const { id, at, payload } = event
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
    lost: event.v === 1 ? null : event.payload.lost,
    asked: 'asked' in payload ? payload.asked : null,
    share: 'share' in payload ? payload.share : 1,
    confidence: 'confidence' in payload ? payload.confidence : null,
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
  { revision, grader, lost, grade: { total, structure, speed } }: KeptGrade,
): void {
  const touched = `regrades of ${attempt}`
  const own = draft.touched.has(touched)
    ? (draft.regrades[attempt] ?? [])
    : [...(draft.regrades[attempt] ?? [])]
  draft.regrades[attempt] = own
  draft.touched.add(touched)
  insert(own, { id, at: Date.parse(at), cause, appeals, revision, grader, total, structure, speed, lost })
}

function configured({ settings }: Draft, { id, at: written, payload }: EventOf<'settings.changed'>): void {
  const at = Date.parse(written)
  const { targetRecall, ...change } = payload
  if (targetRecall !== undefined && change.meanRecall === undefined)
    change.meanRecall = meanRecallFor(targetRecall)
  const known = settings as Record<string, Changed<unknown>>
  for (const [field, value] of Object.entries(change)) known[field] = later(known[field], { id, at, value })
}

/** The item's own copy of its lists, made at the first touch. */
function itemOf(draft: Draft, diagram: string): MutableItem {
  const known = draft.items[diagram]
  if (known && draft.touched.has(diagram)) return known
  const own = {
    learned: [...(known?.learned ?? [])],
    attempts: [...(known?.attempts ?? [])],
    reviews: [...(known?.reviews ?? [])],
  }
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
