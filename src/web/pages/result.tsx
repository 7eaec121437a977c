import { useEffect, useRef, useState } from 'react'
import type { ResultView } from '#app/views.ts'
import type { ElementId } from '#domain/diagram/index.ts'
import { call, type Failure, useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { learnPath, navigate, recallPath } from '../router.ts'
import { FailureNote, Key, Link, Shown } from '../ui/bits.tsx'
import { CATEGORY_WORDS, dueWords, FORM_WORDS, percent, points } from '../ui/words.ts'
import { Evidence } from './result-evidence.tsx'
import { Mutation } from './result-mutation.tsx'
import { Parts } from './result-parts.tsx'
import { Pictures } from './result-pictures.tsx'
import './result.css'

export function ResultPage({ attempt }: { readonly attempt: string }) {
  const { view, reload } = useView<ResultView>(`/api/attempts/${attempt}`)
  return (
    <Shown view={view} reload={reload}>
      {(result) => <Result result={result} reload={reload} />}
    </Shown>
  )
}

/** The elements to point at, in the learner's drawing and in the reference. */
export interface Lit {
  readonly drawn: ElementId | null
  readonly reference: ElementId | null
}

function nextStep(result: ResultView): { readonly does: string; readonly path: string } {
  if (!result.next) return { does: 'Back to Today', path: '/' }
  return result.next.action === 'recall'
    ? { does: 'Next: recall', path: recallPath(result.next.id) }
    : { does: 'Next: learn', path: learnPath(result.next.id) }
}

const SEEN_AFTER_MS = 600

function Result({ result, reload }: { readonly result: ResultView; readonly reload: () => void }) {
  const [lit, setLit] = useState<Lit | null>(null)
  const next = nextStep(result)
  const { card } = result
  const [opened] = useState(() => performance.now())
  // The Enter that handed the drawing in may come twice; the grade shall be seen before the next thing.
  const go = () => performance.now() - opened > SEEN_AFTER_MS && navigate(next.path)
  useKeys('Result', [{ keys: ['Enter'], does: next.does, run: go }])
  return (
    <div className="page result">
      <header>
        <p className="soft small">
          {CATEGORY_WORDS[card.category]} · {FORM_WORDS[card.form]}
        </p>
        <h1>{card.title}</h1>
        <p className="soft">{card.question}</p>
      </header>
      {result.undone && (
        <p className="note" role="status">
          This attempt was undone: it counts for nothing any more.
        </p>
      )}
      <div className="score">
        <p className="total numbers">
          <span className="hidden-words">Grade: </span>
          <strong>{points(result.grade.total)}</strong>
          <span className="soft">
            {' '}
            of 100{result.onAppeal > 0.05 && `, of which ${points(result.onAppeal)} on appeal`}
          </span>
        </p>
        <Parts result={result} />
      </div>
      <p className="back">
        {card.state !== 'new' && <strong>Back {dueWords(result.comesBack.due, new Date())}. </strong>}
        {result.comesBack.why}
      </p>
      {result.expected !== null && (
        <p className="soft small numbers">
          You expected {points(result.expected)}.{' '}
          <Link to="/progress">Progress shows whether you know what you know</Link>.
        </p>
      )}
      {result.share < 1 && (
        <p className="soft small">
          Only what was weak was asked: {percent(result.share)} of the diagram’s points, put on a scale of
          100. It counts that much of a whole redraw.
        </p>
      )}
      {result.against.map(({ name, says }) => (
        <p className="soft small" key={name}>
          Graded against: the reference, {name}. {says}
        </p>
      ))}
      {!result.grade.proven && (
        <p className="soft small">
          The best matching of your drawing could not be proven in its time; this is the best one found.
        </p>
      )}
      {result.recordedTotal !== null && Math.abs(result.recordedTotal - result.grade.total) >= 0.05 && (
        <p className="soft small numbers">
          Recorded then as {points(result.recordedTotal)}, which is what counts: the diagram or the grader has
          changed since, and <Link to="/settings">Settings</Link> can grade old attempts anew.
        </p>
      )}
      <div className="row actions">
        <Link to={next.path} className="button main">
          {next.does} <Key of="Enter" />
        </Link>
        {!result.undone && <Undo result={result} reload={reload} />}
      </div>
      <Pictures result={result} lit={lit} />
      <Evidence result={result} light={setLit} reload={reload} />
      <Mutation result={result} reload={reload} />
    </div>
  )
}

function Undo({ result, reload }: { readonly result: ResultView; readonly reload: () => void }) {
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const undo = async () => {
    const done = await call('POST', `/api/attempts/${result.attempt}/undo`)
    if (done.ok) reload()
    else setFailure(done.error)
  }
  const sure = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (asked) sure.current?.focus()
  }, [asked])
  useKeys('Result', [{ keys: ['u'], does: 'Undo this attempt', run: () => setAsked(true) }])
  if (failure) return <FailureNote failure={failure} retry={undo} />
  if (!asked)
    return (
      <button type="button" className="button bare" onClick={() => setAsked(true)}>
        Undo this attempt <Key of="u" />
      </button>
    )
  return (
    <span className="row">
      <span>It will count for nothing. It stays in your log.</span>
      <button type="button" className="button" ref={sure} onClick={undo}>
        Undo it
      </button>
      <button type="button" className="button bare" onClick={() => setAsked(false)}>
        Keep it
      </button>
    </span>
  )
}
