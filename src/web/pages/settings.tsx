import { useState } from 'react'
import type { SettingsView } from '#app/views.ts'
import type { Settings } from '#domain/progress/index.ts'
import { call, type Failure, useView } from '../api.ts'
import { showTheme } from '../theme.ts'
import { FailureNote, Shown } from '../ui/bits.tsx'
import { Appeals, Regrade } from './settings-appeals.tsx'
import './settings.css'

export function SettingsPage() {
  const { view, reload } = useView<SettingsView>('/api/settings')
  return (
    <Shown view={view} reload={reload}>
      {(settings) => <SettingsForm first={settings} reload={reload} />}
    </Shown>
  )
}

function SettingsForm({ first, reload }: { readonly first: SettingsView; readonly reload: () => void }) {
  const [settings, setSettings] = useState(first.settings)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saved, setSaved] = useState(false)
  const change = async (part: Partial<Settings>) => {
    setSettings({ ...settings, ...part })
    setSaved(false)
    if (part.theme) showTheme(part.theme)
    const result = await call<SettingsView>('PUT', '/api/settings', part)
    setFailure(result.ok ? null : result.error)
    setSaved(result.ok)
    if (!result.ok) setSettings(settings)
  }
  return (
    <div className="page narrow settings">
      <h1>Settings</h1>
      {failure && <FailureNote failure={failure} />}
      <p className="hidden-words" role="status">
        {saved ? 'Saved' : ''}
      </p>
      <Choice
        legend="When a drawing comes back"
        name="scheduler"
        value={settings.scheduler}
        options={[
          ['fsrs', 'By your memory', 'FSRS: just before you would forget, learnt from your own grades.'],
          ['ladder', 'By a fixed ladder', 'After an hour, five hours, a day, three days, a week, and so on.'],
        ]}
        choose={(scheduler) => change({ scheduler })}
      />
      {settings.scheduler === 'fsrs' && <TargetRecall settings={settings} change={change} />}
      <NewPerDay settings={settings} change={change} />
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
      <Appeals view={first} reload={reload} />
      <Regrade />
      <section>
        <h2>Your data</h2>
        <p className="soft">
          Everything is on this machine, in <code>{first.dataFolder}</code>, for the learner{' '}
          <code>{first.learner}</code>.
        </p>
        <p>
          <a href="/api/log" download="atlas-log.jsonl" className="button">
            Export the log
          </a>
        </p>
        <p className="soft small">
          One event a line. <code>npx atlas log import FILE</code> takes it in on another machine; the same
          event twice does no harm.
        </p>
      </section>
    </div>
  )
}

interface ChoiceProps<T extends string> {
  readonly legend: string
  readonly name: string
  readonly value: T
  readonly options: readonly (readonly [T, string, string])[]
  readonly choose: (value: T) => void
}

const Choice = <T extends string>({ legend, name, value, options, choose }: ChoiceProps<T>) => (
  <fieldset>
    <legend>{legend}</legend>
    {options.map(([option, label, says]) => (
      <label key={option} className="choice">
        <input type="radio" name={name} checked={value === option} onChange={() => choose(option)} />
        <span>
          {label}
          {says !== '' && <span className="soft small">{says}</span>}
        </span>
      </label>
    ))}
  </fieldset>
)

interface PartProps {
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
}

function TargetRecall({ settings, change }: PartProps) {
  const [value, setValue] = useState(settings.meanRecall * 100)
  return (
    <fieldset>
      <legend id="target">Recall to aim for</legend>
      <div className="row">
        <input
          type="range"
          aria-labelledby="target"
          aria-describedby="target-says"
          min={80}
          max={97}
          step={0.5}
          value={value}
          onChange={(event) => setValue(Number(event.target.value))}
          onPointerUp={() => change({ meanRecall: value / 100 })}
          onKeyUp={() => value !== settings.meanRecall * 100 && change({ meanRecall: value / 100 })}
          onBlur={() => value !== settings.meanRecall * 100 && change({ meanRecall: value / 100 })}
        />
        <output className="numbers">{value.toFixed(1)}%</output>
      </div>
      <p className="soft small" id="target-says">
        How likely you should still know a drawing when it comes back. Higher means many more reviews: 90.5%
        keeps about 95% of everything in mind on an average day.
      </p>
    </fieldset>
  )
}

function NewPerDay({ settings, change }: PartProps) {
  return (
    <fieldset>
      <legend id="new-per-day">New drawings a day</legend>
      <input
        className="field short numbers"
        type="number"
        aria-labelledby="new-per-day"
        min={0}
        max={50}
        value={settings.newPerDay}
        onChange={(event) => {
          const newPerDay = Math.round(Number(event.target.value))
          if (event.target.value !== '' && newPerDay >= 0 && newPerDay <= 50) change({ newPerDay })
        }}
      />
    </fieldset>
  )
}
