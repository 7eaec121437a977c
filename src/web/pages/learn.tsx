import { useEffect, useMemo, useRef, useState } from 'react'
import type { LearnView } from '#app/views.ts'
import { resolve, type Vocabulary } from '#domain/diagram/index.ts'
import { normalise } from '#lib/text.ts'
import { call, type Failure, useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { learnPath, navigate, recallPath } from '../router.ts'
import { FailureNote, Key, Shown } from '../ui/bits.tsx'
import { Download } from '../ui/download.tsx'
import { Figure } from '../ui/figure.tsx'
import { Sources } from '../ui/sources.tsx'
import { useField } from '../ui/vocabulary.ts'
import { CATEGORY_WORDS, count, FORM_WORDS } from '../ui/words.ts'
import './learn.css'

export function LearnPage({ id }: { readonly id: string }) {
  const { view, reload } = useView<LearnView>(`/api${learnPath(id)}`)
  return (
    <Shown view={view} reload={reload}>
      {(learn) => <Learn learn={learn} />}
    </Shown>
  )
}

type Stage = 'walk' | 'fade' | 'whole'

function Learn({ learn }: { readonly learn: LearnView }) {
  const [stage, setStage] = useState<Stage>('walk')
  return (
    <div className="learn">
      {stage === 'walk' && (
        <Walk learn={learn} done={() => setStage(learn.faded.length > 0 ? 'fade' : 'whole')} />
      )}
      {stage === 'fade' && (
        <Fade learn={learn} done={() => setStage('whole')} back={() => setStage('walk')} />
      )}
      {stage === 'whole' && <Whole learn={learn} />}
    </div>
  )
}

const Heading = ({ card }: { readonly card: LearnView['card'] }) => (
  <header>
    <p className="soft small">
      {CATEGORY_WORDS[card.category]} · {FORM_WORDS[card.form]} · {count(card.minutes, 'minute')}
    </p>
    <h1>{card.title}</h1>
    <p className="soft">{card.question}</p>
  </header>
)

/** A few elements at a time, with the sentence that says why they are there. */
function Walk({ learn, done }: { readonly learn: LearnView; readonly done: () => void }) {
  const [at, setAt] = useState(0)
  const step = learn.steps[at]
  const visible = useMemo(() => new Set(step?.visible ?? []), [step])
  const fresh = useMemo(() => new Set(step?.fresh ?? []), [step])
  const next = () => (at + 1 < learn.steps.length ? setAt(at + 1) : done())
  const back = () => setAt(Math.max(0, at - 1))
  useKeys('Walkthrough', [
    { keys: ['Space', 'ArrowRight', 'Enter'], does: 'Next step', run: next },
    { keys: ['ArrowLeft'], does: 'Step back', run: back },
  ])
  return (
    <div className="beside">
      <Figure svg={learn.svg} visible={visible} fresh={fresh} follow className="stage" />
      <section className="says">
        <Heading card={learn.card} />
        <p className="soft small numbers">
          Step {at + 1} of {learn.steps.length}
        </p>
        <p className="sentence" aria-live="polite">
          {step?.says}
        </p>
        <div className="row">
          <button type="button" className="button main" onClick={next}>
            {at + 1 < learn.steps.length ? 'Next' : 'Now without some names'} <Key of="Space" />
          </button>
          <button type="button" className="button bare" onClick={back} disabled={at === 0}>
            Back <Key of="ArrowLeft" />
          </button>
        </div>
        <Description learn={learn} />
      </section>
    </div>
  )
}

const Description = ({ learn }: { readonly learn: LearnView }) => (
  <details className="words">
    <summary>The drawing in words</summary>
    <ul>
      {learn.description.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  </details>
)

const bare = (label: string) => normalise(label).replaceAll(' ', '')

/** Whether what was typed names it: any of its names by their letters, or the same concept of the field. */
export function isRight(vocabulary: Vocabulary, typed: string, names: readonly string[]): boolean {
  if (names.some((name) => bare(name) === bare(typed))) return true
  const concept = resolve(vocabulary, typed)?.concept
  return concept !== undefined && names.some((name) => resolve(vocabulary, name)?.concept === concept)
}

/** A third of the drawing without its names: each is typed, then shown. */
function Fade({
  learn,
  done,
  back,
}: {
  readonly learn: LearnView
  readonly done: () => void
  readonly back: () => void
}) {
  const { vocabulary } = useField()
  const [at, setAt] = useState(0)
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState<{ readonly right: boolean } | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const blank = learn.faded[at]
  const faded = useMemo(
    () => new Set(learn.faded.slice(shown ? at + 1 : at).map(({ element }) => element)),
    [learn, at, shown],
  )
  const fresh = useMemo(() => new Set(shown && blank ? [blank.element] : []), [shown, blank])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each blank begins in its field
  useEffect(() => field.current?.focus({ preventScroll: true }), [at])
  if (!blank) return null
  const answer = () => {
    if (shown) {
      if (at + 1 >= learn.faded.length) return done()
      setAt(at + 1)
      setTyped('')
      setShown(null)
      return
    }
    setShown({ right: isRight(vocabulary, typed, [blank.right, ...blank.accept]) })
  }
  return (
    <div className="beside">
      <Figure
        svg={learn.svg}
        faded={faded}
        fresh={fresh}
        asked={shown ? null : blank.element}
        follow
        className="stage"
      />
      <form
        className="says"
        onSubmit={(event) => {
          event.preventDefault()
          answer()
        }}
      >
        <Heading card={learn.card} />
        <p className="soft small numbers">
          Blank {at + 1} of {learn.faded.length}
        </p>
        <label className="sentence" htmlFor="blank">
          {blank.hint}
        </label>
        <input
          id="blank"
          ref={field}
          className="field"
          value={typed}
          readOnly={shown !== null}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="What stands here?"
          onChange={(event) => setTyped(event.target.value)}
        />
        <p className="verdict" aria-live="polite">
          {shown &&
            (shown.right ? (
              <span className="good">Right: {blank.right}.</span>
            ) : (
              <span>
                It is <strong>{blank.right}</strong>.
              </span>
            ))}
        </p>
        <div className="row">
          <button type="submit" className="button main">
            {shown ? 'Next' : 'Show'} <Key of="Enter" />
          </button>
          <button type="button" className="button bare" onClick={back}>
            Walk through again
          </button>
        </div>
      </form>
    </div>
  )
}

function useFinish(learn: LearnView) {
  const [begun] = useState(() => performance.now())
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const finish = async (to: string) => {
    if (busy) return
    setBusy(true)
    const seconds = Math.min(86_400, (performance.now() - begun) / 1000)
    const result = await call('POST', `/api${learnPath(learn.card.id)}/learned`, { seconds })
    setBusy(false)
    if (result.ok) navigate(to)
    else setFailure(result.error)
  }
  return { finish, failure }
}

function Whole({ learn }: { readonly learn: LearnView }) {
  const { finish, failure } = useFinish(learn)
  const recall = () => finish(recallPath(learn.card.id))
  const leave = () => finish('/')
  useKeys('The whole', [
    { keys: ['Enter'], does: 'Recall it now', run: recall },
    { keys: ['d'], does: 'Done for now', run: leave },
  ])
  return (
    <>
      <div className="beside">
        <Figure svg={learn.svg} follow className="stage" />
        <section className="says">
          <Heading card={learn.card} />
          <p className="sentence">This is all of it. Look once more, then draw it from memory.</p>
          {failure && <FailureNote failure={failure} />}
          <div className="row">
            <button type="button" className="button main" onClick={recall}>
              Recall it now <Key of="Enter" />
            </button>
            <button type="button" className="button" onClick={leave}>
              Done for now <Key of="D" />
            </button>
            <Download from={`/api/diagrams/${learn.card.id}/files`} form={learn.card.form} />
          </div>
          <Description learn={learn} />
        </section>
      </div>
      <div className="facts">
        <section>
          <h2>Facts</h2>
          <dl>
            {learn.facts.map((fact) => (
              <div key={fact.ask}>
                <dt>{fact.ask}</dt>
                <dd>
                  <strong>{fact.right}</strong>
                  {fact.derived !== null && <span className="soft small">{fact.derived}</span>}
                  <Sources sources={fact.sources} asOf={fact.asOf} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h2>In the real world</h2>
          <dl>
            {learn.context.map((slot) => (
              <div key={slot.ask}>
                <dt>{slot.ask}</dt>
                <dd>
                  <strong>{slot.accept[0]}</strong>
                  {slot.accept.length > 1 && (
                    <span className="soft small">Or: {slot.accept.slice(1).join(', ')}.</span>
                  )}
                  <Sources sources={slot.sources} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </>
  )
}
