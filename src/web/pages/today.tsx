import type { DiagramCard } from '#app/views.ts'
import type { TodayView } from '#app/views-today.ts'
import { useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { contrastPath, learnPath, navigate, recallPath } from '../router.ts'
import { Key, Link, Shown } from '../ui/bits.tsx'
import { count, dueWords } from '../ui/words.ts'
import { cardsWords, type First, firstOf, summaryOf } from './today-first.ts'
import { Queue } from './today-queue.tsx'
import { AfterTarget, Session, useSkipped } from './today-session.tsx'
import './today.css'

export function TodayPage() {
  const { view, reload } = useView<TodayView>('/api/today')
  return (
    <Shown view={view} reload={reload}>
      {(today) => <Today today={today} reload={reload} />}
    </Shown>
  )
}

function Today({ today, reload }: { readonly today: TodayView; readonly reload: () => void }) {
  const { maintenance, target, fresh, due } = today
  const [skipped, skip] = useSkipped(maintenance?.kind ?? null)
  const session = skipped ? [] : (maintenance?.open ?? [])
  const first = firstOf(today, session)
  useKeys('Today', first ? [{ keys: ['Enter'], does: first.does, run: () => navigate(first.path) }] : [])
  const rest = (cards: readonly DiagramCard[]) => cards.filter((card) => !first?.path.endsWith(`/${card.id}`))
  const lookOf = ({ id }: DiagramCard) => (target?.looks.includes(id) ? 'Last look' : null)
  return (
    <div className="page narrow today">
      <h1 className="caption">{summaryOf(today)}</h1>
      {today.says.length > 0 && <p className="stand soft">{today.says.join(' ')}</p>}
      {first ? <FirstThing first={first} /> : <NothingDue today={today} />}
      {target?.phase === 'over' && <AfterTarget target={target} reload={reload} />}
      <Queue name="Then" cards={rest(due)} path={recallPath} note={lookOf} />
      {maintenance && !skipped && <Session view={maintenance} rest={rest(session)} skip={skip} />}
      <Besides today={today} first={first} />
      <Queue name={first?.kicker === 'New' ? 'Also new' : 'New'} cards={rest(fresh)} path={learnPath} />
      {due.length === 0 && first && today.nextDue && <NextBack today={today} />}
    </div>
  )
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

/** Question cards and pairs to be told apart, each a row. */
function Besides({ today, first }: { readonly today: TodayView; readonly first: First | null }) {
  const rows = [
    ...(today.cards
      ? [
          {
            path: '/cards',
            title: `Question cards: ${cardsWords(today.cards)}`,
            minutes: today.cards.minutes,
          },
        ]
      : []),
    ...today.drills.map(({ drill, minutes }) => ({
      path: contrastPath(drill),
      title: 'Two things that you took for each other',
      minutes,
    })),
  ].filter(({ path }) => path !== first?.path)
  if (rows.length === 0) return null
  return (
    <section className="queue">
      <h2 className="caption">Besides</h2>
      <ul>
        {rows.map(({ path, title, minutes }) => (
          <li key={path}>
            <Link to={path} className="plain">
              <span>{title}</span>
              <span className="soft small">about {count(minutes, 'minute')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function NothingDue({ today }: { readonly today: TodayView }) {
  const { debt, doneToday, nextDue } = today
  useKeys('Today', [{ keys: ['Enter'], does: 'Open the library', run: () => navigate('/library') }])
  return (
    <section className="first">
      <h2>{debt || doneToday > 0 ? 'That was all for today' : 'Nothing is due'}</h2>
      {debt ? (
        <p className="question">
          Today’s minutes are used. If you have more time,{' '}
          <Link to={recallPath(debt.first)}>recall one more</Link>.
        </p>
      ) : nextDue ? (
        <p className="question">
          {nextDue.title} comes back {dueWords(nextDue.due, new Date())}. Resting is part of remembering.
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
