import type { LearnerEvent, LearnerState } from '#domain/progress/index.ts'
import { fnv1a64 } from '#lib/hash.ts'
import { ok, type Result } from '#lib/result.ts'
import { exportedOf, importedId, isOurs, RATINGS } from './anki-history.ts'
import { standsIn } from './cards.ts'
import { type Learner, loadLearner } from './learner.ts'
import type { AnkiAnswer, AnkiCard, AnkiCollection, World } from './ports.ts'
import { storage } from './problem.ts'
import { lastSaid } from './record.ts'
import type { Problem } from './views.ts'
import type { ImportView } from './views-cards.ts'

/**
 * Takes in what was reviewed in Anki, and the cards of foreign decks. What is there already is left as it is, so importing
 * twice is importing once; all of it is recorded or nothing.
 */
export async function importAnki(
  world: World,
  collection: AnkiCollection,
  input: { readonly dryRun: boolean },
): Promise<Result<ImportView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const plan = planned(world, learner.value, collection)
  if (!input.dryRun && plan.events.length > 0) {
    const appended = await world.store.append(plan.events)
    if (!appended.ok) return storage(appended.error)
  }
  return ok({ ...plan.view, events: plan.events.length })
}

interface Plan {
  readonly events: readonly LearnerEvent[]
  readonly view: Omit<ImportView, 'events'>
}

/** The first version of Anki came out then. */
const ANKI_BEGAN = Date.UTC(2006, 9, 5)
const DAY_MS = 86_400_000

function planned(world: World, learner: Learner, { cards, answers }: AnkiCollection): Plan {
  const last = learner.now + DAY_MS
  const possible = answers.filter(({ id }) => id >= ANKI_BEGAN && id <= last)
  const history = reviewsOf(world, learner.state, possible)
  const decks = decksOf(world, learner, cards, possible)
  return {
    events: [...history.events, ...decks.flatMap(({ events }) => events)],
    view: {
      reviews: history.view,
      decks: decks.map(({ view }) => view),
      outOfTime: answers.length - possible.length,
    },
  }
}

const eventOf = (
  { learner }: World,
  at: number,
  id: string,
  happening: Pick<LearnerEvent, 'type' | 'payload'>,
): LearnerEvent => ({ id, learner, at: new Date(at).toISOString(), v: 1, ...happening }) as LearnerEvent

/** Answers to the cards that Atlas exported. */
function reviewsOf(
  world: World,
  state: LearnerState,
  answers: readonly AnkiAnswer[],
): { readonly events: LearnerEvent[]; readonly view: ImportView['reviews'] } {
  const events = new Map<string, LearnerEvent>()
  const about = { diagrams: new Set<string>(), facts: new Set<string>() }
  let [known, ours, strange] = [0, 0, 0]
  for (const answer of answers) {
    const exported = exportedOf(answer.guid)
    if (exported === null) continue
    const { diagram, fact } = exported
    const item = world.catalogue.items.get(diagram)
    const isHere = fact === null || item?.facts.some(({ id }) => id === fact)
    const id = importedId(answer.guid, answer.ord, answer.id)
    if (isOurs(answer.guid, answer)) ours++
    else if (!item || !isHere || answer.ord !== 0) strange++
    else if (state.items[diagram]?.reviews.some((review) => review.id === id) || events.has(id)) known++
    else {
      const review = { from: 'anki' as const, diagram, fact, ...ratedOf(answer) }
      events.set(id, eventOf(world, answer.id, id, { type: 'review.imported', payload: review }))
      if (fact === null) about.diagrams.add(diagram)
      else about.facts.add(answer.guid)
    }
  }
  const { diagrams, facts } = about
  return {
    events: [...events.values()],
    view: { added: events.size, known, ours, strange, diagrams: diagrams.size, facts: facts.size },
  }
}

const ratedOf = ({ ease, milliseconds }: AnkiAnswer) => ({
  rating: RATINGS[ease],
  seconds: milliseconds / 1000,
})

interface PlannedDeck {
  readonly events: readonly LearnerEvent[]
  readonly view: ImportView['decks'][number]
}

const cardId = ({ guid, ord }: Pick<AnkiCard, 'guid' | 'ord'>): string => `anki-${fnv1a64(`${ord} ${guid}`)}`

/** The decks below one deck are one private deck: its first name, in capitals or not, as Anki takes it. */
const topOf = ({ deck }: AnkiCard): string => (deck.split('::')[0]?.trim() || 'Unnamed deck').slice(0, 300)

/** Cards and answers of everything that Atlas did not write. */
function decksOf(
  world: World,
  learner: Learner,
  cards: readonly AnkiCard[],
  answers: readonly AnkiAnswer[],
): PlannedDeck[] {
  const unique = new Map(
    cards
      .filter(({ guid, question, answer }) => exportedOf(guid) === null && (question !== '' || answer !== ''))
      .map((card) => [cardId(card), card]),
  )
  const byCard = Map.groupBy(
    answers.filter(({ guid }) => exportedOf(guid) === null),
    cardId,
  )
  return [...Map.groupBy(unique, ([, card]) => topOf(card).toLowerCase())].map(([name, own]) =>
    deckOf(world, learner, name, own, byCard),
  )
}

type Imported = Extract<LearnerEvent, { type: 'cards.imported' }>['payload']['cards'][number]

function deckOf(
  world: World,
  { state, now }: Learner,
  lowName: string,
  own: readonly (readonly [string, AnkiCard])[],
  answers: ReadonlyMap<string, readonly AnkiAnswer[]>,
): PlannedDeck {
  const deck = `anki-${fnv1a64(lowName)}`
  const name = own[0] === undefined ? lowName : topOf(own[0][1])
  const known = state.decks[deck]
  const words = own.map(([card, { question, answer, tags }]): Imported => {
    const short = tags.map((tag) => tag.slice(0, 100)).slice(0, 50)
    return { card, question, answer, tags: short }
  })
  const changed = words.filter((one) => {
    const before = known?.cards[one.card]
    return known === undefined || before === undefined || !standsIn(known, before) || !isSame(before, one)
  })
  const answered = own.flatMap(([card]) => {
    const before = new Set(state.answered[card]?.map(({ id }) => id))
    return (answers.get(card) ?? []).flatMap((answer): LearnerEvent[] => {
      const id = importedId(answer.guid, answer.ord, answer.id)
      if (before.has(id)) return []
      before.add(id)
      const payload = { card, ...ratedOf(answer), from: 'anki' as const }
      return [eventOf(world, answer.id, id, { type: 'card.answered', payload })]
    })
  })
  // Newer than what they take the place of, even where the clock was set back since.
  const after = Math.max(known?.removed?.at ?? -Infinity, lastSaid(known?.cards ?? {}))
  const imported = chunks(changed).map((some) =>
    eventOf(world, Math.max(now, after + 1), world.ids.next(), {
      type: 'cards.imported',
      payload: { from: 'anki', deck, name, cards: some },
    }),
  )
  const leftOut = own.reduce((sum, [, card]) => sum + card.leftOut, 0)
  const view = { name, cards: own.length, changed: changed.length, answers: answered.length, leftOut }
  return { events: [...imported, ...answered], view }
}

type Words = { readonly question: string; readonly answer: string; readonly tags: readonly string[] }

const isSame = (a: Words, b: Words): boolean =>
  a.question === b.question && a.answer === b.answer && a.tags.join(' ') === b.tags.join(' ')

const CHUNK_CARDS = 500
const CHUNK_SIGNS = 500_000

/** So many cards as one event may hold. */
function chunks(cards: readonly Imported[]): Imported[][] {
  const made: Imported[][] = []
  let signs = Number.POSITIVE_INFINITY
  for (const card of cards) {
    const own = card.question.length + card.answer.length
    const last = made.at(-1)
    if (last === undefined || last.length >= CHUNK_CARDS || signs + own > CHUNK_SIGNS) {
      made.push([card])
      signs = own
    } else {
      last.push(card)
      signs += own
    }
  }
  return made
}
