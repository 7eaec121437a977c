import type { DiagramCard } from '#app/views.ts'
import { Link } from '../ui/bits.tsx'
import { CATEGORY_WORDS, FORM_WORDS } from '../ui/words.ts'

/** More than these nobody reads; the rest is counted. */
const SHOWN = 12

export function Queue({
  name,
  cards,
  path,
  note,
}: {
  readonly name: string | null
  readonly cards: readonly DiagramCard[]
  readonly path: (id: string) => string
  readonly note?: (card: DiagramCard) => string | null
}) {
  if (cards.length === 0) return null
  return (
    <section className="queue">
      {name !== null && <h2 className="caption">{name}</h2>}
      <ul>
        {cards.slice(0, SHOWN).map((card) => (
          <li key={card.id}>
            <Link to={path(card.id)} className="plain">
              <span>{card.title}</span>
              <span className="soft small">
                {note?.(card) ?? `${CATEGORY_WORDS[card.category]} · ${FORM_WORDS[card.form]}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {cards.length > SHOWN && <p className="soft small">And {cards.length - SHOWN} more after these.</p>}
    </section>
  )
}
