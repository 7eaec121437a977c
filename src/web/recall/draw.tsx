import { ReactFlowProvider } from '@xyflow/react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { RecallView } from '#app/views.ts'
import {
  type Form,
  isLinked,
  movePlaces,
  type OwnName,
  resolve,
  type Vocabulary,
} from '#domain/diagram/index.ts'
import { useKeys } from '../keys.tsx'
import { Key } from '../ui/bits.tsx'
import type { Field } from '../ui/vocabulary.ts'
import { Canvas } from './canvas.tsx'
import { editorOf } from './canvas-edit.ts'
import { Clock } from './clock-face.tsx'
import { DropFile } from './drop-file.tsx'
import { EntryLine, previewOf } from './entry-line.tsx'
import { Examples, languageOf } from './examples.tsx'
import { MatrixBoard } from './matrix.tsx'
import { PartLine } from './part-line.tsx'
import { SequenceBoard } from './sequence.tsx'
import type { Session } from './session.ts'
import { TextPanel } from './text-panel.tsx'
import { TimelineBoard } from './timeline.tsx'
import { isEmpty, sheetOf } from './work.ts'

interface Props {
  readonly view: RecallView
  readonly session: Session
  readonly field: Field
}

function ownNames({ work }: Session, vocabulary: Vocabulary): OwnName[] {
  const { drawing } = work
  const labels = new Set(
    drawing.form === 'timeline'
      ? drawing.events.flatMap((event) => [event.label, event.lane])
      : drawing.form === 'matrix'
        ? [...drawing.columns, ...drawing.rows.flatMap((row) => [row.label, ...row.cells])]
        : [...drawing.nodes, ...drawing.groups].map((one) => one.label),
  )
  return [...labels].map((label) => {
    const means = resolve(vocabulary, label)
    return { label, concept: means?.instance === null ? means.concept : null }
  })
}

/** Letters typed anywhere on the page go to the entry line. */
function useAlwaysFocused(focus: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return
      if (event.key === ' ' || event.key === '?' || event.defaultPrevented) return
      if (document.querySelector('dialog[open]')) return
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))
        return
      focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}

function useTidy({ session, field }: Props, say: (words: string | null) => void) {
  const { work } = session
  const [busy, setBusy] = useState(false)
  const [tidied, setTidied] = useState(0)
  const can = isLinked(work.drawing) && work.drawing.form !== 'sequence' && work.drawing.nodes.length > 1
  const tidy = async () => {
    if (!can || busy) return
    setBusy(true)
    try {
      const { tidyPlaces } = await import('./tidy.ts')
      const places = await tidyPlaces(sheetOf(work).drawing, field.vocabulary)
      session.change(movePlaces(sheetOf(work), places))
      setTidied((n) => n + 1)
      say(null)
    } catch {
      say('Tidying did not work this time; nothing was moved.')
    } finally {
      setBusy(false)
    }
  }
  return { tidy, busy, can, tidied }
}

/** The question, the clock, the drawing, and the line that draws it. */
export function DrawStage({ view, session, field }: Props) {
  const [line, setLine] = useState('')
  const [said, setSaid] = useState<string | null>(null)
  const [text, setText] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const { work } = session
  const { form } = work.drawing
  const later = useDeferredValue(line)
  const preview = useMemo(() => previewOf(session, later, field.vocabulary), [session, later, field])
  const own = useMemo(() => ownNames(session, field.vocabulary), [session, field])
  const editor = useMemo(() => editorOf(session, field.vocabulary, setSaid), [session, field])
  const toEntry = useCallback(() => input.current?.focus({ preventScroll: true }), [])
  const { tidy, busy, can, tidied } = useTidy({ view, session, field }, setSaid)
  const finish = () => session.setStage('answer')
  const onCanvas = isLinked(work.drawing) && form !== 'sequence'
  useAlwaysFocused(toEntry)
  // biome-ignore lint/correctness/useExhaustiveDependencies: words about the last step go with the next one
  useEffect(() => setSaid(null), [work])
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) input.current?.focus({ preventScroll: true })
  }, [])
  useKeys('Recall', [
    { keys: ['Ctrl+Enter'], does: 'Done drawing', run: finish },
    { keys: ['Ctrl+Z'], does: 'Undo', run: session.undo },
    { keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], does: 'Redo', run: session.redo },
    { keys: ['Ctrl+M'], does: 'The drawing as text', run: () => setText(!text) },
    ...(onCanvas ? [{ keys: ['Ctrl+.'], does: 'Tidy the drawing', run: tidy }] : []),
    { keys: ['Tab'], does: 'Entry line: take the suggestion' },
    { keys: ['Enter'], does: 'Entry line: draw' },
    ...(onCanvas ? CANVAS_KEYS : [{ keys: ['Alt+ArrowUp', 'Alt+ArrowDown'], does: 'Move a row or message' }]),
  ])
  useKeys('Lines to type', languageOf(form))
  const toCanvas = () => canvas.current?.querySelector<HTMLElement>('.react-flow__node-spot')?.focus()
  return (
    <div className="recall">
      <header className="recall-head">
        <div>
          <h1>{view.question}</h1>
          <p className="soft small">{view.title}</p>
          <PartLine view={view} session={session} />
        </div>
        <Clock session={session} toEntry={toEntry} />
      </header>
      <div className={text ? 'ground with-text' : 'ground'}>
        {onCanvas ? (
          <ReactFlowProvider>
            <Canvas
              session={session}
              editor={editor}
              field={field}
              own={own}
              preview={preview}
              tidied={tidied}
              toEntry={toEntry}
              host={canvas}
            />
          </ReactFlowProvider>
        ) : form === 'sequence' ? (
          <SequenceBoard session={session} field={field} preview={preview} />
        ) : form === 'timeline' ? (
          <TimelineBoard session={session} field={field} own={own} />
        ) : (
          <MatrixBoard session={session} field={field} own={own} />
        )}
        {onCanvas && isEmpty(preview) && <Blank form={form} />}
        {text && <TextPanel session={session} vocabulary={field.vocabulary} close={() => setText(false)} />}
      </div>
      <footer className="dock">
        <EntryLine
          session={session}
          field={field}
          own={own}
          line={line}
          setLine={setLine}
          input={input}
          said={said}
          toCanvas={toCanvas}
        />
        <div className="dock-tools">
          <ToolButton words="Undo" sign="↶" off={!session.canUndo} run={session.undo} />
          <ToolButton words="Redo" sign="↷" off={!session.canRedo} run={session.redo} />
          {onCanvas && <ToolButton words="Tidy" off={!can || busy} run={tidy} />}
          <ToolButton words="Text" pressed={text} run={() => setText(!text)} />
          <DropFile session={session} vocabulary={field.vocabulary} />
          <Discard session={session} />
          <button type="button" className="button main" onClick={finish}>
            Done <Key of="Ctrl+Enter" />
          </button>
        </div>
      </footer>
    </div>
  )
}

const CANVAS_KEYS = [
  { keys: ['Escape'], does: 'From the entry line to the canvas and back' },
  { keys: ['ArrowRight', 'ArrowDown'], does: 'Canvas: from node to node' },
  { keys: ['Ctrl+ArrowRight', 'Ctrl+ArrowDown'], does: 'Canvas: a new connected node' },
  { keys: ['Shift+ArrowRight'], does: 'Canvas: move the node' },
  { keys: ['F2'], does: 'Canvas: rename' },
  { keys: ['Delete'], does: 'Canvas: delete' },
]

const BLANK_WORDS: Readonly<Record<string, string>> = {
  states: 'Draw its states from memory.',
  decision: 'Draw the questions and where they lead.',
}

const Blank = ({ form }: { readonly form: Form }) => (
  <div className="soft blank over">
    <p>
      {BLANK_WORDS[form] ?? 'Draw it from memory.'} Type a line below
      <span className="touchless">, or double-click here</span>.
    </p>
    <Examples form={form} />
  </div>
)

const ToolButton = ({
  words,
  sign,
  run,
  off = false,
  pressed,
}: {
  readonly words: string
  readonly sign?: string
  readonly run: () => void
  readonly off?: boolean
  readonly pressed?: boolean
}) => (
  <button
    type="button"
    className="button bare icon"
    aria-label={sign === undefined ? undefined : words}
    title={words}
    aria-pressed={pressed}
    disabled={off}
    onClick={run}
  >
    {sign ?? words}
  </button>
)

function Discard({ session }: { readonly session: Session }) {
  const [asked, setAsked] = useState(false)
  if (!asked)
    return (
      <button type="button" className="button bare" onClick={() => setAsked(true)}>
        Discard
      </button>
    )
  return (
    <span className="row ask" role="alertdialog" aria-label="Discard the drawing and its clock?">
      <span>Discard drawing and clock?</span>
      <button
        type="button"
        className="button"
        onClick={() => {
          setAsked(false)
          session.discard()
        }}
      >
        Discard
      </button>
      {/* biome-ignore lint/a11y/noAutofocus: the safe answer is the one at hand */}
      <button type="button" className="button bare" autoFocus onClick={() => setAsked(false)}>
        Keep
      </button>
    </span>
  )
}
