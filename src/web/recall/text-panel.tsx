import { useState } from 'react'
import { describeProblem, isLinked, parseDrawing, type Vocabulary } from '#domain/diagram/index.ts'
import type { Session } from './session.ts'
import { placed, textOf } from './work.ts'

/** The drawing as text, to edit as a whole. What can be read is drawn at once; what cannot is named by its line. */
export function TextPanel({
  session,
  vocabulary,
  close,
}: {
  readonly session: Session
  readonly vocabulary: Vocabulary
  readonly close: () => void
}) {
  const { work } = session
  const { form } = work.drawing
  const [text, setText] = useState(() => textOf(work))
  const [written, setWritten] = useState(work.drawing)
  // An undo, or a stroke on the canvas, while the text is open: it follows.
  if (written !== work.drawing) {
    setWritten(work.drawing)
    setText(textOf(work))
  }
  const { problems, notes } = parseDrawing(text, form)
  const write = (next: string) => {
    setText(next)
    const { drawing } = parseDrawing(next, form)
    const ids = isLinked(drawing)
      ? new Set([...drawing.nodes, ...drawing.groups].map((one) => one.id))
      : new Set()
    const places = Object.fromEntries(Object.entries(work.places).filter(([id]) => ids.has(id)))
    const changed = placed({ drawing, places }, vocabulary)
    setWritten(changed.drawing)
    session.change(changed, 'text')
  }
  return (
    <div className="text-panel">
      <div className="row">
        <h2 className="caption">The drawing as text</h2>
        <button type="button" className="button bare" onClick={close}>
          Close
        </button>
      </div>
      <textarea
        className="field mono"
        aria-label="The drawing as text"
        aria-describedby="text-problems"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the panel was opened to type in
        autoFocus
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      />
      <ul id="text-problems" className="small" aria-live="polite">
        {problems.slice(0, 8).map((problem) => (
          <li key={describeProblem(problem)} className="bad">
            {describeProblem(problem)}
          </li>
        ))}
        {notes.slice(0, 3).map((note) => (
          <li key={describeProblem(note)} className="soft">
            {describeProblem(note)}
          </li>
        ))}
      </ul>
    </div>
  )
}
