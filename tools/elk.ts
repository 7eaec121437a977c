import { createRequire } from 'node:module'
import type { ElkNode, RunElk } from '#domain/diagram/index.ts'

interface Engine {
  layout(graph: ElkNode): Promise<ElkNode>
}

/** ELK in this process; loading it takes some 200 ms, so only tools that lay out do. */
export function loadElk(): RunElk {
  const require = createRequire(import.meta.url)
  const Elk: new () => Engine = require('elkjs/lib/elk.bundled.js')
  const elk = new Elk()
  return (graph) => elk.layout(graph)
}
