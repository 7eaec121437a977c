import {
  type EdgeProps,
  type EdgeTypes,
  Handle,
  type NodeProps,
  type NodeTypes,
  Position,
} from '@xyflow/react'
import { memo } from 'react'
import type { Spot, Wire } from './canvas-model.ts'

const SIDES = [
  ['left', Position.Left],
  ['right', Position.Right],
  ['top', Position.Top],
  ['bottom', Position.Bottom],
] as const

const Handles = () =>
  SIDES.map(([id, position]) => <Handle key={id} id={id} type="source" position={position} />)

/** A node's place: the drawing below shows it, this one listens. */
const SpotNode = memo(({ data }: NodeProps<Spot>) => (
  <>
    <span className="hidden-words">{data.label}</span>
    {!data.ghost && <Handles />}
  </>
))

const AreaNode = memo(({ data }: NodeProps<Spot>) => (
  <>
    <span className="hidden-words">Group {data.label}</span>
    {!data.ghost && <Handles />}
  </>
))

/** A line's place: wide enough for a finger, with its label's chip. */
const WireEdge = memo(({ data }: EdgeProps<Wire>) => {
  if (!data) return null
  const { laid, origin } = data
  const path = laid.points
    .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x + origin.x} ${y + origin.y}`)
    .join('')
  const chip = laid.label?.box
  return (
    <>
      <path className="react-flow__edge-interaction wire-touch" d={path} />
      {chip && (
        <rect
          className="chip-touch"
          x={chip.x + origin.x}
          y={chip.y + origin.y}
          width={chip.width}
          height={chip.height}
        />
      )}
    </>
  )
})

export const NODE_TYPES: NodeTypes = { spot: SpotNode, area: AreaNode }
export const EDGE_TYPES: EdgeTypes = { wire: WireEdge }
