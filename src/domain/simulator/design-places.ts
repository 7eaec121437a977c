import { type DrawnEdge, type LinkedDrawing, sameName, splitPath } from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'

/** How the numbers of a design find what they belong to in its drawing. */

/** What is wrong with a design, where in its file, and how to mend it. */
export interface DesignProblem {
  /** Of the value in the file. */
  readonly path: readonly PropertyKey[]
  /** Of the drawing's text, from 1, where the fault stands in it. */
  readonly drawingLine?: number
  readonly message: string
  readonly mend: string
}

const spelt = (id: string): string => splitPath(id).map(sameName).join('.')
const lastName = (id: string): string => sameName(splitPath(id).at(-1) ?? '')

/** The node of a key, by its path or by its bare name where only one node has it. */
export function findNode(drawing: LinkedDrawing, written: string): Result<string, string> {
  const ids = drawing.nodes.map(({ id }) => id)
  const exact = ids.filter((id) => spelt(id) === spelt(written))
  const found = exact.length > 0 ? exact : ids.filter((id) => lastName(id) === sameName(written))
  const [only] = found
  if (only !== undefined && found.length === 1) return ok(only)
  if (found.length > 1) return err(`\`${written}\` may be ${list(found)}; write its path`)
  const near = nearest(written, ids) ?? nearest(written, ids.map(lastName))
  return err(
    `\`${written}\` is no node of the drawing${near === null ? `; it has ${list(ids)}` : `; did you mean \`${near}\`?`}`,
  )
}

const list = (ids: readonly string[]): string =>
  ids.length > 8 ? `${ids.slice(0, 8).join(', ')} …` : ids.join(', ')

/** The connection of a key `a -> b`, its ends written as nodes are. */
export function findEdge(drawing: LinkedDrawing, written: string): Result<DrawnEdge, string> {
  const [key = '', number] = written.split(/\s+#(?=\d+$)/)
  const [from, to, ...more] = key.split('->').map((end) => end.trim())
  if (from === undefined || to === undefined || more.length > 0)
    return err(`\`${written}\` is no connection; write it like \`api -> db\``)
  const [a, b] = [findNode(drawing, from), findNode(drawing, to)]
  if (!a.ok) return a
  if (!b.ok) return b
  const between = drawing.edges.filter((edge) => joins(edge, a.value, b.value))
  const edge = between[number === undefined ? 0 : Number(number) - 1]
  if (edge !== undefined) return ok(edge)
  const back = drawing.edges.some((other) => joins(other, b.value, a.value))
  const ends = drawing.edges.filter((other) => other.from === a.value).map(({ to: end }) => end)
  const instead = back
    ? `did you mean \`${b.value} -> ${a.value}\`?`
    : ends.length > 0
      ? `${a.value} is connected to ${list(ends)}`
      : `no connection leaves ${a.value}`
  return err(`\`${written}\` is not in the drawing; ${instead}`)
}

/** Where a connection stands in its file: among the numbers where it has some, else in its line of the drawing. */
export function placeOfEdge(
  { drawing: text, edges }: { readonly drawing: string; readonly edges: Readonly<Record<string, unknown>> },
  drawing: LinkedDrawing,
  { id, from, to }: { readonly id: string; readonly from: string; readonly to: string },
): Pick<DesignProblem, 'path' | 'drawingLine'> {
  const key = Object.keys(edges).find((written) => {
    const found = findEdge(drawing, written)
    return found.ok && found.value.id === id
  })
  if (key !== undefined) return { path: ['edges', key] }
  const lines = text.split('\n').map(sameName)
  const at = lines.findIndex((line) => {
    const start = line.indexOf(lastName(from))
    return (
      start >= 0 && line.includes('->') && line.indexOf(lastName(to), start + lastName(from).length) > start
    )
  })
  return at < 0 ? { path: ['drawing'] } : { path: ['drawing'], drawingLine: at + 1 }
}

const joins = (edge: DrawnEdge, from: string, to: string): boolean => edge.from === from && edge.to === to

/** The group of a key, by its path or by its bare name where only one group has it. */
export function findGroup(drawing: LinkedDrawing, written: string): Result<string, string> {
  const groups = drawing.groups.map(({ id }) => id)
  const exact = groups.filter((id) => spelt(id) === spelt(written))
  const found = exact.length > 0 ? exact : groups.filter((id) => lastName(id) === sameName(written))
  const [only] = found
  if (only !== undefined && found.length === 1) return ok(only)
  if (found.length > 1) return err(`\`${written}\` may be ${list(found)}; write its path`)
  const near = nearest(written, groups) ?? nearest(written, groups.map(lastName))
  const instead = near === null ? '' : `; did you mean \`${near}\`?`
  return err(`\`${written}\` is no group of the drawing${instead}`)
}

/** The nodes inside a group, at any depth; null where there is no such group. */
export function nodesInGroup(drawing: LinkedDrawing, written: string): readonly string[] | null {
  const group = findGroup(drawing, written)
  if (!group.ok) return null
  return drawing.nodes.map(({ id }) => id).filter((id) => id.startsWith(`${group.value}.`))
}
