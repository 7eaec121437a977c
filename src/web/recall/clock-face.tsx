import { type KeyboardEvent, useState } from 'react'
import { useKeys } from '../keys.tsx'
import { clockWords, secondsOf } from '../ui/words.ts'
import { useSeconds } from './clock.ts'
import type { Session } from './session.ts'

/** The time drawing, and the par that the drawing's size gives; a press on it sets another for this recall. */
export function Clock({ session, toEntry }: { readonly session: Session; readonly toEntry: () => void }) {
  const seconds = useSeconds(session.clock.seconds)
  const [open, setOpen] = useState(false)
  const { par, isOwnPar } = session
  useKeys('This recall', [
    { keys: ['Alt+P'], does: 'Set the clock', run: () => setOpen(true), inFields: true },
  ])
  return (
    <div className="clock numbers">
      <p role="timer" aria-label={`Time drawing; ${clockWords(par)} is par`}>
        <strong>{clockWords(seconds)}</strong>
      </p>
      {open ? (
        <ParField
          par={par}
          set={(value) => {
            setOpen(false)
            if (value !== par) session.setPar(value)
          }}
          back={toEntry}
        />
      ) : (
        <button
          type="button"
          className="button bare small soft"
          title="Set the clock for this recall (Alt+P)"
          onClick={() => setOpen(true)}
        >
          {isOwnPar ? 'your par' : 'par'} {clockWords(par)}
        </button>
      )}
    </div>
  )
}

/** Minutes and seconds (`2:30`), or seconds alone; empty is the drawing's own clock again. What is neither changes nothing. */
function ParField({
  par,
  set,
  back,
}: {
  readonly par: number
  readonly set: (value: number | null) => void
  readonly back: () => void
}) {
  const [text, setText] = useState(clockWords(par))
  const commit = () => set(text.trim() === '' ? null : (secondsOf(text) ?? par))
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit()
    else if (event.key === 'Escape') set(par)
    else return
    event.stopPropagation()
    back()
  }
  return (
    <label className="small par-field">
      par{' '}
      <input
        className="field short numbers"
        aria-label="Par, minutes and seconds; empty for the drawing's own"
        inputMode="text"
        // biome-ignore lint/a11y/noAutofocus: it was asked for this moment
        autoFocus
        onFocus={(event) => event.target.select()}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={press}
      />
    </label>
  )
}
