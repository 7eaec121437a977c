import { useEffect, useMemo, useRef, useState } from 'react'
import type { ContrastResult, ContrastSide, ContrastView } from '#app/views-mistakes.ts'
import { type ElementId, placeDrawing, printDrawing, render } from '#domain/diagram/index.ts'
import { uuidv7 } from '#lib/ids.ts'
import { call, type Failure, useView } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { TypeAhead } from '../recall/type-ahead.tsx'
import { contrastPath } from '../router.ts'
import { FailureNote, Key, Shown } from '../ui/bits.tsx'
import { Figure } from '../ui/figure.tsx'
import { type Field, useField } from '../ui/vocabulary.ts'
import { Outcome } from './contrast-outcome.tsx'
import { drawLine, ownNames, type Sheet, sheetFor, workNow } from './contrast-sheet.ts'
import '../recall/recall.css'
import './contrast.css'

export default function ContrastPage({ drill }: { readonly drill: string }) {
  const { view, reload } = useView<ContrastView>(`/api${contrastPath(drill)}`)
  const [outcome, setOutcome] = useState<ContrastResult | null>(null)
  const again = () => {
    setOutcome(null)
    reload()
  }
  if (outcome) return <Outcome outcome={outcome} again={again} />
  return (
    <Shown view={view} reload={reload}>
      {(contrast) => <Drill view={contrast} done={setOutcome} />}
    </Shown>
  )
}

function useHandIn(view: ContrastView, sheets: readonly Sheet[], done: (outcome: ContrastResult) => void) {
  const [begun] = useState(() => performance.now())
  const [key] = useState(() => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10))))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sending, setSending] = useState(false)
  const handIn = async () => {
    if (sending) return
    setSending(true)
    const body = {
      diagrams: view.sides.map(({ diagram }) => diagram),
      drawings: view.sides.map((side, i) => printDrawing(workNow(sheets[i] as Sheet, side).drawing)),
      seconds: Math.min(86_400, (performance.now() - begun) / 1000),
    }
    const headers = { 'idempotency-key': key }
    const sent = await call<ContrastResult>('POST', `/api${contrastPath(view.drill)}`, body, { headers })
    setSending(false)
    if (sent.ok) done(sent.value)
    else setFailure(sent.error)
  }
  return { handIn, failure, sending }
}

/** Two drawings without the two things: name each blank, and draw what connects it. */
function Drill({
  view,
  done,
}: {
  readonly view: ContrastView
  readonly done: (outcome: ContrastResult) => void
}) {
  const field = useField()
  const [sheets, setSheets] = useState<readonly Sheet[]>(() => view.sides.map(sheetFor))
  const { handIn, failure, sending } = useHandIn(view, sheets, done)
  const host = useRef<HTMLDivElement>(null)
  useKeys('Side by side', [
    { keys: ['Ctrl+Enter'], does: 'Hand in', run: handIn },
    { keys: ['Enter'], does: 'In a blank: the next field; in a line: draw it' },
    { keys: ['Tab'], does: 'Take the suggestion' },
    { keys: ['Ctrl+Z'], does: 'Take the last line back, in its field' },
  ])
  /** From field to field, and from the last one to handing in. */
  const next = (from: HTMLElement | null) => {
    const stops = [...(host.current?.querySelectorAll<HTMLElement>('input, button.main') ?? [])]
    stops[(from === null ? -1 : stops.indexOf(from)) + 1]?.focus()
  }
  // What was typed before a field has the focus would be lost, and an empty drill handed in.
  useEffect(() => host.current?.querySelector('input')?.focus(), [])
  const asksLines = view.sides.some(({ connections }) => connections)
  return (
    <div className="page contrast" ref={host}>
      <header>
        <h1>Two things that you took for each other</h1>
        <p className="soft">
          Name each blank{asksLines ? ' and draw what connects it, such as ' : '.'}
          {asksLines && (
            <>
              <code>client -&gt; 1</code>. Lines that you were given stand already.
            </>
          )}
        </p>
      </header>
      <div className="sides">
        {view.sides.map((side, i) => (
          <SideSheet
            key={side.diagram}
            side={side}
            place={i}
            sheet={sheets[i] as Sheet}
            field={field}
            next={next}
            change={(sheet) => setSheets(sheets.map((one, j) => (j === i ? sheet : one)))}
          />
        ))}
      </div>
      {failure && <FailureNote failure={failure} retry={handIn} />}
      <div className="row">
        <button type="button" className="button main" disabled={sending} onClick={handIn}>
          {sending ? 'Handing in' : 'Hand in'} <Key of="Ctrl+Enter" />
        </button>
      </div>
    </div>
  )
}

interface SideProps {
  readonly side: ContrastSide
  readonly place: number
  readonly sheet: Sheet
  readonly field: Field
  readonly next: (from: HTMLElement | null) => void
  readonly change: (sheet: Sheet) => void
}

function SideSheet(props: SideProps) {
  const { side, sheet, field, place } = props
  const work = useMemo(() => workNow(sheet, side), [sheet, side])
  const svg = useMemo(() => {
    const laidOut = placeDrawing(work.drawing, field.vocabulary, work.places)
    return render(laidOut, { icons: field.icons, idPrefix: `side${place}`, title: side.title })
  }, [work, field, side, place])
  const fresh = useMemo(() => new Set(side.blanks.map(({ node }): ElementId => `node:${node}`)), [side])
  return (
    <section className="side-sheet" aria-label={side.title}>
      <h2>{side.title}</h2>
      <p className="soft small">{side.question}</p>
      <Figure svg={svg} fresh={fresh} />
      {side.blanks.map(({ number }, i) => (
        <Blank key={number} {...props} work={work} number={number} at={i} />
      ))}
      {side.connections ? (
        <Line {...props} work={work} />
      ) : (
        <p className="soft small">Of a sequence only the names are asked; its messages stand as they are.</p>
      )}
    </section>
  )
}

type WorkNow = ReturnType<typeof workNow>

function Blank({
  side,
  sheet,
  field,
  work,
  number,
  at,
  place,
  next,
  change,
}: SideProps & { readonly work: WorkNow; readonly number: number; readonly at: number }) {
  const input = useRef<HTMLInputElement>(null)
  const own = useMemo(() => ownNames(work, field.vocabulary), [work, field])
  return (
    <div className="blank-field">
      <span className="number numbers" aria-hidden="true">
        {number}
      </span>
      <TypeAhead
        field={field}
        form={side.form}
        own={own}
        single
        value={sheet.names[at] ?? ''}
        change={(value) => change({ ...sheet, names: sheet.names.map((one, i) => (i === at ? value : one)) })}
        enter={() => next(input.current)}
        label={`Blank ${number} of drawing ${place + 1}`}
        placeholder="What stands here?"
        input={input}
      />
    </div>
  )
}

/** One line of the notation at a time. */
function Line({ side, sheet, field, work, place, next, change }: SideProps & { readonly work: WorkNow }) {
  const [line, setLine] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const own = useMemo(() => ownNames(work, field.vocabulary), [work, field])
  const drawn = sheet.steps.length - 1
  const undo = () => drawn > 0 && change({ ...sheet, steps: sheet.steps.slice(0, -1) })
  const enter = () => {
    if (line.trim() === '') return next(input.current)
    const after = drawLine(sheet, side, line, field.vocabulary)
    if ('problem' in after) return setProblem(after.problem)
    change(after)
    setLine('')
    setProblem(null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the key of the field in it
    <div
      className="stack line-field"
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || line !== '') return
        event.preventDefault()
        undo()
      }}
    >
      <TypeAhead
        field={field}
        form={side.form}
        own={own}
        value={line}
        change={(value) => {
          setLine(value)
          setProblem(null)
        }}
        enter={enter}
        label={`Connections of drawing ${place + 1}`}
        placeholder={`client -> ${side.blanks[0]?.number ?? 1}`}
        input={input}
        className="field mono"
        describedBy={`line-says-${place}`}
      />
      <p id={`line-says-${place}`} className={problem ? 'bad small' : 'soft small'} aria-live="polite">
        {problem ?? `${drawn === 0 ? 'No line' : drawn === 1 ? 'One line' : `${drawn} lines`} drawn.`}
        {problem === null && drawn > 0 && (
          <button type="button" className="button bare take-back" onClick={undo}>
            Take back <Key of="Ctrl+Z" />
          </button>
        )}
      </p>
    </div>
  )
}
