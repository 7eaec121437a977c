import { useMemo } from 'react'
import {
  type DrawnEdge,
  describe,
  displayName,
  placeDrawing,
  relabel,
  remove,
  render,
  reverse,
  type Sheet,
  shiftEdge,
  shiftNode,
} from '#domain/diagram/index.ts'
import { Figure } from '../ui/figure.tsx'
import type { Field } from '../ui/vocabulary.ts'
import { Examples } from './examples.tsx'
import type { Session } from './session.ts'
import { sheetOf, type Work } from './work.ts'

/** The drawing as the domain lays it out, live. */
export function LiveDrawing({ work, field }: { readonly work: Work; readonly field: Field }) {
  const svg = useMemo(() => {
    const laid = placeDrawing(work.drawing, field.vocabulary, work.places)
    const description = describe(work.drawing, field.vocabulary).join(' ')
    return render(laid, { icons: field.icons, title: 'Your drawing', description, idPrefix: 'own-' })
  }, [work, field])
  return <Figure svg={svg} className="live" />
}

interface Props {
  readonly session: Session
  readonly field: Field
  readonly preview: Work
}

/** Lifelines live above, the participants and the messages in order beside them. */
export function SequenceBoard({ session, field, preview }: Props) {
  const sheet = sheetOf(session.work)
  const take = (next: Sheet, merge: string | null = null) => session.change(next, merge)
  const { nodes, edges } = sheet.drawing
  return (
    <div className="board">
      <div className="board-drawing">
        {preview.drawing.form === 'sequence' && preview.drawing.nodes.length > 0 ? (
          <LiveDrawing work={preview} field={field} />
        ) : (
          <div className="soft blank">
            <p>Participants and messages appear here as you type them in the line below.</p>
            <Examples form="sequence" />
          </div>
        )}
      </div>
      <div className="board-list">
        {nodes.length > 0 && <h2 className="caption">Participants, left to right</h2>}
        <ol className="chips">
          {nodes.map((node, i) => (
            <li key={node.id}>
              <span>{displayName(field.vocabulary, node.label)}</span>
              <Small
                words={`Move ${node.label} left`}
                sign="←"
                off={i === 0}
                run={() => take(shiftNode(sheet, node.id, -1))}
              />
              <Small
                words={`Move ${node.label} right`}
                sign="→"
                off={i === nodes.length - 1}
                run={() => take(shiftNode(sheet, node.id, 1))}
              />
              <Small
                words={`Delete ${node.label}`}
                sign="×"
                run={() => take(remove(sheet, [`node:${node.id}`]))}
              />
            </li>
          ))}
        </ol>
        {edges.length > 0 && <h2 className="caption">Messages, in order</h2>}
        <ol className="messages">
          {edges.map((edge, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a message is its place in the order
            <Message key={i} edge={edge} at={i} count={edges.length} sheet={sheet} take={take} />
          ))}
        </ol>
      </div>
    </div>
  )
}

interface MessageProps {
  readonly edge: DrawnEdge
  readonly at: number
  readonly count: number
  readonly sheet: Sheet
  readonly take: (next: Sheet, merge?: string | null) => void
}

const ARROW = { directed: '→', both: '↔', undirected: '–' } as const

function Message({ edge, at, count, sheet, take }: MessageProps) {
  const label = (id: string) => sheet.drawing.nodes.find((node) => node.id === id)?.label ?? id
  const shift = (by: -1 | 1) => {
    take(shiftEdge(sheet, edge.id, by))
    const to = at + by
    requestAnimationFrame(() =>
      document.querySelectorAll<HTMLInputElement>('.messages input')[to]?.focus({ preventScroll: true }),
    )
  }
  const words = `${label(edge.from)} to ${label(edge.to)}`
  return (
    <li>
      <span className="numbers soft">{at + 1}</span>
      <span className="ends">
        {label(edge.from)} {ARROW[edge.arrow]} {label(edge.to)}
      </span>
      <input
        className="field"
        aria-label={`Message ${at + 1}, ${words}. Alt and an arrow key move it.`}
        value={edge.label}
        placeholder="message"
        onChange={(event) => take(relabelRaw(sheet, edge, event.target.value), `message ${at}`)}
        onKeyDown={(event) => {
          if (event.altKey && event.key === 'ArrowUp' && at > 0) shift(-1)
          else if (event.altKey && event.key === 'ArrowDown' && at < count - 1) shift(1)
          else return
          event.preventDefault()
        }}
      />
      <span className="smalls">
        <Small words={`Move message ${at + 1} up`} sign="↑" off={at === 0} run={() => shift(-1)} />
        <Small words={`Move message ${at + 1} down`} sign="↓" off={at === count - 1} run={() => shift(1)} />
        <Small words={`Reverse message ${at + 1}`} sign="⇄" run={() => take(reverse(sheet, edge.id))} />
        <Small
          words={`Delete message ${at + 1}`}
          sign="×"
          run={() => take(remove(sheet, [`edge:${edge.id}`]))}
        />
      </span>
    </li>
  )
}

/** While a label is typed it may end in a space; `relabel` would take that away under the cursor. */
function relabelRaw(sheet: Sheet, edge: DrawnEdge, label: string): Sheet {
  if (label.trim() === label) return relabel(sheet, `edge:${edge.id}`, label)
  const edges = sheet.drawing.edges.map((one) => (one.id === edge.id ? { ...one, label } : one))
  return { ...sheet, drawing: { ...sheet.drawing, edges } }
}

export const Small = ({
  words,
  sign,
  run,
  off = false,
}: {
  readonly words: string
  readonly sign: string
  readonly run: () => void
  readonly off?: boolean
}) => (
  <button
    type="button"
    className="small-button"
    aria-label={words}
    title={words}
    disabled={off}
    onClick={run}
  >
    {sign}
  </button>
)
