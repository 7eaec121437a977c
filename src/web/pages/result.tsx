import { useRef, useState } from 'react'
import type { ResultView } from '#app/views.ts'
import type { ElementId } from '#domain/diagram/index.ts'
import type { Grade, GradedElement } from '#domain/grading/index.ts'
import { call, type Failure, useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { learnPath, navigate, recallPath } from '../router.ts'
import { FailureNote, Key, Link, Shown } from '../ui/bits.tsx'
import { Figure } from '../ui/figure.tsx'
import { CATEGORY_WORDS, clockWords, dueWords, FORM_WORDS, points } from '../ui/words.ts'
import { Evidence } from './result-evidence.tsx'
import { Mutation } from './result-mutation.tsx'
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

function Result({ result, reload }: { readonly result: ResultView; readonly reload: () => void }) {
  const [lit, setLit] = useState<Lit | null>(null)
  const next = nextStep(result)
  const { card } = result
  useKeys('Result', [{ keys: ['Enter'], does: next.does, run: () => navigate(next.path) }])
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
        <Parts grade={result.grade} />
      </div>
      <p className="back">
        <strong>Back {dueWords(result.comesBack.due, new Date())}.</strong>{' '}
        {result.undone ? 'As if it had not been drawn. ' : ''}
        {result.comesBack.because}
      </p>
      <p className="soft small numbers">{timeWords(result)}</p>
      {result.recordedTotal !== null && (
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

function timeWords(result: ResultView): string {
  const proven = result.grade.proven
    ? ''
    : ' The best matching of your drawing could not be proven in its time; this is the best one found.'
  if (result.seconds === null) return `Nobody took the time.${proven}`
  return `Drawn in ${clockWords(result.seconds)}; ${clockWords(result.parSeconds)} is par.${proven}`
}

const PARTS = [
  ['structure', 'Structure'],
  ['technical', 'Technical'],
  ['context', 'Context'],
  ['speed', 'Speed'],
] as const

const Parts = ({ grade }: { readonly grade: Grade }) => (
  <dl className="parts">
    {PARTS.map(([part, name]) => (
      <div key={part}>
        <dt>{name}</dt>
        <dd className="numbers">
          {points(grade[part].score)} <span className="soft">of {points(grade[part].max)}</span>
        </dd>
        <dd className="bar" aria-hidden="true">
          <span
            style={{ width: `${grade[part].max > 0 ? (grade[part].score / grade[part].max) * 100 : 0}%` }}
          />
        </dd>
      </div>
    ))}
  </dl>
)

function Undo({ result, reload }: { readonly result: ResultView; readonly reload: () => void }) {
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const undo = async () => {
    const done = await call('POST', `/api/attempts/${result.attempt}/undo`)
    if (done.ok) reload()
    else setFailure(done.error)
  }
  if (failure) return <FailureNote failure={failure} retry={undo} />
  if (!asked)
    return (
      <button type="button" className="button bare" onClick={() => setAsked(true)}>
        Undo this attempt
      </button>
    )
  return (
    <span className="row">
      <span>It will count for nothing. It stays in your log.</span>
      <button type="button" className="button" onClick={undo}>
        Undo it
      </button>
      <button type="button" className="button bare" onClick={() => setAsked(false)}>
        Keep it
      </button>
    </span>
  )
}

const LEGEND: readonly (readonly [GradedElement['verdict'], string])[] = [
  ['matched', 'right'],
  ['missing', 'missing'],
  ['wrong', 'other name'],
  ['reversed', 'turned round'],
  ['extra', 'not in it'],
]

const SHAPE_KINDS = new Set(['node', 'edge', 'group', 'message', 'event', 'row', 'column', 'cell'])

/** Width over height of an SVG of ours. */
function shapeOf(svg: string): number {
  const [, width = '1', height = '1'] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg) ?? []
  return Number(width) / Number(height)
}

/** Wider than this, two drawings are read better one above the other. */
const WIDE = 2.6

function Pictures({ result, lit }: { readonly result: ResultView; readonly lit: Lit | null }) {
  const [only, setOnly] = useState<'yours' | 'reference'>('yours')
  const seen = new Set(
    result.grade.elements.flatMap((one) => (SHAPE_KINDS.has(one.kind) ? [one.verdict] : [])),
  )
  const wide = shapeOf(result.overlaySvg) > WIDE && shapeOf(result.referenceSvg) > 1.2
  return (
    <section className={wide ? 'pictures wide' : 'pictures'} data-only={only}>
      <fieldset className="switch">
        <legend className="hidden-words">Which drawing</legend>
        {(['yours', 'reference'] as const).map((which) => (
          <label key={which}>
            <input type="radio" name="picture" checked={only === which} onChange={() => setOnly(which)} />
            <span>{which === 'yours' ? 'Yours' : 'Reference'}</span>
          </label>
        ))}
      </fieldset>
      <Picture name="Yours" of="yours" svg={result.overlaySvg} lit={lit?.drawn ?? lit?.reference ?? null} />
      <Picture name="Reference" of="reference" svg={result.referenceSvg} lit={lit?.reference ?? null} />
      <ul className="legend small soft">
        {LEGEND.filter(([verdict]) => seen.has(verdict)).map(([verdict, words]) => (
          <li key={verdict}>
            <span className={`mark ${verdict}`} aria-hidden="true" /> {words}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface PictureProps {
  readonly name: string
  readonly of: string
  readonly svg: string
  readonly lit: ElementId | null
}

/** A drawing that fits its half of the page, and can be looked at in its own size. */
function Picture({ name, of, svg, lit }: PictureProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [large, setLarge] = useState(false)
  const enlarge = () => {
    setLarge(true)
    dialog.current?.showModal()
  }
  return (
    <figure className={of}>
      <figcaption className="caption">
        {name}
        <button type="button" className="button bare enlarge" onClick={enlarge}>
          Enlarge<span className="hidden-words"> {name}</span>
        </button>
      </figcaption>
      <Figure svg={svg} lit={lit} className="stage" />
      <dialog
        ref={dialog}
        className="large"
        aria-label={name}
        onClose={() => setLarge(false)}
        onMouseDown={(event) => event.target === dialog.current && dialog.current?.close()}
      >
        <button type="button" className="button close-large" onClick={() => dialog.current?.close()}>
          Close <Key of="Esc" />
        </button>
        {large && <Figure svg={svg} />}
      </dialog>
    </figure>
  )
}
