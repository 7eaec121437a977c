import { useId, useState } from 'react'
import type { MistakeView } from '#app/views-mistakes.ts'
import { call, type Failure } from '../api.ts'
import { FailureNote, Key } from '../ui/bits.tsx'
import { KIND_SAYS, KIND_WORDS, KINDS } from './mistake-words.ts'
import './mistake-note.css'

/** Why it happened and what is right, in the learner's own words. */
export function NoteEditor({
  mistake,
  saved,
  close,
}: {
  readonly mistake: MistakeView
  readonly saved: (after: MistakeView) => void
  readonly close: () => void
}) {
  const [kind, setKind] = useState(mistake.kind)
  const [cause, setCause] = useState(mistake.note?.cause ?? '')
  const [correction, setCorrection] = useState(mistake.note?.correction ?? '')
  const [failure, setFailure] = useState<Failure | null>(null)
  const name = useId()
  const [loss] = mistake.losses
  const save = async () => {
    if (!loss) return
    const body = { line: loss.line, kind, cause, correction }
    const sent = await call<MistakeView>('POST', `/api/attempts/${loss.attempt}/mistakes`, body)
    if (sent.ok) saved(sent.value)
    else setFailure(sent.error)
  }
  return (
    <form
      className="note-editor stack"
      aria-label={`Note about ${mistake.label}`}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <fieldset>
        <legend className="small soft">What kind of mistake was it?</legend>
        <div className="kinds">
          {KINDS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name={name}
                checked={kind === one}
                // biome-ignore lint/a11y/noAutofocus: it was opened to be filled in
                autoFocus={one === mistake.kind}
                onChange={() => setKind(one)}
              />
              <span>
                {KIND_WORDS[one]}
                {one === mistake.suggested && <span className="soft small"> suggested</span>}
                <span className="soft small says">{KIND_SAYS[one]}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <label className="stack">
        <span className="small soft">Why did it happen?</span>
        <textarea
          className="field"
          maxLength={1000}
          value={cause}
          onChange={(event) => setCause(event.target.value)}
        />
      </label>
      <label className="stack">
        <span className="small soft">What is right, and what will remind you?</span>
        <textarea
          className="field"
          maxLength={1000}
          value={correction}
          onChange={(event) => setCorrection(event.target.value)}
        />
      </label>
      {failure && <FailureNote failure={failure} retry={save} />}
      <div className="row">
        <button type="submit" className="button main">
          Save <Key of="Ctrl+Enter" />
        </button>
        <button type="button" className="button bare" onClick={close}>
          Cancel <Key of="Escape" />
        </button>
      </div>
    </form>
  )
}

/** What was noted, below what it is about. */
export const NoteWords = ({ mistake: { note } }: { readonly mistake: Pick<MistakeView, 'note'> }) =>
  note && (note.cause !== '' || note.correction !== '') ? (
    <span className="noted small">
      {note.cause !== '' && <span>{note.cause}</span>}
      {note.correction !== '' && <strong>{note.correction}</strong>}
    </span>
  ) : null
