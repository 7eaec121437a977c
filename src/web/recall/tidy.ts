import ElkApi from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import {
  countCrossings,
  type ElkNode,
  type ElkOptions,
  findDefects,
  fromElk,
  type LinkedDrawing,
  type Places,
  placeDrawing,
  toElk,
  type Vocabulary,
} from '#domain/diagram/index.ts'

// The package's types describe an ES module; what is shipped is a CommonJS one whose exports are the class itself.
const ELK = ElkApi as unknown as typeof ElkApi.default

const TRIES: readonly ElkOptions[] = (['RIGHT', 'DOWN'] as const).flatMap((direction) =>
  (['MODEL_ORDER', 'GREEDY'] as const).flatMap((cycles) =>
    (['BALANCED', 'NONE'] as const).map((alignment, i) => ({
      direction,
      cycles,
      alignment,
      ordered: i === 0,
      pinned: cycles === 'MODEL_ORDER',
      seed: i + 1,
      thoroughness: 7,
      room: 40,
      labelWidth: 128,
      captions: new Map(),
    })),
  ),
)

/**
 * How bad a drawing looks with its nodes at these places and its lines as the canvas draws them: faults of the layout
 * weigh most, then crossings, then bends, then a shape far from the screen's.
 */
function cost(drawing: LinkedDrawing, vocabulary: Vocabulary, places: Places): number {
  const laid = placeDrawing(drawing, vocabulary, places)
  if (laid.kind !== 'linked') return 0
  const bends = laid.edges.reduce((sum, edge) => sum + edge.points.length - 2, 0)
  const shape = Math.abs(Math.log(laid.width / laid.height / 1.7))
  return findDefects(laid).length * 20 + countCrossings(laid.edges) * 8 + bends + shape * 6
}

/** Places for all nodes from the layout engine, which runs in a worker and is loaded only now; the best of a few tries. */
export async function tidyPlaces(drawing: LinkedDrawing, vocabulary: Vocabulary): Promise<Places> {
  const elk = new ELK({ workerFactory: () => new Worker(workerUrl) })
  try {
    let best: { readonly places: Places; readonly cost: number } | null = null
    for (const options of TRIES) {
      const graph = toElk(drawing, vocabulary, options)
      const result = (await elk.layout(graph as never)) as unknown as ElkNode
      const laid = fromElk(result, drawing, vocabulary, options)
      const places = Object.fromEntries(
        laid.nodes.map(({ el, box }) => [
          el.slice('node:'.length),
          { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) },
        ]),
      )
      const itsCost = cost(drawing, vocabulary, places)
      if (!best || itsCost < best.cost) best = { places, cost: itsCost }
    }
    return best?.places ?? {}
  } finally {
    elk.terminateWorker()
  }
}
