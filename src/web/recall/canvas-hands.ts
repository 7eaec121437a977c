import { type FinalConnectionState, useReactFlow } from '@xyflow/react'
import { type RefObject, useState } from 'react'
import type { ElementId, Places, Point } from '#domain/diagram/index.ts'
import type { Editor, Inline } from './canvas-edit.ts'
import { idOf, neighbour, type Spot, type Wire } from './canvas-model.ts'
import type { Session } from './session.ts'

const COLUMN = 208
const ROW = 96
const ARROW_OFFSET: Readonly<Record<string, Point>> = {
  ArrowRight: { x: COLUMN, y: 0 },
  ArrowLeft: { x: -COLUMN, y: 0 },
  ArrowDown: { x: 0, y: ROW },
  ArrowUp: { x: 0, y: -ROW },
}

/** Less than this apart, two nodes would hide each other. */
const APART: Point = { x: 160, y: 80 }

/** The first free place from there downwards. */
function freeFrom(at: Point, places: Places): Point {
  const isTaken = (point: Point) =>
    Object.values(places).some(
      ({ x, y }) => Math.abs(x - point.x) < APART.x && Math.abs(y - point.y) < APART.y,
    )
  let free = { x: Math.round(at.x), y: Math.round(at.y) }
  while (isTaken(free)) free = { ...free, y: free.y + ROW }
  return free
}

interface Reach {
  readonly session: Session
  readonly editor: Editor
  readonly spots: readonly Spot[]
  readonly places: Places
  readonly toEntry: () => void
  readonly host: RefObject<HTMLDivElement | null>
}

/** What pointer and keys do on the canvas: choose, connect by taps, name, add, move, delete. */
export function useHands(reach: Reach) {
  const { session, editor, places, host } = reach
  const { selected } = session
  const flow = useReactFlow<Spot, Wire>()
  const [inline, setInline] = useState<Inline | null>(null)
  const [tapFrom, setTapFrom] = useState<ElementId | null>(null)
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
  /** For a finger: a new node in sight, or right of the one that it is connected from. */
  const add = (from: ElementId | null) => {
    const box = host.current?.getBoundingClientRect()
    const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 3 }
    const beside = from === null ? undefined : places[idOf(from)]
    const at = beside ? { x: beside.x + COLUMN, y: beside.y } : flow.screenToFlowPosition(middle)
    setInline({ kind: 'new', at: freeFrom(at, places), from })
  }
  const doubleClick = (event: React.MouseEvent) => {
    const target = event.target as HTMLElement
    const on = target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')?.dataset.id
    if (on && !on.startsWith('group:')) setInline({ kind: 'name', element: on as ElementId })
    else if (target.closest('.react-flow__pane, .react-flow__node')) openAt(event, null)
  }
  const connectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.isValid || !state.fromNode || state.toNode) return
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
    if (point) openAt(point, state.fromNode.id as ElementId)
  }
  const press = pressOn(reach, { inline, setInline, tapFrom, setTapFrom, pick, tapped })
  return { inline, setInline, tapFrom, setTapFrom, pick, tapped, press, add, doubleClick, connectEnd }
}

interface Hand {
  readonly inline: Inline | null
  readonly setInline: (inline: Inline) => void
  readonly tapFrom: ElementId | null
  readonly setTapFrom: (from: ElementId | null) => void
  readonly pick: (elements: readonly ElementId[]) => void
  readonly tapped: (element: ElementId, more: boolean) => void
}

/** Keys on a focused node. */
const pressOn = ({ session, editor, spots, places, toEntry }: Reach, hand: Hand) => {
  const { inline, setInline, tapFrom, setTapFrom, pick, tapped } = hand
  const { selected } = session
  return (event: React.KeyboardEvent) => {
    const focused = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')?.dataset.id
    const spot = spots.find((one) => one.id === focused)
    if (!spot || inline) return
    const element = spot.id as ElementId
    const offset = ARROW_OFFSET[event.key]
    if (offset && (event.ctrlKey || event.metaKey)) {
      const place = places[idOf(element)] ?? { x: 0, y: 0 }
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
}
