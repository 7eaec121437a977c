import { useState } from 'react'
import type { DiagramCard, SettingsView } from '#app/views.ts'
import type { MaintenanceView, TargetView } from '#app/views-today.ts'
import type { Settings } from '#domain/progress/index.ts'
import { call, type Failure } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { recallPath } from '../router.ts'
import { FailureNote, Key } from '../ui/bits.tsx'
import { CATEGORY_WORDS, dayWords } from '../ui/words.ts'
import { SESSION_WORDS } from './today-first.ts'
import { Queue } from './today-queue.tsx'

const SKIPPED = 'atlas.skipped'

/** Put off for this day, in this browser; the reviews themselves are read off what was recalled, and need no mark. */
export function useSkipped(kind: MaintenanceView['kind'] | null): [boolean, () => void] {
  const mark = `${kind} ${new Date().toDateString()}`
  const [skipped, setSkipped] = useState(() => localStorage.getItem(SKIPPED) === mark)
  const skip = () => {
    localStorage.setItem(SKIPPED, mark)
    setSkipped(true)
  }
  return [skipped && kind !== null, skip]
}

const SAYS: Readonly<Record<MaintenanceView['kind'], string>> = {
  daily: 'Nothing of it is due: a recall or two a day keep what would fade soonest.',
  weekly: 'Ten diagrams within a day, one after another.',
  monthly: 'Two of each category within a week, drawn by lot: how much is still there.',
  quarterly: 'Five of each category within two weeks, drawn by lot.',
}

/** What maintenance asks today: how far it is, what is left of it, and that it can wait. */
export function Session({
  view,
  rest,
  skip,
}: {
  readonly view: MaintenanceView
  readonly rest: readonly DiagramCard[]
  readonly skip: () => void
}) {
  const open = view.open.length > 0 && view.done < view.of
  useKeys(
    'Today',
    open ? [{ keys: ['s'], does: `Skip the ${SESSION_WORDS[view.kind]} for now`, run: skip }] : [],
  )
  return (
    <section className="session">
      {open && (
        <>
          <h2 className="caption">
            {SESSION_WORDS[view.kind]}: {view.done} of {view.of}
          </h2>
          <p className="soft small">{SAYS[view.kind]}</p>
          <Queue name={null} cards={rest} path={recallPath} />
          <button type="button" className="button bare later" onClick={skip}>
            Skip for now <Key of="s" />
          </button>
        </>
      )}
      <LastCheck check={view.lastCheck} />
    </section>
  )
}

function LastCheck({ check }: { readonly check: MaintenanceView['lastCheck'] }) {
  if (check === null) return null
  const weak = check.weak
    .slice(0, 3)
    .map(({ category, mean }) => `${CATEGORY_WORDS[category]} (${Math.round(mean)})`)
  return (
    <p className="soft small">
      Last check, {dayWords(new Date(check.at), new Date())}: {check.passed} of {check.of} passed
      {weak.length > 0 ? `; weakest: ${weak.join(', ')}.` : '.'}
    </p>
  )
}

/** The date has passed: keep what is known, or go on learning. */
export function AfterTarget({
  target,
  reload,
}: {
  readonly target: TargetView
  readonly reload: () => void
}) {
  const [failure, setFailure] = useState<Failure | null>(null)
  const change = async (part: Partial<Settings>) => {
    const changed = await call<SettingsView>('PUT', '/api/settings', part)
    setFailure(changed.ok ? null : changed.error)
    if (changed.ok) reload()
  }
  const keep = () => change({ rhythm: 'maintain', targetDate: null })
  const goOn = () => change({ targetDate: null })
  useKeys('Today', [
    { keys: ['m'], does: 'Keep what you know, 15 minutes a day', run: keep },
    { keys: ['g'], does: 'Go on learning, without a date', run: goOn },
  ])
  return (
    <section className="after">
      <h2 className="caption">After {dayWords(new Date(`${target.date}T12:00`), new Date())}</h2>
      {failure && <FailureNote failure={failure} />}
      <p className="soft">
        Fifteen minutes a day, a run each week and a check each month keep what you know. Nothing new comes
        until you say so in Settings.
      </p>
      <p className="row">
        <button type="button" className="button" onClick={keep}>
          Keep what I know <Key of="m" />
        </button>
        <button type="button" className="button bare" onClick={goOn}>
          Go on learning <Key of="g" />
        </button>
      </p>
    </section>
  )
}
