import type { Point } from '../layout/index.ts'
import { type Notes, quoted } from './notes.ts'
import { oneLine } from './plain-text.ts'
import { areaOf, centreOf, type Lifeline, type Scene, type SceneArrow, type SceneShape } from './scene.ts'

/** A sequence in a picture: participants side by side, messages between their lifelines, downwards in time. */

/** A lifeline hangs this near below the middle of its participant, in px. */
const HANGS = 24
/** An end this near to a lifeline stands on it. */
const ON_LINE = 14
/** An activation bar is at most this wide. */
const BAR = 32

/**
 * The scene with participants from left to right, and messages from top to bottom, bound to the participants at
 * whose lifelines (or bars on them) they start and end.
 */
export function readColumns(scene: Scene, notes: Notes): Scene {
  const heads = headsOf(scene, notes)
  const columns = heads
    .map((shape) => ({ shape, x: lineBelow(shape, scene.lifelines)?.x ?? centreOf(shape.box).x }))
    .sort((a, b) => a.x - b.x)
  const alias = aliases(scene, heads, columns)
  const hasLines = scene.lifelines.length > 0
  const columnAt = (point: Point | undefined): string | null => {
    if (!point || !hasLines) return null
    const near = columns.filter(({ x }) => Math.abs(x - point.x) <= ON_LINE)
    near.sort((a, b) => Math.abs(a.x - point.x) - Math.abs(b.x - point.x))
    return near[0]?.shape.key ?? null
  }
  const arrows = scene.arrows.flatMap((arrow): SceneArrow[] => {
    if (arrow.plain) return []
    const end = (key: string | null, point: Point | undefined): string | null =>
      key === null ? columnAt(point) : (alias.get(key) ?? columnAt(point) ?? key)
    return [{ ...arrow, from: end(arrow.from, arrow.points[0]), to: end(arrow.to, arrow.points.at(-1)) }]
  })
  const shapes = columns.map(({ shape }) => ({ ...shape, group: false, parent: null }))
  return { ...scene, shapes, arrows: downwards(arrows) }
}

/**
 * Participants: shapes with words, the topmost where a tool repeats them below. Where lifelines are drawn, a
 * shape without one that no arrow is bound to is a frame or a remark.
 */
function headsOf({ shapes, lifelines, arrows }: Scene, notes: Notes): SceneShape[] {
  const bound = new Set(arrows.flatMap(({ from, to }) => [from, to]))
  const worded = shapes.filter((shape) => {
    if (oneLine(shape.label) === '') return false
    const speaks = lifelines.length === 0 || bound.has(shape.key) || lineBelow(shape, lifelines) !== null
    if (!speaks) notes.add(`the frame or note ${quoted(shape.label)}`)
    return speaks
  })
  return worded.filter((shape) => {
    const twin = worded.find(
      (other) =>
        other !== shape &&
        oneLine(other.label) === oneLine(shape.label) &&
        Math.abs(centreOf(other.box).x - centreOf(shape.box).x) <= HANGS &&
        other.box.y < shape.box.y,
    )
    return twin === undefined
  })
}

function lineBelow(shape: SceneShape, lines: readonly Lifeline[]): Lifeline | null {
  const { x } = centreOf(shape.box)
  const below = lines.filter(
    (line) =>
      Math.abs(line.x - x) <= HANGS &&
      line.bottom >= shape.box.y + shape.box.height &&
      line.top <= shape.box.y + shape.box.height + HANGS,
  )
  return below.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0] ?? null
}

/** Bars, repeated heads and other things on a lifeline, as the participant that they belong to. */
function aliases(
  { shapes }: Scene,
  heads: readonly SceneShape[],
  columns: readonly { readonly shape: SceneShape; readonly x: number }[],
): Map<string, string> {
  const byKey = new Map(shapes.map((shape) => [shape.key, shape]))
  const isHead = new Set(heads.map(({ key }) => key))
  const alias = new Map<string, string>()
  for (const shape of shapes) {
    if (isHead.has(shape.key)) {
      alias.set(shape.key, shape.key)
      continue
    }
    let parent = shape.parent ?? null
    for (let steps = 0; parent !== null && !isHead.has(parent) && steps < 8; steps++)
      parent = byKey.get(parent)?.parent ?? null
    const twin = heads.find(({ label }) => label !== '' && oneLine(label) === oneLine(shape.label))
    const { width, height } = shape.box
    const isBar = oneLine(shape.label) === '' && width <= BAR && height > width && areaOf(shape.box) > 0
    const column = isBar
      ? [...columns].sort((a, b) => distance(a.x, shape) - distance(b.x, shape))[0]
      : undefined
    const owner = (parent !== null && isHead.has(parent) ? parent : null) ?? twin?.key ?? column?.shape.key
    if (owner !== undefined) alias.set(shape.key, owner)
  }
  return alias
}

const distance = (x: number, { box }: SceneShape): number => Math.abs(x - centreOf(box).x)

/** In the order of their height in the picture; those without geometry keep their order, at the end. */
function downwards(arrows: readonly SceneArrow[]): SceneArrow[] {
  const height = ({ points }: SceneArrow): number => points[0]?.y ?? Number.POSITIVE_INFINITY
  return arrows
    .map((arrow, i) => ({ arrow, i }))
    .sort((a, b) => (height(a.arrow) === height(b.arrow) ? a.i - b.i : height(a.arrow) - height(b.arrow)))
    .map(({ arrow }) => arrow)
}
