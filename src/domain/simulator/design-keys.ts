import { nearest } from '#lib/text.ts'
import { designFile, edgeNumbers, nodeNumbers, objective } from './design.ts'
import { workload } from './design-load.ts'

/** The words that may stand at a place of a design's file, for "did you mean". */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const [part] = path
  if (path.length === 0) return Object.keys(designFile.shape)
  const shapes: Readonly<Record<string, object>> = {
    nodes: nodeNumbers.shape,
    edges: edgeNumbers.shape,
    workloads: workload.shape,
    objectives: objective.shape,
  }
  const shape = path.length === 2 ? shapes[String(part)] : undefined
  return shape === undefined ? [] : Object.keys(shape)
}

/** How to mend a word that may not stand there, or a value that the schema refuses. */
export function mendOfKey(path: readonly PropertyKey[], unknown: string | undefined): string {
  const known = keysAt(path)
  const near = unknown === undefined ? null : nearest(unknown, known)
  if (near !== null) return `did you mean \`${near}\`?`
  if (unknown !== undefined && known.length > 0) return `it takes ${known.join(', ')}`
  return 'docs/designs.md says what may stand here'
}
