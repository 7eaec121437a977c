import { useState } from 'react'
import type { ResultView } from '#app/views.ts'
import { call, type Failure } from '../api.ts'
import { FailureNote } from '../ui/bits.tsx'

interface Revealed {
  readonly answer: string
  readonly because: string
}

const MARKS = [
  ['missed', 'Missed it'],
  ['partly', 'Partly'],
  ['got-it', 'Got it'],
] as const

type Mark = (typeof MARKS)[number][0]

/** Transfer, apart from the grade: answered in words, then compared and marked by the learner. */
export function Mutation({ result, reload }: { readonly result: ResultView; readonly reload: () => void }) {
  const { mutation } = result
  const [given, setGiven] = useState(mutation.given ?? '')
  const [revealed, setRevealed] = useState<Revealed | null>(
    mutation.answer === null ? null : { answer: mutation.answer, because: mutation.because ?? '' },
  )
  const [failure, setFailure] = useState<Failure | null>(null)
  const path = `/api/attempts/${result.attempt}/mutation`
  const reveal = async () => {
    const outcome = await call<Revealed>('POST', path, { answer: given })
    if (!outcome.ok) return setFailure(outcome.error)
    setFailure(null)
    setRevealed(outcome.value)
  }
  const mark = async (as: Mark) => {
    const outcome = await call('POST', path, { answer: given, mark: as })
    if (!outcome.ok) return setFailure(outcome.error)
    setFailure(null)
    reload()
  }
  return (
    <section className="mutation">
      <h2>And now something changes</h2>
      <p className="sentence">{mutation.ask}</p>
      <p className="soft small">
        Memory cannot answer this one, and it does not change your grade. Write what you think, then compare.
      </p>
      {revealed === null ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            reveal()
          }}
        >
          <textarea
            className="field"
            aria-label="Your answer"
            required
            maxLength={5000}
            value={given}
            onChange={(event) => setGiven(event.target.value)}
          />
          <div>
            <button type="submit" className="button" disabled={given.trim() === ''}>
              Compare with the answer
            </button>
          </div>
        </form>
      ) : (
        <div className="stack">
          <div>
            <h3>You wrote</h3>
            <p className="written">{given}</p>
          </div>
          <div>
            <h3>The answer</h3>
            <p>{revealed.answer}</p>
            <p className="soft">{revealed.because}</p>
          </div>
          {mutation.mark === null ? (
            <fieldset className="row">
              <legend>How close were you?</legend>
              {MARKS.map(([as, words]) => (
                <button key={as} type="button" className="button" onClick={() => mark(as)}>
                  {words}
                </button>
              ))}
            </fieldset>
          ) : (
            <p className="soft" role="status">
              You marked it: {MARKS.find(([as]) => as === mutation.mark)?.[1].toLowerCase()}.
            </p>
          )}
        </div>
      )}
      {failure && <FailureNote failure={failure} />}
    </section>
  )
}
