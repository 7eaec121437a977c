import type { DiagramCard } from '#app/views.ts'
import type { TodayView } from '#app/views-today.ts'
import { useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { learnPath, navigate, recallPath } from '../router.ts'
import { Key, Link, Shown } from '../ui/bits.tsx'
import { CATEGORY_WORDS, count, dueWords, FORM_WORDS } from '../ui/words.ts'
import './today.css'

export function TodayPage() {
  const { view, reload } = useView<TodayView>('/api/today')
  return (
    <Shown view={view} reload={reload}>
      {(today) => <Today today={today} />}
    </Shown>
  )
}

interface First {
  readonly path: string
  readonly kicker: string
  readonly title: string
  readonly question: string
  readonly does: string
}

/** The one thing to do now: what was left in the middle, else what the queue says. */
function firstOf(today: TodayView): First | null {
  const { unfinished, next } = today
  if (unfinished) {
    const card = today.due.find((one) => one.id === unfinished.id)
    return {
      path: recallPath(unfinished.id),
      kicker: 'Left in the middle',
      title: unfinished.title,
      question: card?.question ?? 'Your drawing and its clock are as you left them.',
      does: 'Go on drawing',
    }
  }
  const card = [...today.due, ...today.fresh].find((one) => one.id === next?.id)
  if (!next || !card) return null
  return next.action === 'recall'
    ? {
        path: recallPath(card.id),
        kicker: 'Due now',
        title: card.title,
        question: card.question,
        does: 'Recall it',
      }
    : {
        path: learnPath(card.id),
        kicker: 'New',
        title: card.title,
        question: card.question,
        does: 'Learn it',
      }
}

function Today({ today }: { readonly today: TodayView }) {
  const first = firstOf(today)
  useKeys('Today', first ? [{ keys: ['Enter'], does: first.does, run: () => navigate(first.path) }] : [])
  const rest = (cards: readonly DiagramCard[]) => cards.filter((card) => !first?.path.endsWith(`/${card.id}`))
  return (
    <div className="page narrow today">
      <h1 className="caption">{summary(today)}</h1>
      {first ? <FirstThing first={first} /> : <NothingDue today={today} />}
      <Queue name="Then" cards={rest(today.due)} path={recallPath} />
      <Queue name={first?.kicker === 'New' ? 'Also new' : 'New'} cards={rest(today.fresh)} path={learnPath} />
      {today.due.length === 0 && first && today.nextDue && <NextBack today={today} />}
    </div>
  )
}

function summary(today: TodayView): string {
  const parts = [
    today.due.length > 0 ? `${today.due.length} due` : '',
    today.fresh.length > 0 ? `${today.fresh.length} new` : '',
    today.minutes > 0 ? `about ${count(Math.ceil(today.minutes), 'minute')}` : '',
    today.doneToday > 0 ? `${today.doneToday} done` : '',
  ].filter((part) => part !== '')
  return `Today${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
}

const FirstThing = ({ first }: { readonly first: First }) => (
  <section className="first" aria-labelledby="first-title">
    <p className="soft">{first.kicker}</p>
    <h2 id="first-title">{first.title}</h2>
    <p className="question">{first.question}</p>
    <Link to={first.path} className="button main">
      {first.does} <Key of="Enter" />
    </Link>
  </section>
)

function NothingDue({ today }: { readonly today: TodayView }) {
  useKeys('Today', [{ keys: ['Enter'], does: 'Open the library', run: () => navigate('/library') }])
  return (
    <section className="first">
      <h2>{today.doneToday > 0 ? 'That was all for today' : 'Nothing is due'}</h2>
      {today.nextDue ? (
        <p className="question">
          {today.nextDue.title} comes back {dueWords(today.nextDue.due, new Date())}. Resting is part of
          remembering.
        </p>
      ) : (
        <p className="question">
          Pick a drawing that you want to be able to draw from memory. It comes back here when it is due.
        </p>
      )}
      <Link to="/library" className="button main">
        Open the library <Key of="Enter" />
      </Link>
    </section>
  )
}

const NextBack = ({ today }: { readonly today: TodayView }) => (
  <p className="soft small">
    Nothing is due. {today.nextDue?.title} comes back {dueWords(today.nextDue?.due ?? '', new Date())}.
  </p>
)

function Queue({
  name,
  cards,
  path,
}: {
  readonly name: string
  readonly cards: readonly DiagramCard[]
  readonly path: (id: string) => string
}) {
  if (cards.length === 0) return null
  return (
    <section className="queue">
      <h2 className="caption">{name}</h2>
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <Link to={path(card.id)} className="plain">
              <span>{card.title}</span>
              <span className="soft small">
                {CATEGORY_WORDS[card.category]} · {FORM_WORDS[card.form]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
