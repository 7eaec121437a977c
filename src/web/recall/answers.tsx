import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { RecallView } from '#app/views.ts'
import { useKeys } from '../keys.tsx'
import { FailureNote, Key } from '../ui/bits.tsx'
import { ConfidenceKey, useHandIn } from './confidence-key.tsx'
import { PartLine } from './part-line.tsx'
import type { Session } from './session.ts'

/** Facts and context, typed. The clock stands. */
export function AnswerStage({ view, session }: { readonly view: RecallView; readonly session: Session }) {
  const form = useRef<HTMLFormElement>(null)
  const expected = useRef<HTMLFieldSetElement>(null)
  const hand = useHandIn(session, view.asksConfidence, expected)
  const { answers, setAnswers } = session
  const questions = [
    ...view.facts.map((one) => ({ ...one, of: 'facts' as const })),
    ...view.context.map((one) => ({ ...one, of: 'context' as const })),
  ]
  const back = () => session.setStage('draw')
  useKeys('Facts', [
    { keys: ['Ctrl+Enter'], does: 'Hand in', run: hand.handIn },
    { keys: ['Escape'], does: 'Back to the drawing', run: back, inFields: true },
    { keys: ['Enter'], does: 'Next question' },
    ...(view.asksConfidence
      ? [{ keys: ['1', '2', '3', '4', '5'], does: 'At the end: how much is right, and hand in' }]
      : []),
  ])
  const asksNothing = questions.length === 0
  useEffect(() => {
    if (asksNothing) expected.current?.focus()
  }, [asksNothing])
  const press = (event: KeyboardEvent, at: number) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    const fields = form.current?.querySelectorAll<HTMLElement>('input.field, .expected, button[type=submit]')
    fields?.[at + 1]?.focus()
  }
  return (
    <div className="page narrow answers">
      <h1>{view.question}</h1>
      <p className="soft">
        The clock has stopped. A few words or a number will do; leave empty what you do not know.
      </p>
      <PartLine view={view} session={session} />
      <form
        ref={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          hand.handIn()
        }}
      >
        {questions.map((question, i) => (
          <QuestionField
            key={`${question.of} ${question.id}`}
            ask={question.ask}
            first={i === 0}
            value={answers[question.of][question.id] ?? ''}
            change={(value) =>
              setAnswers({ ...answers, [question.of]: { ...answers[question.of], [question.id]: value } })
            }
            press={(event) => press(event, i)}
          />
        ))}
        {view.asksConfidence && <ConfidenceKey hand={hand} session={session} host={expected} />}
        {session.failure && (
          <FailureNote
            failure={{ ...session.failure, mend: `${session.failure.mend} Nothing is lost.` }}
            retry={hand.handIn}
          />
        )}
        <HandInRow sending={session.sending} back={back} />
      </form>
    </div>
  )
}

const HandInRow = ({ sending, back }: { readonly sending: boolean; readonly back: () => void }) => (
  <div className="row">
    <button type="submit" className="button main" disabled={sending}>
      {sending ? 'Handing in' : 'Hand in'} <Key of="Ctrl+Enter" />
    </button>
    <button type="button" className="button bare" onClick={back}>
      Back to the drawing <Key of="Esc" />
    </button>
  </div>
)

const QuestionField = ({
  ask,
  first,
  value,
  change,
  press,
}: {
  readonly ask: string
  readonly first: boolean
  readonly value: string
  readonly change: (value: string) => void
  readonly press: (event: KeyboardEvent) => void
}) => (
  <label className="stack question-field">
    <span>{ask}</span>
    <input
      className="field"
      value={value}
      maxLength={500}
      autoComplete="off"
      spellCheck={false}
      enterKeyHint="next"
      // biome-ignore lint/a11y/noAutofocus: this page is the form
      autoFocus={first}
      onChange={(event) => change(event.target.value)}
      onKeyDown={press}
    />
  </label>
)
