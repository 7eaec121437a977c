import { useEffect, useRef, useState } from 'react'
import { type FormatProblem, isLinked, type Vocabulary } from '#domain/diagram/index.ts'
import { type Offer, readOffer, taken } from './drop.ts'
import type { Session } from './session.ts'
import { isEmpty } from './work.ts'
import './drop-file.css'

const ENDINGS = '.excalidraw,.drawio,.xml,.mmd,.md,.d2,.dot,.gv,.canvas,.png,.svg,.txt,.json'

interface Props {
  readonly session: Session
  readonly vocabulary: Vocabulary
}

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Whether a file is held over the page; `open` gets it when it is let go. */
function useDropped(open: (file: File | undefined) => void): boolean {
  const [over, setOver] = useState(false)
  const openNow = useRef(open)
  openNow.current = open
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(false)
      openNow.current(event.dataTransfer?.files[0])
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return over
}

/** A file of another tool, dropped anywhere on the page or chosen by the button, becomes the drawing: one step to undo. */
export function DropFile({ session, vocabulary }: Props) {
  const { form } = session.work.drawing
  const input = useRef<HTMLInputElement>(null)
  const [reading, setReading] = useState(false)
  const [offer, setOffer] = useState<Offer | null>(null)
  const [problem, setProblem] = useState<FormatProblem | null>(null)
  const open = async (file: File | undefined) => {
    if (!file || reading) return
    setReading(true)
    const read = await readOffer(file, form)
    setReading(false)
    if (!read.ok) return setProblem(read.error)
    const asks = read.value.skipped.length + read.value.questions.length > 0 || !isEmpty(session.work)
    if (asks) setOffer(read.value)
    else await use(read.value, new Set())
  }
  const use = async (one: Offer, refused: ReadonlySet<string>) => {
    setOffer(null)
    session.change(await taken(one, refused, vocabulary))
  }
  const over = useDropped(open)
  return (
    <>
      <button
        type="button"
        className="button bare"
        title="A drawing of Excalidraw, draw.io, Mermaid, D2, Graphviz or JSON Canvas"
        disabled={reading}
        onClick={() => input.current?.click()}
      >
        {reading ? 'Reading' : 'File'}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={ENDINGS}
        aria-label="A file of another drawing tool"
        onChange={(event) => {
          open(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {over && <p className="drop-here">Drop it here: it becomes your drawing.</p>}
      {offer && (
        <OfferDialog
          key={offer.name}
          offer={offer}
          replaces={!isEmpty(session.work)}
          use={(refused) => use(offer, refused)}
          close={() => setOffer(null)}
        />
      )}
      {problem && <ProblemDialog problem={problem} close={() => setProblem(null)} />}
    </>
  )
}

function useModal() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return dialog
}

function sizeOf({ work: { drawing } }: Offer): string {
  if (drawing.form === 'timeline') return `${drawing.events.length} events`
  if (drawing.form === 'matrix') return `${drawing.rows.length} rows, ${drawing.columns.length} columns`
  const groups = isLinked(drawing) && drawing.groups.length > 0 ? `, ${drawing.groups.length} groups` : ''
  return `${drawing.nodes.length} nodes, ${drawing.edges.length} arrows${groups}`
}

interface OfferProps {
  readonly offer: Offer
  readonly replaces: boolean
  readonly use: (refused: ReadonlySet<string>) => void
  readonly close: () => void
}

/** What was read, what was left out, and which guessed arrows to keep, before anything is replaced. */
function OfferDialog({ offer, replaces, use, close }: OfferProps) {
  const dialog = useModal()
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set())
  const turn = (edge: string) => {
    const next = new Set(refused)
    if (!next.delete(edge)) next.add(edge)
    setRefused(next)
  }
  return (
    <dialog ref={dialog} className="offer" aria-labelledby="offer-title" onClose={close}>
      <form
        className="stack"
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault()
          use(refused)
        }}
      >
        <h2 id="offer-title">{offer.name}</h2>
        <p className="soft">
          From {offer.tool}: {sizeOf(offer)}.
        </p>
        {offer.questions.length > 0 && (
          <fieldset>
            <legend>These arrows end beside a shape, not at one. Keep those that are right.</legend>
            {offer.questions.map(({ edge, says }) => (
              <label key={edge} className="row">
                <input type="checkbox" checked={!refused.has(edge)} onChange={() => turn(edge)} />
                <span>{says}</span>
              </label>
            ))}
          </fieldset>
        )}
        {offer.skipped.length > 0 && (
          <section>
            <h3 className="caption">Left out</h3>
            <ul className="small">
              {offer.skipped.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        )}
        <div className="row">
          <button type="submit" className="button main">
            {replaces ? 'Replace my drawing' : 'Use it'}
          </button>
          <button type="button" className="button bare" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  )
}

function ProblemDialog({ problem, close }: { readonly problem: FormatProblem; readonly close: () => void }) {
  const dialog = useModal()
  return (
    <dialog ref={dialog} className="offer" aria-labelledby="unread-title" onClose={close}>
      <form className="stack" method="dialog">
        <h2 id="unread-title">Not read</h2>
        <p>{problem.message}</p>
        <p className="soft">{problem.mend}</p>
        <div className="row">
          <button type="submit" className="button main">
            Close
          </button>
        </div>
      </form>
    </dialog>
  )
}
