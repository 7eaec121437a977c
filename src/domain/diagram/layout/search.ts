import { invariant } from '#lib/invariant.ts'
import type { Drawing, LinkedDrawing } from '../model.ts'
import { isLinked } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { layoutAtOnce } from './at-once.ts'
import { countCrossings, findDefects } from './defects.ts'
import type { RunElk } from './elk.ts'
import { segmentsOf } from './geometry.ts'
import type { LaidOut, LinkedLayout } from './laid-out.ts'
import { type CaptionSide, type ElkOptions, fromElk, toElk } from './linked.ts'

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
  return best.layout
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
    const layout = fromElk(result, drawing, vocabulary, tried)
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
  const seeds = effort === 'bake' ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2]
  const rooms = effort === 'bake' ? [24, 32] : [24]
  return (['DOWN', 'RIGHT'] as const).flatMap((direction) =>
    (['MODEL_ORDER', 'GREEDY'] as const).flatMap((cycles) =>
      rooms.flatMap((room) =>
        seeds.map(
          (seed): ElkOptions => ({
            direction,
            cycles,
            room,
            seed,
            thoroughness: seed % 2 === 0 ? 40 : 7,
            labelWidth: seed % 4 < 2 ? 96 : 136,
            alignment: seed <= 4 ? 'BALANCED' : 'NONE',
            captions: new Map(),
          }),
        ),
      ),
    ),
  )
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
 * Defects first, then crossings (readers feel them most: Purchase), bends, arrows against the reading direction, lines'
 * length, and the shape of the whole.
 */
export function costOf(layout: LinkedLayout, drawing: LinkedDrawing): number {
  const defects = findDefects(layout).reduce((sum, defect) => sum + DEFECT_COST[defect.kind], 0)
  const bends = layout.edges.reduce((sum, edge) => sum + Math.max(0, edge.points.length - 2), 0)
  const length = layout.edges.reduce(
    (sum, edge) =>
      sum +
      segmentsOf(edge.points).reduce((all, [a, b]) => all + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0),
    0,
  )
  const aspect = layout.width / layout.height
  const shape = Math.max(0, Math.log(aspect / ASPECT.high), Math.log(ASPECT.low / aspect))
  const beyond = Math.max(0, layout.width - COMFORT.width) + Math.max(0, layout.height - COMFORT.height)
  return (
    defects +
    100 * countCrossings(layout.edges) +
    8 * bends +
    20 * againstReading(layout, drawing) +
    length / 40 +
    60 * shape +
    beyond / 3 +
    (layout.width * layout.height) / 8_000
  )
}

/** Edges between nodes in the order of the text that run up or to the left. */
function againstReading(layout: LinkedLayout, drawing: LinkedDrawing): number {
  const order = new Map(drawing.nodes.map((node, i) => [`node:${node.id}`, i]))
  return layout.edges.filter((edge) => {
    const from = order.get(edge.from)
    const to = order.get(edge.to)
    const start = edge.points[0]
    const stop = edge.points.at(-1)
    if (from === undefined || to === undefined || from >= to || !start || !stop) return false
    return stop.y < start.y - 1 || (Math.abs(stop.y - start.y) <= 1 && stop.x < start.x)
  }).length
}
