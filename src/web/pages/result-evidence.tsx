import { useState } from 'react'
import type { ResultView } from '#app/views.ts'
import type { GradedElement, Verdict } from '#domain/grading/index.ts'
import { call, type Failure } from '../api.ts'
import { FailureNote } from '../ui/bits.tsx'
import { Sources } from '../ui/sources.tsx'
import { points } from '../ui/words.ts'
import type { Lit } from './result.tsx'

interface Props {
  readonly result: ResultView
  readonly light: (lit: Lit | null) => void
  readonly reload: () => void
}

const GROUPS: readonly (readonly [Verdict, string])[] = [
  ['missing', 'Missing'],
  ['reversed', 'Turned round'],
  ['wrong', 'Other names'],
  ['extra', 'Not in the reference'],
  ['matched', 'Right'],
]

const isDrawn = (element: GradedElement) => element.kind !== 'fact' && element.kind !== 'context'

/** Every element that earned or lost points, what was lost first. */
export function Evidence(props: Props) {
  const { result } = props
  const drawn = result.grade.elements.filter(isDrawn)
  return (
    <>
      <section className="evidence">
        <h2>Where the points went</h2>
        {GROUPS.map(([verdict, name]) => {
          const elements = drawn.filter((element) => element.verdict === verdict)
          if (elements.length === 0) return null
          return (
            <details key={verdict} open={verdict !== 'matched'}>
              <summary>
                {name} <span className="soft numbers">{elements.length}</span>
              </summary>
              <ul>
                {elements.map((element, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two elements may read the same
                  <Line key={`${element.kind} ${element.label} ${i}`} element={element} {...props} />
                ))}
              </ul>
            </details>
          )
        })}
      </section>
      <Answers {...props} />
    </>
  )
}

const lost = (element: GradedElement) => element.points < element.of - 1e-9 || element.verdict === 'extra'

function Line({ element, result, light, reload }: Props & { readonly element: GradedElement }) {
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
        <span className="soft small">{element.because}</span>
      </span>
      <Earned element={element} />
      {lost(element) && element.kind !== 'speed' && (
        <Appeal result={result} element={element} given={element.drawn ?? ''} reload={reload} />
      )}
    </li>
  )
}

const Earned = ({ element }: { readonly element: GradedElement }) => (
  <span className="earned numbers small">
    {points(element.points)}
    {element.of > 0 && <span className="soft"> of {points(element.of)}</span>}
  </span>
)

interface AppealProps {
  readonly result: ResultView
  readonly element: GradedElement
  readonly given: string
  readonly reload: () => void
}

/** "I think I am right": kept with the attempt, and can be taken back. */
function Appeal({ result, element, given, reload }: AppealProps) {
  const [says, setSays] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const made = result.appeals.find((one) => one.kind === element.kind && one.label === element.label)
  const settle = async (done: ReturnType<typeof call>) => {
    const outcome = await done
    if (!outcome.ok) return setFailure(outcome.error)
    setSays(null)
    setFailure(null)
    reload()
  }
  if (made)
    return (
      <span className="appeal">
        <span className="soft small">You think you are right.</span>
        <button
          type="button"
          className="button bare"
          onClick={() => settle(call('DELETE', `/api/appeals/${made.id}`))}
        >
          Withdraw
        </button>
        {failure && <FailureNote failure={failure} />}
      </span>
    )
  if (says === null)
    return (
      <span className="appeal">
        <button type="button" className="button bare" onClick={() => setSays('')}>
          I think I am right
          <span className="hidden-words"> about {element.label}</span>
        </button>
      </span>
    )
  return (
    <form
      className="appeal open"
      onSubmit={(event) => {
        event.preventDefault()
        const body = {
          kind: element.kind,
          label: element.label.slice(0, 500),
          given: given.slice(0, 500),
          says,
        }
        settle(call('POST', `/api/attempts/${result.attempt}/appeals`, body))
      }}
    >
      <input
        className="field"
        aria-label={`Why you are right about ${element.label}`}
        placeholder="Why? A few words, or leave it empty"
        maxLength={2000}
        // biome-ignore lint/a11y/noAutofocus: the button before it asked for this field
        autoFocus
        value={says}
        onChange={(event) => setSays(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setSays(null)}
      />
      <button type="submit" className="button">
        Record it
      </button>
      {failure && <FailureNote failure={failure} />}
    </form>
  )
}

/** The typed recall: what was given, what is right, from where. */
function Answers({ result, reload }: Props) {
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
                  {row.given === '' ? (
                    <span className="soft">No answer. </span>
                  ) : (
                    <>
                      <span className="hidden-words">{row.correct ? 'Right: ' : 'Not right: '}</span>
                      {row.correct ? <strong>{row.given}</strong> : <del>{row.given}</del>}{' '}
                    </>
                  )}
                  {(!row.correct || row.kind === 'fact') && row.given !== row.right && (
                    <strong>{row.correct ? `(${row.right})` : row.right}</strong>
                  )}
                </span>
                {row.also.length > 0 && (
                  <span className="soft small">
                    {row.correct ? 'Accepted: ' : 'Or: '}
                    {[...(row.correct ? [row.right] : []), ...row.also].join(', ')}.
                  </span>
                )}
                {row.derived !== null && <span className="soft small">{row.derived}</span>}
                <Sources sources={row.sources} {...(row.asOf === null ? {} : { asOf: row.asOf })} />
              </span>
              {element && <Earned element={element} />}
              {element && !row.correct && (
                <Appeal result={result} element={element} given={row.given} reload={reload} />
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
