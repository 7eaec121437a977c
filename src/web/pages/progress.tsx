import type { ReactNode } from 'react'
import type { ProgressView } from '#app/views.ts'
import { useView } from '../api.ts'
import { resultPath } from '../router.ts'
import { Link, Shown } from '../ui/bits.tsx'
import { count, dayWords, FORM_WORDS, percent, points } from '../ui/words.ts'
import { ConfidencePlot } from './confidence-plot.tsx'
import { Kept } from './progress-memory.tsx'
import './progress.css'

export function ProgressPage() {
  const { view, reload } = useView<ProgressView>('/api/progress')
  return (
    <Shown view={view} reload={reload}>
      {(progress) => <Progress progress={progress} />}
    </Shown>
  )
}

function Progress({ progress }: { readonly progress: ProgressView }) {
  if (progress.introduced === 0 || progress.meanRecall === null) {
    return (
      <div className="page narrow stack">
        <h1>Progress</h1>
        <p>
          Here you will see how much of what you learnt you could draw today, and how many drawings come back
          on which day. Learn one drawing to begin.
        </p>
        <div>
          <Link to="/library" className="button main">
            Open the library
          </Link>
        </div>
      </div>
    )
  }
  return (
    <div className="page narrow progress">
      <h1>Progress</h1>
      <p className="lead">
        You would recall <strong className="numbers">{percent(progress.meanRecall)}</strong> of what you
        learnt, on average, if you were asked now. That is {count(progress.introduced, 'drawing')} of{' '}
        {progress.total}.
      </p>
      <Kept kept={progress.kept} />
      <Chart
        title={forecastTitle(progress)}
        days={progress.forecast.map(({ day, due }) => ({ day, value: due }))}
        unit={(n) => `${n} due`}
      />
      <Chart
        title={attemptsTitle(progress)}
        days={progress.attemptsByDay.map(({ day, attempts }) => ({ day, value: attempts }))}
        unit={(n) => count(n, 'attempt')}
      />
      <ConfidencePlot confidence={progress.confidence} />
      <ByForm progress={progress} />
      <Recent progress={progress} />
    </div>
  )
}

const at = (day: string) => new Date(`${day}T12:00:00`)

function forecastTitle({ forecast }: ProgressView): string {
  const total = forecast.reduce((sum, { due }) => sum + due, 0)
  const most = forecast.reduce((best, one) => (one.due > best.due ? one : best), { day: '', due: 0 })
  if (total === 0) return 'Nothing comes back in the days ahead'
  const span = count(forecast.length, 'day')
  return `${count(total, 'drawing')} ${total === 1 ? 'comes' : 'come'} back in the next ${span}${
    total > 1 && most.due < total ? `, most on ${dayWords(at(most.day), new Date())}` : ''
  }`
}

function attemptsTitle({ attemptsByDay }: ProgressView): string {
  const total = attemptsByDay.reduce((sum, { attempts }) => sum + attempts, 0)
  return `${count(total, 'attempt')} in the last ${count(attemptsByDay.length, 'day')}`
}

const HEIGHT = 96

/** Bars over days; the title says what they say, and a table holds the numbers for those who cannot see them. */
function Chart({
  title,
  days,
  unit,
}: {
  readonly title: string
  readonly days: readonly { readonly day: string; readonly value: number }[]
  readonly unit: (n: number) => string
}) {
  const most = Math.max(1, ...days.map(({ value }) => value))
  const step = 600 / Math.max(1, days.length)
  const label = (i: number) => i === 0 || i === days.length - 1
  return (
    <section>
      <h2>{title}</h2>
      <svg className="chart" viewBox={`0 0 600 ${HEIGHT + 44}`} aria-hidden="true">
        <line className="base" x1="0" x2="600" y1={HEIGHT + 20} y2={HEIGHT + 20} />
        {days.map(({ day, value }, i) => {
          const height = (value / most) * HEIGHT
          const middle = (i + 0.5) * step
          return (
            <g key={day}>
              <rect
                x={i * step + Math.min(6, step / 5)}
                width={step - 2 * Math.min(6, step / 5)}
                y={HEIGHT + 20 - height}
                height={height}
                rx="3"
              />
              {value > 0 && (value === most || days.length <= 14) && (
                <text x={middle} y={HEIGHT + 12 - height}>
                  {value}
                </text>
              )}
              {label(i) && (
                <text className={i === 0 ? 'day start' : 'day end'} x={i === 0 ? 0 : 600} y={HEIGHT + 40}>
                  {dayWords(at(day), new Date())}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      {/* In a box of its own: a table takes the width of its words, hidden or not. */}
      <div className="hidden-words">
        <table>
          <caption>{title}</caption>
          <tbody>
            {days.map(({ day, value }) => (
              <tr key={day}>
                <th scope="row">{dayWords(at(day), new Date())}</th>
                <td>{unit(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Row = ({ children }: { readonly children: ReactNode }) => <li className="line">{children}</li>

function ByForm({ progress }: { readonly progress: ProgressView }) {
  if (progress.gradeByForm.length === 0) return null
  return (
    <section>
      <h2>Mean grade by form</h2>
      <ul className="lines">
        {progress.gradeByForm.map(({ form, mean, attempts }) => (
          <Row key={form}>
            <span>{FORM_WORDS[form]}</span>
            <span className="soft small">{count(attempts, 'attempt')}</span>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${mean}%` }} />
            </span>
            <strong className="numbers">{points(mean)}</strong>
          </Row>
        ))}
      </ul>
    </section>
  )
}

function Recent({ progress }: { readonly progress: ProgressView }) {
  if (progress.recent.length === 0) return null
  return (
    <section>
      <h2>Recent attempts</h2>
      <p className="small">
        <Link to="/mistakes">What you lost in all of them, and why</Link>
      </p>
      <ul className="lines">
        {progress.recent.map((attempt) => (
          <Row key={attempt.attempt}>
            <Link to={resultPath(attempt.attempt)} className="plain name">
              {attempt.title}
            </Link>
            <span className="soft small">
              {dayWords(new Date(attempt.at), new Date())}
              {attempt.part ? ', a part' : ''}
              {attempt.undone ? ', undone' : ''}
            </span>
            <strong className="numbers">{points(attempt.total)}</strong>
          </Row>
        ))}
      </ul>
    </section>
  )
}
