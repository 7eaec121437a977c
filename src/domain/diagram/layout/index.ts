export { layoutAtOnce } from './at-once.ts'
export { countCrossings, type Defect, findDefects } from './defects.ts'
export type { ElkEdge, ElkLabel, ElkNode, RunElk } from './elk.ts'
export { type Box, type Point, tenth } from './geometry.ts'
export { LAYOUT_VERSION, layoutHash } from './hash.ts'
export type {
  LaidCell,
  LaidEdge,
  LaidEvent,
  LaidGroup,
  LaidLabel,
  LaidMessage,
  LaidNode,
  LaidOut,
  LaidParticipant,
  LinkedLayout,
  MatrixLayout,
  SequenceLayout,
  Shape,
  TimelineLayout,
} from './laid-out.ts'
export { type ElkOptions, fromElk, toElk } from './linked.ts'
export { faceOf, type NodeLook, nodeLooks } from './look.ts'
export { type Places, placeDrawing } from './place.ts'
export { type Effort, layoutDrawing } from './search.ts'
export { monoWidth, textWidth, wrapLabel } from './text.ts'
