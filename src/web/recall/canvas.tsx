import {
  type Connection,
  ConnectionMode,
  type EdgeChange,
  type NodeChange,
  ReactFlow,
  type ReactFlowProps,
  ViewportPortal,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { type ElementId, elementsOf, type OwnName, type Places, pictureOf } from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import { type Editor, labelOf } from './canvas-edit.ts'
import { useHands } from './canvas-hands.ts'
import { InlineName } from './canvas-inline.tsx'
import { onCanvas, type Spot, spotsOf, type Wire, wiresOf, withKept } from './canvas-model.ts'
import { EDGE_TYPES, NODE_TYPES } from './canvas-parts.tsx'
import { LivePicture } from './canvas-picture.tsx'
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

/** While nodes are dragged, their places are the pointer's; the step is made when they are let go. */
function useDrag(editor: Editor) {
  const [moved, setMoved] = useState<Places | null>(null)
  /** The last place, painted or not: a quick hand lets go before the last move is painted. */
  const last = useRef<Places | null>(null)
  const follow = (places: Places | null) => {
    last.current = places
    setMoved(places)
  }
  const onNodesChange = (changes: NodeChange<Spot>[], spots: readonly Spot[]) => {
    let next = moved
    for (const change of changes) {
      if (change.type !== 'position' || !change.position) continue
      const spot = spots.find((one) => one.id === change.id)
      if (!spot) continue
      const by = { x: change.position.x - spot.position.x, y: change.position.y - spot.position.y }
      next = { ...next, ...editor.placesMoved(change.id as ElementId, by, next) }
    }
    if (next !== moved) follow(next)
  }
  const stop = () => {
    if (last.current) editor.drop(last.current)
    follow(null)
  }
  return { moved, onNodesChange, stop }
}

function usePicture(work: Work, places: Places, field: Field, fresh: ReadonlySet<ElementId>) {
  const { drawing } = work
  const { vocabulary, icons } = field
  const canvas = useMemo(() => onCanvas(drawing, places, vocabulary), [drawing, places, vocabulary])
  const picture = useMemo(() => pictureOf(canvas.layout, { icons, fresh }), [canvas, icons, fresh])
  return { canvas, picture }
}

/**
 * The list with what did not change as it was at the last render. After another selection all of it is new: React Flow
 * marks its own copies when something is clicked, and takes our word again only from new objects.
 */
function useKept<T extends { readonly id: string }>(list: T[], selection: ReadonlySet<ElementId>): T[] {
  const last = useRef({ list, selection })
  const isSame = last.current.selection === selection
  last.current = { list: isSame ? withKept(last.current.list, list) : list, selection }
  return last.current.list
}

/** Handlers that stay the same functions and do what the newest do: React Flow takes each new one to all its parts. */
function useSteady<Handlers extends Record<string, (...given: never[]) => unknown>>(handlers: Handlers) {
  const newest = useRef(handlers)
  newest.current = handlers
  const [steady] = useState(
    () =>
      Object.fromEntries(
        Object.keys(handlers).map((name) => [name, (...given: never[]) => newest.current[name]?.(...given)]),
      ) as Handlers,
  )
  return steady
}

/** What of the work is shown now, as the canvas understands it: with what is dragged and what the entry line would add. */
function useShown({ session, editor, field, preview }: Props, moved: Places | null) {
  const { work, selected } = session
  const shown = moved ? { ...work, places: { ...work.places, ...moved } } : preview
  const standing = useMemo(() => new Set(elementsOf(work.drawing)), [work.drawing])
  /** Where the dragged node would go if it were let go now. */
  const target = moved ? editor.target(moved) : null
  const marked = useMemo(() => {
    const ghosts = elementsOf(shown.drawing).filter((element) => !standing.has(element))
    return new Set([...selected, ...ghosts, ...(target ? [target] : [])])
  }, [selected, shown.drawing, standing, target])
  const { canvas, picture } = usePicture(shown, shown.places, field, marked)
  const chosen = useMemo(() => new Set(selected), [selected])
  const spots = useMemo(
    () => spotsOf(canvas, shown.drawing, field.vocabulary, chosen, standing),
    [canvas, shown.drawing, field.vocabulary, chosen, standing],
  )
  const wires = useMemo(() => wiresOf(canvas, chosen, standing), [canvas, chosen, standing])
  return {
    places: shown.places,
    canvas,
    picture,
    chosen,
    spots: useKept(spots, chosen),
    wires: useKept(wires, chosen),
  }
}

/** What is the same for every drawing: keys, double clicks and focus are our own. */
const FLOW = {
  nodeTypes: NODE_TYPES,
  edgeTypes: EDGE_TYPES,
  connectionMode: ConnectionMode.Loose,
  connectionRadius: 24,
  nodeOrigin: [0, 0],
  minZoom: 0.2,
  maxZoom: 2,
  zoomOnDoubleClick: false,
  deleteKeyCode: null,
  selectionKeyCode: null,
  disableKeyboardA11y: true,
  nodesFocusable: true,
  edgesFocusable: false,
  elevateNodesOnSelect: false,
  elevateEdgesOnSelect: false,
  proOptions: { hideAttribution: true },
} satisfies ReactFlowProps<Spot, Wire>

/** Made anew only for what it shows: not for a letter that the entry line has and the preview has not yet. */
export const Canvas = memo((props: Props) => {
  const { session, editor, field, own, tidied, toEntry, host } = props
  const { work, selected } = session
  const drag = useDrag(editor)
  const { places, canvas, picture, chosen, spots, wires } = useShown(props, drag.moved)
  const hands = useHands({ session, editor, spots, places, toEntry, host })
  const { inline, setInline, tapFrom, setTapFrom, pick, tapped } = hands
  useInSight(host, canvas, work.drawing, tidied)
  useFollowFocus(host, selected)
  const handlers = useSteady({
    onNodesChange: (changes: NodeChange<Spot>[]) => drag.onNodesChange(changes, spots),
    onEdgesChange: (_: EdgeChange<Wire>[]) => undefined,
    onNodeClick: (event: React.MouseEvent, node: Spot) => tapped(node.id as ElementId, event.shiftKey),
    onEdgeClick: (event: React.MouseEvent, edge: Wire) => tapped(edge.id as ElementId, event.shiftKey),
    onNodeDragStart: (_: unknown, node: Spot) =>
      !chosen.has(node.id as ElementId) && pick([node.id as ElementId]),
    onNodeDragStop: drag.stop,
    onSelectionDragStop: drag.stop,
    onPaneClick: () => {
      pick([])
      setTapFrom(null)
      if (matchMedia('(pointer: fine)').matches) toEntry()
    },
    onConnect: ({ source, target }: Connection) => editor.connect(source as ElementId, target as ElementId),
    onConnectEnd: hands.connectEnd,
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the focusable nodes inside, caught on their way up
    <div
      ref={host}
      className={tapFrom ? 'canvas connecting' : 'canvas'}
      onKeyDown={hands.press}
      onDoubleClick={hands.doubleClick}
    >
      <ReactFlow<Spot, Wire> nodes={spots} edges={wires} {...handlers} {...FLOW}>
        <ViewportPortal>
          <div
            className="picture"
            style={{ transform: `translate(${canvas.origin.x}px, ${canvas.origin.y}px)` }}
          >
            <LivePicture picture={picture} />
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
                if (matchMedia('(pointer: fine)').matches) toEntry()
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
        add={hands.add}
      />
    </div>
  )
})

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
