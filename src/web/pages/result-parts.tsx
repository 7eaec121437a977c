import type { ResultView } from '#app/views.ts'
import type { GradedElement } from '#domain/grading/index.ts'
import { clockWords, count, points } from '../ui/words.ts'

type Part = 'structure' | 'technical' | 'context' | 'speed'

const PARTS: readonly (readonly [Part, string])[] = [
  ['structure', 'Structure'],
  ['technical', 'Technical'],
  ['context', 'Context'],
  ['speed', 'Speed'],
]

/** What a part of the grade was given for, in a few words. */
export function partWords(
  part: Part,
  result: Pick<ResultView, 'grade' | 'seconds' | 'parSeconds' | 'isOwnPar'>,
): string {
  const { elements } = result.grade
  const share = (all: readonly GradedElement[], one: string) =>
    all.length === 0
      ? ''
      : `${all.filter(({ verdict }) => verdict === 'matched').length} of ${count(all.length, one)} right`
  if (part === 'technical')
    return share(
      elements.filter(({ kind }) => kind === 'fact'),
      'fact',
    )
  if (part === 'context')
    return share(
      elements.filter(({ kind }) => kind === 'context'),
      'answer',
    )
  if (part === 'speed') return speedWords(result)
  const drawn = elements.filter(({ kind }) => !['fact', 'context', 'speed'].includes(kind))
  const extra = drawn.filter(({ verdict }) => verdict === 'extra').length
  const right = share(
    drawn.filter(({ verdict }) => verdict !== 'extra'),
    'element',
  )
  return extra > 0 ? `${right}, ${extra} not in the reference` : right
}

function speedWords({
  grade,
  seconds,
  parSeconds,
  isOwnPar,
}: Pick<ResultView, 'grade' | 'seconds' | 'parSeconds' | 'isOwnPar'>): string {
  if (seconds === null) return 'Nobody took the time'
  const time = `${clockWords(seconds)}, ${isOwnPar ? 'your par' : 'par'} ${clockWords(parSeconds)}`
  return grade.structure.score < grade.structure.max - 1e-9
    ? `${time}; counts by the share that is right`
    : time
}

/** The parts of a grade that were asked, each with what it was given for. */
export const Parts = ({ result }: { readonly result: ResultView }) => (
  <dl className="parts">
    {PARTS.filter(([part]) => result.grade[part].max > 0).map(([part, name]) => {
      const { score, max } = result.grade[part]
      return (
        <div key={part}>
          <dt>{name}</dt>
          <dd className="numbers">
            {points(score)} <span className="soft">of {points(max)}</span>
          </dd>
          <dd className="bar" aria-hidden="true">
            <span style={{ width: `${max > 0 ? (score / max) * 100 : 0}%` }} />
          </dd>
          <dd className="soft small why">{partWords(part, result)}</dd>
        </div>
      )
    })}
  </dl>
)
