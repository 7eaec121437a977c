import { useState } from 'react'
import type { RegradeChange, RegradeView, SettingsView } from '#app/views.ts'
import { call, type Failure, useView } from '../api.ts'
import { resultPath } from '../router.ts'
import { FailureNote, Link } from '../ui/bits.tsx'
import { count, dayWords, points } from '../ui/words.ts'

export function Appeals({ view, reload }: { readonly view: SettingsView; readonly reload: () => void }) {
  const [failure, setFailure] = useState<Failure | null>(null)
  const withdraw = async (id: string) => {
    const result = await call('DELETE', `/api/appeals/${id}`)
    if (result.ok) reload()
    else setFailure(result.error)
  }
  return (
    <section>
      <h2>Your appeals</h2>
      {failure && <FailureNote failure={failure} />}
      {view.appeals.length === 0 && (
        <p className="soft">
          None. Where a grade takes points for something that you think is right, say so on its page: it
          counts at once, and it is how the accepted names grow.
        </p>
      )}
      <ul className="lines">
        {view.appeals.map((appeal) => (
          <li key={appeal.id} className="line">
            <span>
              {appeal.accepts ?? `${appeal.label}: words alone`}
              <span className="soft small">
                <Link to={resultPath(appeal.attempt)}>{appeal.title}</Link>,{' '}
                {dayWords(new Date(appeal.at), new Date())}
                {appeal.says === '' ? '' : `: ${appeal.says}`}
              </span>
            </span>
            <button type="button" className="button" onClick={() => withdraw(appeal.id)}>
              Withdraw
              <span className="hidden-words"> the appeal about {appeal.label}</span>
            </button>
          </li>
        ))}
      </ul>
      {view.appeals.length > 0 && (
        <p>
          <a href="/api/appeals/suggestions" download="atlas-suggestions.yaml" className="button">
            Export as suggestions
          </a>
        </p>
      )}
    </section>
  )
}

/** Old attempts under today's grader and content. Nothing is graded before it is opened. */
export function Regrade() {
  const [isOpen, setOpen] = useState(false)
  return (
    <section>
      <h2>Old grades</h2>
      <details className="regrade" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>What today’s grader and content would grade otherwise</summary>
        {isOpen && <Changes />}
      </details>
    </section>
  )
}

function Changes() {
  const { view, reload } = useView<RegradeView>('/api/regrade')
  const [failure, setFailure] = useState<Failure | null>(null)
  const send = async (method: 'POST' | 'DELETE') => {
    const done = await call(method, '/api/regrade')
    setFailure(done.ok ? null : done.error)
    if (done.ok) reload()
  }
  if (view.state === 'failed') return <FailureNote failure={view.failure} retry={reload} />
  if (view.state === 'loading') return <p className="soft">Grading all attempts anew</p>
  const { checked, changes, last } = view.view
  return (
    <div className="stack">
      <p role="status">
        {changes.length === 0
          ? `${count(checked, 'attempt')} graded anew: none would change.`
          : `${count(changes.length, 'old attempt')} would grade differently.`}
      </p>
      <ul className="lines">
        {changes.map((change) => (
          <li key={change.attempt} className="line">
            <Change change={change} />
          </li>
        ))}
      </ul>
      {failure && <FailureNote failure={failure} />}
      <div className="row">
        {changes.length > 0 && (
          <button type="button" className="button" onClick={() => send('POST')}>
            Apply
          </button>
        )}
        {last !== null && (
          <button type="button" className="button bare" onClick={() => send('DELETE')}>
            Take back the regrade of {count(last.attempts, 'attempt')}
          </button>
        )}
      </div>
      {changes.length > 0 && (
        <p className="soft small">The new grades count for memory; the old ones stay in your log.</p>
      )}
    </div>
  )
}

const Change = ({ change }: { readonly change: RegradeChange }) => (
  <span>
    <Link to={resultPath(change.attempt)}>{change.title}</Link>
    <span className="numbers">
      {points(change.before.total)} → {points(change.after.total)}
      <span className="soft small">, {dayWords(new Date(change.at), new Date())}</span>
    </span>
    <span className="soft small">{change.because}</span>
    {change.parts.map((part) => (
      <span key={part} className="soft small numbers">
        {part}
      </span>
    ))}
    {(change.changed ?? []).map((one) => (
      <span key={`${one.kind} ${one.label} ${one.was}`} className="soft small">
        {one.label}: {VERDICTS[one.was] ?? one.was}, now {VERDICTS[one.now] ?? one.now}. {one.because}
      </span>
    ))}
  </span>
)

const VERDICTS: Readonly<Record<string, string>> = {
  matched: 'right',
  missing: 'missing',
  wrong: 'not right',
  reversed: 'turned round',
  extra: 'not in it',
}
