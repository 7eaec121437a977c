import type { Confidence } from '#domain/progress/index.ts'
import { CONFIDENCE_FROM } from '#domain/progress/index.ts'
import { count, points } from '../ui/words.ts'
import './confidence-plot.css'

const WIDTH = 340
const HEIGHT = 348
const INSET = { left: 40, right: 16, top: 28, bottom: 44 }
const at = (value: number) => INSET.left + (value / 100) * (WIDTH - INSET.left - INSET.right)
const down = (value: number) => HEIGHT - INSET.bottom - (value / 100) * (HEIGHT - INSET.top - INSET.bottom)
const MARKS = [0, 25, 50, 75, 100]

/** What the learner expected against what came, one dot an attempt and a bar at the mean of each level. */
export function ConfidencePlot({ confidence }: { readonly confidence: Confidence }) {
  const { attempts } = confidence
  if (attempts < CONFIDENCE_FROM)
    return (
      <section className="confidence">
        <h2>What you expect and what comes</h2>
        <p>
          Before each grade you can say with one key how much is right. After {CONFIDENCE_FROM} attempts this
          shows whether you know what you know
          {attempts === 0 ? '.' : `; ${count(attempts, 'attempt')} so far.`}
        </p>
      </section>
    )
  return (
    <section className="confidence">
      <h2>{titleOf(confidence)}</h2>
      <p className="soft">
        Over {count(attempts, 'attempt')} you expected {points(confidence.expected ?? 0)} of 100 and had{' '}
        {points(confidence.actual ?? 0)}, on average. On the line both are the same.
      </p>
      <Plot confidence={confidence} />
      <table className="numbers">
        <caption className="hidden-words">What came, by what you expected</caption>
        <thead>
          <tr>
            <th scope="col">Expected</th>
            <th scope="col">Came, mean</th>
            <th scope="col">Attempts</th>
          </tr>
        </thead>
        <tbody>
          {confidence.levels.map((level) => (
            <tr key={level.expected}>
              <th scope="row">{points(level.expected)}</th>
              <td>{points(level.actual)}</td>
              <td>{level.attempts}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Plot = ({ confidence: { points: dots, levels } }: { readonly confidence: Confidence }) => (
  <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
    {MARKS.map((mark) => (
      <g key={mark}>
        <line className="grid" x1={at(0)} x2={at(100)} y1={down(mark)} y2={down(mark)} />
        <text x={at(0) - 6} y={down(mark) + 4} className="y">
          {mark}
        </text>
        <text x={at(mark)} y={down(0) + 18} className="x">
          {mark}
        </text>
      </g>
    ))}
    <line className="even" x1={at(0)} y1={down(0)} x2={at(100)} y2={down(100)} />
    {dots.map(({ attempt, expected, actual }) => (
      <circle key={attempt} cx={at(expected)} cy={down(actual)} r="3.5" />
    ))}
    {levels.map(({ expected, actual }) => (
      <line
        key={expected}
        className="mean"
        x1={at(expected) - 9}
        x2={at(expected) + 9}
        y1={down(actual)}
        y2={down(actual)}
      />
    ))}
    <text x={at(100)} y={down(0) + 36} className="name">
      expected
    </text>
    <text x={0} y={14} className="name start">
      came
    </text>
  </svg>
)

function titleOf({ says, expected, actual }: Confidence): string {
  const by = points(Math.abs((expected ?? 0) - (actual ?? 0)))
  if (says === 'over') return `You expect ${by} points more than come`
  if (says === 'under') return `You expect ${by} points fewer than come`
  if (says === 'fits') return 'You expect about what comes'
  return 'Whether you expect too much or too little is still open'
}
