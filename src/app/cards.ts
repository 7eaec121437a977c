import {
  type History,
  type Memory,
  opensAt,
  RATINGS,
  type Rating,
  recallNow,
  type Scheduling,
  schedule,
} from '#domain/memory/index.ts'
import type { CardAnswer, CardRecord, DeckRecord, LearnerState } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { type Learner, loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { notFound, storage } from './problem.ts'
import { lastSaid, record } from './record.ts'
import { schedulingFor } from './scheduling.ts'
import type { Problem } from './views.ts'
import type { CardsView, DeckView, QuestionCard } from './views-cards.ts'

/** Private question cards: decks that were brought in from elsewhere, scheduled as everything is. */

/** New ones a day: they take a quarter of a minute each, where a diagram takes half an hour. */
export const NEW_CARDS_PER_DAY = 20
/** Until the learner's own answers say better. */
const ANSWER_SECONDS = 15

/** The card was not removed with its deck. */
export const standsIn = ({ removed }: DeckRecord, card: Pick<CardRecord, 'at' | 'id'>): boolean =>
  removed === null || card.at > removed.at || (card.at === removed.at && card.id > removed.id)

/** A name from outside may be one that every object has. */
const ownOf = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined

interface StandingCard {
  readonly id: string
  readonly deck: string
  readonly name: string
  readonly card: CardRecord
  readonly answers: readonly CardAnswer[]
  /** Null while it was never answered. */
  readonly memory: Memory | null
}

const standingAnswers = ({ answered, undone }: LearnerState, card: string): CardAnswer[] =>
  (answered[card] ?? []).filter(({ id }) => !undone[id])

const historyOf = (answers: readonly CardAnswer[], first: number): History => ({
  introduced: answers[0]?.at ?? first,
  reviews: answers.map(({ at, rating }) => ({ at, rating })),
})

/** Every card of every deck; one that stands in two decks counts in that where it came last. */
function standingCards(learner: Learner): StandingCard[] {
  const { state } = learner
  let scheduling: Scheduling | null = null
  const memoryOf = (answers: readonly CardAnswer[], first: number) => {
    if (answers.length === 0) return null
    scheduling ??= schedulingFor(learner)
    return schedule(historyOf(answers, first), scheduling)
  }
  const found = new Map<string, StandingCard>()
  for (const [deck, of] of Object.entries(state.decks)) {
    for (const [id, card] of Object.entries(of.cards)) {
      const before = found.get(id)
      if (!standsIn(of, card) || (before !== undefined && before.card.at >= card.at)) continue
      const answers = standingAnswers(state, id)
      const name = of.name?.value ?? deck
      found.set(id, { id, deck, name, card, answers, memory: memoryOf(answers, card.since) })
    }
  }
  return [...found.values()]
}

interface Waiting {
  readonly all: readonly StandingCard[]
  /** Least likely to be known first. */
  readonly due: readonly StandingCard[]
  /** Within the day's share, in the order in which they came. */
  readonly fresh: readonly StandingCard[]
}

function waitingOf(learner: Learner): Waiting {
  const { now, settings } = learner
  const all = standingCards(learner)
  const due = all
    .flatMap((one) =>
      one.memory !== null && opens(one.memory, learner) <= now ? [{ one, memory: one.memory }] : [],
    )
    .map(({ one, memory }) => ({ one, recall: recallNow(memory, now) }))
    .sort((a, b) => a.recall - b.recall || (a.one.id < b.one.id ? -1 : 1))
    .map(({ one }) => one)
  const isToday = todayOf(learner)
  const begun = all.filter(({ answers }) => answers[0] !== undefined && isToday(answers[0])).length
  const room = settings.rhythm === 'maintain' ? 0 : Math.max(0, NEW_CARDS_PER_DAY - begun)
  const fresh = all
    .filter(({ memory }) => memory === null)
    .sort((a, b) => a.card.since - b.card.since)
    .slice(0, room)
  return { all, due, fresh }
}

/** Given on this day: a clock that ran ahead has used up nothing of it. */
function todayOf({ now, days }: Learner): (answer: CardAnswer) => boolean {
  const [begins, ends] = [days.startOf(now), days.endOf(now)]
  return ({ at }) => at >= begins && at < ends
}

const opens = (memory: Memory, { days }: Learner): number => opensAt(memory, days.startOf)

/** How many question cards wait today, and how long they take: what Today shows as one batch. */
export function cardsWaiting(learner: Learner): {
  readonly due: number
  readonly fresh: number
  readonly minutes: number
} {
  const { all, due, fresh } = waitingOf(learner)
  return { due: due.length, fresh: fresh.length, minutes: minutesFor(all, due.length + fresh.length) }
}

function minutesFor(all: readonly StandingCard[], count: number): number {
  const own = all
    .flatMap(({ answers }) => answers)
    .sort((a, b) => b.at - a.at)
    .flatMap(({ seconds }) => (seconds === null || seconds === 0 ? [] : Math.min(120, seconds)))
    .slice(0, 100)
  const each = own.length === 0 ? ANSWER_SECONDS : own.reduce((sum, one) => sum + one, 0) / own.length
  return Math.ceil((count * each) / 60)
}

/** The cards that wait, the first of them whole; `first` puts one before the others, where it waits. */
export async function cards(
  world: World,
  input: { readonly first: string | null },
): Promise<Result<CardsView, Problem>> {
  const loaded = await loadLearner(world)
  if (!loaded.ok) return loaded
  const learner = loaded.value
  const { all, due, fresh } = waitingOf(learner)
  const queue = [...due, ...fresh]
  const next = queue.find(({ id }) => id === input.first) ?? queue[0]
  return ok({
    card: next === undefined ? null : cardView(learner, next),
    due: due.length,
    fresh: fresh.length,
    minutes: minutesFor(all, queue.length),
    doneToday: all.reduce((sum, { answers }) => sum + answers.filter(todayOf(learner)).length, 0),
    nextDue: queue.length > 0 ? null : nextDue(learner, all),
    decks: decksOf(all, due),
  })
}

function nextDue(learner: Learner, all: readonly StandingCard[]): string | null {
  const times = all.flatMap(({ memory }) => (memory === null ? [] : [opens(memory, learner)]))
  return times.length === 0 ? null : new Date(times.reduce((a, b) => Math.min(a, b))).toISOString()
}

function decksOf(all: readonly StandingCard[], due: readonly StandingCard[]): DeckView[] {
  const isDue = new Set(due)
  return [...Map.groupBy(all, ({ deck }) => deck)]
    .map(([id, own]) => ({
      id,
      name: own[0]?.name ?? id,
      cards: own.length,
      due: own.filter((one) => isDue.has(one)).length,
      fresh: own.filter(({ memory }) => memory === null).length,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function cardView(learner: Learner, { id, name, card, answers }: StandingCard): QuestionCard {
  const { now, days } = learner
  const scheduling = schedulingFor(learner)
  // A clock that was set back does not make a review come before the last one.
  const at = Math.max(now, answers.at(-1)?.at ?? now)
  const backAfter = (rating: Rating): string => {
    const { introduced, reviews } = historyOf(answers, at)
    const { due } = schedule({ introduced, reviews: [...reviews, { at, rating }] }, scheduling)
    return days.say(Math.max(due, now), now)
  }
  return {
    id,
    deck: name,
    question: card.question,
    answer: card.answer,
    isNew: answers.length === 0,
    back: Object.fromEntries(RATINGS.map((rating) => [rating, backAfter(rating)])) as QuestionCard['back'],
  }
}

export interface CardAnswered {
  /** The answer's id, to undo it. */
  readonly answer: string
  readonly next: CardsView
}

/** Records how a card was known. With `event`, repeating the call records it once. */
export async function answerCard(
  world: World,
  input: {
    readonly card: string
    readonly rating: Rating
    readonly seconds: number | null
    readonly event: string | null
  },
): Promise<Result<CardAnswered, Problem>> {
  const { card, rating, seconds, event } = input
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { state } = learner.value
  const isHere = Object.values(state.decks).some((deck) => {
    const found = ownOf(deck.cards, card)
    return found !== undefined && standsIn(deck, found)
  })
  if (!isHere) return notFound('There is no such card.', 'Its deck may have been removed; reload the page.')
  const known = event !== null && ownOf(state.answered, card)?.some(({ id }) => id === event)
  const answer = event ?? world.ids.next()
  if (!known) {
    const payload = { card, rating, seconds, from: 'atlas' as const }
    const recorded = await record(world, { type: 'card.answered', payload }, { id: answer })
    if (!recorded.ok) return recorded
  }
  const next = await cards(world, { first: null })
  return next.ok ? ok({ answer, next: next.value }) : next
}

/** Takes an answer back by an event of its own; its card is the next one again. */
export async function undoCardAnswer(
  world: World,
  input: { readonly answer: string },
): Promise<Result<CardsView, Problem>> {
  const found = await world.store.find(world.learner, input.answer)
  if (!found.ok) return storage(found.error)
  if (found.value?.type !== 'card.answered')
    return notFound('There is no such answer.', 'Reload the page and go on from there.')
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  if (!learner.value.state.undone[input.answer]) {
    const undone = await record(world, { type: 'recall.undone', payload: { attempt: input.answer } })
    if (!undone.ok) return undone
  }
  return cards(world, { first: found.value.payload.card })
}

/** The deck and its cards are gone from Today; importing it again brings them back, with what was remembered. */
export async function removeDeck(
  world: World,
  input: { readonly deck: string },
): Promise<Result<CardsView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const deck = ownOf(learner.value.state.decks, input.deck)
  if (deck === undefined)
    return notFound('There is no such deck.', 'Reload the page: it lists those there are.')
  if (Object.values(deck.cards).some((card) => standsIn(deck, card))) {
    const payload = { deck: input.deck }
    const removed = await record(world, { type: 'deck.removed', payload }, { after: lastSaid(deck.cards) })
    if (!removed.ok) return removed
  }
  return cards(world, { first: null })
}
