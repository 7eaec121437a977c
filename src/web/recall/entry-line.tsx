import { type RefObject, useState } from 'react'
import {
  type EntryProblem,
  type Form,
  isLinked,
  type OwnName,
  readEntry,
  readMatrixEntry,
  readTimelineEntry,
  type Vocabulary,
} from '#domain/diagram/index.ts'
import { Key } from '../ui/bits.tsx'
import type { Field } from '../ui/vocabulary.ts'
import type { Session } from './session.ts'
import { TypeAhead } from './type-ahead.tsx'
import { placed, sheetOf, type Work } from './work.ts'

const EXAMPLES: Readonly<Record<Form, string>> = {
  topology: 'client -> lb -> api, auth: HTTPS',
  states: 'start -> follower -> candidate: timeout',
  decision: 'reads dominate? -> add a cache: y',
  sequence: 'client -> api: GET /orders',
  timeline: '09:37 | wrong command run | operator',
  matrix: '| ordering | replay',
}

/** A matrix begins with its columns; after that, rows. */
const exampleOf = ({ drawing }: Work): string =>
  drawing.form === 'matrix' && drawing.columns.length > 0
    ? 'kafka | per partition | yes'
    : EXAMPLES[drawing.form]

type Read =
  | { readonly ok: true; readonly work: Work; readonly context: Session['context'] }
  | { readonly ok: false; readonly problem: EntryProblem }

/** What a line makes of the drawing. */
export function readLine(session: Pick<Session, 'work' | 'context'>, line: string, field: Vocabulary): Read {
  const { work, context } = session
  if (work.drawing.form === 'timeline' || work.drawing.form === 'matrix') {
    const read =
      work.drawing.form === 'timeline'
        ? readTimelineEntry(work.drawing, line)
        : readMatrixEntry(work.drawing, line)
    return read.ok
      ? { ok: true, work: { ...work, drawing: read.value }, context }
      : { ok: false, problem: read.error }
  }
  const read = readEntry(sheetOf(work), line, context, field)
  if (!read.ok) return { ok: false, problem: read.error }
  return { ok: true, work: placed(read.value.sheet, field), context: read.value.context }
}

/** What the line would draw as it stands, an arrow or a comma that waits for its end left out; each node has its place. */
export function previewOf(session: Session, line: string, field: Vocabulary): Work {
  const standing = () => placed(session.work, field)
  const text = line.replace(/\s*(<?-+>?|[,:@{;=|]|<)\s*$/, '').trim()
  if (text === '' || !isLinked(session.work.drawing) || /^(del|delete|rename)\b/i.test(text))
    return standing()
  const read = readLine(session, text, field)
  return read.ok ? read.work : standing()
}

interface Props {
  readonly session: Session
  readonly field: Field
  readonly own: readonly OwnName[]
  readonly line: string
  readonly setLine: (line: string) => void
  readonly input: RefObject<HTMLInputElement | null>
  /** Words from elsewhere on the page, such as why a connection is not possible. */
  readonly said: string | null
  readonly toCanvas: () => void
}

/** The line that is always at hand: notation and shorthands in, drawing out. */
export function EntryLine({ session, field, own, line, setLine, input, said, toCanvas }: Props) {
  const [problem, setProblem] = useState<EntryProblem | null>(null)
  const [past, setPast] = useState<readonly string[]>([])
  const [at, setAt] = useState(0)
  const { form } = session.work.drawing
  const enter = () => {
    if (line.trim() === '') return
    const read = readLine(session, line, field.vocabulary)
    if (!read.ok) return setProblem(read.problem)
    session.change(read.work)
    session.setContext(read.context)
    session.select([])
    setPast([...past.slice(-49), line])
    setAt(0)
    setLine('')
    setProblem(null)
  }
  const recallLine = (key: string) => {
    const next = Math.max(0, Math.min(past.length, at + (key === 'ArrowUp' ? 1 : -1)))
    setAt(next)
    setLine(next === 0 ? '' : (past.at(-next) ?? ''))
  }
  const words = problem
    ? `${problem.message}${problem.suggestion === null ? '' : `; did you mean \`${problem.suggestion}\`?`}`
    : said
  // No line begins with `?`: there it asks for help, as it does everywhere else.
  const help = (event: React.KeyboardEvent) => {
    if (event.key !== '?' || line !== '') return
    event.preventDefault()
    event.stopPropagation()
    window.dispatchEvent(new CustomEvent('atlas:open', { detail: 'keys' }))
  }
  return (
    <div className="entry" onKeyDownCapture={help}>
      <TypeAhead
        field={field}
        form={form}
        own={own}
        value={line}
        change={(value) => {
          setLine(value)
          setProblem(null)
        }}
        enter={enter}
        escape={() => (line === '' ? toCanvas() : setLine(''))}
        arrow={recallLine}
        label="Draw by typing"
        placeholder={exampleOf(session.work)}
        input={input}
        className="entry-field mono"
        describedBy="entry-says"
      />
      <p
        id="entry-says"
        className={words === null ? 'entry-says soft small' : 'entry-says bad small'}
        aria-live="polite"
      >
        {words ?? <Hints />}
      </p>
    </div>
  )
}

const Hints = () => (
  <span className="touchless">
    <Key of="Tab" /> takes the name · <Key of="Enter" /> draws · <Key of="Ctrl+Z" /> takes back ·{' '}
    <Key of="Ctrl+Enter" /> done ·{' '}
    <span className="kbd" aria-hidden="true">
      ?
    </span>{' '}
    all keys
  </span>
)
