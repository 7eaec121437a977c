import { parseDrawing } from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import { type DesignFile, edgeNumbers, nodeNumbers } from './design.ts'
import { workload } from './design-load.ts'
import { findEdge, findNode } from './design-places.ts'

/** A number of a design that is changed: `api.replicas`, `api -> db.timeout`, `workloads.orders.rate`. */
export interface Change {
  readonly path: string
  readonly value: unknown
}

/** The design with one number changed, checked as the file's own are. */
export function changeDesign(file: DesignFile, { path, value }: Change): Result<DesignFile, string> {
  const dot = path.lastIndexOf('.')
  const owner = path.slice(0, dot).trim()
  const field = path.slice(dot + 1).trim()
  if (dot <= 0 || field === '')
    return err(`\`${path}\` is no number of a design; write it like \`api.replicas\``)
  if (owner.startsWith('workloads.'))
    return changeWorkload(file, owner.slice('workloads.'.length), field, value)
  const { drawing } = parseDrawing(file.drawing, 'topology')
  if (drawing.form !== 'topology') return err('the drawing cannot be read')
  if (owner.includes('->')) {
    const edge = findEdge(drawing, owner)
    if (!edge.ok) return edge
    const key = keyOf(file.edges, (written) => same(findEdge(drawing, written), edge.value)) ?? edge.value.id
    const read = readField(edgeNumbers.shape, field, value)
    if (!read.ok) return read
    return ok({ ...file, edges: { ...file.edges, [key]: { ...file.edges[key], [field]: read.value } } })
  }
  const node = findNode(drawing, owner)
  if (!node.ok) return node
  const key = keyOf(file.nodes, (written) => same(findNode(drawing, written), node.value)) ?? node.value
  const read = readField(nodeNumbers.shape, field, value)
  if (!read.ok) return read
  return ok({ ...file, nodes: { ...file.nodes, [key]: { ...file.nodes[key], [field]: read.value } } })
}

const same = <T>(found: Result<T, string>, wanted: T): boolean => found.ok && found.value === wanted

const keyOf = (all: object, isIt: (key: string) => boolean): string | undefined => Object.keys(all).find(isIt)

function changeWorkload(
  file: DesignFile,
  id: string,
  field: string,
  value: unknown,
): Result<DesignFile, string> {
  const own = file.workloads[id]
  if (own === undefined)
    return err(`\`${id}\` is no workload; there is ${Object.keys(file.workloads).join(', ')}`)
  const read = readField(workload.shape, field, value)
  if (!read.ok) return read
  return ok({ ...file, workloads: { ...file.workloads, [id]: { ...own, [field]: read.value } } })
}

interface Field {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: unknown }
    | {
        readonly success: false
        readonly error: { readonly issues: readonly { readonly message: string }[] }
      }
}

function readField(
  shape: Readonly<Record<string, Field>>,
  field: string,
  value: unknown,
): Result<unknown, string> {
  const schema = Object.hasOwn(shape, field) ? shape[field] : undefined
  if (schema === undefined) {
    const near = nearest(field, Object.keys(shape))
    return err(
      `there is no \`${field}\`; ${near === null ? `there is ${Object.keys(shape).join(', ')}` : `did you mean \`${near}\`?`}`,
    )
  }
  const read = schema.safeParse(value)
  return read.success
    ? ok(read.data)
    : err(`\`${field}\`: ${read.error.issues[0]?.message ?? 'cannot be read'}`)
}

/** The design with the change that its file says mends it; null where it names none. */
export function mendDesign(file: DesignFile): Result<DesignFile, string> | null {
  const mend = file.mended_by
  if (mend === undefined) return null
  const drawn = mend.draw === undefined ? file.drawing : `${file.drawing.trimEnd()}\n${mend.draw}`
  let mended: Result<DesignFile, string> = ok({ ...file, drawing: drawn })
  for (const [path, value] of Object.entries(mend.change)) {
    if (!mended.ok) return mended
    mended = changeDesign(mended.value, { path, value })
  }
  return mended
}
