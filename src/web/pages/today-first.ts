import type { DiagramCard } from '#app/views.ts'
import type { MaintenanceView, TodayView } from '#app/views-today.ts'
import { contrastPath, learnPath, recallPath } from '../router.ts'
import { count } from '../ui/words.ts'

/** The one thing to do now. */
export interface First {
  readonly path: string
  readonly kicker: string
  readonly title: string
  readonly question: string
  readonly does: string
}

export const SESSION_WORDS: Readonly<Record<MaintenanceView['kind'], string>> = {
  daily: 'Kept warm',
  weekly: 'Weekly run',
  monthly: 'Monthly check',
  quarterly: 'Quarterly check',
}

/** What was left in the middle, else what the day says: what is due, what keeps it warm, what is new, then cards and pairs. */
export function firstOf(today: TodayView, session: readonly DiagramCard[]): First | null {
  const { unfinished, due, fresh, maintenance, target } = today
  if (unfinished) {
    const card = due.find((one) => one.id === unfinished.id)
    return {
      path: recallPath(unfinished.id),
      kicker: 'Left in the middle',
      title: unfinished.title,
      question: card?.question ?? 'Your drawing and its clock are as you left them.',
      does: 'Go on drawing',
    }
  }
  const [recall] = due
  if (recall) {
    const isLook = target?.looks.includes(recall.id)
    return toDo(recall, isLook ? 'Last look' : 'Due now', recallPath, 'Recall it')
  }
  const [kept] = session
  if (kept && maintenance) return toDo(kept, SESSION_WORDS[maintenance.kind], recallPath, 'Recall it')
  const [study] = fresh
  if (study) return toDo(study, 'New', learnPath, 'Learn it')
  return besides(today)
}

const toDo = (card: DiagramCard, kicker: string, path: (id: string) => string, does: string): First => ({
  path: path(card.id),
  kicker,
  title: card.title,
  question: card.question,
  does,
})

function besides({ cards, drills }: TodayView): First | null {
  if (cards)
    return {
      path: '/cards',
      kicker: 'Question cards',
      title: cardsWords(cards),
      question: `About ${count(cards.minutes, 'minute')}, from the decks that you brought in.`,
      does: 'Answer them',
    }
  const [drill] = drills
  if (!drill) return null
  return {
    path: contrastPath(drill.drill),
    kicker: 'To be told apart',
    title: 'Two things that you took for each other',
    question: `Side by side, the difference redrawn: about ${count(drill.minutes, 'minute')}.`,
    does: 'Tell them apart',
  }
}

export const cardsWords = ({ due, fresh }: NonNullable<TodayView['cards']>): string =>
  [due > 0 ? `${due} due` : '', fresh > 0 ? `${fresh} new` : ''].filter((part) => part !== '').join(', ')

export function summaryOf(today: TodayView): string {
  const parts = [
    today.due.length > 0 ? `${today.due.length} due` : '',
    today.fresh.length > 0 ? `${today.fresh.length} new` : '',
    today.minutes > 0 ? `about ${count(Math.ceil(today.minutes), 'minute')}` : '',
    today.doneToday > 0 ? `${today.doneToday} done` : '',
  ].filter((part) => part !== '')
  return `Today${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
}
