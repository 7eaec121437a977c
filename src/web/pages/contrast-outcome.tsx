import { useEffect, useRef, useState } from 'react'
import type { ContrastResult, ContrastThing } from '#app/views-mistakes.ts'
import { call, type Failure } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { navigate } from '../router.ts'
import { FailureNote, Key, Link } from '../ui/bits.tsx'
import { Figure } from '../ui/figure.tsx'
import { dueWords } from '../ui/words.ts'

/** What was right, what was not, and what tells the two apart. */
export function Outcome({
  outcome,
  again,
}: {
  readonly outcome: ContrastResult
  /** The drill was taken back, and can be begun anew. */
  readonly again: () => void
}) {
  const { asked, right, expected, drawn, sides, things, due } = outcome
  const [failure, setFailure] = useState<Failure | null>(null)
  const undo = async () => {
    const undone = await call('POST', `/api/contrast/drilled/${outcome.drilled}/undo`, {})
    if (undone.ok) again()
    else setFailure(undone.error)
  }
  useKeys('Side by side', [
    { keys: ['Enter'], does: 'Go to Today', run: () => navigate('/') },
    { keys: ['u', 'Ctrl+Z'], does: 'Undo this drill', run: undo },
  ])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const all = right === asked
  return (
    <div className="page contrast">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          <bdi>{expected}</bdi> and <bdi>{drawn}</bdi>
        </h1>
        <p role="status">
          <strong className="numbers">
            {right} of {asked}
          </strong>{' '}
          right.{' '}
          {due !== null &&
            (all
              ? `The two rest now; they come back ${dueWords(due, new Date())}, or when you take one for the other.`
              : `They come back ${dueWords(due, new Date())}.`)}
        </p>
      </header>
      <div className="row">
        <Link to="/" className="button main">
          Go to Today <Key of="Enter" />
        </Link>
        <Link to="/mistakes" className="button">
          All mistakes
        </Link>
        <button type="button" className="button bare" onClick={undo}>
          Undo this drill <Key of="u" />
        </button>
      </div>
      {failure && <FailureNote failure={failure} retry={undo} />}
      <section className="apart">
        <h2>What tells them apart</h2>
        <div className="sides">
          {things.map((thing) => (
            <Thing key={thing.name} thing={thing} />
          ))}
        </div>
      </section>
      <div className="sides">
        {sides.map((side) => (
          <section key={side.diagram} className="side-sheet" aria-label={side.title}>
            <h2>{side.title}</h2>
            <Figure svg={side.svg} />
            <Lines lines={side.elements.filter(({ verdict }) => verdict !== 'matched')} />
            {side.elements.some(({ verdict }) => verdict === 'matched') && (
              <details>
                <summary className="soft small">
                  Right {side.elements.filter(({ verdict }) => verdict === 'matched').length}
                </summary>
                <Lines lines={side.elements.filter(({ verdict }) => verdict === 'matched')} />
              </details>
            )}
          </section>
        ))}
      </div>
    </div>
  )
}

const Lines = ({ lines }: { readonly lines: ContrastResult['sides'][number]['elements'] }) => (
  <ul>
    {lines.map((element, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two lines may read the same
      <li key={i} className="drilled">
        <span className={`mark ${element.verdict}`} aria-hidden="true" />
        <span>
          {element.label} <span className="soft small">{element.because}</span>
        </span>
      </li>
    ))}
  </ul>
)

const list = (names: readonly string[]) => names.join(', ')

const Thing = ({ thing: { name, title, says, from, to } }: { readonly thing: ContrastThing }) => (
  <div>
    <h3>
      {name} <span className="soft">in {title}</span>
    </h3>
    {says !== null && <p>{says}</p>}
    <p className="soft small">
      {from.length > 0 ? `Reached from ${list(from)}` : 'Nothing leads to it'};{' '}
      {to.length > 0 ? `leads to ${list(to)}` : 'it leads to nothing'}.
    </p>
  </div>
)
