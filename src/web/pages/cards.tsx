import { useEffect, useRef, useState } from 'react'
import type { CardsView, QuestionCard } from '#app/views-cards.ts'
import type { Rating } from '#domain/memory/index.ts'
import { call, type Failure, useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { navigate } from '../router.ts'
import { FailureNote, Key, Link, Shown } from '../ui/bits.tsx'
import { count, dueWords } from '../ui/words.ts'
import './cards.css'

export default function CardsPage() {
  const { view, reload } = useView<CardsView>('/api/cards')
  return (
    <Shown view={view} reload={reload}>
      {(first) => <Cards first={first} />}
    </Shown>
  )
}

const RATINGS: readonly (readonly [Rating, string])[] = [
  ['again', 'Again'],
  ['hard', 'Hard'],
  ['good', 'Good'],
  ['easy', 'Easy'],
]

interface Answered {
  readonly answer: string
  readonly next: CardsView
}

function Cards({ first }: { readonly first: CardsView }) {
  const [view, setView] = useState(first)
  const [last, setLast] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const undo = async () => {
    if (last === null) return
    const outcome = await call<CardsView>('POST', `/api/cards/answers/${last}/undo`, {})
    setFailure(outcome.ok ? null : outcome.error)
    if (!outcome.ok) return
    setView(outcome.value)
    setLast(null)
  }
  useKeys('Cards', last === null ? [] : [{ keys: ['u', 'Ctrl+Z'], does: 'Undo the last answer', run: undo }])
  const answered = ({ answer, next }: Answered) => {
    setFailure(null)
    setLast(answer)
    setView(next)
  }
  return (
    <div className="page narrow cards">
      <h1 className="caption">{summary(view)}</h1>
      {failure && <FailureNote failure={failure} />}
      {view.card === null ? (
        <NothingWaits view={view} />
      ) : (
        <Card key={`${view.card.id} ${last}`} card={view.card} answered={answered} failed={setFailure} />
      )}
      {last !== null && (
        <p>
          <button type="button" className="button bare" onClick={undo}>
            Undo the last answer <Key of="u" />
          </button>
        </p>
      )}
    </div>
  )
}

function summary({ due, fresh, minutes, doneToday }: CardsView): string {
  const parts = [
    due > 0 ? `${due} due` : '',
    fresh > 0 ? `${fresh} new` : '',
    due + fresh > 0 ? `about ${count(minutes, 'minute')}` : '',
    doneToday > 0 ? `${doneToday} done` : '',
  ].filter((part) => part !== '')
  return `Cards${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
}

interface CardProps {
  readonly card: QuestionCard
  readonly answered: (answered: Answered) => void
  readonly failed: (failure: Failure) => void
}

function Card({ card, answered, failed }: CardProps) {
  const [shown, setShown] = useState(false)
  const [sending, setSending] = useState(false)
  const began = useRef(performance.now())
  const seconds = useRef(0)
  // The same answer sent again after a failure is recorded once.
  const keys = useRef(new Map<Rating, string>())
  const answer = useRef<HTMLHeadingElement>(null)
  const show = () => {
    seconds.current = Math.min(600, (performance.now() - began.current) / 1000)
    setShown(true)
  }
  useEffect(() => {
    if (shown) answer.current?.focus()
  }, [shown])
  const rate = async (rating: Rating) => {
    if (sending) return
    setSending(true)
    const key = keys.current.get(rating) ?? crypto.randomUUID()
    keys.current.set(rating, key)
    const body = { rating, seconds: Math.round(seconds.current * 10) / 10 }
    const outcome = await call<Answered>('POST', `/api/cards/${encodeURIComponent(card.id)}/answer`, body, {
      headers: { 'idempotency-key': key },
    })
    setSending(false)
    if (outcome.ok) answered(outcome.value)
    else failed(outcome.error)
  }
  useKeys(
    'Card',
    shown
      ? RATINGS.map(([rating, name], i) => ({
          keys: [String(i + 1)],
          does: `${name}: it comes back ${card.back[rating]}`,
          run: () => rate(rating),
        }))
      : [{ keys: ['Space', 'Enter'], does: 'Show the answer', run: show }],
  )
  return (
    <article className="card" aria-label="Question card">
      <p className="words soft small">
        <bdi>{card.deck}</bdi>
        {card.isNew ? ' · new' : ''}
      </p>
      <p dir="auto" className="words question">
        {card.question}
      </p>
      {shown ? (
        <>
          <h2 ref={answer} tabIndex={-1} className="caption">
            Answer
          </h2>
          <p dir="auto" className="words">
            {card.answer === '' ? 'There is none on this card.' : card.answer}
          </p>
          <fieldset className="ratings" disabled={sending}>
            <legend className="caption">How well did you know it?</legend>
            {RATINGS.map(([rating, name], i) => (
              <button key={rating} type="button" className="button" onClick={() => rate(rating)}>
                <span>
                  {name} <Key of={String(i + 1)} />
                </span>
                <span className="soft small">{card.back[rating]}</span>
              </button>
            ))}
          </fieldset>
        </>
      ) : (
        <button type="button" className="button main" onClick={show}>
          Show the answer <Key of="Space" />
        </button>
      )}
    </article>
  )
}

function NothingWaits({ view }: { readonly view: CardsView }) {
  const { decks, doneToday, nextDue } = view
  useKeys('Cards', [{ keys: ['Enter'], does: 'Go to Today', run: () => navigate('/') }])
  if (decks.length === 0) {
    return (
      <section className="stack">
        <h2>No decks yet</h2>
        <p className="soft">
          A deck of your own from Anki becomes question cards here, with all that you have reviewed. Export it
          in Anki as a package, then:
        </p>
        <p>
          <code>npx atlas import anki FILE.apkg</code>
        </p>
        <ToToday />
      </section>
    )
  }
  return (
    <section className="stack">
      <h2>{doneToday > 0 ? 'Those were all the cards for today' : 'No card waits'}</h2>
      {nextDue !== null && <p className="soft">The next one comes back {dueWords(nextDue, new Date())}.</p>}
      <ToToday />
    </section>
  )
}

const ToToday = () => (
  <div>
    <Link to="/" className="button main">
      Go to Today <Key of="Enter" />
    </Link>
  </div>
)
