import { useState } from 'react'
import type { SettingsView } from '#app/views.ts'
import type { Settings } from '#domain/progress/index.ts'
import { count } from '../ui/words.ts'
import { Choice, NumberField, type PartProps } from './settings-parts.tsx'

/** Who says when a drawing comes back, and how sure of it you want to be. */
export function Schedule({ settings, change, tiers }: PartProps & Pick<SettingsView, 'tiers'>) {
  return (
    <section>
      <h2>When a drawing comes back</h2>
      <Choice
        legend="Scheduler"
        name="scheduler"
        value={settings.scheduler}
        options={[
          ['fsrs', 'By your memory', 'FSRS: the fewest reviews that keep what you aim for.'],
          [
            'ladder',
            'By a fixed ladder',
            'The same steps for everybody: an hour, five hours, a day, and so on.',
          ],
        ]}
        choose={(scheduler) => change({ scheduler })}
      />
      {settings.scheduler === 'ladder' ? (
        <Choice
          legend="How the ladder goes on after a day"
          name="ladder"
          value={settings.ladder}
          options={[
            [
              'rungs',
              'In fixed steps',
              'Three days, a week, two weeks, a month, two months, six months; then it grows.',
            ],
            [
              'multipliers',
              'By how it went',
              'The interval times 1.5 after hard, 2 after good, 2.5 after easy.',
            ],
          ]}
          choose={(ladder) => change({ ladder })}
        />
      ) : (
        <>
          <MeanRecall settings={settings} change={change} />
          <Tiers settings={settings} change={change} tiers={tiers} />
        </>
      )}
    </section>
  )
}

function MeanRecall({ settings, change }: PartProps) {
  const own = settings.meanRecall * 100
  const [moved, setMoved] = useState<number | null>(null)
  const value = moved ?? own
  const settle = () => {
    if (moved !== null && moved !== own) change({ meanRecall: Math.round(moved * 10) / 1000 })
    setMoved(null)
  }
  return (
    <fieldset>
      <legend id="target">Recall to aim for</legend>
      <div className="row">
        <input
          type="range"
          aria-labelledby="target"
          aria-describedby="target-says"
          min={80}
          max={98}
          step={0.5}
          value={value}
          onChange={(event) => setMoved(Number(event.target.value))}
          onPointerUp={settle}
          onKeyUp={settle}
          onBlur={settle}
        />
        <output className="numbers">{value.toFixed(1)}%</output>
      </div>
      <p className="soft small" id="target-says">
        The mean over all that you have learnt, each day. More costs much: in a simulated year, 97.4% took 1.7
        times the reviews of 94.8%.
      </p>
    </fieldset>
  )
}

/** Another target for single tiers; an empty field means the one above. */
function Tiers({ settings, change, tiers }: PartProps & Pick<SettingsView, 'tiers'>) {
  const set = (tier: number, percent: number | null) => {
    const { [String(tier)]: _, ...others } = settings.tierRecall
    const tierRecall: Settings['tierRecall'] =
      percent === null ? others : { ...others, [tier]: Math.round(percent * 10) / 1000 }
    change({ tierRecall })
  }
  const everywhere = String(Math.round(settings.meanRecall * 1000) / 10)
  return (
    <fieldset>
      <legend>Tiers that matter more or less</legend>
      <p className="soft small">
        In percent, 70 to 99. An empty field follows the aim above. Tier 1 holds what everything else stands
        on.
      </p>
      <table className="targets numbers">
        <thead>
          <tr>
            <th scope="col">Tier</th>
            <th scope="col">Drawings</th>
            <th scope="col">Recall to aim for</th>
          </tr>
        </thead>
        <tbody>
          {tiers.map(({ tier, diagrams }) => {
            const own = settings.tierRecall[String(tier)]
            return (
              <tr key={tier}>
                <th scope="row">{tier}</th>
                <td>
                  {diagrams}
                  <span className="hidden-words"> {count(diagrams, 'drawing').split(' ')[1]}</span>
                </td>
                <td>
                  <NumberField
                    aria-label={`Recall to aim for in tier ${tier}, percent`}
                    value={own === undefined ? null : Math.round(own * 1000) / 10}
                    min={70}
                    max={99}
                    step={0.5}
                    empty={everywhere}
                    set={(percent) => set(tier, percent)}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </fieldset>
  )
}
