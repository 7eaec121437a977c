import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { DiagramCard, LibraryView } from '#app/views.ts'
import { useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { learnPath, navigate, useAddress } from '../router.ts'
import { Key, Link, Shown } from '../ui/bits.tsx'
import { Figure } from '../ui/figure.tsx'
import { CATEGORY_WORDS, count, dueWords, FORM_WORDS, percent } from '../ui/words.ts'
import './library.css'

export function LibraryPage() {
  const { view, reload } = useView<LibraryView>('/api/library')
  return (
    <Shown view={view} reload={reload}>
      {(library) => <Library diagrams={library.diagrams} />}
    </Shown>
  )
}

const STATE_WORDS = { new: 'New', due: 'Due', resting: 'Resting' } as const

const FILTERS = [
  ['category', 'Category', 'All categories', CATEGORY_WORDS],
  ['form', 'Form', 'All forms', FORM_WORDS],
  ['state', 'Memory', 'Any memory', STATE_WORDS],
] as const

/** The cards that the address asks for. */
export function filtered(diagrams: readonly DiagramCard[], search: URLSearchParams): DiagramCard[] {
  const words = (search.get('q') ?? '').toLowerCase().split(/\s+/)
  return diagrams.filter((card) => {
    const text = `${card.title} ${card.question} ${card.category}`.toLowerCase()
    return (
      words.every((word) => text.includes(word)) &&
      (['category', 'form', 'state', 'tier'] as const).every(
        (key) => !search.get(key) || search.get(key) === String(card[key]),
      )
    )
  })
}

function Library({ diagrams }: { readonly diagrams: readonly DiagramCard[] }) {
  const { search } = useAddress()
  const field = useRef<HTMLInputElement>(null)
  const shown = useMemo(() => filtered(diagrams, search), [diagrams, search])
  const set = (key: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value === '') next.delete(key)
    else next.set(key, value)
    navigate(`/library${next.size > 0 ? `?${next}` : ''}`, 'replace')
  }
  useKeys('Library', [
    { keys: ['/'], does: 'Search', run: () => field.current?.focus() },
    { keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], does: 'Go from drawing to drawing' },
    { keys: ['Enter'], does: 'Learn the drawing' },
  ])
  const tiers = [...new Set(diagrams.map((card) => card.tier))].sort((a, b) => a - b)
  return (
    <div className="page library">
      <h1>Library</h1>
      <search className="filters">
        <div className="search">
          <input
            ref={field}
            className="field"
            type="search"
            aria-label="Search the library"
            placeholder="Search"
            value={search.get('q') ?? ''}
            onChange={(event) => set('q', event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' || event.key === 'Enter') focusTile(0)
              else if (event.key === 'Escape') set('q', '')
              else return
              event.preventDefault()
            }}
          />
          <Key of="/" />
        </div>
        {FILTERS.map(([key, name, all, words]) => (
          <select
            key={key}
            className="field"
            aria-label={name}
            value={search.get(key) ?? ''}
            onChange={(event) => set(key, event.target.value)}
          >
            <option value="">{all}</option>
            {Object.entries(words).map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        ))}
        <select
          className="field"
          aria-label="Tier"
          value={search.get('tier') ?? ''}
          onChange={(event) => set('tier', event.target.value)}
        >
          <option value="">All tiers</option>
          {tiers.map((tier) => (
            <option key={tier} value={tier}>
              Tier {tier}
            </option>
          ))}
        </select>
      </search>
      <p className="soft small" role="status">
        {count(shown.length, 'drawing')}
      </p>
      {shown.length > 0 ? (
        <Gallery cards={shown} />
      ) : (
        <div className="stack nothing">
          <p>No drawing fits all of that. Take a filter away, or search for fewer words.</p>
          <div>
            <button type="button" className="button" onClick={() => navigate('/library', 'replace')}>
              Show all
            </button>
          </div>
        </div>
      )}
    </div>
  )
}

const tiles = () => [...document.querySelectorAll<HTMLAnchorElement>('.gallery a')]
const focusTile = (at: number) => tiles()[at]?.focus()

/** Arrow keys go through the tiles as they stand on the screen. */
function moveFocus(event: KeyboardEvent) {
  const all = tiles()
  const at = all.indexOf(document.activeElement as HTMLAnchorElement)
  if (at < 0) return
  const top = all[0]?.offsetTop
  const columns = Math.max(
    1,
    all.findIndex((tile) => tile.offsetTop !== top),
  )
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  const next = all[Math.min(at + step, all.length - 1)]
  if (at + step < 0) document.querySelector<HTMLInputElement>('.library input')?.focus()
  else next?.focus()
}

const Gallery = ({ cards }: { readonly cards: readonly DiagramCard[] }) => (
  <ul className="gallery" onKeyDown={moveFocus}>
    {cards.map((card) => (
      <li key={card.id}>
        <Tile card={card} />
      </li>
    ))}
  </ul>
)

function memoryWords(card: DiagramCard): string {
  if (card.state === 'new') return 'New'
  if (card.state === 'due') return 'Due now'
  const recall = card.recall === null ? '' : `, recall ${percent(card.recall)}`
  return card.due === null ? 'Resting' : `Back ${dueWords(card.due, new Date())}${recall}`
}

function Tile({ card }: { readonly card: DiagramCard }) {
  return (
    <Link to={learnPath(card.id)} className="plain tile">
      <LazyDrawing id={card.id} />
      <span className="title">{card.title}</span>
      <span className="soft small">
        {CATEGORY_WORDS[card.category]} · {FORM_WORDS[card.form]} · Tier {card.tier}
      </span>
      <span className={card.state === 'due' ? 'small due' : 'soft small'}>{memoryWords(card)}</span>
    </Link>
  )
}

/** The room for a drawing on a tile, and how it is filled, in px. */
const ROOM = { width: 280, height: 200 } as const
const READABLE = 0.72

/**
 * How high a drawing is shown: a tall one as large as its words need, cut off below the top two thirds at most.
 * Null where all of it fits.
 */
export function heightOnTile(svg: string): number | null {
  const [, width = 1, height = 1] = (/viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg) ?? []).map(Number)
  const wanted = Math.min(height * READABLE, ROOM.height * 1.5, (ROOM.width * height) / width)
  return wanted > ROOM.height * 1.08 ? Math.round(wanted) : null
}

/** Fetches the drawing when its tile is near the screen, and lets it go when it is far away. */
function LazyDrawing({ id }: { readonly id: string }) {
  const host = useRef<HTMLSpanElement>(null)
  const [near, setNear] = useState(false)
  const [svg, setSvg] = useState<string | null>(null)
  useEffect(() => {
    if (!host.current) return
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '600px',
    })
    observer.observe(host.current)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (!near) {
      setSvg(null)
      return
    }
    const stop = new AbortController()
    fetch(`/api/diagrams/${id}/drawing.svg`, { signal: stop.signal })
      .then((response) => (response.ok ? response.text() : null))
      .then(setSvg)
      .catch(() => null)
    return () => stop.abort()
  }, [near, id])
  const height = svg === null ? null : heightOnTile(svg)
  return (
    <span
      ref={host}
      className={height === null ? 'thumb' : 'thumb cut'}
      style={height === null ? undefined : ({ '--height': `${height}px` } as CSSProperties)}
      aria-hidden="true"
    >
      {svg !== null && <Figure svg={svg} />}
    </span>
  )
}
