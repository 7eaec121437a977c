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
    <Handles />
  </>
))

const AreaNode = memo(({ data }: NodeProps<Spot>) => (
  <>
    <span className="hidden-words">Group {data.label}</span>
    <Handles />
  </>
))

/** A line's place: wide enough for a finger, with its label's chip. */
const WireEdge = memo(({ data }: EdgeProps<Wire>) => {
  if (!data) return null
  return (
    <>
      <path className="react-flow__edge-interaction wire-touch" d={data.path} />
      {data.chip && <rect className="chip-touch" {...data.chip} />}
    </>
  )
})

export const NODE_TYPES: NodeTypes = { spot: SpotNode, area: AreaNode }
export const EDGE_TYPES: EdgeTypes = { wire: WireEdge }
