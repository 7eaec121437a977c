import type { ResultView } from '#app/views.ts'
import type { GradedElement, Verdict } from '#domain/grading/index.ts'
import { Link } from '../ui/bits.tsx'
import { Sources } from '../ui/sources.tsx'
import { points } from '../ui/words.ts'
import type { Lit } from './result.tsx'
import { Appeal, appealOf } from './result-appeal.tsx'
import { NoteBelow, NoteButton, type Notes, useNotes } from './result-note.tsx'

interface Props {
  readonly result: ResultView
  readonly light: (lit: Lit | null) => void
  readonly reload: () => void
}
type WithNotes = Props & { readonly notes: Notes }

type Bucket = Verdict | 'appealed' | 'time'
const GROUPS: readonly (readonly [Bucket, string])[] = [
  ['missing', 'Missing'],
  ['reversed', 'Turned round'],
  ['wrong', 'Other names'],
  ['extra', 'Not in the reference'],
  ['time', 'Time'],
  ['appealed', 'Right on your appeal'],
  ['matched', 'Right'],
]

/** Facts and context have their own list, and speed stands among the four parts. */
const isDrawn = ({ kind }: GradedElement) => kind !== 'fact' && kind !== 'context' && kind !== 'speed'

/** Every element that earned or lost points, what was lost first. */
export function Evidence(props: Props) {
  const { result } = props
  const notes = useNotes(result.attempt)
  const drawn = result.grade.elements.filter(isDrawn)
  const bucketOf = (element: GradedElement): Bucket => {
    if (element.verdict !== 'matched') return element.kind === 'speed' ? 'time' : element.verdict
    return appealOf(result, element) ? 'appealed' : 'matched'
  }
  return (
    <>
      <section className="evidence">
        <div className="row spread">
          <h2>Where the points went</h2>
          <Link to="/mistakes" className="small">
            All mistakes
          </Link>
        </div>
        {GROUPS.map(([bucket, name]) => {
          const elements = drawn.filter((element) => bucketOf(element) === bucket)
          if (elements.length === 0) return null
          return (
            <details key={bucket} open={bucket !== 'matched'}>
              <summary>
                {name} <span className="soft numbers">{elements.length}</span>
              </summary>
              <ul>
                {elements.map((element, i) => (
                  <Line
                    // biome-ignore lint/suspicious/noArrayIndexKey: two elements may read the same
                    key={`${element.kind} ${element.label} ${i}`}
                    element={element}
                    notes={notes}
                    {...props}
                  />
                ))}
              </ul>
            </details>
          )
        })}
      </section>
      <Answers notes={notes} {...props} />
    </>
  )
}

const lost = (element: GradedElement) => element.points < element.of - 1e-9 || element.verdict === 'extra'

function Line({ element, result, light, reload, notes }: WithNotes & { readonly element: GradedElement }) {
  const on = () => light({ drawn: element.drawn, reference: element.reference })
  return (
    <li
      className="graded"
      onMouseEnter={on}
      onMouseLeave={() => light(null)}
      onFocus={on}
      onBlur={() => light(null)}
    >
      <span className={`mark ${element.verdict}`} aria-hidden="true" />
      <span className="what">
        {element.label}
        <span className="soft small">
          {element.because} <NoteButton notes={notes} element={element} />
        </span>
      </span>
      <Earned element={element} />
      {(lost(element) || appealOf(result, element)) && (
        <Appeal result={result} element={element} reload={reload} />
      )}
      <NoteBelow notes={notes} element={element} />
    </li>
  )
}

const Earned = ({ element }: { readonly element: GradedElement }) => (
  <span className="earned numbers small">
    {points(element.points)}
    {element.of > 0 && <span className="soft"> of {points(element.of)}</span>}
  </span>
)

/** The typed recall: what was given, what is right, from where. */
function Answers({ result, reload, notes }: WithNotes) {
  const graded = (kind: 'fact' | 'context', id: string) =>
    result.grade.elements.find((one) => one.kind === kind && one.answer?.id === id)
  const rows = [
    ...result.facts.map((fact) => ({
      ...fact,
      kind: 'fact' as const,
      also: [] as readonly string[],
      asOf: fact.asOf as string | null,
    })),
    ...result.context.map(({ accepted, ...slot }) => ({
      ...slot,
      kind: 'context' as const,
      right: accepted[0] ?? '',
      also: accepted.slice(1),
      asOf: null as string | null,
      derived: null as string | null,
    })),
  ].sort((a, b) => Number(a.correct) - Number(b.correct))
  if (rows.length === 0) return null
  return (
    <section className="evidence">
      <h2>Facts and context</h2>
      <ul>
        {rows.map((row) => {
          const element = graded(row.kind, row.id)
          return (
            <li key={`${row.kind} ${row.id}`} className="graded">
              <span className={`mark ${row.correct ? 'matched' : 'wrong'}`} aria-hidden="true" />
              <span className="what">
                {row.ask}
                <span>
                  {row.given !== '' && (
                    <>
                      <span className="hidden-words">{row.correct ? 'Right: ' : 'Not right: '}</span>
                      {row.correct ? <strong>{row.given}</strong> : <del>{row.given}</del>}{' '}
                    </>
                  )}
                  {(!row.correct || row.kind === 'fact') && row.given !== row.right && (
                    <strong>{row.correct ? `(${row.right})` : row.right}</strong>
                  )}
                </span>
                {element && element.because !== 'Right.' && (
                  <span className="soft small">{element.because}</span>
                )}
                {row.correct && row.also.length > 0 && (
                  <span className="soft small">Accepted: {[row.right, ...row.also].join(', ')}.</span>
                )}
                {row.derived !== null && <span className="soft small">{row.derived}</span>}
                {element && (
                  <span className="small">
                    <NoteButton notes={notes} element={element} />
                  </span>
                )}
                <Sources sources={row.sources} {...(row.asOf === null ? {} : { asOf: row.asOf })} />
              </span>
              {element && <Earned element={element} />}
              {element && (!row.correct || appealOf(result, element)) && (
                <Appeal result={result} element={element} reload={reload} />
              )}
              {element && <NoteBelow notes={notes} element={element} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
