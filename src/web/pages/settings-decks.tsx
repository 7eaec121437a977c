import { useState } from 'react'
import type { CardsView, DeckView } from '#app/views-cards.ts'
import { call, type Failure, useView } from '../api.ts'
import { FailureNote, Link } from '../ui/bits.tsx'
import { count } from '../ui/words.ts'

/** The decks of question cards, to be removed; they come in by the command line. */
export function Decks() {
  const { view, reload } = useView<CardsView>('/api/cards')
  const [failure, setFailure] = useState<Failure | null>(null)
  const remove = async (deck: string) => {
    const outcome = await call('DELETE', `/api/decks/${encodeURIComponent(deck)}`)
    setFailure(outcome.ok ? null : outcome.error)
    if (outcome.ok) reload()
  }
  if (view.state === 'failed') return <FailureNote failure={view.failure} retry={reload} />
  const decks = view.state === 'ready' ? view.view.decks : null
  return (
    <section>
      <h2>Your decks</h2>
      {failure && <FailureNote failure={failure} />}
      {decks?.length === 0 && (
        <p className="soft">
          None. <code>npx atlas import anki FILE.apkg</code> brings a deck of your own in as question cards,
          with all that you have reviewed.
        </p>
      )}
      <ul className="lines">
        {decks?.map((deck) => (
          <li key={deck.id} className="line">
            <Deck deck={deck} remove={() => remove(deck.id)} />
          </li>
        ))}
      </ul>
      {decks !== null && decks.length > 0 && (
        <p>
          <Link to="/cards">Go to the cards</Link>
        </p>
      )}
    </section>
  )
}

function Deck({ deck, remove }: { readonly deck: DeckView; readonly remove: () => void }) {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <span>
        <bdi>{deck.name}</bdi>
        <span className="soft small">
          {asked
            ? 'Importing it again brings it back, with all that you remembered.'
            : `${count(deck.cards, 'card')}, ${deck.due} due, ${deck.fresh} new`}
        </span>
      </span>
      {asked ? (
        <div className="row">
          <button type="button" className="button" onClick={remove}>
            Remove {count(deck.cards, 'card')}
          </button>
          <button type="button" className="button bare" onClick={() => setAsked(false)}>
            Keep
          </button>
        </div>
      ) : (
        <button type="button" className="button" onClick={() => setAsked(true)}>
          Remove
          <span className="hidden-words">
            {' '}
            the deck <bdi>{deck.name}</bdi>
          </span>
        </button>
      )}
    </>
  )
}
