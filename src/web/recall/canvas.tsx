import {
  type Connection,
  ConnectionMode,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  useReactFlow,
  ViewportPortal,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import {
  type ElementId,
  elementsOf,
  type OwnName,
  type Places,
  type Point,
  render,
} from '#domain/diagram/index.ts'
import { Figure } from '../ui/figure.tsx'
import type { Field } from '../ui/vocabulary.ts'
import { type Editor, type Inline, labelOf } from './canvas-edit.ts'
import { InlineName } from './canvas-inline.tsx'
import { idOf, neighbour, onCanvas, type Spot, spotsOf, type Wire, wiresOf } from './canvas-model.ts'
import { EDGE_TYPES, NODE_TYPES } from './canvas-parts.tsx'
import { useInSight } from './canvas-sight.ts'
import { Toolbar } from './canvas-toolbar.tsx'
import type { Session } from './session.ts'
import type { Work } from './work.ts'

interface Props {
  readonly session: Session
  readonly editor: Editor
  readonly field: Field
  readonly own: readonly OwnName[]
  /** What the entry line would make of it, shown before it is drawn. */
  readonly preview: Work
  /** How often the drawing was tidied: each time the view shows all of it. */
  readonly tidied: number
  readonly toEntry: () => void
  readonly host: RefObject<HTMLDivElement | null>
}

const ARROW_OFFSET: Readonly<Record<string, Point>> = {
  ArrowRight: { x: 208, y: 0 },
  ArrowLeft: { x: -208, y: 0 },
  ArrowDown: { x: 0, y: 96 },
  ArrowUp: { x: 0, y: -96 },
}

/** While nodes are dragged, their places are the pointer's; the step is made when they are let go. */
function useDrag(editor: Editor) {
  const [moved, setMoved] = useState<Places | null>(null)
  const onNodesChange = (changes: NodeChange<Spot>[], spots: readonly Spot[]) => {
    let next = moved
    for (const change of changes) {
      if (change.type !== 'position' || !change.position) continue
      const spot = spots.find((one) => one.id === change.id)
      if (!spot) continue
      const by = { x: change.position.x - spot.position.x, y: change.position.y - spot.position.y }
      next = { ...next, ...editor.placesMoved(change.id as ElementId, by, next) }
    }
    if (next !== moved) setMoved(next)
  }
  const stop = () => {
    if (moved) editor.drop(moved)
    setMoved(null)
  }
  return { moved, onNodesChange, stop }
}

function usePicture(work: Work, places: Places, field: Field, fresh: ReadonlySet<ElementId>) {
  const { drawing } = work
  const { vocabulary, icons } = field
  const canvas = useMemo(() => onCanvas(drawing, places, vocabulary), [drawing, places, vocabulary])
  const svg = useMemo(
    () => render(canvas.layout, { icons, fresh, title: 'Your drawing', idPrefix: 'own-' }),
    [canvas, icons, fresh],
  )
  return { canvas, svg }
}

export function Canvas({ session, editor, field, own, preview, tidied, toEntry, host }: Props) {
  const { work, selected } = session
  const flow = useReactFlow<Spot, Wire>()
  const [inline, setInline] = useState<Inline | null>(null)
  const [tapFrom, setTapFrom] = useState<ElementId | null>(null)
  const drag = useDrag(editor)
  const shown = drag.moved ? { ...work, places: { ...work.places, ...drag.moved } } : preview
  const standing = useMemo(() => new Set(elementsOf(work.drawing)), [work.drawing])
  /** Where the dragged node would go if it were let go now. */
  const target = drag.moved ? editor.target(drag.moved) : null
  const marked = useMemo(() => {
    const ghosts = elementsOf(shown.drawing).filter((element) => !standing.has(element))
    return new Set([...selected, ...ghosts, ...(target ? [target] : [])])
  }, [selected, shown.drawing, standing, target])
  const { canvas, svg } = usePicture(shown, shown.places, field, marked)
  const chosen = useMemo(() => new Set(selected), [selected])
  const spots = useMemo(
    () => spotsOf(canvas, shown.drawing, field.vocabulary, chosen, standing),
    [canvas, shown.drawing, field.vocabulary, chosen, standing],
  )
  const wires = useMemo(() => wiresOf(canvas, chosen, standing), [canvas, chosen, standing])
  useInSight(host, canvas, work.drawing, tidied)
  useFollowFocus(host, selected)

  const pick = (elements: readonly ElementId[]) => {
    session.select(elements)
    const [only] = elements
    if (only && elements.length === 1) {
      if (only.startsWith('node:')) session.setContext({ ...session.context, last: idOf(only) })
      if (only.startsWith('edge:')) session.setContext({ ...session.context, edge: idOf(only) })
    }
  }
  const tapped = (element: ElementId, more: boolean) => {
    if (tapFrom && !element.startsWith('edge:')) {
      setTapFrom(null)
      return editor.connect(tapFrom, element)
    }
    pick(more ? [...new Set([...selected, element])] : [element])
  }
  const openAt = (event: { clientX: number; clientY: number }, from: ElementId | null) => {
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    setInline({ kind: 'new', at, from })
  }
  const press = (event: React.KeyboardEvent) => {
    const focused = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')?.dataset.id
    const spot = spots.find((one) => one.id === focused)
    if (!spot || inline) return
    const element = spot.id as ElementId
    const offset = ARROW_OFFSET[event.key]
    if (offset && (event.ctrlKey || event.metaKey)) {
      const place = shown.places[idOf(element)] ?? { x: 0, y: 0 }
      setInline({ kind: 'new', at: { x: place.x + offset.x, y: place.y + offset.y }, from: element })
    } else if (offset && event.shiftKey) {
      editor.drop(
        editor.placesMoved(element, { x: Math.sign(offset.x) * 16, y: Math.sign(offset.y) * 16 }, null),
      )
    } else if (offset) {
      const next = neighbour(spots, spot, event.key)
      if (next) pick([next.id as ElementId])
    } else if (event.key === 'Enter' && tapFrom) tapped(element, false)
    else if (event.key === 'Enter' || event.key === 'F2') setInline({ kind: 'name', element })
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      editor.remove(selected.length > 0 ? selected : [element])
      toEntry()
    } else if (event.key === 'Escape') {
      setTapFrom(null)
      toEntry()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const connectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.isValid || !state.fromNode || state.toNode) return
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
    if (point) openAt(point, state.fromNode.id as ElementId)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the focusable nodes inside, caught on their way up
    <div
      ref={host}
      className={tapFrom ? 'canvas connecting' : 'canvas'}
      onKeyDown={press}
      onDoubleClick={(event) => {
        const target = event.target as HTMLElement
        const on = target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')?.dataset.id
        if (on && !on.startsWith('group:')) setInline({ kind: 'name', element: on as ElementId })
        else if (target.closest('.react-flow__pane, .react-flow__node')) openAt(event, null)
      }}
    >
      <ReactFlow<Spot, Wire>
        nodes={spots}
        edges={wires}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={(changes) => drag.onNodesChange(changes, spots)}
        onEdgesChange={(_: EdgeChange[]) => undefined}
        onNodeClick={(event, node) => tapped(node.id as ElementId, event.shiftKey)}
        onEdgeClick={(event, edge) => tapped(edge.id as ElementId, event.shiftKey)}
        onNodeDragStart={(_, node) => !chosen.has(node.id as ElementId) && pick([node.id as ElementId])}
        onNodeDragStop={drag.stop}
        onSelectionDragStop={drag.stop}
        onPaneClick={() => {
          pick([])
          setTapFrom(null)
          if (matchMedia('(pointer: fine)').matches) toEntry()
        }}
        onConnect={({ source, target }: Connection) =>
          editor.connect(source as ElementId, target as ElementId)
        }
        onConnectEnd={connectEnd}
        connectionMode={ConnectionMode.Loose}
        connectionRadius={24}
        nodeOrigin={[0, 0]}
        minZoom={0.2}
        maxZoom={2}
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        disableKeyboardA11y
        nodesFocusable
        edgesFocusable={false}
        elevateNodesOnSelect={false}
        elevateEdgesOnSelect={false}
        proOptions={{ hideAttribution: true }}
      >
        <ViewportPortal>
          <div
            className="picture"
            style={{ transform: `translate(${canvas.origin.x}px, ${canvas.origin.y}px)` }}
          >
            <Figure svg={svg} />
          </div>
          {inline && (
            <InlineName
              inline={inline}
              canvas={canvas}
              label={inline.kind === 'name' ? labelOf(work.drawing, inline.element) : ''}
              field={field}
              own={own}
              form={work.drawing.form}
              done={(name) => {
                setInline(null)
                if (name !== null) editor.named(inline, name)
                toEntry()
              }}
            />
          )}
        </ViewportPortal>
      </ReactFlow>
      <Toolbar
        selected={selected}
        editor={editor}
        drawing={work.drawing}
        connecting={tapFrom !== null}
        connect={(from) => setTapFrom(from)}
        name={(element) => setInline({ kind: 'name', element })}
      />
    </div>
  )
}

/** The focus goes with the selection while it is on the canvas. */
function useFollowFocus(host: RefObject<HTMLDivElement | null>, selected: readonly ElementId[]) {
  const last = useRef<readonly ElementId[]>([])
  useEffect(() => {
    if (last.current === selected) return
    last.current = selected
    const [only] = selected
    const inCanvas = host.current?.contains(document.activeElement)
    const typing = document.activeElement?.tagName === 'INPUT'
    if (!only || !inCanvas || typing || selected.length > 1) return
    host.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(only)}"]`)?.focus()
  })
}
