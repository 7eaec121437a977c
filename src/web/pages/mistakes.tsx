import { useMemo, useRef, useState } from 'react'
import type { ConfusionView, MistakesView, MistakeView } from '#app/views-mistakes.ts'
import { useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { contrastPath, learnPath, navigate, resultPath, useAddress } from '../router.ts'
import { Key, Link, Shown } from '../ui/bits.tsx'
import { count, dayWords, dueWords } from '../ui/words.ts'
import { NoteEditor, NoteWords } from './mistake-note.tsx'
import { KIND_WORDS, KINDS, lostWords } from './mistake-words.ts'
import './mistakes.css'

export default function MistakesPage() {
  const { view, reload } = useView<MistakesView>('/api/mistakes')
  return (
    <Shown view={view} reload={reload}>
      {(mistakes) => <Mistakes view={mistakes} />}
    </Shown>
  )
}

const GROUPS = [
  ['again', 'Again and again', 'Lost three times, or once more after it was right.'],
  ['open', 'Open', 'Not right since it was lost.'],
  ['mended', 'Mended', 'Right the last time it was asked.'],
] as const

const keyOf = ({ diagram, name }: MistakeView): string => `${diagram} ${name}`

function Mistakes({ view }: { readonly view: MistakesView }) {
  const { search } = useAddress()
  const host = useRef<HTMLDivElement>(null)
  const [changed, setChanged] = useState<ReadonlyMap<string, MistakeView>>(new Map())
  const kind = search.get('kind') ?? ''
  const shown = useMemo(
    () =>
      view.mistakes
        .map((one) => changed.get(keyOf(one)) ?? one)
        .filter((one) => kind === '' || one.kind === kind),
    [view, changed, kind],
  )
  const [drill] = view.confusions.filter((one) => one.state === 'due' && one.drill !== null)
  const start = () => drill?.drill && navigate(contrastPath(drill.drill))
  useKeys('Mistakes', [
    { keys: ['ArrowDown'], does: 'Next mistake', run: () => step(host.current, 1), quiet: true },
    { keys: ['ArrowUp'], does: 'Mistake before', run: () => step(host.current, -1), quiet: true },
    { keys: ['N'], does: 'Note why, at a mistake', run: () => noteAt(host.current), quiet: true },
    ...(drill ? [{ keys: ['C'], does: 'Set side by side what you took for each other', run: start }] : []),
  ])
  if (view.mistakes.length === 0) return <NothingLost />
  const total = view.counts.again + view.counts.open + view.counts.mended
  return (
    <div className="page narrow mistakes" ref={host}>
      <h1>Mistakes</h1>
      <p className="lead">{leadOf(view)}</p>
      <Confusions confusions={view.confusions} />
      <KindFilter kind={kind} />
      {shown.length === 0 && <p className="soft">None of this kind.</p>}
      {GROUPS.map(([standing, name, says]) => {
        const own = shown.filter((one) => one.standing === standing)
        if (own.length === 0) return null
        return (
          <details key={standing} open={standing !== 'mended'}>
            <summary>
              <h2>
                {name} <span className="soft numbers">{own.length}</span>
              </h2>
              <span className="soft small">{says}</span>
            </summary>
            {byDiagram(own).map(([first, all]) => (
              <OfDiagram
                key={first.diagram}
                first={first}
                mistakes={all}
                saved={(after) => setChanged(new Map(changed).set(keyOf(after), after))}
              />
            ))}
          </details>
        )
      })}
      {view.mistakes.length < total && (
        <p className="soft small">
          {view.mistakes.length} of {total} are shown, the newest of each.{' '}
          <code>npx atlas mistakes --json</code> lists all.
        </p>
      )}
    </div>
  )
}

const KindFilter = ({ kind }: { readonly kind: string }) => (
  <div className="row filters">
    <select
      className="field"
      aria-label="Kind"
      value={kind}
      onChange={(event) =>
        navigate(`/mistakes${event.target.value === '' ? '' : `?kind=${event.target.value}`}`, 'replace')
      }
    >
      <option value="">All kinds</option>
      {KINDS.map((one) => (
        <option key={one} value={one}>
          {KIND_WORDS[one]}
        </option>
      ))}
    </select>
    <p className="soft small touchless">
      <Key of="ArrowDown" /> <Key of="ArrowUp" /> from one to the next · <Key of="N" /> notes why
    </p>
  </div>
)

function leadOf({ counts, mistakes }: MistakesView): string {
  if (counts.again + counts.open === 0) return `All ${count(counts.mended, 'mistake')} are mended.`
  const noted = mistakes.filter(({ note }) => note !== null).length
  const open = [
    counts.again > 0 ? `${counts.again} again and again` : '',
    counts.open > 0 ? `${counts.open} open` : '',
    counts.mended > 0 ? `${counts.mended} mended` : '',
  ].filter((part) => part !== '')
  return `${open.join(', ')}. ${noted === 0 ? 'Note why it happened while you remember it.' : `${noted} noted.`}`
}

const NothingLost = () => (
  <div className="page narrow stack">
    <h1>Mistakes</h1>
    <p>
      Nothing is lost yet. What an attempt misses is listed here with its kind, so that you can note why, and
      see when it is mended.
    </p>
    <div>
      <Link to="/" className="button main">
        Go to Today
      </Link>
    </div>
  </div>
)

const rowsOf = (host: HTMLElement | null) =>
  [...(host?.querySelectorAll<HTMLElement>('.mistake') ?? [])].filter((row) => row.offsetParent !== null)
const isAt = (row: HTMLElement) => row.contains(document.activeElement)

/** Up and down from row to row, by the button of each. */
function step(host: HTMLElement | null, by: 1 | -1) {
  const rows = rowsOf(host)
  const at = rows.findIndex(isAt)
  rows[at < 0 && by < 0 ? rows.length - 1 : at + by]?.querySelector('button')?.focus()
}

/** At the row that has the focus, else at the first. */
function noteAt(host: HTMLElement | null) {
  const rows = rowsOf(host)
  const row = rows.find(isAt) ?? rows[0]
  row?.querySelector('button')?.click()
}

/** Those of one diagram together, in the order in which they were lost. */
function byDiagram(mistakes: readonly MistakeView[]): [MistakeView, readonly MistakeView[]][] {
  const found = new Map<string, MistakeView[]>()
  for (const one of mistakes) found.set(one.diagram, [...(found.get(one.diagram) ?? []), one])
  return [...found.values()].map((all) => [all[0] as MistakeView, all])
}

/** What one diagram has lost, with when it is asked again. */
function OfDiagram({
  first,
  mistakes,
  saved,
}: {
  readonly first: MistakeView
  readonly mistakes: readonly MistakeView[]
  readonly saved: (after: MistakeView) => void
}) {
  const [last] = first.losses
  return (
    <section className="of-diagram">
      <h3>
        <Link to={last ? resultPath(last.attempt) : learnPath(first.diagram)}>{first.title}</Link>{' '}
        {first.due !== null && (
          <span className="soft small">asked again {dueWords(first.due, new Date())}</span>
        )}
      </h3>
      <ul>
        {mistakes.map((mistake) => (
          <Row key={mistake.name} mistake={mistake} saved={saved} />
        ))}
      </ul>
    </section>
  )
}

function Row({
  mistake,
  saved,
}: {
  readonly mistake: MistakeView
  readonly saved: (after: MistakeView) => void
}) {
  const [open, setOpen] = useState(false)
  const { losses, mended, times } = mistake
  const [last] = losses
  const now = new Date()
  const day = (at: string) => dayWords(new Date(at), now)
  const when = times > 1 ? `${times} times, last on ${day(last?.at ?? '')}` : `on ${day(last?.at ?? '')}`
  return (
    <li className="mistake">
      <span className={`mark ${mistake.verdict}`} aria-hidden="true" />
      <span className="what">
        <span>
          <bdi>{mistake.label}</bdi> <span className="soft">{lostWords(mistake)}</span>
        </span>
        <span className="soft small">
          {when}
          {mended !== null && `, mended on ${day(mended)}`}
        </span>
        <NoteWords mistake={mistake} />
      </span>
      <span className="side">
        <span className="small soft">{KIND_WORDS[mistake.kind]}</span>
        <button type="button" className="button bare" aria-expanded={open} onClick={() => setOpen(!open)}>
          {mistake.note ? 'Change note' : 'Note why'}
        </button>
      </span>
      {open && (
        <div className="editor">
          <NoteEditor
            mistake={mistake}
            close={() => setOpen(false)}
            saved={(after) => {
              setOpen(false)
              saved(after)
            }}
          />
        </div>
      )}
    </li>
  )
}

/** What was taken for what: seldom, due, or at rest. */
function Confusions({ confusions }: { readonly confusions: readonly ConfusionView[] }) {
  if (confusions.length === 0) return null
  const first = confusions.find(({ state }) => state === 'due')
  return (
    <section className="confusions">
      <h2>Taken for each other</h2>
      <ul className="pairs">
        {confusions.map((one) => (
          <li key={`${one.expected} ${one.drawn}`} className="pair">
            <span>
              <bdi>{one.drawn}</bdi> <span className="soft">for</span> <bdi>{one.expected}</bdi>
              <span className="soft small says">{stateWords(one)}</span>
            </span>
            {one.state === 'due' && one.drill !== null && (
              <Link to={contrastPath(one.drill)} className={one === first ? 'button main' : 'button'}>
                Side by side {one === first && <Key of="C" />}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function stateWords({ times, state, due, drills }: ConfusionView): string {
  const said = count(times, 'time')
  if (state === 'seldom') return `${said}; from the third on they are set side by side`
  if (state === 'alone') return `${said}; no diagram shows the other one, so nothing can be set beside it`
  if (state === 'due') return drills === 0 ? said : `${said}, and set side by side ${count(drills, 'time')}`
  return `${said}; at rest, back ${dueWords(due ?? '', new Date())}`
}
