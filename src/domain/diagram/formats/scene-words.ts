import type { Box } from '../layout/index.ts'
import { type Notes, quoted } from './notes.ts'
import { oneLine } from './plain-text.ts'
import {
  areaOf,
  centreOf,
  distanceToBox,
  distanceToLine,
  isIn,
  type Scene,
  type SceneShape,
  type SceneText,
} from './scene.ts'

/** Words that stand free in a picture: what they name. */

/** A text this near to an arrow without words, in px, is taken for its label. */
const NEAR_ARROW = 28
/** A text this near below or above a picture without words is taken for its name. */
const NEAR_ICON = 24

/**
 * The scene with its free texts at what they name; those that name nothing are notes, and passed over with a
 * line.
 */
export function withWords(scene: Scene, notes: Notes): Scene {
  const bound = new Set(scene.arrows.flatMap(({ from, to }) => [from, to]))
  const shapes = new Map(scene.shapes.map((shape) => [shape.key, shape]))
  const arrows = new Map(scene.arrows.map((arrow) => [arrow.key, arrow]))
  for (const text of scene.texts) {
    if (oneLine(text.text) === '') continue
    if (bound.has(text.key)) {
      shapes.set(text.key, asShape(text))
      continue
    }
    const shape = shapeOf(text, [...shapes.values()])
    if (shape) {
      shapes.set(shape.key, { ...shape, label: text.text })
      continue
    }
    const arrow = nearestArrow(text, [...arrows.values()])
    if (arrow) {
      arrows.set(arrow.key, { ...arrow, label: text.text })
      continue
    }
    if (isEnd(text, scene)) shapes.set(text.key, asShape(text))
    else notes.add(`the note ${quoted(text.text)}`)
  }
  return { ...scene, shapes: [...shapes.values()], arrows: [...arrows.values()], texts: [] }
}

const asShape = ({ key, text, box }: SceneText): SceneShape => ({
  key,
  label: text,
  box,
  parent: undefined,
  group: false,
})

/** The smallest shape without words around its middle, else one without words right above or below it. */
function shapeOf(text: SceneText, shapes: readonly SceneShape[]): SceneShape | null {
  const middle = centreOf(text.box)
  const wordless = shapes.filter(({ label }) => oneLine(label) === '')
  const around = wordless
    .filter(({ box }) => isIn(box, middle))
    .sort((a, b) => areaOf(a.box) - areaOf(b.box))[0]
  // A shape with words between the text and the wordless one: the text is about that one, as a second line.
  const between = shapes.some(
    ({ label, box }) =>
      oneLine(label) !== '' && isIn(box, middle) && areaOf(box) < areaOf(around?.box ?? box),
  )
  if (around && !between) return around
  const beside = wordless.filter(({ box, group }) => !group && stacked(text.box, box) <= NEAR_ICON)
  return beside.sort((a, b) => stacked(text.box, a.box) - stacked(text.box, b.box))[0] ?? null
}

/** The gap between two boxes that stand one above the other; infinite where they do not. */
function stacked(a: Box, b: Box): number {
  const middle = a.x + a.width / 2
  if (middle < b.x || middle > b.x + b.width) return Number.POSITIVE_INFINITY
  const gap = a.y > b.y ? a.y - b.y - b.height : b.y - a.y - a.height
  return gap < -4 ? Number.POSITIVE_INFINITY : Math.max(0, gap)
}

function nearestArrow(text: SceneText, arrows: readonly Scene['arrows'][number][]) {
  let best: { arrow: Scene['arrows'][number]; distance: number } | null = null
  for (const arrow of arrows) {
    if (oneLine(arrow.label) !== '' || arrow.plain || arrow.points.length < 2) continue
    const middle = centreOf(text.box)
    const distance = Math.max(0, distanceToLine(middle, arrow.points) - text.box.height / 2)
    if (distance <= NEAR_ARROW && !isAtTip(text, arrow) && (best === null || distance < best.distance))
      best = { arrow, distance }
  }
  return best?.arrow ?? null
}

/** An arrow that starts or ends at a text points at it: the text is no label of it. */
function isAtTip(text: SceneText, arrow: Scene['arrows'][number]): boolean {
  const [first, last] = [arrow.points[0], arrow.points.at(-1)]
  const start = arrow.from === null && first !== undefined && distanceToBox(first, text.box) < 8
  const end = arrow.to === null && last !== undefined && distanceToBox(last, text.box) < 8
  return start || end
}

const isEnd = (text: SceneText, { arrows }: Scene): boolean =>
  arrows.some((arrow) => !arrow.plain && arrow.points.length > 1 && isAtTip(text, arrow))
