import { useEffect, useState } from 'react'
import { type Drawing, type ElementId, isLinked } from '#domain/diagram/index.ts'
import { type Editor, labelOf } from './canvas-edit.ts'
import { idOf } from './canvas-model.ts'

interface Props {
  readonly selected: readonly ElementId[]
  readonly editor: Editor
  readonly drawing: Drawing
  readonly connecting: boolean
  readonly connect: (from: ElementId) => void
  readonly name: (element: ElementId) => void
  /** Asks for the name of a new node, connected from another perhaps. */
  readonly add: (from: ElementId | null) => void
}

/** What can be done with the selected element: it stands still at the foot of the canvas, for mouse and finger alike. */
export function Toolbar({ selected, editor, drawing, connecting, connect, name, add }: Props) {
  const [grouping, setGrouping] = useState<string | null>(null)
  const [only] = selected
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection closes the question
  useEffect(() => setGrouping(null), [selected])
  if (!isLinked(drawing)) return null
  if (!only)
    return (
      <div className="toolbar for-touch">
        <button type="button" className="button bare" onClick={() => add(null)}>
          New node
        </button>
      </div>
    )
  if (connecting)
    return (
      <div className="toolbar" role="status">
        <span>Now tap what {labelOf(drawing, only)} connects to. Esc stops.</span>
      </div>
    )
  if (grouping !== null)
    return (
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault()
          editor.group(selected, grouping)
          setGrouping(null)
        }}
      >
        <input
          className="field"
          aria-label="Name of the group"
          placeholder="Name of the group"
          // biome-ignore lint/a11y/noAutofocus: the button before it asked for this field
          autoFocus
          value={grouping}
          onChange={(event) => setGrouping(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setGrouping(null)}
        />
        <button type="submit" className="button">
          Group
        </button>
      </form>
    )
  const nodes = selected.filter((element) => element.startsWith('node:'))
  const edge = drawing.edges.find((one) => `edge:${one.id}` === only)
  const inGroup = drawing.nodes.find((node) => node.id === idOf(only))?.group ?? null
  const single = selected.length === 1
  return (
    <div className="toolbar" role="toolbar" aria-label="Selected element">
      {single && (
        <button type="button" className="button bare" onClick={() => name(only)}>
          {edge ? 'Label' : 'Rename'}
        </button>
      )}
      {single && edge && (
        <button type="button" className="button bare" onClick={() => editor.reverse(only)}>
          Reverse
        </button>
      )}
      {single && !edge && (
        <button type="button" className="button bare" onClick={() => connect(only)}>
          Connect
        </button>
      )}
      {single && nodes.length === 1 && (
        <button type="button" className="button bare for-touch" onClick={() => add(only)}>
          Next node
        </button>
      )}
      {nodes.length === selected.length && drawing.form === 'topology' && (
        <button type="button" className="button bare" onClick={() => setGrouping('')}>
          Group
        </button>
      )}
      {single && inGroup !== null && (
        <button type="button" className="button bare" onClick={() => editor.ungroup(only)}>
          Out of group
        </button>
      )}
      <button type="button" className="button bare" onClick={() => editor.remove(selected)}>
        Delete
      </button>
    </div>
  )
}
