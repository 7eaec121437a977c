import type { KeptView } from '#app/views-memory.ts'
import { count, dayWords, percent } from '../ui/words.ts'
import { expectedWords } from './progress-words.ts'
import './progress-memory.css'

const at = (day: string) => new Date(`${day}T12:00:00`)
const share = (value: number): string => `${(value * 100).toFixed(1)}%`

/** How well memory is kept: by the model day by day, and by what came at reviews. */
export function Kept({ kept }: { readonly kept: KeptView }) {
  return (
    <>
      <MeanByDay kept={kept} />
      <Passes kept={kept} />
      <Calibration kept={kept} />
      <Losses kept={kept} />
    </>
  )
}

const WIDE = 600
const HIGH = 168
const TOP = 12
const FOOT = 28
/** Room for the words of the scale, which are larger where the chart is small. */
const LEFT = 64

/** A scale from a round share below all values up to 100%. */
function scale(values: readonly number[]) {
  const least = Math.min(0.9, ...values)
  const low = Math.floor(least * 20 - 1e-9) / 20
  const y = (value: number) => TOP + ((1 - value) / (1 - low)) * (HIGH - TOP)
  const marks = [low, (low + 1) / 2, 1]
  return { y, marks }
}

function Grid({ y, marks }: ReturnType<typeof scale>) {
  return marks.map((mark) => (
    <g key={mark}>
      <line className="base" x1={LEFT} x2={WIDE} y1={y(mark)} y2={y(mark)} />
      <text className="start" x="0" y={y(mark) + 4}>
        {Math.round(mark * 1000) / 10}%
      </text>
    </g>
  ))
}

const x = (i: number, of: number) => LEFT + 4 + (i / Math.max(1, of - 1)) * (WIDE - LEFT - 8)

/** One path, broken where nothing is known. */
function pathOf(values: readonly (number | null)[], y: (value: number) => number): string {
  let path = ''
  let isOpen = false
  for (const [i, value] of values.entries()) {
    if (value !== null)
      path += `${isOpen ? 'L' : 'M'}${x(i, values.length).toFixed(1)} ${y(value).toFixed(1)}`
    isOpen = value !== null
  }
  return path
}

function stood(held: number, days: number): string {
  if (days === 1) return held === 1 ? 'It stood at the aim or above. ' : 'It stood below the aim. '
  const many = held === 0 ? 'none' : held === days ? 'all' : held
  return `It stood at the aim or above on ${many} of them. `
}

function MeanByDay({ kept }: { readonly kept: KeptView }) {
  const known = kept.days.flatMap(({ mean }) => mean ?? [])
  const held = known.filter((mean) => mean >= kept.target).length
  const average = known.reduce((sum, mean) => sum + mean, 0) / Math.max(1, known.length)
  const aims = kept.scheduler === 'fsrs'
  const was = `Mean recall was ${share(average)} over ${count(known.length, 'day')}`
  const title = aims ? `${was}; you aim for ${share(kept.target)}` : `${was}, by the ladder`
  const axis = scale([...known, kept.target])
  return (
    <section>
      <h2>{title}</h2>
      <svg className="chart kept" viewBox={`0 0 ${WIDE} ${HIGH + FOOT}`} aria-hidden="true">
        <Grid {...axis} />
        {aims && (
          <line className="target" x1={LEFT} x2={WIDE} y1={axis.y(kept.target)} y2={axis.y(kept.target)} />
        )}
        <path
          className="mean"
          d={pathOf(
            kept.days.map(({ mean }) => mean),
            axis.y,
          )}
        />
        <LoneDays days={kept.days} y={axis.y} />
        <DayEnds kept={kept} />
      </svg>
      <p className="soft small">
        {aims
          ? stood(held, known.length)
          : 'The ladder’s steps are the same for everybody, and aim for no recall. '}
        This is the model’s: over all that you have learnt, the mean probability that you could draw it at the
        end of each day, by {kept.parameters === 'own' ? 'your own' : 'the default'} parameters. It is not
        measured; what came at reviews stands below.
      </p>
      {kept.tiers.length > 0 && <Tiers kept={kept} />}
    </section>
  )
}

/** A day between two of which nothing is known has no line: it is a dot. */
function LoneDays({ days, y }: { readonly days: KeptView['days']; readonly y: (value: number) => number }) {
  const known = (i: number) => (days[i]?.mean ?? null) !== null
  return days.map(
    ({ day, mean }, i) =>
      mean !== null &&
      !known(i - 1) &&
      !known(i + 1) && <circle key={day} className="mean" cx={x(i, days.length)} cy={y(mean)} r="3" />,
  )
}

function DayEnds({ kept }: { readonly kept: KeptView }) {
  const [first, last] = [kept.days[0], kept.days.at(-1)]
  if (first === undefined || last === undefined) return null
  return (
    <>
      <text className="day start" x={LEFT + 4} y={HIGH + FOOT - 6}>
        {dayWords(at(first.day), new Date())}
      </text>
      <text className="day end" x={WIDE} y={HIGH + FOOT - 6}>
        {dayWords(at(last.day), new Date())}
      </text>
    </>
  )
}

/** Each tier against its own target: a small line, and the number of today. */
const Tiers = ({ kept }: { readonly kept: KeptView }) => (
  <table className="tiers numbers">
    <caption className="hidden-words">Mean recall by tier, today</caption>
    <thead>
      <tr>
        <th scope="col">Tier</th>
        <th scope="col">Learnt</th>
        <th scope="col" className="wide">
          90 days
        </th>
        {kept.scheduler === 'fsrs' && <th scope="col">Target</th>}
        <th scope="col">Now</th>
      </tr>
    </thead>
    <tbody>
      {kept.tiers.map(({ tier, target, introduced, means }) => {
        const now = means.at(-1) ?? null
        const aims = kept.scheduler === 'fsrs'
        const axis = scale([...means.flatMap((mean) => mean ?? []), target])
        return (
          <tr key={tier}>
            <th scope="row">{tier}</th>
            <td>{introduced}</td>
            <td className="wide">
              <svg
                className="spark"
                viewBox={`${LEFT - 4} 0 ${WIDE - LEFT + 4} ${HIGH}`}
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                {aims && (
                  <line className="target" x1={LEFT} x2={WIDE} y1={axis.y(target)} y2={axis.y(target)} />
                )}
                <path className="mean" d={pathOf(means, axis.y)} />
              </svg>
            </td>
            {aims && <td>{share(target)}</td>}
            <td>
              {now === null ? 'none' : share(now)}
              {aims && now !== null && now < target && <span className="soft small"> below</span>}
            </td>
          </tr>
        )
      })}
    </tbody>
  </table>
)

function Passes({ kept }: { readonly kept: KeptView }) {
  const { reviews, passed, low, high } = kept.passes
  const known = kept.days.flatMap(({ mean }) => mean ?? [])
  const average = known.reduce((sum, mean) => sum + mean, 0) / Math.max(1, known.length)
  if (reviews === 0)
    return (
      <section>
        <h2>What came at reviews</h2>
        <p>
          When drawings come back a day or more after you last drew them, the share that you still knew stands
          here. The first one does so soon.
        </p>
      </section>
    )
  return (
    <section>
      <h2>
        You passed {passed} of {count(reviews, 'review')} in the last {kept.days.length} days
      </h2>
      <p>
        That is <strong className="numbers">{percent(passed / reviews)}</strong>, measured. With so many
        reviews the true share lies between {percent(low)} and {percent(high)}, 19 times of 20.{' '}
        {expectedWords(kept.passes, average)}
      </p>
    </section>
  )
}

const SQUARE = 320
const EDGE = 40
const across = (value: number, low: number) => EDGE + ((value - low) / (1 - low)) * (SQUARE - EDGE - 10)

/** With fewer reviews a bin's interval covers nearly everything. */
const CALIBRATED_FROM = 20

function Calibration({ kept: { calibration: bins } }: { readonly kept: KeptView }) {
  const reviews = bins.reduce((sum, bin) => sum + bin.reviews, 0)
  if (reviews < CALIBRATED_FROM)
    return (
      <section>
        <h2>Is the model right about you?</h2>
        <p>
          After {CALIBRATED_FROM} reviews this shows how often you knew what it thought you knew
          {reviews === 0 ? '.' : `; ${count(reviews, 'review')} so far.`}
        </p>
      </section>
    )
  const off = bins.filter(({ expected, low, high }) => expected < low || expected > high)
  const title =
    off.length === 0
      ? 'What the model expected of you came, as far as your reviews can tell'
      : calibrationOff(off)
  return (
    <section>
      <h2>{title}</h2>
      <CalibrationPlot bins={bins} />
      <p className="soft small">
        Across: the recall in percent that the model expected, with the parameters it had then. Up: the share
        that you passed, measured, with its 95% interval. On the line both are the same.
      </p>
      <table className="numbers lines-table">
        <caption className="hidden-words">What came, by what was expected</caption>
        <thead>
          <tr>
            <th scope="col">Expected</th>
            <th scope="col">Came</th>
            <th scope="col">Between</th>
            <th scope="col">Reviews</th>
          </tr>
        </thead>
        <tbody>
          {bins.map((bin) => (
            <tr key={bin.expected}>
              <th scope="row">{percent(bin.expected)}</th>
              <td>{percent(bin.actual)}</td>
              <td>
                {percent(bin.low)} and {percent(bin.high)}
              </td>
              <td>{bin.reviews}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function CalibrationPlot({ bins }: { readonly bins: KeptView['calibration'] }) {
  const reviews = bins.reduce((sum, bin) => sum + bin.reviews, 0)
  const low = Math.floor(Math.min(...bins.map((bin) => Math.min(bin.low, bin.expected))) * 10) / 10
  return (
    <svg className="chart square" viewBox={`0 0 ${SQUARE} ${SQUARE}`} aria-hidden="true">
      {[low, (low + 1) / 2, 1].map((mark) => (
        <g key={mark}>
          <line
            className="base"
            x1={EDGE}
            x2={SQUARE}
            y1={SQUARE - across(mark, low)}
            y2={SQUARE - across(mark, low)}
          />
          <text className="start" x="0" y={SQUARE - across(mark, low) + 4}>
            {Math.round(mark * 100)}
          </text>
          <text
            className={mark === 1 ? 'end' : ''}
            x={mark === 1 ? SQUARE : across(mark, low)}
            y={SQUARE - 14}
          >
            {Math.round(mark * 100)}
          </text>
        </g>
      ))}
      <line
        className="target"
        x1={across(low, low)}
        y1={SQUARE - across(low, low)}
        x2={across(1, low)}
        y2={SQUARE - across(1, low)}
      />
      {bins.map((bin) => (
        <g key={bin.expected}>
          <line
            className="interval"
            x1={across(bin.expected, low)}
            x2={across(bin.expected, low)}
            y1={SQUARE - across(bin.low, low)}
            y2={SQUARE - across(bin.high, low)}
          />
          <circle
            cx={across(bin.expected, low)}
            cy={SQUARE - across(bin.actual, low)}
            r={radius(bin.reviews, reviews)}
          />
        </g>
      ))}
    </svg>
  )
}

const radius = (reviews: number, of: number) => 3 + 6 * Math.sqrt(reviews / of)

function calibrationOff(off: KeptView['calibration']): string {
  const most = off.reduce((best, bin) => (bin.reviews > best.reviews ? bin : best))
  const more = most.actual > most.expected
  const which = more ? 'more' : 'less'
  return `You know ${which} than the model expects: of what it gave ${percent(most.expected)}, ${percent(most.actual)} came`
}

const monthWords = (month: string) =>
  new Date(`${month}-15T12:00:00`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric' })

function Losses({ kept: { losses } }: { readonly kept: KeptView }) {
  const last = losses.at(-1)
  if (last === undefined) return null
  const reviews = losses.reduce((sum, one) => sum + one.reviews, 0)
  const mean = (of: 'model' | 'baseline') =>
    losses.reduce((sum, one) => sum + one[of] * one.reviews, 0) / reviews
  const better = mean('model') < mean('baseline')
  return (
    <section>
      <h2>
        {better
          ? 'The model predicts you better than your average does'
          : 'So far your average predicts you at least as well as the model'}
      </h2>
      <p className="soft small">
        Log loss, measured: how surprised each was by what came; lower is better. “Average” always says the
        share that you had passed until then, and knows nothing of any drawing.
      </p>
      <table className="numbers lines-table">
        <caption className="hidden-words">Log loss by month</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Model</th>
            <th scope="col">Average</th>
            <th scope="col">Reviews</th>
          </tr>
        </thead>
        <tbody>
          {losses.slice(-12).map((one) => (
            <tr key={one.month}>
              <th scope="row">{monthWords(one.month)}</th>
              <td>{one.model.toFixed(3)}</td>
              <td>{one.baseline.toFixed(3)}</td>
              <td>{one.reviews}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
