import { useRef, useState } from 'react'
import type { SettingsView } from '#app/views.ts'
import type { Settings } from '#domain/progress/index.ts'
import { call, type Failure, useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { showTheme } from '../theme.ts'
import { FailureNote, Key, Shown } from '../ui/bits.tsx'
import { Appeals, Regrade } from './settings-appeals.tsx'
import { Decks } from './settings-decks.tsx'
import { OwnParameters } from './settings-fit.tsx'
import { Schedule } from './settings-memory.tsx'
import { Choice, DateField, Field, NumberField, type PartProps, Switch } from './settings-parts.tsx'
import './settings.css'

export function SettingsPage() {
  const { view, reload } = useView<SettingsView>('/api/settings')
  return (
    <Shown view={view} reload={reload}>
      {(settings) => <SettingsForm first={settings} reload={reload} />}
    </Shown>
  )
}

const pick = (settings: Settings, part: Partial<Settings>): Partial<Settings> =>
  Object.fromEntries(Object.keys(part).map((key) => [key, settings[key as keyof Settings]]))

function SettingsForm({ first, reload }: { readonly first: SettingsView; readonly reload: () => void }) {
  const [settings, setSettings] = useState(first.settings)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [changes, setChanges] = useState<readonly Partial<Settings>[]>([])
  // As they stand at this moment, for what comes before the page is drawn again.
  const latest = useRef({ settings, changes })
  const show = (part: Partial<Settings>) => {
    latest.current.settings = { ...latest.current.settings, ...part }
    setSettings(latest.current.settings)
    if (part.theme) showTheme(part.theme)
  }
  const keep = (now: readonly Partial<Settings>[]) => {
    latest.current.changes = now
    setChanges(now)
  }
  // One after the other: what is taken back was saved before.
  const queue = useRef(Promise.resolve())
  const inTurn = (job: () => Promise<void>) => {
    queue.current = queue.current.then(job, job)
  }
  const save = async (part: Partial<Settings>, before: Partial<Settings>): Promise<boolean> => {
    const result = await call<SettingsView>('PUT', '/api/settings', part)
    setFailure(result.ok ? null : result.error)
    if (!result.ok) show(before)
    return result.ok
  }
  const change = (part: Partial<Settings>) => {
    const before = pick(latest.current.settings, part)
    show(part)
    inTurn(async () => {
      if (await save(part, before)) keep([...latest.current.changes, before])
    })
  }
  const undo = () =>
    inTurn(async () => {
      const last = latest.current.changes.at(-1)
      if (last === undefined) return
      const before = pick(latest.current.settings, last)
      show(last)
      if (await save(last, before)) keep(latest.current.changes.slice(0, -1))
    })
  useKeys('Settings', [{ keys: ['Ctrl+Z'], does: 'Undo the last change', run: undo, inFields: false }])
  const part = { settings, change }
  return (
    <div className="page narrow settings">
      <h1>Settings</h1>
      {failure && <FailureNote failure={failure} />}
      <Schedule {...part} tiers={first.tiers} />
      <OwnParameters {...part} />
      <EachDay {...part} />
      <AtARecall {...part} />
      <section>
        <h2>How it looks</h2>
        <Choice
          legend="Theme"
          name="theme"
          value={settings.theme}
          options={[
            ['system', 'As the system', ''],
            ['light', 'Light', ''],
            ['dark', 'Dark', ''],
          ]}
          choose={(theme) => change({ theme })}
        />
      </section>
      <Appeals view={first} reload={reload} />
      <Regrade />
      <Decks />
      <YourData view={first} />
      <Saved changes={changes.length} undo={undo} />
    </div>
  )
}

/** Stays in sight, so that a slip is taken back where it was made. */
const Saved = ({ changes, undo }: { readonly changes: number; readonly undo: () => void }) => (
  <div className="saved" role="status">
    {changes > 0 && (
      <>
        <span>Saved</span>
        <button type="button" className="button" onClick={undo}>
          Undo <Key of="Ctrl+Z" />
        </button>
      </>
    )}
  </div>
)

function EachDay({ settings, change }: PartProps) {
  return (
    <section>
      <h2>Each day</h2>
      <Choice
        legend="Rhythm"
        name="rhythm"
        value={settings.rhythm}
        options={[
          ['learn', 'Learn', 'New drawings each day, and what comes back.'],
          ['maintain', 'Maintain', 'Nothing new: short reviews by day, week, month and quarter.'],
        ]}
        choose={(rhythm) => change({ rhythm })}
      />
      {settings.rhythm === 'learn' && (
        <Field label="New drawings a day">
          {(ids) => (
            <NumberField
              {...ids}
              value={settings.newPerDay}
              min={0}
              max={50}
              set={(value) => value !== null && change({ newPerDay: Math.round(value) })}
            />
          )}
        </Field>
      )}
      <Field
        label="Minutes a day at most"
        says="Empty: no bound. What does not fit waits, and Today says until when."
      >
        {(ids) => (
          <NumberField
            {...ids}
            value={settings.minutesPerDay}
            min={5}
            max={600}
            empty="none"
            set={(value) => change({ minutesPerDay: value === null ? null : Math.round(value) })}
          />
        )}
      </Field>
      <Field
        label="Known by"
        says="An interview, an exam. Reviews are placed so that all is fresh on that day."
      >
        {(ids) => (
          <div className="row">
            <DateField {...ids} value={settings.targetDate} set={(targetDate) => change({ targetDate })} />
            {settings.targetDate !== null && (
              <button type="button" className="button bare" onClick={() => change({ targetDate: null })}>
                No date
              </button>
            )}
          </div>
        )}
      </Field>
    </section>
  )
}

const AtARecall = ({ settings, change }: PartProps) => (
  <section>
    <h2>At a recall</h2>
    <Field
      label="Clock, percent"
      says="Of the time that each drawing's size gives. At a recall, a press on its par sets that one alone."
    >
      {(ids) => (
        <NumberField
          {...ids}
          value={settings.clockPercent}
          min={50}
          max={400}
          set={(value) => value !== null && change({ clockPercent: Math.round(value) })}
        />
      )}
    </Field>
    <Switch
      label="Ask only what is weak"
      says="Where little of a drawing is weak, the rest is given. It counts for the share that was asked."
      on={settings.partialRedraws}
      set={(partialRedraws) => change({ partialRedraws })}
    />
    <Switch
      label="Ask what you expect"
      says="Before each grade, with one key: Progress then shows whether you know what you know."
      on={settings.askConfidence}
      set={(askConfidence) => change({ askConfidence })}
    />
  </section>
)

const YourData = ({ view }: { readonly view: SettingsView }) => (
  <section>
    <h2>Your data</h2>
    <p className="soft">
      Everything is on this machine, in <code>{view.dataFolder}</code>, for the learner{' '}
      <code>{view.learner}</code>.
    </p>
    <p>
      <a href="/api/log" download="atlas-log.jsonl" className="button">
        Export the log
      </a>
    </p>
    <p className="soft small">
      One event a line. <code>npx atlas log import FILE</code> takes it in on another machine; the same event
      twice does no harm.
    </p>
  </section>
)
