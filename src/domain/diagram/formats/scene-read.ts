import { ok } from '#lib/result.ts'
import type { Point } from '../layout/index.ts'
import type { Form, LinkedForm } from '../model.ts'
import type { ReadResult } from './format.ts'
import { type RawEdge, type RawEntity, toDrawing } from './graph.ts'
import { type Notes, quoted } from './notes.ts'
import { oneLine } from './plain-text.ts'
import {
  areaOf,
  centreOf,
  distanceToBorder,
  distanceToBox,
  holds,
  type Scene,
  type SceneArrow,
  type SceneShape,
} from './scene.ts'
import { readColumns } from './scene-sequence.ts'
import { readTable } from './scene-table.ts'
import { withWords } from './scene-words.ts'

/** An end of an arrow this near to a shape, in px, is taken to be meant for it. */
const SNAP = 40
/** A plain line joins only what it touches. */
const TOUCH = 12

/** What a picture shows as a drawing of the asked form. */
export function readScene(scene: Scene, form: Form, notes: Notes): ReadResult {
  if (form === 'timeline' || form === 'matrix') {
    const drawing = readTable(scene, form, notes)
    return ok({ drawing, places: {}, skipped: notes.lines(), questions: [] })
  }
  return readLinked(withWords(scene, notes), form, notes)
}

function readLinked(scene: Scene, form: LinkedForm, notes: Notes): ReadResult {
  const isSequence = form === 'sequence'
  const seen = isSequence ? readColumns(scene, notes) : scene
  const shapes = meant(seen, notes)
  const parents = isSequence ? new Map<string, string | null>() : parentsOf(shapes)
  const groups = new Set(parents.values())
  const isGroup = ({ key, group }: SceneShape): boolean => group || groups.has(key)
  const find = new Snapper(shapes, isGroup)
  const edges = seen.arrows.flatMap((arrow) => edgeOf(arrow, find, notes))
  const sides = new Map(shapes.map((shape) => [shape.key, centreOf(shape.box)]))
  const entities = shapes.map(
    (shape): RawEntity => ({
      key: shape.key,
      label: shape.label,
      parent: parents.get(shape.key) ?? null,
      group: isGroup(shape),
    }),
  )
  const { drawing, places, questions } = toDrawing({ entities, edges, places: sides }, form, notes)
  const settled = isSequence ? {} : places
  return ok({ drawing, places: settled, skipped: notes.lines(), questions })
}

/** Shapes that say something: with words, with arrows, or called containers by the file. */
function meant({ shapes, arrows }: Scene, notes: Notes): readonly SceneShape[] {
  const bound = new Set(arrows.flatMap(({ from, to }) => [from, to]))
  return shapes.filter((shape) => {
    const says = oneLine(shape.label) !== '' || shape.group || bound.has(shape.key)
    if (!says) notes.add('a shape without words')
    return says
  })
}

/** The group around each shape: as the file tells it, else the smallest shape that holds it. */
function parentsOf(shapes: readonly SceneShape[]): Map<string, string | null> {
  const known = new Set(shapes.map(({ key }) => key))
  const told = new Set(shapes.map(({ parent }) => parent))
  const bySize = [...shapes].sort((a, b) => areaOf(a.box) - areaOf(b.box))
  const parents = new Map<string, string | null>()
  for (const shape of shapes) {
    if (shape.parent !== undefined) {
      const parent = shape.parent
      parents.set(shape.key, parent !== null && known.has(parent) && parent !== shape.key ? parent : null)
      continue
    }
    // Where the file tells who stands in a container, standing over it makes nobody else a member.
    const around = bySize.find(
      (other) => other !== shape && !told.has(other.key) && holds(other.box, shape.box),
    )
    parents.set(shape.key, around?.key ?? null)
  }
  return parents
}

/** Finds the shape that an end of an arrow is meant for. */
class Snapper {
  readonly #byKey: ReadonlyMap<string, SceneShape>
  readonly #leaves: readonly SceneShape[]
  readonly #groups: readonly SceneShape[]

  constructor(shapes: readonly SceneShape[], isGroup: (shape: SceneShape) => boolean) {
    this.#byKey = new Map(shapes.map((shape) => [shape.key, shape]))
    this.#leaves = shapes.filter((shape) => !isGroup(shape))
    this.#groups = shapes.filter(isGroup)
  }

  knows(key: string | null): key is string {
    return key !== null && this.#byKey.has(key)
  }

  at(point: Point | undefined, within: number): string | null {
    if (!point) return null
    const nearest = (shapes: readonly SceneShape[], distance: (shape: SceneShape) => number) => {
      let best: { shape: SceneShape; distance: number } | null = null
      for (const shape of shapes) {
        const far = distance(shape)
        const nearer = best === null || far < best.distance
        const smaller = best !== null && far === best.distance && areaOf(shape.box) < areaOf(best.shape.box)
        if (far <= within && (nearer || smaller)) best = { shape, distance: far }
      }
      return best
    }
    const leaf = nearest(this.#leaves, ({ box }) => distanceToBox(point, box))
    const group = nearest(this.#groups, ({ box }) => distanceToBorder(point, box))
    // The border of a group counts where it is clearly what the end touches.
    if (group && (leaf === null || group.distance + 8 < leaf.distance)) return group.shape.key
    return leaf?.shape.key ?? null
  }
}

function edgeOf(arrow: SceneArrow, find: Snapper, notes: Notes): RawEdge[] {
  const within = arrow.plain ? TOUCH : SNAP
  const [start, end] = [arrow.points[0], arrow.points.at(-1)]
  const from = find.knows(arrow.from) ? arrow.from : find.at(start, within)
  const to = find.knows(arrow.to) ? arrow.to : find.at(end, within)
  const sure = find.knows(arrow.from) && find.knows(arrow.to)
  const what = arrow.plain ? 'a line' : 'an arrow'
  const words = oneLine(arrow.label) === '' ? '' : ` ${quoted(arrow.label)}`
  if (from === null || to === null || (from === to && !sure)) {
    notes.add(`${what}${words}${at(start)} that does not go from one shape to another`)
    return []
  }
  const reversed = arrow.headAtStart && !arrow.headAtEnd
  const both = arrow.headAtStart && arrow.headAtEnd
  return [
    {
      from: reversed ? to : from,
      to: reversed ? from : to,
      arrow: both ? 'both' : arrow.headAtStart || arrow.headAtEnd ? 'directed' : 'undirected',
      label: arrow.label,
      ...(sure ? {} : { snapped: `${words.trim()}${at(start)}`.trim() }),
    },
  ]
}

const at = (point: Point | undefined): string =>
  point ? ` at ${Math.round(point.x)}, ${Math.round(point.y)}` : ''
