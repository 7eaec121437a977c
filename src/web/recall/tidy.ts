import ElkApi from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import {
  type Drawing,
  layoutDrawing,
  type Places,
  type RunElk,
  type Vocabulary,
} from '#domain/diagram/index.ts'

// The package's types describe an ES module; what is shipped is a CommonJS one whose exports are the class itself.
const ELK = ElkApi as unknown as typeof ElkApi.default

/** Places for all nodes from the layout engine, which runs in a worker and is loaded only now. */
export async function tidyPlaces(drawing: Drawing, vocabulary: Vocabulary): Promise<Places> {
  const elk = new ELK({ workerFactory: () => new Worker(workerUrl) })
  try {
    const run = ((graph: never) => elk.layout(graph)) as unknown as RunElk
    const laid = await layoutDrawing(drawing, vocabulary, run, 'tidy')
    if (laid.kind !== 'linked') return {}
    return Object.fromEntries(
      laid.nodes.map(({ el, box }) => [
        el.slice('node:'.length),
        { x: box.x + box.width / 2, y: box.y + box.height / 2 },
      ]),
    )
  } finally {
    elk.terminateWorker()
  }
}
