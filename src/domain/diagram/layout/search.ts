import { invariant } from '#lib/invariant.ts'
import type { Drawing, LinkedDrawing } from '../model.ts'
import { isLinked } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { layoutAtOnce } from './at-once.ts'
import { countCrossings, countCrowded, findDefects } from './defects.ts'
import type { RunElk } from './elk.ts'
import { flowOrder } from './flow.ts'
import { segmentsOf } from './geometry.ts'
import type { LaidEdge, LaidOut, LinkedLayout } from './laid-out.ts'
import { type CaptionSide, type ElkOptions, fromElk, toElk } from './linked.ts'
import { straighten } from './polish.ts'
import { tighten } from './tighten.ts'

/** `tidy` answers a waiting learner; `bake` takes its time once, when a diagram is written. */
export type Effort = 'tidy' | 'bake'

/** The best layout that was found; deterministic for the same drawing, vocabulary and engine. */
export async function layoutDrawing(
  drawing: Drawing,
  vocabulary: Vocabulary,
  runElk: RunElk,
  effort: Effort = 'bake',
): Promise<LaidOut> {
  const ordered = layoutAtOnce(drawing, vocabulary)
  if (ordered) return ordered
  invariant(isLinked(drawing), 'a form without a layout')
  let best: Tried | null = null
  for (const options of tries(effort)) {
    const tried = await withFreeCaptions(drawing, vocabulary, runElk, options)
    if (best === null || tried.cost < best.cost) best = tried
  }
  invariant(best, 'no layout was tried')
  return tighten(straighten(best.layout, drawing, costOf))
}

interface Tried {
  readonly layout: LinkedLayout
  readonly cost: number
}

const CAPTION_SIDES: readonly CaptionSide[] = ['top', 'bottom', 'beside']

/** One try, repeated with other sides for the captions that lines run through. */
async function withFreeCaptions(
  drawing: LinkedDrawing,
  vocabulary: Vocabulary,
  runElk: RunElk,
  options: ElkOptions,
): Promise<Tried> {
  const captions = new Map(options.captions)
  let best: Tried | null = null
  for (let round = 0; round < CAPTION_SIDES.length + 1; round++) {
    const tried = { ...options, captions }
    const result = await runElk(toElk(drawing, vocabulary, tried))
    const layout = tighten(fromElk(result, drawing, vocabulary, tried))
    const cost = costOf(layout, drawing)
    if (best === null || cost < best.cost) best = { layout, cost }
    const hit = collidingCaptions(layout)
    if (hit.length === 0) break
    for (const group of hit) {
      const side = CAPTION_SIDES.indexOf(captions.get(group) ?? 'top')
      captions.set(group, CAPTION_SIDES[(side + 1) % CAPTION_SIDES.length] ?? 'top')
    }
  }
  invariant(best, 'no layout was tried')
  return best
}

const collidingCaptions = (layout: LinkedLayout): string[] => [
  ...new Set(
    findDefects(layout)
      .filter((defect) => defect.kind === 'label-collision')
      .map(({ elements: [first] }) => first ?? '')
      .filter((element) => element.startsWith('group:'))
      .map((element) => element.slice('group:'.length)),
  ),
]

function tries(effort: Effort): ElkOptions[] {
  const thorough = effort === 'bake'
  const combined: ElkOptions[] = []
  for (const direction of ['DOWN', 'RIGHT'] as const)
    for (const cycles of ['MODEL_ORDER', 'GREEDY'] as const)
      for (const ordered of thorough ? [true, false] : [true])
        for (const alignment of thorough ? (['BALANCED', 'NONE'] as const) : (['BALANCED'] as const))
          for (const labelWidth of thorough ? [88, 136] : [112])
            for (const seed of thorough ? [1, 2, 3, 4] : [1, 2]) {
              const thoroughness = seed % 3 === 0 ? 40 : 7
              const room = seed > 2 ? 32 : 24
              const captions = new Map<string, CaptionSide>()
              combined.push({
                direction,
                cycles,
                ordered,
                alignment,
                labelWidth,
                room,
                pinned: seed % 2 === 1,
                seed,
                thoroughness,
                captions,
              })
            }
  return combined
}

const DEFECT_COST = {
  lost: 20_000,
  overlap: 10_000,
  'edge-through-node': 5_000,
  'label-collision': 2_000,
  'text-too-wide': 1_000,
  'text-cut': 1_000,
} as const

/** A drawing reads best between 4:3 and 16:10, no wider than a page and no higher than a screen. */
const ASPECT = { low: 4 / 3, high: 16 / 10 } as const
const COMFORT = { width: 960, height: 720 } as const

/**
 * Defects first, then crossings (readers feel them most: Purchase), lines too near to each other, bends,
 * arrows against the reading direction, lines' length, neighbours and captions out of their usual order and
 * place, and the shape of the whole.
 */
export function costOf(layout: LinkedLayout, drawing: LinkedDrawing): number {
  const defects = findDefects(layout).reduce((sum, defect) => sum + DEFECT_COST[defect.kind], 0)
  const bends = layout.edges.reduce((sum, edge) => sum + Math.max(0, edge.points.length - 2), 0)
  const length = layout.edges.reduce((sum, edge) => sum + lengthOf(edge), 0)
  const aspect = layout.width / layout.height
  const shape = Math.max(0, Math.log(aspect / ASPECT.high), Math.log(ASPECT.low / aspect))
  const beyond = Math.max(0, layout.width - COMFORT.width) + Math.max(0, layout.height - COMFORT.height)
  return (
    defects +
    100 * countCrossings(layout.edges) +
    8 * bends +
    40 * countCrowded(layout.edges) +
    againstReading(layout, drawing) +
    length / 40 +
    6 * outOfPlace(layout) +
    60 * shape +
    beyond / 3 +
    (layout.width * layout.height) / 8_000
  )
}

const lengthOf = (edge: LaidEdge): number =>
  segmentsOf(edge.points).reduce((sum, [a, b]) => sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0)

/**
 * A reader starts at the left top: the first node should stand near it, and a connection from what is met
 * earlier to what is met later should not run up, or to the left on one height.
 */
function againstReading(layout: LinkedLayout, drawing: LinkedDrawing): number {
  const order = flowOrder(drawing)
  const first = [...layout.nodes].sort((a, b) => rankOf(order, a.el) - rankOf(order, b.el))[0]
  const start = first ? Math.min(first.box.y, first.box.x) : 0
  const against = layout.edges.reduce((sum, edge) => {
    if (rankOf(order, edge.from) >= rankOf(order, edge.to)) return sum
    const [a, b] = [edge.points[0], edge.points.at(-1)]
    if (!a || !b) return sum
    const back = Math.max(a.y - b.y, Math.abs(a.y - b.y) < 48 ? a.x - b.x : 0)
    return back <= 1 ? sum : sum + 100 + back / 4
  }, 0)
  return against + start / 3
}

const rankOf = (order: ReadonlyMap<string, number>, element: string): number =>
  order.get(element.slice(element.indexOf(':') + 1)) ?? 0

/** Captions away from the left top corner, and rows in which `Node B` stands before `Node A`. */
function outOfPlace(layout: LinkedLayout): number {
  const captions = layout.groups.filter(
    ({ box, captionBox }) => captionBox.x > box.x + 8.5 || captionBox.y > box.y + 8.5,
  ).length
  const swapped = layout.nodes.filter((node) =>
    layout.nodes.some(
      (other) =>
        Math.abs(other.box.y - node.box.y) < 1 &&
        other.box.x < node.box.x &&
        sameKind(node.lines.join(' '), other.lines.join(' ')) &&
        other.lines.join(' ') > node.lines.join(' '),
    ),
  ).length
  return captions + 2 * swapped
}

const sameKind = (a: string, b: string): boolean => a !== b && a.replace(/ \w$/, '') === b.replace(/ \w$/, '')
