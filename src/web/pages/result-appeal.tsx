import { useEffect, useState } from 'react'
import type { AppealPreview, ResultView } from '#app/views.ts'
import type { GradedElement } from '#domain/grading/index.ts'
import { call, type Failure } from '../api.ts'
import { FailureNote } from '../ui/bits.tsx'
import { points } from '../ui/words.ts'

interface AppealProps {
  readonly result: ResultView
  readonly element: GradedElement
  readonly reload: () => void
}

/** The appeal that a line of the grade has, if any. */
export const appealOf = (result: ResultView, element: GradedElement) => {
  const at = result.grade.elements.indexOf(element)
  return result.appeals.find((one) => one.element === at)
}

/** "I think I am right": says what it would do, counts at once, and can be taken back beside it. */
export function Appeal({ result, element, reload }: AppealProps) {
  const [isOpen, setOpen] = useState(false)
  const made = appealOf(result, element)
  if (made) return <Made key={made.id} appeal={made} reload={reload} />
  if (isOpen)
    return (
      <AppealForm
        result={result}
        element={element}
        reload={() => {
          setOpen(false)
          reload()
        }}
        close={() => setOpen(false)}
      />
    )
  return (
    <span className="appeal">
      <button type="button" className="button bare" onClick={() => setOpen(true)}>
        I think I am right
        <span className="hidden-words"> about {element.label}</span>
      </button>
    </span>
  )
}

function Made({
  appeal,
  reload,
}: {
  readonly appeal: ResultView['appeals'][number]
  readonly reload: () => void
}) {
  const [failure, setFailure] = useState<Failure | null>(null)
  const withdraw = async () => {
    const done = await call('DELETE', `/api/appeals/${appeal.id}`)
    if (done.ok) reload()
    else setFailure(done.error)
  }
  return (
    <span className="appeal">
      <span className="soft small">
        {appeal.accepts === null ? 'Your words are kept.' : 'On your appeal.'}
      </span>
      <button type="button" className="button bare" onClick={withdraw}>
        Withdraw
        <span className="hidden-words"> the appeal about {appeal.label}</span>
      </button>
      {failure && <FailureNote failure={failure} />}
    </span>
  )
}

/** What the grade did not pair: of a missing thing those that were drawn too much, of an extra one those missing. */
function partnersOf({ grade }: ResultView, { kind, verdict }: GradedElement): readonly GradedElement[] {
  const other = { missing: 'extra', extra: 'missing' }[verdict as string]
  const pairs = other !== undefined && kind !== 'edge' && kind !== 'fact' && kind !== 'context'
  return pairs ? grade.elements.filter((one) => one.kind === kind && one.verdict === other) : []
}

const givenBy = (element: GradedElement, partner: GradedElement | null): string => {
  if (element.answer) return element.answer.given
  if (element.verdict === 'extra') return element.label
  return partner?.label ?? element.drawn?.replace(/^\w+:/, '') ?? ''
}

function AppealForm({ result, element, reload, close }: AppealProps & { readonly close: () => void }) {
  const [says, setSays] = useState('')
  const [chosen, setChosen] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [told, setTold] = useState<AppealPreview | null>(null)
  const partners = partnersOf(result, element)
  const partner = partners[chosen] ?? null
  const about = {
    kind: element.kind,
    label: element.label.slice(0, 500),
    given: givenBy(element, partner).slice(0, 500),
    drawn: element.drawn ?? partner?.drawn ?? null,
    reference: element.reference ?? partner?.reference ?? null,
  }
  const path = `/api/attempts/${result.attempt}/appeals`
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is about follows from the line and the choice
  useEffect(() => {
    let wanted = true
    setTold(null)
    call<AppealPreview>('POST', `${path}/preview`, about).then((answer) => {
      if (wanted && answer.ok) setTold(answer.value)
    })
    return () => {
      wanted = false
    }
  }, [path, element, chosen])
  const send = async () => {
    const done = await call('POST', path, { ...about, says })
    if (done.ok) reload()
    else setFailure(done.error)
  }
  return (
    <form
      className="appeal open"
      onKeyDown={(event) => event.key === 'Escape' && close()}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {partners.length > 0 && (
        <label className="pair small">
          {element.verdict === 'missing' ? 'I drew it as' : 'It stands for'}
          <select
            className="field"
            value={chosen}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {partners.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two of one name are told apart by their order alone
              <option key={i} value={i}>
                {one.label}
              </option>
            ))}
            <option value={-1}>none of these</option>
          </select>
        </label>
      )}
      <input
        className="field"
        aria-label={`Why you are right about ${element.label}`}
        aria-describedby="appeal-does"
        placeholder="Why? A few words, or leave it empty"
        maxLength={2000}
        // biome-ignore lint/a11y/noAutofocus: the button before it asked for this field
        autoFocus
        value={says}
        onChange={(event) => setSays(event.target.value)}
      />
      <button type="submit" className="button">
        {told?.accepts === false ? 'Keep my words' : 'Count it'}
      </button>
      <p className="does soft small" id="appeal-does" role="status">
        {told === null ? '' : whatItDoes(told)}
      </p>
      {failure && <FailureNote failure={failure} />}
    </form>
  )
}

function whatItDoes({ accepts, before, after, because }: AppealPreview): string {
  if (!accepts) return `${because} The grade stays, your words are kept.`
  if (after - before < 0.05) return 'It is accepted, here and whenever you draw this again; this grade stays.'
  return `It counts at once, here and whenever you draw this again: ${points(before)} becomes ${points(after)}.`
}
