/**
 * The part of ELK's JSON that we write and read
 * (https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure/jsonformat.html).
 */
export interface ElkLabel {
  id: string
  text?: string
  x?: number
  y?: number
  width: number
  height: number
  layoutOptions?: Record<string, string>
}

export interface ElkSection {
  id: string
  startPoint: { x: number; y: number }
  endPoint: { x: number; y: number }
  bendPoints?: { x: number; y: number }[]
}

export interface ElkEdge {
  id: string
  sources: string[]
  targets: string[]
  labels?: ElkLabel[]
  sections?: ElkSection[]
  /** The node whose coordinates the sections and labels use. */
  container?: string
  layoutOptions?: Record<string, string>
}

export interface ElkNode {
  id: string
  x?: number
  y?: number
  width?: number
  height?: number
  labels?: ElkLabel[]
  children?: ElkNode[]
  edges?: ElkEdge[]
  layoutOptions?: Record<string, string>
}

/** Runs ELK. The domain holds no engine: a tool, the server or a web worker brings it. */
export type RunElk = (graph: ElkNode) => Promise<ElkNode>
